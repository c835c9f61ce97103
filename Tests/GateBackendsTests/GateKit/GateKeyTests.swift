import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// A key of a gate adds, it never takes away in silence.
@Suite struct GateKeyTests {
  /// A gate, what it says at least, and a value for every key that it may say besides.
  struct Subject: Sendable {
    let gate: String
    let least: String
    let values: [String: String]
    /// Keys whose page says that they narrow, or replace, what is judged, with the words in which it does.
    var narrowing: [String: String] = [:]
  }

  static let subjects = [
    Subject(
      gate: "performance", least: "metrics: {accuracy: {min: 0.6}}",
      values: [
        "discover": "true", "confidence": "0.9", "replicates": "300", "seed": "3",
        "resampling": "rows",
        "error_control": "holm",
      ]),
    Subject(
      gate: "champion", least: "metrics: {accuracy: {max_drop: 0.1}}",
      values: [
        "metrics": "{accuracy: {max_drop: 0.1}}", "flips": "{max_negative: 0.1}",
        "discover": "true",
        "confidence": "0.9", "replicates": "300", "seed": "3", "resampling": "rows",
        "error_control": "holm",
      ]),
    Subject(
      gate: "calibration", least: "",
      values: [
        "metrics": "{brier_score: {max: 0.2}}", "by": "[sex]", "min_rows": "20",
        "consistency": "0.9",
        "bins": "5", "binning": "quantile", "confidence": "0.9", "replicates": "400", "seed": "3",
        "resampling": "rows", "error_control": "holm",
      ],
      narrowing: ["metrics": "without any, an expected_calibration_error"]),
    Subject(
      gate: "fairness", least: "by: [sex]\nmetrics: {demographic_parity_difference: {max: 0.1}}",
      values: [
        "preset": "four-fifths", "reference": "{sex: f}", "min_rows": "20",
        "small_groups": "merge\nmin_rows: 20",
        "undefined_groups": "skip", "confidence": "none", "replicates": "300", "seed": "3",
        "metrics": "{demographic_parity_difference: {max: 0.1}}", "error_control": "holm",
      ]),
    Subject(gate: "size", least: "metrics: {trees: {max: 5}}", values: [:]),
    Subject(
      gate: "latency", least: "load_ms: {max: 5}",
      values: [
        "single_row": "{p50_ms: {max: 5}}", "load_ms": "{max: 5}", "first_row_ms": "{max: 5}",
        "confidence": "0.9", "rows": "50", "rounds": "10", "error_control": "none",
      ]),
    Subject(
      gate: "determinism", least: "max_flips: 0",
      values: [
        "max_difference": "0.1", "max_flips": "0", "ways": "[order, single_rows]", "rows": "50",
        "error_control": "none",
      ], narrowing: ["ways": "In which ways the rows are scored again; default: all"]),
    Subject(
      gate: "export_parity", least: "from: other.onnx\nmax_flips: 0",
      values: [
        "features": "[age]", "derive": "{age: age + 1}", "max_difference": "0.1",
        "max_flips": "0", "confidence": "0.9", "slices": "[sex]", "error_control": "none",
      ]),
    Subject(
      gate: "importance", least: "metric: roc_auc\nmax_share: 0.5",
      values: [
        "repeats": "7", "max_share": "0.5", "features": "{age: {max_share: 0.1}}",
        "sensitive": "{features: [age], max_share: 0.1}", "max_unused": "1",
        "min_rank_correlation": "0.5", "confidence": "0.9", "error_control": "none",
      ]),
    Subject(
      gate: "robustness", least: "tests: [{test: noise, columns: [age], max_flips: 0.1}]",
      values: ["confidence": "0.9", "slices": "[sex]", "error_control": "none"]),
    Subject(
      gate: "estimate", least: "metrics: {roc_auc: {min: 0.5}}",
      values: [
        "table": "holdout", "calibration": "none", "max_outside": "0.1", "confidence": "0.9",
        "error_control": "none",
      ]),
    Subject(
      gate: "plugin", least: "use: gates/rules",
      values: [
        "with": "{share: 0.5}", "metrics": "{kept: {min: 0.5}}", "slices": "[]",
        "error_control": "none",
      ]),
    Subject(
      gate: "drift", least: "",
      values: [
        "features": "{psi: {max: 0.2}}", "columns": "[age]", "kinds": "{age: category}",
        "share_drifted": "{max: 0.3}", "prediction": "{ks: {max: 0.1}}",
        "label": "{total_variation: {max: 0.1}}", "table": "{domain_classifier: {max: 0.6}}",
        "windows": "{column: at}", "min_rows": "50", "error_control": "holm",
        "standard": "{far_out: false}",
      ],
      narrowing: [
        "standard": "each can have other limits, or be false",
        "features": "without any here", "columns": "without them, the candidate's features",
      ]),
  ]

