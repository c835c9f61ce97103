import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Metrics that a manifest makes of others: their values, limits, slices and intervals.
@Suite struct DerivedMetricTests {
  /// A manifest with these metrics of its own and these gates.
  static func manifest(
    _ metrics: KeyValuePairs<String, Any>, gates: [Any], task: String = "binary"
  ) throws -> Manifest {
    try Manifest(
      RunTests.node(
        RunTests.pairs([
          "version": 1, "name": "loan", "task": task,
          "data": RunTests.pairs(["holdout": RunTests.pairs(["path": "h.csv", "label": "y"])]),
          "models": RunTests.pairs([
            "champion": RunTests.pairs(["from": "a.onnx"]),
            "candidate": RunTests.pairs(["from": "b.onnx"]),
          ]), "metrics": metrics, "gates": gates,
        ])), in: .test)
  }

  static func gate(_ kind: String, _ metrics: KeyValuePairs<String, Any>) -> Any {
    RunTests.pairs(["gate": kind, "metrics": metrics])
  }

  /// Two positive rows right, one missed; two negative right, one alarm.
  static let backends = RunTests.backends(
    table: MemoryTable([
      .numbers("y", [1, 1, 0, 1, 0, 0]), .texts("sex", ["f", "m", "f", "m", "f", "m"]),
    ])
  ) { role in
    role == .candidate ? [0.9, 0.8, 0.7, 0.4, 0.3, 0.1] : [0.9, 0.2, 0.7, 0.4, 0.3, 0.1]
  }

  static func checks(
    _ metrics: KeyValuePairs<String, Any>, _ gates: [Any]
  ) async throws -> [Check] {
    await RunTests.report(try manifest(metrics, gates: gates), backends).checks
  }

  @Test(
    arguments: [
      ("40 * tp - 250 * fn", -170), ("(40 * tp - 250 * fn) / n", -170.0 / 6),
      ("tp + fp + fn + tn", 6),
      ("recall - precision", 0), ("100 * accuracy", 400.0 / 6), ("roc_auc", 8.0 / 9),
      ("sqrt(precision * recall)", 2.0 / 3), ("tp * roc_auc", 16.0 / 9), ("1 / (fp + 1)", 0.5),
    ] as [(String, Double)])
  func `a formula is measured`(formula: String, value: Double) async throws {
    let check = try #require(
      await Self.checks(
        ["figure": formula],
        [Self.gate("performance", ["figure": RunTests.pairs(["min": -1000])])]
      ).first)
    #expect(check.outcome == .passed, "\(check.message)")
    let found = try #require(check.value)
    #expect(abs(found - value) < 1e-12)
  }

  @Test func `the unit stands in the message and in the evidence`() async throws {
    let profit = RunTests.pairs([
      "formula": "40 * tp - 10 * fn", "unit": "EUR", "direction": "higher_is_better",
    ])
    let checks = try await Self.checks(
      ["profit": profit],
      [
        Self.gate("performance", ["profit": RunTests.pairs(["min": 80])]),
        Self.gate("champion", ["profit": RunTests.pairs(["max_drop": 0, "min_gain": 60])]),
      ])
    #expect(checks[0].message == "profit 70 EUR is below the min of 80")
    #expect(checks[0].evidence["unit"] == .string("EUR"))
    #expect(
      checks[1].message
        == "profit 70 EUR; the gain from 20 is 50 EUR, below min_gain: 60")
    #expect(checks[1].difference == 50)
  }

  @Test func `the threshold, slices and metrics made before are taken`() async throws {
    let checks = try await Self.checks(
      ["profit": "40 * tp - 250 * fn", "per_row": "profit / n"],
      [
        Self.gate(
          "performance",
          [
            "profit": RunTests.pairs(["threshold": 0.4, "min": 120]),
            "per_row": RunTests.pairs(["min": -100, "slices": "sex"]),
          ])
      ])
    let groups = checks.suffix(2)
    #expect(
      groups.map(\.id) == ["performance/per_row/sex=f", "performance/per_row/sex=m"])
    #expect(checks[0].value == 120)
    // Of f one hit in three rows, of m one hit and one miss.
    let wanted: [Double?] = [40.0 / 3, -70]
    #expect(groups.map(\.value) == wanted)
  }

  @Test func `what has no value says why`() async throws {
    let checks = try await Self.checks(
      ["ratio": "tp / (fn - 1)", "gap": "1 - precision"],
      [
        Self.gate(
          "performance",
          [
            "ratio": RunTests.pairs(["min": 0]),
            "gap": RunTests.pairs(["threshold": 1, "max": 1]),
          ])
      ])
    #expect(checks.map(\.outcome) == [.error, .error])
    #expect(
      checks[0].message
        == "ratio is undefined: the formula divides by '(fn - 1)', which is 0")
    #expect(
      checks[1].message
        == "gap is undefined: its 'precision' is: no row was predicted positive")
  }

  @Test(arguments: [
    ("40 * tp - 250 * fn", true), ("recall - fp / n", true), ("0.5 * roc_auc + recall", false),
  ]) func `a formula of cells alone is one`(formula: String, isOfCells: Bool) async throws {
    let manifest = try Self.manifest(
      ["figure": formula], gates: [Self.gate("performance", ["figure": RunTests.pairs(["min": 0])])]
    )
    let metric = manifest.metrics[0]
    #expect((metric.cells != nil) == isOfCells)
    let sample = CertaintyTests.models(rows: 300).candidate
    let certainty = Certainty(confidence: 0.95, replicates: 300, seed: 1)
    let interval = try await certainty.interval(
      MetricCall(metric: metric, arguments: Arguments()), sample)
    let value = try metric.value(on: sample, Arguments())
    #expect(interval.low < value && value < interval.high)
  }

  @Test func `a formula of weighted rows takes their weights`() throws {
    let manifest = try Self.manifest(
      ["figure": "tp - fn + n"],
      gates: [Self.gate("performance", ["figure": RunTests.pairs(["min": 0])])])
    let sample = Sample.binary(
      scores: [0.9, 0.7, 0.2, 0.1], positives: [1, 0, 1, 0], weights: [3, 1, 2, 0.5])
    #expect(try manifest.metrics[0].value(on: sample, Arguments()) == 7.5)
  }

  @Test func `the plan tells of them`() throws {
    let profit = RunTests.pairs(["formula": "40 * tp", "unit": "EUR"])
    let plan = try Self.manifest(
      ["profit": profit],
      gates: [Self.gate("performance", ["profit": RunTests.pairs(["min": 0])])]
    ).plan
    #expect(plan.contains("measures\n  profit as 40 * tp EUR, neither is better\n"))
    #expect(plan.contains("    profit: min: 0\n"))
  }
}
