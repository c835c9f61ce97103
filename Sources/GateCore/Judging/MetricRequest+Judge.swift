extension [MetricRequest<Metric>] {
  /// Every check of these requests, in their order, a slice's groups after all rows.
  ///
  /// The champion's value stands beside the candidate's where there is one; with `comparing`, or a limit that compares,
  /// a champion that could not be scored is an error. `evidenceOf` gives what else a person needs of each group.
  package func judge(
    gate: String, _ evidence: Evidence, comparing: Bool, evidenceOf: GroupEvidence? = nil
  ) async -> [Check] {
    let slices = Set(flatMap(\.slices))
    let parts = await ([nil] + slices.map(Optional.init)).concurrentMap { slice in
      var part = SlicePart(slice, evidence)
      if let evidenceOf { await part.draw(evidenceOf) }
      return (slice, part)
    }
    let bySlice = Dictionary(parts) { first, _ in first }
    let checks = await concurrentMap { request in
      var checks: [Check] = []
      let seen = evidence.seen(by: request.metric)
      for slice in [nil] + request.slices.unique.map(Optional.init) {
        guard
          let part = request.metric.program == nil ? bySlice[slice] : SlicePart(slice, seen)
        else { continue }
        checks += await request.judge(gate: gate, part, seen, slice: slice, comparing: comparing)
      }
      return checks
    }
    return checks.flatMap { $0 }
  }
}

/// What a check's evidence says of both models on one group of rows, whatever its metric.
package typealias GroupEvidence =
  @Sendable (_ candidate: Sample, _ champion: Sample?) -> [String: JSON]

/// Both models' samples on the groups of one slice; of no slice: all rows as one group.
private struct SlicePart: Sendable {
  package let groups: Result<[SliceGroup?], Diagnostic>
  package var candidate: Result<[Sample], Diagnostic>
  package var champion: Result<[Sample], Diagnostic>?
  package let clusters: [Int32]?
  /// Of each group, where one was asked for.
  private(set) var groupEvidence: [[String: JSON]] = []

  package init(_ slice: Slice?, _ evidence: Evidence) {
    func samples(_ role: Role, _ rows: SlicedRows?) -> Result<[Sample], Diagnostic> {
      Result { () throws(Diagnostic) in
        let sample = try evidence.sample(role)
        return rows.map(sample.partitioned) ?? [sample]
      }
    }
    let rows = slice.map { slice in
      Result { () throws(Diagnostic) in try evidence.rows(of: slice) }
    }
    groups = rows?.map { $0.groups.map(Optional.init) } ?? .success([nil])
    let known = rows.flatMap { try? $0.get() }
    candidate = samples(.candidate, known)
    champion = evidence.hasChampion ? samples(.champion, known) : nil
    clusters = evidence.clusters
  }

  /// Gathers the further evidence of every group, once for all metrics.
  package mutating func draw(_ evidenceOf: @escaping GroupEvidence) async {
    guard let samples = try? candidate.get() else { return }
    let others = try? champion?.get()
    groupEvidence = await Array(samples.indices).concurrentMap { index in
      samples[index].count == 0 ? [:] : evidenceOf(samples[index], others?[index])
    }
  }
}

extension [MetricRequest<Metric>] {
  /// What the requests read.
  package var needs: Needs {
    var needs = Needs(slices: flatMap(\.slices), columns: flatMap(\.columnsInOrder))
    needs.programs = filter { $0.metric.program != nil }.map(\.metric.id)
    for request in self { needs.sliceMarks.merge(request.sliceMarks) { first, _ in first } }
    return needs
  }
}

