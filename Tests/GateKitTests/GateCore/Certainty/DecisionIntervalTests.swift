import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Intervals of figures of decisions where two models seldom, or never, disagree.
@Suite struct DecisionIntervalTests {
  /// Metrics of two classes that are figures of the decisions, with what each needs.
  static let figures: [(metric: Metric, arguments: Arguments)] = Metrics.binary.compactMap {
    let costs = ["cost_fp": 1.0, "cost_fn": 5, "value_tp": 5, "value_fp": -1]
    let needed = $0.parameters.filter(\.required).map(\.id)
    var numbers = costs.filter { needed.contains($0.key) }
    if $0.id == "f_beta" { numbers["beta"] = 2 }
    if $0.id == "net_benefit" { numbers["threshold"] = 0.5 }
    let measured = MetricCall(metric: $0, arguments: Arguments(numbers))
    guard measured.cells != nil, $0.id != "prevalence" else { return nil }
    return ($0, measured.arguments)
  }

  static let certainty = Certainty(confidence: 0.95, replicates: 1000, seed: 5)

  /// Two models of as many rows in each of the eight cells, as `PairedCells.cell` numbers them.
  static func models(_ counts: [Int]) -> (candidate: Sample, champion: Sample) {
    var (positives, mine, other): ([Bool], [Double], [Double]) = ([], [], [])
    for (cell, count) in counts.enumerated() {
      for _ in 0..<count {
        positives.append(cell & 4 != 0)
        other.append(cell & 2 != 0 ? 0.9 : 0.1)
        // Scores of the models differ where decisions do not.
        mine.append(cell & 1 != 0 ? 0.8 : 0.2)
      }
    }
    return (
      .binary(BinarySample(scores: mine, positives: positives)),
      .binary(BinarySample(scores: other, positives: positives))
    )
  }

  static func interval(
    _ id: String, _ counts: [Int], _ certainty: Certainty = certainty, weights: [Double]? = nil
  ) async throws -> ConfidenceInterval {
    let (metric, arguments) = try #require(figures.first { $0.metric.id == id })
    var (candidate, champion) = models(counts)
    if let weights {
      (candidate, champion) = (candidate.weighing(weights), champion.weighing(weights))
    }
    return try await certainty.interval(
      MetricCall(metric: metric, arguments: arguments), candidate: candidate, champion: champion,
      relative: false)
  }

  @Test func `one row's difference shows no more than McNemar's exact test`() async throws {
    // 60 positive, 12 of them missed by the champion, of which the candidate finds one.
    let counts = [140, 0, 0, 0, 11, 1, 0, 48]
    for id in ["recall", "f1", "balanced_accuracy", "matthews_corrcoef", "expected_cost"] {
      let found = try await Self.interval(id, counts)
      #expect(found.low < 0 && found.high > 0, "\(id): \(found.low) to \(found.high)")
    }
    let certainty = Certainty(confidence: 0.95, seed: 5)
    let (candidate, champion) = Self.models(counts)
    let curve = try await certainty.curve(
      CertaintyTests.measured("recall"), candidate: candidate, champion: champion, relative: false)
    let p = curve.pValue(that: .atLeast(0), isKept: true, level: 0.025, isShown: false)
    #expect(abs(p - 0.5) < 0.02, "exactly 0.5, by draws \(p)")
  }

  @Test(arguments: [(1, 0), (5, 0), (6, 0), (8, 1), (9, 1), (12, 3)])
  func `recall gained shows when McNemar's test does`(gained: Int, lost: Int) async throws {
    let found = try await Self.interval(
      "recall", [140, 0, 0, 0, 20 - gained, gained, lost, 60 - lost])
    let p = try McNemar.exact(gained: gained, lost: lost).pValue
    #expect((found.low > 0) == (p < 0.05), "\(gained) and \(lost): \(found.low), p \(p)")
  }

