import GateBackends
import GateGit
import GateModels
import GateSystem
import GateTables
import GateYAML

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// A whole manifest or schema around a part of one, so that what documents show can be tried.
enum Surroundings {
  /// What a manifest of each task needs besides.
  private static func sections(_ task: TaskKind) -> [(key: String, text: String)] {
    let (holdout, score): (String, String) =
      switch task {
      case .binary, .regression: ("label: defaulted", "score: score")
      case .multiclass: ("label: outcome", "scores: {low: low, mid: mid, high: high}")
      case .multilabel: ("labels: [late, fraud]", "scores: {late: late, fraud: fraud}")
      case .ranking: ("label: taken, query: applicant", "score: score")
      case .text: ("label: reason", "text: text")
      }
    return [
      ("version", "version: 1"), ("name", "name: loan-default"), ("task", "task: \(task.rawValue)"),
    ] + (task == .multiclass ? [("classes", "classes: [low, mid, high]")] : []) + [
      (
        "data",
        "data:\n  holdout: {path: holdout.csv, id: application_id, \(holdout)}\n"
          + "  reference: {path: train.csv}"
      ),
      (
        "models",
        "models:\n  champion: {predictions: champion.csv, \(score)}\n"
          + "  candidate: {predictions: candidate.csv, \(score)}"
      ),
      (
        "slices",
        "slices:\n  - column: sex\n  - column: region\n  - {name: young, where: age < 30}"
      ),
      ("gates", "gates:\n  - gate: schema\n    file: schema.yaml"),
    ]
  }

  /// A manifest of that task in which the part's keys replace those it would have.
  static func manifest(_ part: String, task: TaskKind = .binary) throws -> String {
    let keys = Set(try node(part).pairs?.compactMap(\.key.text) ?? [])
    let others = sections(task).filter { !keys.contains($0.key) }.map(\.text)
    return (others + [part]).joined(separator: "\n") + "\n"
  }

  /// A schema around the part.
  static func schema(_ part: String) -> String { "version: 1\n\(part)\n" }

  /// The plugin that the gates' page names.
  private static let plugin = """
    id: business-rules
    summary: Counts rows that keep the rules.
    command: [python, gate.py]
    parameters: {approved_share: {type: number, summary: The share that is approved.}}
    measurements: {rules_kept: {range: [0, 1], direction: higher}}
    """

  /// The mistakes that `validate` would name in a manifest; a schema it asks for is one that accepts anything.
  static func mistakes(ofManifest text: String, schema: String? = nil) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try Manifest(try node(text), in: .live) { path throws(Diagnostics) in
        if path.hasSuffix("/gate.yaml") { return try node(plugin) }
        return try node(schema ?? "version: 1\ncolumns:\n  income: {type: number}\n")
      }
      return []
    } catch {
      return error.all
    }
  }

  /// The mistakes in a schema.
  static func mistakes(ofSchema text: String) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try TableSchema(try node(text))
      return []
    } catch {
      return error.all
    }
  }

  private static func node(_ text: String) throws(Diagnostics) -> Node {
    try parseYAML(Array(text.utf8), name: "example")
  }
}
