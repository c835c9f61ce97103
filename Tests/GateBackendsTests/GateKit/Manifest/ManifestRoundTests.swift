import GateBackends
import GateGit
import GateModels
import GateSystem
import GateTables
import GateYAML
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// All mistakes of a manifest are told in one round, whichever stage finds them.
@Suite struct ManifestRoundTests {
  /// The messages with their hints, as the manifest with these parts is read.
  private func mistakes(
    task: String = "binary", data: String = "{path: h.csv, label: y}",
    candidate: String = "{from: c.onnx}", metrics: String = "{accuracy: {min: 0.5}}",
    rest: String = ""
  ) -> [String] {
    let text = """
      version: 1
      name: loan-default
      task: \(task)
      data: {holdout: \(data)}
      models: {candidate: \(candidate)}
      gates:
        - {gate: performance, metrics: \(metrics)}
      \(rest)
      """
    do {
      _ = try Manifest(try parseYAML(Array(text.utf8), name: "m.yaml"), in: .live)
      return []
    } catch {
      return error.all.map { "\($0.message); \($0.hint ?? "")" }
    }
  }

  private func expect(
    _ found: [String], _ words: [String], _ place: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == words.count, "\(found)", sourceLocation: place)
    for word in words {
      #expect(found.contains { $0.contains(word) }, "\(word): \(found)", sourceLocation: place)
    }
  }

  @Test("a mistyped task hides no metric's name")
  func mistypedTask() {
    expect(
      mistakes(task: "binray", metrics: "{auc: {min: 0.5}, rmse: {max: 1}}"),
      ["did you mean 'binary'?", "'auc' is called 'roc_auc' here", "unknown metric 'rmse'"])
  }

  @Test(
    "a task by another tool's name is read as what it is", arguments: ["classification", "zzz"])
  func foreignTask(task: String) {
    let found = mistakes(task: task, metrics: "{auc: {min: 0.5}, nonsense: {min: 0}}")
    expect(found, ["found '\(task)', wanted one of", "'auc'", "unknown metric 'nonsense'"])
    if task == "classification" { #expect(found[0].contains("'binary' or 'multiclass'")) }
  }

  @Test("a mistake of shape hides none of meaning, in whichever parts they are")
  func bothStages() {
    expect(
      mistakes(
        candidate: "{predictions: s.csv}",
        metrics: "{auc: {min: 0.5}, accuracy: {}, recall: {min: 3}, f1: {min: 0.2}}",
        rest: """
          slices: [{column: a, where: b}]
          reports: {jnuit: x.xml}
          threshold: 0.4
          waivers: [{check: a, reason: "", approved_by: b, until: 2030-01-01}]
          limits: {memory: 1MB}
          """),
      [
        "'score' is missing", "'auc' is called", "'accuracy' has no limit",
        "lies outside of what 'recall' can be", "'column' and 'where' exclude each other",
        "unknown report format 'jnuit'", "'threshold' stands under 'decision'",
        "'reason' is empty", "wants 64MB at least",
      ])
  }

  @Test("what hangs on a part with a mistake is no second mistake")
  func noEchoes() {
    expect(
      mistakes(
        metrics: "{accuracy: {min: 0.5, slices: all}}", rest: "slices: [{colum: region}]"),
      ["unknown key 'colum'"])
    expect(
      mistakes(data: "{path: h.csv, target: y}"), ["'target' is called 'label' here"])
    expect(
      mistakes(
        rest: "  - {gate: champion, metrics: {accuracy: {max_drop: 0.1}}, blockin: false}"
      ).filter { !$0.contains("'champion' compares") },
      ["unknown key 'blockin'"])
  }

  @Test("a metric of another task is told whose it is, by its name or another")
  func otherTasks() {
    expect(
      mistakes(metrics: "{r2: {min: 0.5}, mae: {max: 1}}"),
      [
        "the metric 'r2' is for regression tasks; this one is binary",
        "'mae' is called 'mean_absolute_error' here and is for regression tasks; this one is binary",
      ])
  }

  @Test(
    "a key that stands elsewhere is told where",
    arguments: [
      ("threshold: 0.5", "'threshold' stands under 'decision'"),
      ("label: y", "'label' stands in a gate of kind drift, under 'policy' or under 'holdout'"),
      ("candidate: {from: c.onnx}", "'candidate' stands under 'models'"),
      ("features: {psi: {max: 1}}", "'features' stands in a gate of kind drift"),
    ])
  func misplaced(line: String, words: String) {
    let found = mistakes(rest: line)
    #expect(found.count == 1 && found[0].contains(words), "\(found)")
  }

  @Test(
    "a limit under the wrong gate is sent to the gate that has it first",
    arguments: [
      ("performance", "max_drop", "champion"), ("champion", "min", "performance"),
    ])
  func limit(gate: String, key: String, home: String) throws {
    let shape = Manifest.shape(task: .binary, in: .live)
    let text = """
      version: 1
      name: a
      task: binary
      data: {holdout: {path: h.csv, label: y}}
      models: {champion: {from: a.onnx}, candidate: {from: b.onnx}}
      gates: [{gate: \(gate), metrics: {roc_auc: {\(key): 0.1}}}]
      """
    let node = try parseYAML(Array(text.utf8), name: "gatewright.yaml")
    let hints = shape.mistakes(in: node).compactMap(\.hint)
    #expect(hints.count == 1)
    #expect(
      hints[0].hasPrefix("'\(key)' stands under 'metrics' of a gate of kind \(home)"), "\(hints)")
  }
}