  @Test func `models that never disagree have an interval as small as the rows of the class`()
    async throws
  {
    let counts = [2500, 0, 0, 600, 500, 0, 0, 1400]
    for (id, rows) in [("recall", 1900.0), ("specificity", 3100)] {
      let found = try await Self.interval(id, counts)
      let wanted = 1 - exponential(logarithm(0.025) / rows)
      #expect(abs(found.high - wanted) < 0.06 * wanted && abs(found.low + wanted) < 0.06 * wanted)
    }
    for (metric, _) in Self.figures where metric.range == 0...1 {
      let found = try await Self.interval(metric.id, counts)
      #expect(found.low < 0 && found.high > 0 && found.high - found.low < 0.02, "\(metric.id)")
    }
  }

  @Test func `one more right row of the candidate makes no verdict worse`() async throws {
    // In each table a row that only the champion, or neither, has right becomes one that the candidate has right too.
    let steps = [(1, 0), (3, 2), (4, 5), (6, 7)]
    let tables = [
      [60, 0, 2, 8, 5, 0, 1, 24], [200, 3, 0, 20, 10, 1, 2, 30], [30, 1, 1, 3, 2, 0, 0, 4],
      [500, 0, 0, 40, 20, 0, 4, 90],
    ]
    for table in tables {
      let before = try await Self.bounds(table)
      for (from, to) in steps where table[from] > 0 {
        var better = table
        better[from] -= 1
        better[to] += 1
        let after = try await Self.bounds(better)
        for (metric, _) in Self.figures where metric.direction != .neither {
          guard let old = before[metric.id], let new = after[metric.id] else { continue }
          let slack = 1e-9 * max(1, abs(old.low), abs(old.high))
          if metric.direction == .higherIsBetter {
            #expect(new.low >= old.low - slack, "\(metric.id) \(table) \(from)")
          } else {
            #expect(new.high <= old.high + slack, "\(metric.id) \(table) \(from)")
          }
        }
      }
    }
  }

  /// The interval of each figure's difference, on the first draws of the cells.
  private static func bounds(_ counts: [Int]) async throws -> [String: ConfidenceInterval] {
    let cells = counts.enumerated().flatMap { [UInt8](repeating: UInt8($0), count: $1) }
    let all = try PairedCells.rows(cells, weights: nil, replicates: 1000, seed: 5)
    let drawn = PairedCells(
      weights: all.weights, draws: Array(all.draws.prefix(400)), rows: Array(all.rows.prefix(400)),
      size: all.size, shares: all.shares)
    var found: [String: ConfidenceInterval] = [:]
    for (metric, arguments) in figures {
      let body = try #require(MetricCall(metric: metric, arguments: arguments).cells)
      let bounds = await drawn.bounds(PairedCells.discordant, isStratified: false) {
        guard let mine = try? body($0, arguments), let other = try? body($1, arguments) else {
          return nil
        }
        return mine - other
      }
      found[metric.id] = try? bounds.interval(0.95)
    }
    found["accuracy"] = try await interval("accuracy", counts)
    found["zero_one_loss"] = try await interval("zero_one_loss", counts)
    return found
  }

  @Test(arguments: [
    ("specificity", "false_positive_rate"), ("recall", "false_negative_rate"),
    ("precision", "false_discovery_rate"), ("negative_predictive_value", "false_omission_rate"),
    ("accuracy", "zero_one_loss"), ("accuracy", "hamming_loss"),
  ])
  func `what is missing to 1 has the interval turned about`(id: String, other: String) async throws
  {
    let counts = [200, 3, 1, 20, 10, 1, 2, 30]
    let weights = (0..<267).map { 0.5 + Double($0 % 7) }
    var clustered = Self.certainty
    clustered.clusters = (0..<267).map { Int32($0 % 23) }
    for (certainty, weights) in [
      (Self.certainty, nil), (Self.certainty, weights), (clustered, nil), (clustered, weights),
    ] {
      let (mine, theirs) = (
        try await Self.interval(id, counts, certainty, weights: weights),
        try await Self.interval(other, counts, certainty, weights: weights)
      )
      #expect(abs(mine.low + theirs.high) < 1e-9 && abs(mine.high + theirs.low) < 1e-9)
      var sample = Self.models(counts).candidate
      if let weights { sample = sample.weighing(weights) }
      let value = try await certainty.interval(CertaintyTests.measured(id), sample)
      let rest = try await certainty.interval(CertaintyTests.measured(other), sample)
      #expect(abs(value.low - (1 - rest.high)) < 1e-9 && abs(value.high - (1 - rest.low)) < 1e-9)
    }
  }