  /// The only file that a gate here names.
  private static let plugin: FileReading = { path throws(Diagnostics) in
    let text = """
      id: rules
      summary: Counts.
      command: [python, gate.py]
      parameters: {share: {type: number, summary: The share.}}
      measurements: {kept: {range: [0, 1], direction: higher}}
      """
    return try parseYAML(Array(text.utf8), name: path)
  }

  /// What every gate takes.
  private static let common = ["id", "blocking", "error_control"]

  @Test func `every optional key of every gate is looked at`() {
    for gate in Gates.all where gate.id != SchemaGate.id {
      let subject = Self.subjects.first { $0.gate == gate.id }
      #expect(subject != nil, "\(gate.id) is not here")
      let keys = gate.parameters(task: .binary, metrics: Metrics.all)
        .filter { !$0.required }.map(\.id)
      for key in keys {
        #expect(subject?.values[key] != nil, "\(gate.id) takes '\(key)', which is not looked at")
      }
    }
  }

  /// What a gate would judge: its plan, without what a confidence or a size changes in the words of a line.
  private func plan(_ subject: Subject, _ more: String = "") throws -> [String] {
    let text = "gate: \(subject.gate)\n\(subject.least)\n\(more)\n"
    let node = try parseYAML(Array(text.utf8), name: "gatewright.yaml")
    let kind = try #require(Gates.all.first { $0.id == subject.gate })
    return try kind.init(
      GateSettings(
        id: subject.gate, node: node, task: .binary, slices: [], hasChampion: true,
        tables: ["reference"], read: Self.plugin)
    ).plan
  }

  @Test(arguments: subjects.map(\.gate))
  func `a key takes nothing out of a gate's plan`(gate: String) throws {
    let subject = try #require(Self.subjects.first { $0.gate == gate })
    let before = try plan(subject)
    #expect(!before.isEmpty)
    let parameters = try #require(Gates.all.first { $0.id == gate })
      .parameters(task: .binary, metrics: Metrics.all)
    for (key, value) in subject.values.sorted(by: { $0.key < $1.key })
    where !subject.least.contains("\(key):") {
      if let words = subject.narrowing[key] {
        let said = parameters.first { $0.id == key }?.summary ?? ""
        #expect(said.contains(words), "'\(key)' narrows, and its page says: \(said)")
        continue
      }
      // What a check is judged by may be another; that it is judged may not.
      let needsConfidence = Certainty.dependent.contains(key) && gate != "drift"
      let extra = needsConfidence && gate != "fairness" ? "\nconfidence: 0.9" : ""
      let after = try plan(subject, "\(key): \(value)\(extra)")
      for line in before {
        let subjectOfLine = line.prefix { $0 != "," && $0 != ":" }
        #expect(
          after.contains { $0.hasPrefix(subjectOfLine) }, "'\(key)' takes '\(line)' away: \(after)")
      }
    }
  }

  @Test(
    .enabled(if: Fixture.hasEngine, "the engine is missing"),
    arguments: [
      "share_drifted: {max: 1}", "label: {total_variation: {max: 1}}", "prediction: {ks: {max: 1}}",
      "table: {correlation_change: {max: 1}}", "min_rows: 20", "error_control: none",
      "windows: {column: at, every: year}",
    ])
  func `a key of the drift gate takes no check away`(yaml: String) async throws {
    let rows =
      "SELECT i % 70 AS age, i % 90 AS income, i % 2 AS defaulted, TIMESTAMP '2026-01-01' AS at "
    let fixture = try DriftFixture(
      reference: rows + "FROM range(500) t(i)", current: rows + "FROM range(400) t(i)")
    let roles = ColumnRoles(label: "defaulted", labels: ["defaulted"])
    let scores: [String: Result<[PredictedColumn], Diagnostic>] = Dictionary(
      uniqueKeysWithValues: [("reference", 500), ("current", 400)].map { name, count in
        let values = (0..<count).map { Double($0 % 50) / 50 }
        return (name, .success([PredictedColumn(name: nil, values: .numbers(values))]))
      })
    func ids(_ yaml: String) async throws -> Set<String> {
      Set(try await fixture.checks(yaml, predictions: scores, roles: roles).map(\.id))
    }
    let before = try await ids("")
    #expect(before.contains("drift/ks/age"))
    let after = try await ids(yaml)
    #expect(before.subtracting(after) == [])
  }
}
