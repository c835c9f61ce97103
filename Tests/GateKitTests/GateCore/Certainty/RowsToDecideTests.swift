import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Whether as many new rows as a message names would decide.
@Suite struct RowsToDecideTests {
  /// A limit on a metric of rows whose truth is known.
  struct Scenario: Sendable, CustomTestStringConvertible {
    let metric: String
    let limit: String
    let bound: Double
    let rows: Int
    /// Both models on `count` new rows.
    let draw: @Sendable (_ count: Int, _ random: inout RandomSource) -> (Sample, Sample)

    var testDescription: String { "\(metric) \(limit): \(bound) on \(rows) rows" }

    /// The check of new rows.
    func check(_ count: Int, seed: UInt64) async throws -> Check {
      var random = RandomSource(seed: seed, stream: 0)
      let (candidate, champion) = draw(count, &random)
      let kind = try #require(Limit.Kind(rawValue: limit))
      let gate = kind.comparesModels ? "champion" : "performance"
      let node = RunTests.node(
        RunTests.pairs([
          "gate": gate, "confidence": "0.95",
          "metrics": RunTests.pairs([metric: RunTests.pairs([limit: bound])]),
        ]))
      let task: TaskKind = if case .regression = candidate { .regression } else { .binary }
      let settings = GateSettings(id: gate, node: node, task: task, hasChampion: true)
      let bench = Workbench(
        task: task, hasChampion: true, rows: count,
        samples: [.candidate: .success(candidate), .champion: .success(champion)])
      let checks =
        kind.comparesModels
        ? try await ChampionGate(settings).checks(on: bench)
        : try await PerformanceGate(settings).checks(on: bench)
      return try #require(checks.first)
    }
  }

  /// Decisions of two models that are right in 80% of rows, of which `gained` and `lost` differ.
  @Sendable private static func decisions(
    _ count: Int, gained: Double, lost: Double, _ random: inout RandomSource
  ) -> (Sample, Sample) {
    var (mine, other, positives) = ([Double](), [Double](), [Bool]())
    for _ in 0..<count {
      let isPositive = random.uniform() < 0.4
      let place = random.uniform()
      let isRight = place < lost || place > gained + lost && random.uniform() < 0.8
      let isMine = place < lost ? false : place < gained + lost ? true : isRight
      positives.append(isPositive)
      mine.append(isMine == isPositive ? 0.9 : 0.1)
      other.append((place < lost ? true : isRight) == isPositive ? 0.9 : 0.1)
    }
    return (
      .binary(BinarySample(scores: mine, positives: positives)),
      .binary(BinarySample(scores: other, positives: positives))
    )
  }

  /// Scores of normal numbers, those of positive rows `apart` higher.
  @Sendable private static func areas(
    _ count: Int, apart: Double, _ random: inout RandomSource
  ) -> (Sample, Sample) {
    let positives = (0..<count).map { _ in random.uniform() < 0.3 }
    let scores = positives.map { isPositive in
      1 / (1 + exponential(-random.normals().0 - (isPositive ? apart : 0)))
    }
    let sample = Sample.binary(BinarySample(scores: scores, positives: positives))
    return (sample, sample)
  }

  /// Errors of a standard deviation of 1.
  @Sendable private static func errors(
    _ count: Int, _ random: inout RandomSource
  ) -> (Sample, Sample) {
    let errors = (0..<count).map { _ in random.normals().0 }
    let sample = Sample.regression(
      RegressionSample(targets: [Double](repeating: 0, count: count), predictions: errors))
    return (sample, sample)
  }

  static let scenarios = [
    Scenario(metric: "accuracy", limit: "max_drop", bound: 0.02, rows: 150) {
      decisions($0, gained: 0.03, lost: 0.03, &$1)
    },
    Scenario(metric: "accuracy", limit: "max_drop", bound: 0.02, rows: 400) {
      decisions($0, gained: 0.02, lost: 0.03, &$1)
    },
    Scenario(metric: "recall", limit: "max_drop", bound: 0.05, rows: 300) {
      decisions($0, gained: 0.03, lost: 0.03, &$1)
    },
    // A normal distribution's area where means lie 1.2 apart is 0.802.
    Scenario(metric: "roc_auc", limit: "min", bound: 0.77, rows: 120) {
      areas($0, apart: 1.2, &$1)
    },
    Scenario(metric: "root_mean_squared_error", limit: "max", bound: 1.06, rows: 80) {
      errors($0, &$1)
    },
  ]

  @Test(arguments: scenarios)
  func `half of new holdouts of so many rows are decided, or more`(scenario: Scenario) async throws
  {
    var (told, decided, undecided) = (0, 0, 0)
    for seed in 0..<60 where told < 16 {
      let check = try await scenario.check(scenario.rows, seed: 4000 + UInt64(seed))
      guard check.outcome == .inconclusive else { continue }
      undecided += 1
      guard let count = Self.count(check.message) else {
        #expect(check.message.contains("too near it to tell"), "\(check.message)")
        continue
      }
      #expect(count >= scenario.rows)
      told += 1
      // Fewer rows where it says very many: that only makes it harder.
      let next = try await scenario.check(min(count, 6000), seed: 9000 + UInt64(seed))
      if next.outcome != .inconclusive { decided += 1 }
    }
    #expect(told >= 8 && undecided > told, "\(told) of \(undecided)")
    #expect(2 * decided >= told, "\(decided) of \(told)")
  }

  /// The number of rows that a message names.
  private static func count(_ message: String) -> Int? {
    let words = message.split(separator: " ")
    return words.indices.first { words[$0].hasSuffix("about") && words[$0 + 2] == "new" }.flatMap {
      Int(words[$0 + 1])
    }
  }

  @Test func `half of new holdouts are decided by what chance gives, or more`() async throws {
    let settings = CalibrationGateTests.settings([
      "consistency": 0.95, "replicates": 199,
      "metrics": RunTests.pairs(["expected_calibration_error": RunTests.pairs(["max": 0.05])]),
    ])
    let gate = try CalibrationGate(settings)
    func check(_ count: Int, _ up: Double, _ seed: UInt64) async throws -> Check {
      let sample = Sample.binary(ConsistencyTests.rows(count, seed: seed, up: up))
      return try await gate.checks(
        on: Workbench(
          task: .binary, hasChampion: true, rows: count, samples: [.candidate: .success(sample)])
      )[0]
    }
    var (told, decided) = (0, 0)
    for (rows, up) in [(300, 0.0), (400, 0.02), (120, 0.12), (150, 0.09)] {
      for seed in 0..<15 {
        let first = try await check(rows, up, 5000 + UInt64(seed))
        guard first.outcome == .inconclusive, let count = Self.count(first.message) else {
          continue
        }
        told += 1
        let next = try await check(min(count, 4000), up, 7000 + UInt64(seed))
        if next.outcome != .inconclusive { decided += 1 }
      }
    }
    #expect(told >= 10 && 2 * decided >= told, "\(decided) of \(told)")
  }
}