  @Test func `every interval lies within the metric's range`() async throws {
    let counts = [60, 0, 1, 0, 1, 1, 0, 6]
    var clustered = Self.certainty
    clustered.clusters = (0..<69).map { Int32($0 % 9) }
    let weights = (0..<69).map { $0 % 5 == 0 ? 6.0 : 0.4 }
    for (metric, arguments) in Self.figures {
      let measured = MetricCall(metric: metric, arguments: arguments)
      for (certainty, isWeighted) in [(Self.certainty, false), (clustered, true)] {
        let sample = Self.models(counts).candidate
        guard
          let found = try? await certainty.interval(
            measured, isWeighted ? sample.weighing(weights) : sample)
        else { continue }
        #expect(found.low >= metric.range.lowerBound && found.high <= metric.range.upperBound)
        let value = try #require(measured.value(isWeighted ? sample.weighing(weights) : sample))
        #expect(found.low <= value + 1e-12 && value <= found.high + 1e-12, "\(metric.id)")
      }
    }
  }

  @Test func `a share of all rows has a width, with weights and in clusters too`() async throws {
    let counts = [140, 0, 0, 0, 12, 0, 0, 48]
    let weights = (0..<200).map { 0.5 + Double($0 % 3) }
    var clustered = Self.certainty
    clustered.clusters = (0..<200).map { Int32($0 / 5) }
    let specificity = try CertaintyTests.measured("specificity")
    let sample = Self.models(counts).candidate
    let plain = try await Self.certainty.interval(specificity, sample)
    let weighted = try await Self.certainty.interval(specificity, sample.weighing(weights))
    let byCluster = try await clustered.interval(specificity, sample)
    #expect(plain.high == 1 && weighted.high > 0.999 && byCluster.high > 0.999)
    #expect(weighted.low < plain.low && byCluster.low < plain.low && byCluster.low > 0.7)
    let (candidate, champion) = Self.models(counts)
    let flips = MetricCall(
      metric: try #require(Metrics.named("negative_flip_rate", task: .binary)),
      arguments: Arguments())
    for (certainty, weights) in [(Self.certainty, weights), (clustered, nil)] {
      let found = try await certainty.interval(
        flips, weights.map(candidate.weighing) ?? candidate,
        champion: weights.map(champion.weighing) ?? champion)
      #expect(found.low == 0 && found.high > 0.01 && found.high < 0.2)
    }
  }

  @Test func `clusters that are too few are refused, and the reason says how many would do`()
    async throws
  {
    var certainty = Self.certainty
    certainty.clusters = (0..<267).map { Int32($0 % 5) }
    for id in ["recall", "f1", "accuracy"] {
      let error = await #expect(throws: Undefined.self) {
        try await Self.interval(id, [200, 3, 1, 20, 10, 1, 2, 30], certainty)
      }
      #expect(error?.reason.contains("8 at least are wanted") == true)
    }
  }
}

extension Sample {
  /// A binary sample whose row r weighs `weights[r]`.
  fileprivate func weighing(_ weights: [Double]) -> Sample {
    guard case .binary(let sample) = self else { return self }
    return .binary(sample.weighing(weights.at(sample.rows)))
  }
}
