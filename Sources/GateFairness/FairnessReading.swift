import GateCore

/// The numbers of all groups that an algebraic metric is made of, by both models.
struct FairnessReading: Sendable {
  /// The groups that are compared.
  package var names: [String]
  let measures: [GroupMeasure]
  /// By measure, then group.
  package var candidate: [[GroupEstimate]] = []
  package var champion: [[GroupEstimate]] = []
  /// Between both models' numbers.
  var correlations: [[Double]] = []
  /// Each measure's value on the rows of all groups.
  package var overall: [Role: [Double]] = [:]
  /// Each group's part in that.
  package var parts: [[Double]] = []
  /// Whole of each share, by measure and group, where it is one: what rows to change are counted from.
  var wholes: [[Double]] = []
  /// Groups in which a measure is undefined, and why.
  package var undefined: [(group: String, reason: String)] = []

  /// Whether there is a champion's number for each of the candidate's.
  package var hasChampion: Bool { !champion.isEmpty }

  /// The values of one model.
  package func values(_ role: Role) -> [[Double]] {
    (role == .candidate ? candidate : champion).map { $0.map(\.value) }
  }
}

/// How the numbers of one part's groups are read.
struct FairnessReader: Sendable {
  package let part: FairnessPart
  package let cells: JointCells?
  package let arguments: Arguments
  package let certainty: Certainty?
  package let split: FairnessMetric.Split
  let skipsUndefined: Bool

  /// Throws a `Diagnostic` where a number is undefined in a group that is not left out.
  package func read(_ measures: [GroupMeasure]) async throws(Diagnostic) -> FairnessReading {
    var reading = FairnessReading(names: part.names(split), measures: measures)
    var columns: [[Column]] = []
    for measure in measures { columns.append(await column(measure)) }
    let groups = reading.names.indices
    var kept: [Int] = []
    for group in groups {
      let reasons = columns.indices.compactMap { measure -> String? in
        guard case .failure(let undefined) = columns[measure][group].candidate else { return nil }
        return "\(measures[measure].id) is undefined in the group '\(reading.names[group])': "
          + undefined.reason
      }
      if reasons.isEmpty { kept.append(group) }
      reading.undefined += reasons.map { (reading.names[group], $0) }
    }
    try refuse(reading, kept)
    let champions =
      (try? part.champion?.get()) != nil
      && columns.allSatisfy { column in kept.allSatisfy { (try? column[$0].champion.get()) != nil }
      }
    reading.names = kept.map { reading.names[$0] }
    for (measure, column) in zip(measures, columns) {
      add(measure, kept.map { column[$0] }, kept, champions, to: &reading)
    }
    return reading
  }

  /// Adds what one measure gives of the groups that are kept.
  private func add(
    _ measure: GroupMeasure, _ own: [Column], _ kept: [Int], _ champions: Bool,
    to reading: inout FairnessReading
  ) {
    reading.candidate.append(own.compactMap { try? $0.candidate.get() })
    if champions { reading.champion.append(own.compactMap { try? $0.champion.get() }) }
    reading.correlations.append(own.map(\.correlation))
    let total = own.reduce(0) { $0 + $1.weight }
    reading.parts.append(own.map { $0.weight / total })
    reading.wholes.append(own.map(\.weight))
    for role in champions ? Role.allCases : [.candidate] {
      if case .metric(let metric) = measure.kind {
        reading.overall[role, default: []].append(overall(metric, role, kept))
        continue
      }
      // Of a share the value on all rows is the mean of the groups', each by what it is of.
      let values = own.map { (try? ($0[role]).get())?.value ?? 0 }
      let sizes = own.map { role == .candidate ? $0.weight : $0.otherWeight }
      let whole = sizes.reduce(0, +)
      reading.overall[role, default: []].append(
        zip(values, sizes).reduce(0) { $0 + $1.0 * $1.1 } / whole)
    }
  }

  /// A metric on the rows of all groups that are kept; NaN: undefined, or not asked for.
  private func overall(_ metric: Metric, _ role: Role, _ kept: [Int]) -> Double {
    guard arguments.text("method") == "to_overall" else { return .nan }
    let (groups, count) = part.codes(split)
    var place = [Int32](repeating: -1, count: count)
    for group in kept { place[group] = 0 }
    let codes = groups.map { $0 < 0 ? -1 : place[Int($0)] }
    let sample = role == .candidate ? part.candidate : try? part.champion?.get()
    let all = sample?.partitioned(by: codes, groups: 1)[0]
    return all.flatMap { try? metric.value(on: $0, arguments) } ?? .nan
  }

  /// Throws where a group must not be left out, or too few would remain.
  private func refuse(_ reading: FairnessReading, _ kept: [Int]) throws(Diagnostic) {
    guard let first = reading.undefined.first else { return }
    let others = reading.undefined.count > 1 ? ", and \(reading.undefined.count - 1) more such" : ""
    if !skipsUndefined || split != .groups {
      throw Diagnostic(
        first.reason + others,
        hint: split == .groups
          ? "leave such groups out by 'undefined_groups: skip', or take 'by' other groups" : nil)
    }
    if kept.count < 2 {
      throw Diagnostic(first.reason + others + ", so there are no two groups to compare")
    }
  }