extension MetricRequest<Metric> {
  /// Its checks on one part of the rows.
  fileprivate func judge(
    gate: String, _ part: SlicePart, _ evidence: Evidence, slice: Slice?, comparing: Bool
  ) async -> [Check] {
    let groups: [SliceGroup?]
    let samples: [Sample]
    var given = self
    do throws(Diagnostic) {
      for (name, column) in columns {
        given.arguments.columns[name] = try evidence.values(of: column)
      }
      groups = try part.groups.get()
      samples = try part.candidate.get()
    } catch {
      var check = blank(gate: gate, group: nil)
      if let slice { check.id += "/\(slice.name)" }
      return [check.failing(.error, error)]
    }
    if groups.isEmpty, let slice { return [nothing(gate: gate, in: slice)] }
    let request = given
    return await Array(groups.indices).concurrentMap { index in
      var blank = blank(gate: gate, group: groups[index])
      if let figures = try? evidence.programs[metric.id]?[.candidate]?.get() {
        blank.evidence["plugin"] = .object(figures.record)
      }
      if !part.groupEvidence.isEmpty { blank.evidence.merge(part.groupEvidence[index]) { $1 } }
      var check = await request.judge(
        blank, samples[index], part.champion.map { result in result.map { $0[index] } },
        isSlice: groups[index] != nil,
        comparing: comparing || limits.contains(where: \.kind.comparesModels),
        clusters: part.clusters, family: evidence.family, isOneModel: evidence.isOneModel)
      request.tellEmptyQueries(of: samples[index], in: &check)
      return check
    }
  }

  /// The one check of a slice without a single row: skipped where `min_rows` allows that.
  private func nothing(gate: String, in slice: Slice) -> Check {
    var check = blank(gate: gate, group: nil)
    check.id += "/\(slice.name)"
    check.n = 0
    guard let minRows else {
      return check.failing(
        .error,
        Diagnostic("\(metric.id) is undefined: there are no rows in '\(slice.name)'"))
    }
    check.outcome = .skipped
    check.message = "on \(slice.name): 0 rows, \(minRows) short of min_rows: \(minRows)"
    return check
  }

  private func blank(gate: String, group: SliceGroup?) -> Check {
    var check = Check(
      id: "\(gate)/\(id)" + (group.map { "/\($0.id)" } ?? ""), gate: gate, outcome: .error,
      message: group.map { "on \($0.title): " } ?? "", metric: metric.id, model: .candidate,
      slice: group?.dictionary,
      limit: limits.byName,
      location: mark.location)
    if !parameters.isEmpty { check.evidence["parameters"] = .object(parameters) }
    return check
  }

  private func judge(
    _ blank: Check, _ sample: Sample, _ champion: Result<Sample, Diagnostic>?, isSlice: Bool,
    comparing: Bool, clusters: [Int32]?, family: ErrorFamily?, isOneModel: Bool
  ) async -> Check {
    var check = blank
    check.n = sample.units
    // A row of weight 0 tells nothing.
    if let minRows, sample.weighing < minRows {
      check.outcome = isSlice ? small : .inconclusive
      check.message +=
        "\(sample.weighing) rows, \(minRows - sample.weighing) short of min_rows: \(minRows)"
      return check
    }
    let value: Double
    if metric.comparesModels {
      do throws(Diagnostic) { _ = try champion?.get() } catch {
        return check.failing(.error, error)
      }
    }
    do throws(Undefined) {
      value = try metric.value(on: sample, arguments, champion: try? champion?.get())
    } catch {
      return check.failing(
        isSlice ? undefined : .error,
        Diagnostic(
          "\(metric.id) is undefined: \(error.reason)",
          hint: isSlice && sample.count == 0 && minRows == nil
            ? "'min_rows: 1' beside the metric skips a group without rows" : nil))
    }
    check.value = value
    if let unit = metric.unit { check.evidence["unit"] = .string(unit) }
    if let champion = try? champion?.get() { check.evidence["rows"] = shown(sample, champion) }
    do throws(Diagnostic) {
      check.champion = metric.comparesModels ? nil : try championValue(champion)
    } catch {
      if comparing { return check.failing(.error, error) }
    }
    check.difference = check.champion.map { value - $0 }
    return await decide(
      check, value, sample, try? champion?.get(), clusters: clusters, family: family,
      isOneModel: isOneModel)
  }

