import GateKit

/// Everything that has an id a manifest or command line can name.
enum Catalog {
  /// A kind of definition.
  struct Kind: Sendable {
    /// As `list` takes it: `metrics`.
    let plural: String
    /// One of them: `metric`.
    let singular: String
    /// In the order of the definitions.
    let entries: @Sendable () -> [Entry]
  }

  /// One definition.
  struct Entry: Sendable {
    /// As a manifest or command line names it.
    let id: String
    /// What tells it from another of the same id: a metric's task.
    let variant: String?
    /// One sentence.
    let summary: String
    /// The rest of its page.
    let page: [String]
  }

  /// Every kind; a new one is a line here.
  static let kinds: [Kind] = [metrics, gates, runtimes, reports]

  /// The metrics of all tasks.
  static let metrics = Kind(plural: "metrics", singular: "metric") { Metrics.all.map(\.entry) }
  /// The kinds of gates.
  static let gates = Kind(plural: "gates", singular: "gate") {
    Wiring.gates.map { $0.entry(inManifest: "gates:\n  - gate: \($0.id)") }
  }
  /// What can score a model.
  static let runtimes = Kind(plural: "runtimes", singular: "runtime") {
    Wiring.runtimes.map { $0.entry(inManifest: "models:\n  candidate:\n    runtime: \($0.id)") }
  }
  /// The formats of the report.
  static let reports = Kind(plural: "reports", singular: "report format") {
    Reporters.all.map { reporter in
      Entry(
        id: reporter.id, variant: nil, summary: reporter.summary,
        page: [
          "on the command line:\n  --report \(reporter.id)=build/report.\(reporter.fileExtension)",
          "in a manifest:\n  reports: {\(reporter.id): build/report.\(reporter.fileExtension)}",
        ])
    }
  }

  /// Every id once, for completion and for the nearest.
  static var ids: [String] {
    var seen: Set<String> = []
    return kinds.flatMap { $0.entries() }.map(\.id).filter { seen.insert($0).inserted }
  }

  /// The pages of all definitions of that id; throws wrong usage with the nearest id.
  static func explain(_ id: String) throws(Usage) -> String {
    var pages: [String] = []
    for kind in kinds {
      for entry in kind.entries() where entry.id == id {
        let variant = entry.variant.map { " (\($0))" } ?? ""
        pages.append(
          (["\(kind.singular) \(id)\(variant)", entry.summary] + entry.page)
            .joined(separator: "\n\n") + "\n")
      }
    }
    guard pages.isEmpty else { return pages.joined(separator: "\n----\n\n") }
    throw Usage(
      "there is no metric, gate, runtime or report format '\(id)'",
      hint: id.nearest(in: ids).map { "did you mean '\($0)'" }
        ?? "'gatewright list metrics' (or gates, runtimes, reports) shows them")
  }
}

extension Shape.Definition {
  /// Its page.
  fileprivate func entry(inManifest example: String) -> Catalog.Entry {
    Catalog.Entry(
      id: id, variant: nil, summary: summary,
      page: parameters.page + ["in a manifest:\n" + Help.indented(example, by: 2)])
  }
}

extension [Parameter] {
  /// A section on the keys; none without keys.
  fileprivate var page: [String] {
    guard !isEmpty else { return [] }
    let rows = map { parameter in
      let standard =
        parameter.required ? " (required)" : parameter.standard.map { " (default: \($0))" } ?? ""
      return (parameter.id, parameter.summary + standard)
    }
    return ["parameters:\n" + Help.rows(rows)]
  }
}

extension Metric {
  /// Its page.
  fileprivate var entry: Catalog.Entry {
    var facts = [
      ("direction", direction.rawValue),
      ("range", "\(Self.bound(range.lowerBound)) to \(Self.bound(range.upperBound))"),
      ("formula", formula), ("source", source),
    ]
    facts += undefined.map { ("undefined", $0) }
    let limit = direction == .higherIsBetter ? "min" : "max"
    let bound = range.lowerBound.isFinite && range.upperBound.isFinite ? "0.5" : "1"
    return Catalog.Entry(
      id: id, variant: task.rawValue, summary: summary,
      page: [Help.rows(facts)] + parameters.page
        + (examples.isEmpty
          ? []
          : ["examples:\n" + Help.indented(examples.map(\.words).joined(separator: "\n"), by: 2)])
        + [
          "in a manifest:\n  gates:\n    - gate: performance\n      metrics:\n        \(id): {\(limit): \(bound)}"
        ])
  }

  /// A bound of the range in words.
  private static func bound(_ value: Double) -> String {
    value.isFinite ? "\(value)" : value < 0 ? "minus infinity" : "infinity"
  }
}

extension Metric.Example {
  /// The inputs and the value on one line.
  fileprivate var words: String {
    let rows =
      switch sample {
      case .binary(let sample):
        "scores \(sample.scores), positives \(sample.positives.map { $0 ? 1 : 0 })"
      case .multiclass(let sample):
        "classes \(sample.classes), probabilities \(sample.probabilities), labels \(sample.labels)"
      case .regression(let sample):
        "targets \(sample.targets), predictions \(sample.predictions)"
      }
    let given =
      arguments.numbers.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }
      + arguments.texts.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }
    return rows + given.joined() + " -> " + (value.map { "\($0)" } ?? "undefined")
  }
}