  /// One measure on one group.
  package struct Column: Sendable {
    package var candidate: Result<GroupEstimate, Undefined>
    package var champion: Result<GroupEstimate, Undefined>
    package var correlation = 0.0
    /// What the group's number is of: the whole of a share, or its rows' weight.
    package var weight: Double
    var otherWeight: Double

    package subscript(role: Role) -> Result<GroupEstimate, Undefined> {
      role == .candidate ? candidate : champion
    }
  }

  /// One measure on every group.
  private func column(_ measure: GroupMeasure) async -> [Column] {
    switch measure.kind {
    case .share(let missing, let parts): return shares(parts, missing: missing)
    case .right:
      return shares({ ($0.truePositives, $0.positives) }, missing: "there are no rows")
    case .aboveMedian:
      return shares({ ($0.predictedPositives, $0.total) }, missing: "there are no rows")
    case .metric(let metric): return await metrics(metric)
    }
  }

  private func shares(_ parts: ShareTally.Parts, missing: String) -> [Column] {
    guard let cells else { return [] }
    let (codes, count) = part.codes(split)
    let tallies =
      part.clusters.map { cells.tallies(codes, groups: count, clusters: $0, parts) }
      ?? JointCounts(cells, codes, groups: count).tallies(parts)
    return tallies.map { tally in
      func estimate(_ role: Role) -> Result<GroupEstimate, Undefined> {
        Result { () throws(Undefined) in
          let value = try tally.value(
            role, missing: tally.isWeightless ? "the weights of its rows sum to 0" : missing)
          let confidence = certainty?.confidence ?? 0.95
          do throws(Undefined) {
            return try GroupEstimate(
              share: value, size: tally.size(role, confidence: confidence), confidence: confidence)
          } catch {
            var estimate = GroupEstimate(value, size: tally.whole[role] ?? 0)
            estimate.unknown = error.reason
            return estimate
          }
        }
      }
      var column = Column(
        candidate: estimate(.candidate), champion: estimate(.champion),
        weight: tally.whole[.candidate] ?? 0, otherWeight: tally.whole[.champion] ?? 0)
      if let one = try? column.candidate.get(), let other = try? column.champion.get() {
        column.correlation =
          (try? tally.correlation(one, other, confidence: certainty?.confidence ?? 0.95)) ?? 0
      }
      return column
    }
  }

  private func metrics(_ metric: Metric) async -> [Column] {
    let (mine, others) = part.samples(split)
    let measured = MetricCall(metric: metric, arguments: arguments)
    return await Array(mine.indices).concurrentMap { group in
      let own = mine[group]
      let candidate = await estimate(measured, own)
      var column = Column(
        candidate: candidate, champion: .failure(Undefined("there is no champion")),
        weight: own.totalWeight, otherWeight: own.totalWeight)
      if let other = others?[group] {
        column.champion = await estimate(measured, other)
        column.correlation = await correlation(measured, own, other, column)
      }
      return column
    }
  }

  /// How sure a metric of one group must be, whose rows are drawn with their clusters.
  private var clustered: Certainty? {
    var certainty = certainty
    certainty?.clusters = part.clusters
    return certainty
  }

  /// A metric on one group.
  private func estimate(
    _ measured: MetricCall, _ sample: Sample
  ) async -> Result<GroupEstimate, Undefined> {
    do throws(Undefined) {
      let value = try measured.metric.value(on: sample, measured.arguments)
      guard let certainty = clustered else {
        return .success(GroupEstimate(value, size: sample.totalWeight))
      }
      let interval: ConfidenceInterval
      do throws(Undefined) { interval = try await certainty.interval(measured, sample) } catch {
        var estimate = GroupEstimate(value, size: sample.totalWeight)
        estimate.unknown = error.reason
        return .success(estimate)
      }
      return .success(GroupEstimate(value, interval, size: sample.totalWeight))
    } catch { return .failure(error) }
  }

  /// Between both models' values of a group, from how uncertain each and their difference is.
  private func correlation(
    _ measured: MetricCall, _ own: Sample, _ other: Sample, _ column: Column
  ) async -> Double {
    guard var certainty = clustered, let mine = try? column.candidate.get().deviation,
      let theirs = try? column.champion.get().deviation
    else { return 0 }
    // Equal answers of two models are no proof that all answers are; those of one model are judged before.
    certainty.isOneModel = false
    guard
      let change = try? await certainty.interval(
        measured, candidate: own, champion: other, relative: false),
      let width = try? StandardNormal.width(change.level)
    else { return 0 }
    return Pearson.correlation(
      deviations: (mine, theirs), ofDifference: (change.high - change.low) / (2 * width))
  }
}