  /// The check, which has a value, decided as the request asks: by chance, on an interval or on the value.
  private func decide(
    _ blank: Check, _ value: Double, _ sample: Sample, _ champion: Sample?, clusters: [Int32]?,
    family: ErrorFamily?, isOneModel: Bool
  ) async -> Check {
    if let consistency, isJudgedByChance {
      return decide(blank, value, sample, by: consistency, clusters: clusters)
    }
    if let asked = certainty {
      var certainty = family?.enlarged(asked) ?? asked
      (certainty.clusters, certainty.isOneModel) = (clusters, isOneModel)
      var decided = await decide(blank, value, sample, champion, by: certainty)
      if certainty.replicates != asked.replicates, decided.interval?.isOfBootstrap == true {
        decided.evidence["replicates"] = .integer(certainty.replicates)
      }
      return decided
    }
    var check = decide(blank)
    if let consistency, clusters == nil { explain(&check, value, sample, by: consistency) }
    return check
  }

  /// Says how many queries the value is not of, since they have no relevant row.
  private func tellEmptyQueries(of sample: Sample, in check: inout Check) {
    guard case .ranking(let ranking) = sample, check.value != nil else { return }
    guard metric.parameters.contains(where: { $0.id == Parameter.empty.id }) else {
      return tellIdleQueries(of: ranking, in: &check)
    }
    let sample = ranking
    let count = arguments.emptyQueries(of: sample)
    guard count > 0 else { return }
    check.n = sample.queryCount - count
    check.evidence["queries_without_relevant"] = .integer(count)
    check.message +=
      "; \(count) of \(sample.queryCount.counted("query", "queries")) \(count == 1 ? "has" : "have") "
      + "no relevant row and \(count == 1 ? "counts" : "count") nothing"
  }

  /// The same of queries that a mean of queries leaves out for another reason.
  private func tellIdleQueries(of sample: RankingSample, in check: inout Check) {
    guard case .sums(let sums) = metric.measure,
      let parts = try? sums.parts(.ranking(sample), arguments), parts.isMean, parts.width == 2
    else { return }
    let counted = stride(from: 1, to: parts.values.count, by: 2).count { parts.values[$0] > 0 }
    guard counted < sample.queryCount else { return }
    check.n = counted
    let left = sample.queryCount - counted
    check.message +=
      "; \(left) of \(sample.queryCount.counted("query", "queries")) \(left == 1 ? "takes" : "take") no part"
  }

  /// The first ten rows of the holdout, from 1, that a person should look at; nil: the metric shows none.
  private func shown(_ sample: Sample, _ champion: Sample) -> JSON? {
    guard case .pair(let sums) = metric.measure, sums.showsRows,
      let parts = try? sums.parts(sample, champion, arguments)
    else { return nil }
    let rows = sample.rows
    let places = rows.indices.filter { parts.values[$0 * parts.width] != 0 }
    return .array(places.map { Int(rows[$0]) + 1 }.sorted().prefix(10).map { .integer($0) })
  }

  private func championValue(
    _ champion: Result<Sample, Diagnostic>?
  ) throws(Diagnostic) -> Double? {
    guard let sample = try champion?.get() else { return nil }
    do throws(Undefined) { return try metric.value(on: sample, arguments) } catch {
      throw Diagnostic("the champion's \(metric.id) is undefined: \(error.reason)")
    }
  }
}

extension Check {
  /// The check with another outcome and what a mistake says.
  package func failing(_ outcome: Outcome, _ mistake: Diagnostic) -> Check {
    var check = self
    check.outcome = outcome
    check.isTemporary = mistake.temporary
    let place = mistake.location.map {
      $0 == location ? "" : " (\($0.file):\($0.line):\($0.column))"
    }
    check.message += mistake.sentence + (place ?? "")
    return check
  }
}

extension Array where Element: Hashable {
  /// Each element where it first stands.
  package var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
