import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The verdicts of the calibration gate, and what it shows.
@Suite struct CalibrationGateTests {
  /// What stands beside `gate: calibration` in a manifest.
  static func settings(
    _ body: KeyValuePairs<String, Any>, task: TaskKind = .binary, hasChampion: Bool = true
  ) -> GateSettings {
    GateSettings(
      id: "calibration", node: RunTests.node(body), task: task, hasChampion: hasChampion)
  }

  /// The checks of such a gate; `codes` are the groups of a column `sex`.
  static func checks(
    _ body: KeyValuePairs<String, Any>, _ candidate: Sample, champion: Sample? = nil,
    codes: [Int32]? = nil, clusters: [Int32]? = nil
  ) async throws -> [Check] {
    let task: TaskKind = if case .multiclass = candidate { .multiclass } else { .binary }
    let gate = try CalibrationGate(
      settings(body, task: task, hasChampion: champion != nil))
    var samples = [Role.candidate: Result<Sample, Diagnostic>.success(candidate)]
    if let champion { samples[.champion] = .success(champion) }
    let groups = ["f", "m"].map { SliceGroup(values: [SliceValue("sex", .text($0))]) }
    let slices = codes.map {
      [
        Slice.column("sex"): Result<SlicedRows, Diagnostic>.success(
          SlicedRows(groups: groups, codes: $0))
      ]
    }
    return try await gate.checks(
      on: Workbench(
        task: task, hasChampion: champion != nil, rows: candidate.count, samples: samples,
        slices: slices ?? [:], clusters: clusters))
  }

  static func rows(_ count: Int, seed: UInt64 = 1, up: Double = 0) -> Sample {
    .binary(ConsistencyTests.rows(count, seed: seed, up: up))
  }

  @Test(arguments: [
    (5000, 0.0, Outcome.passed), (5000, 0.2, .failed), (60, 0.0, .inconclusive),
    (300, 0.3, .failed),
  ])
  func `a gate that asks nothing judges the calibration error by what chance gives`(
    count: Int, up: Double, outcome: Outcome
  ) async throws {
    let checks = try await Self.checks(["gate": "calibration"], Self.rows(count, up: up))
    let check = try #require(checks.first)
    #expect(
      checks.map(\.id) == [
        "calibration/expected_calibration_error", "calibration/logistic_calibration_error",
      ])
    #expect(check.outcome == outcome, "\(check.message)")
    #expect(checks[1].limit == ["max": 0.025])
    #expect((checks[1].outcome == .failed) == (outcome == .failed), "\(checks[1].message)")
    #expect(check.limit == ["max": 0.05])
    let reach = try #require(check.evidence["consistency"]?.number("reach"))
    let value = try #require(check.value)
    #expect((reach < 0.05) == (count == 5000))
    #expect((outcome == .failed) == (value > 0.05 && value > reach))
    #expect(check.evidence["p_value"] != nil && check.evidence["statistic"] != nil)
  }

  @Test func `the same inputs give the same draws`() async throws {
    let sample = Self.rows(200)
    let first = try await Self.checks(["seed": 3], sample)[0].evidence["consistency"]
    let other = try await Self.checks(["seed": 4], sample)[0].evidence["consistency"]
    #expect(try await Self.checks(["seed": 3], sample)[0].evidence["consistency"] == first)
    #expect(first?.number("reach") != other?.number("reach"))
  }

  @Test func `groups of the gate are those of every metric`() async throws {
    let sample = Self.rows(900)
    let codes = (0..<900).map { Int32($0 % 3 == 0 ? 0 : 1) }
    let checks = try await Self.checks(
      [
        "by": ["sex"], "min_rows": 400,
        "metrics": RunTests.pairs([
          "brier_score": RunTests.pairs(["max": 0.9]),
          "calibration_slope": RunTests.pairs(["max": 90, "min_rows": 10]),
        ]),
      ], sample, codes: codes)
    #expect(
      checks.map(\.id) == [
        "calibration/brier_score", "calibration/brier_score/sex=f", "calibration/brier_score/sex=m",
        "calibration/calibration_slope", "calibration/calibration_slope/sex=f",
        "calibration/calibration_slope/sex=m",
      ])
    #expect(checks.map(\.outcome) == [.passed, .skipped, .passed, .passed, .passed, .passed])
    // Each check shows its own group.
    #expect(checks[4].n == 300 && rows(checks[4].evidence["reliability"]?["candidate"]) == 300)
    #expect(checks[2].evidence["figures"] == checks[5].evidence["figures"])
    #expect(checks[0].evidence["figures"] != checks[2].evidence["figures"])
  }

  /// How many rows the bins of a plot have.
  private func rows(_ bins: JSON?) -> Double {
    guard case .array(let bins)? = bins else { return 0 }
    return bins.compactMap { $0.number("n") }.sum
  }

  @Test func `a group without positives has no slope, and says so`() async throws {
    let rows = ConsistencyTests.rows(400, seed: 2)
    // Group 0 is of negative rows only.
    var codes = [Int32](repeating: 1, count: 400)
    for (place, row) in rows.rows.enumerated() where !rows.positives[place] {
      codes[Int(row)] = Int32(row % 2)
    }
    let checks = try await Self.checks(
      [
        "by": ["sex"],
        "metrics": RunTests.pairs([
          "calibration_slope": RunTests.pairs(["max": 90]),
          "expected_calibration_error": RunTests.pairs(["max": 0.9]),
        ]),
      ], .binary(rows), codes: codes)
    #expect(checks.map(\.outcome) == [.passed, .error, .passed, .passed, .passed, .passed])
    #expect(checks[1].message.contains("calibration_slope is undefined: no row is positive"))
    #expect(checks[1].value == nil)
    let figure = checks[4].evidence["figures"]?["candidate"]?["calibration_slope"]
    #expect(figure?["undefined"] == "no row is positive")
    // All rows of it are calibrated on nothing: the error is the mean score, which is no 0.
    #expect(try #require(checks[4].value) > 0.1)
  }

  @Test func `the champion stands beside the candidate`() async throws {
    let (sure, calm) = (Self.rows(2000, up: 0.3), Self.rows(2000))
    let metrics = RunTests.pairs([
      "metrics": RunTests.pairs([
        "overconfidence_error": RunTests.pairs(["max_increase": 0.01]),
        "expected_calibration_error": RunTests.pairs(["max": 0.9, "max_drop": 0.01]),
      ])
    ])
    let checks = try await Self.checks(metrics, sure, champion: calm)
    #expect(checks.map(\.outcome) == [.failed, .failed])
    #expect(
      try await Self.checks(metrics, calm, champion: sure).allSatisfy { $0.outcome == .passed })
    let confidence = try #require(checks[0].evidence["confidence"])
    #expect(confidence["candidate"]?.number("overconfidence") == checks[0].value)
    #expect(confidence["champion"]?.number("overconfidence") == checks[0].champion)
    for model in ["candidate", "champion"] {
      let found = try #require(confidence[model])
      let gap =
        try #require(found.number("mean_confidence")) - #require(found.number("accuracy"))
      let errors =
        try #require(found.number("overconfidence")) - #require(found.number("underconfidence"))
      #expect(abs(gap - errors) < 1e-12)
      #expect(rows(checks[0].evidence["reliability"]?[model]) == 2000)
    }
  }

  @Test func `several classes are judged by the decided one`() async throws {
    let rows = ConsistencyTests.rows(3000, seed: 4, up: 0.1)
    let sample = Sample.multiclass(
      MulticlassSample(
        classes: ["no", "yes"], probabilities: rows.scores.flatMap { [1 - $0, $0] },
        labels: rows.positives.map { $0 ? 1 : 0 }))
    let check = try await Self.checks(["binning": "quantile", "bins": 4], sample)[0]
    #expect(check.outcome == .failed && check.metric == "expected_calibration_error")
    let plot = try #require(check.evidence["reliability"])
    #expect(plot["of"] == "right decisions by their probability")
    #expect(plot["binning"] == "quantile" && plot["candidate"]?[3] != nil)
    #expect(plot["candidate"]?[4] == nil)
    let figures = try #require(check.evidence["figures"]?["candidate"])
    for id in [
      "calibration_slope", "calibration_intercept", "hosmer_lemeshow", "hosmer_lemeshow_p_value",
      "brier_reliability", "brier_resolution", "brier_uncertainty", "maximum_calibration_error",
    ] { #expect(figures.number(id) != nil, "\(id)") }
    #expect(figures.number("expected_calibration_error") != check.value)
  }

  @Test func `a broken limit that chance explains has it said, and what to do`() async throws {
    func check(_ count: Int, up: Double = 0, clusters: [Int32]? = nil) async throws -> Check {
      try await Self.checks(
        [
          "metrics": RunTests.pairs([
            "expected_calibration_error": RunTests.pairs(["max": 0.01])
          ])
        ], Self.rows(count, up: up), clusters: clusters)[0]
    }
    let few = try await check(60)
    #expect(few.outcome == .failed && few.message.contains("so chance may be all there is"))
    #expect(few.message.contains("say 'consistency: 0.95' in the gate"))
    let reach = try #require(few.evidence["consistency"]?.number("reach"))
    #expect(try #require(few.value) <= reach)
    let far = try await check(3000, up: 0.3)
    #expect(far.outcome == .failed && !far.message.contains("chance"))
    #expect(try #require(far.evidence["consistency"]?.number("reach")) < #require(far.value))
    let clustered = try await check(60, clusters: (0..<60).map { Int32($0 / 2) })
    #expect(clustered.outcome == .failed && clustered.evidence["consistency"] == nil)
  }

  @Test(arguments: [
    // Sure and right, which four rows are by chance even where one in twenty is wrong.
    ([0.0, 1, 1, 0], [0.0, 1, 1, 0], Outcome.inconclusive, 0.0),
    ([Double](repeating: 1, count: 80), [Double](repeating: 1, count: 80), .passed, 0),
    // Sure and wrong once: of calibrated scores that has no chance at all.
    ([0, 1, 1, 0], [0, 1, 0, 0], .failed, 0.25), ([1], [0], .failed, 1),
    // One row cannot tell, whatever its score.
    ([0.97], [1], .inconclusive, 0.03), ([0.5], [0], .inconclusive, 0.5),
    // One bin of all rows.
    ([0.5, 0.5, 0.5, 0.5], [1, 0, 1, 0], .inconclusive, 0),
  ])
  func `sure scores, one row and one bin`(
    scores: [Double], labels: [Double], outcome: Outcome, value: Double
  ) async throws {
    let sample = Sample.binary(
      BinarySample(scores: scores, positives: labels.map { $0 == 1 }, weights: nil))
    let check = try await Self.checks(["gate": "calibration"], sample)[0]
    #expect(check.outcome == outcome, "\(check.message)")
    #expect(abs(try #require(check.value) - value) < 1e-12)
    #expect(rows(check.evidence["reliability"]?["candidate"]) == Double(scores.count))
  }

  @Test func `weighted rows have Wilson's interval at their effective size`() async throws {
    guard case .binary(let rows) = Self.rows(300) else { return }
    let weighted = BinarySample(
      scores: rows.scores, positives: rows.positives,
      weights: rows.scores.indices.map { $0 % 2 == 0 ? 1 : 3 })
    let check = try await Self.checks(["bins": 1], .binary(weighted))[0]
    let bin = try #require(check.evidence["reliability"]?["candidate"]?[0])
    // (150 * 1 + 150 * 3)^2 / (150 * 1 + 150 * 9)
    let wanted = try ShareInterval.wilson(
      share: try #require(bin.number("share")), size: 240, confidence: 0.95)
    #expect(bin["interval"]?["method"] == .string(wanted.method))
    #expect(abs(try #require(bin["interval"]?.number("low")) - wanted.low) < 1e-12)
    #expect(abs(try #require(bin["interval"]?.number("high")) - wanted.high) < 1e-12)
  }

  @Test func `a model without scores is an error, and shows why`() async throws {
    let check = try await Self.checks(["gate": "calibration"], .classesOnly)[0]
    #expect(check.outcome == .error)
    #expect(check.message.contains("the model gives classes, not scores"))
    let shown = check.evidence["reliability"]?["candidate"]?["undefined"]
    #expect(shown == "the model gives classes, not scores")
  }

  @Test func `rows in clusters have no draws of single rows`() async throws {
    let clusters = (0..<5000).map { Int32($0 / 5) }
    let sample = Self.rows(5000)
    let check = try await Self.checks(["gate": "calibration"], sample, clusters: clusters)[0]
    #expect(check.outcome == .inconclusive && check.message.contains("rows of one cluster"))
    // What it says leads somewhere: neither way does the same check hint back.
    #expect(!check.message.contains("instead of 'consistency'"), "\(check.message)")
    #expect(check.message.contains("'metrics: {expected_calibration_error: {max: 0.05}}'"))
    let value = try await Self.checks(
      [
        "gate": "calibration",
        "metrics": RunTests.pairs([
          "expected_calibration_error": RunTests.pairs(["max": 0.05])
        ]),
      ], sample, clusters: clusters)[0]
    #expect(value.outcome == .passed && !value.message.contains("confidence"), "\(value.message)")
    let scores = try await Self.checks(
      [
        "gate": "calibration", "confidence": 0.95, "replicates": 200,
        "metrics": RunTests.pairs(["log_loss": RunTests.pairs(["max": 2.0])]),
      ], sample, clusters: clusters)[0]
    #expect(scores.outcome == .passed, "\(scores.message)")
    let sure = try await Self.checks(
      ["confidence": 0.95, "replicates": 200], Self.rows(5000, up: 0.3), clusters: clusters)[0]
    #expect(sure.interval?.level == 0.95 && sure.evidence["consistency"] == nil)
  }

  @Test func `error control counts what is judged by chance`() async throws {
    let codes = (0..<6000).map { Int32($0 % 2) }
    let body: KeyValuePairs<String, Any> = ["by": ["sex"]]
    #expect(try CalibrationGate(Self.settings(body)).hasConfidence)
    var checks = try await Self.checks(body, Self.rows(6000), codes: codes)
    let corrected = ErrorControl.bonferroni.apply(
      to: &checks, of: { _ in true }, named: "calibration")
    let tests = try #require(corrected?.tests)
    #expect(tests.count == 6)
    for (test, check) in zip(tests, checks) {
      #expect(test.adjustedPValue == min(1, 6 * test.pValue) && test.statement == .satisfied)
      // An error of a line that is kept stands by its value.
      let isByValue = check.metric == "logistic_calibration_error"
      #expect(isByValue ? test.pValue == 1 : test.pValue < 1)
      #expect(
        check.outcome == (isByValue || test.adjustedPValue <= 0.025 ? .passed : .inconclusive))
    }
  }
}
