import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

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
    /// Those that follow from others by rule: explained, not listed.
    var derived: @Sendable () -> [Entry] = { [] }
  }

  /// One definition; `explain` and the reference show the same of it.
  struct Entry: Sendable {
    /// As a manifest or command line names it.
    let id: String
    /// What other tools and fields call it.
    var aliases: [String] = []
    /// Further words that lead to it, which no page lists.
    var words: [String] = []
    /// What tells it from another of the same id: a metric's task.
    var variant: String?
    /// One sentence.
    let summary: String
    /// What is worth knowing, by name.
    var facts: [(name: String, text: String)] = []
    /// What it takes.
    var parameters: [Parameter] = []
    /// Inputs and what comes of them, a line each.
    var examples: [String] = []
    /// How it is written, by where.
    let usage: [(place: String, text: String)]
  }

  /// Every kind; a new one is a line here.
  static let kinds: [Kind] = [
    metrics, gates, fairnessMetrics, driftTests, schemaChecks, runtimes, sources, reports,
  ]

  /// The metrics of all tasks.
  static let metrics = Kind(plural: "metrics", singular: "metric") { Metrics.all.map(\.entry) }
  /// The kinds of gates.
  static let gates = Kind(plural: "gates", singular: "gate") {
    zip(Gates.all, Wiring.gates).map { gate, definition in
      Entry(
        id: definition.id, summary: definition.summary, parameters: definition.parameters,
        usage: [("in a manifest", "gates:\n" + Help.indented(gate.example, by: 2))])
    }
  }
  /// What a fairness gate may measure, besides every metric of a task by difference, ratio, least and greatest group.
  static let fairnessMetrics = Kind(
    plural: "fairness-metrics", singular: "fairness metric",
    entries: { FairnessMetrics.named.map(\.entry) }, derived: { FairnessMetric.derivedEntries })
  /// What a drift gate may measure.
  static let driftTests = Kind(plural: "drift-tests", singular: "drift test") {
    DriftTests.all.map(\.entry)
  }
  /// What a schema may ask of a column or a table.
  static let schemaChecks = Kind(plural: "schema-checks", singular: "schema check") {
    SchemaChecks.all.map(\.entry)
  }
  /// What can score a model.
  static let runtimes = Kind(plural: "runtimes", singular: "runtime") {
    Wiring.runtimes.map {
      Entry(
        id: $0.id, summary: $0.summary,
        usage: [("in a manifest", "models:\n  candidate: {from: models/loan, runtime: \($0.id)}")])
    }
  }
  /// The formats of the report.
  static let reports = Kind(plural: "reports", singular: "report format") {
    Reporters.all.map { reporter in
      let target = "build/report.\(reporter.fileExtension)"
      return Entry(
        id: reporter.id, summary: reporter.summary,
        usage: [
          ("on the command line", "--report \(reporter.id)=\(target)"),
          ("in a manifest", "reports: {\(reporter.id): \(target)}"),
        ])
    }
  }

  /// Every id once, for completion and for the nearest.
  static var ids: [String] {
    var seen: Set<String> = []
    return kinds.flatMap { $0.entries() }.map(\.id).filter { seen.insert($0).inserted }
  }

  /// Every definition that has a page, made once.
  private static let everything: [(kind: Kind, entry: Entry)] = kinds.flatMap { kind in
    (kind.entries() + kind.derived()).map { (kind: kind, entry: $0) }
  }

  /// The pages of all definitions of that id; throws wrong usage with the nearest id.
  static func explain(_ id: String) throws(Usage) -> String {
    let entries = everything
    // A name in other letters is that name before it is another's alias.
    let same =
      entries.first { $0.entry.id == id } ?? entries.first { $0.entry.id.folded == id.folded }
    let id = same?.entry.id ?? id
    var found = entries.filter { $0.entry.id == id }
    found += entries.filter { $0.entry.id != id && $0.entry.goes(by: id) }
    if found.isEmpty {
      let meant = Set(id.meant(among: entries.map(\.entry.naming)).map(\.id))
      found = entries.filter { meant.contains($0.entry.id) }
    }
    let pages = found.map { kind, entry in
      let variant = entry.variant.map { " (\($0))" } ?? ""
      let other = entry.id == id ? [] : ["'\(id)' is called '\(entry.id)' here."]
      return (["\(kind.singular) \(entry.id)\(variant)"] + other + [entry.summary] + entry.page)
        .joined(separator: "\n\n") + "\n"
    }
    guard pages.isEmpty else { return pages.joined(separator: "\n----\n\n") }
    throw Usage(
      "there is no \(kinds.map(\.singular).alternatives) '\(id)'",
      hint: id.hint(among: entries.map(\.entry.naming))
        ?? "'gatewright list KIND' shows them, KIND being \(kinds.map(\.plural).alternatives)"
    )
  }
}

extension Catalog.Entry {
  /// Its facts and its other names.
  var told: [(name: String, text: String)] {
    facts + (aliases.isEmpty ? [] : [("also called", aliases.joined(separator: ", "))])
  }

  /// Its id with its other names.
  var naming: Naming { Naming(id, aliases, words: words, keys: parameters.map(\.id)) }

  /// Whether a word stands in a name, in the task or in the summary, however it is written.
  func has(_ word: String) -> Bool {
    let word = word.folded
    return ([id] + aliases + [variant ?? ""]).contains { $0.folded.contains(word) }
      || summary.lowercased().contains(word)
  }

  /// Whether the word is one of its other names.
  func goes(by word: String) -> Bool { aliases.contains { $0.folded == word.folded } }

  /// What `explain` shows after the summary, in paragraphs.
  var page: [String] {
    let keys = parameters.map { parameter in
      let standard =
        parameter.required ? " (required)" : parameter.standard.map { " (default: \($0))" } ?? ""
      return (parameter.id, parameter.summary + standard)
    }
    return (told.isEmpty ? [] : [Help.rows(told.map { ($0.name, $0.text) })])
      + (keys.isEmpty ? [] : ["parameters:\n" + Help.rows(keys)])
      + (examples.isEmpty
        ? [] : ["examples:\n" + Help.indented(examples.joined(separator: "\n"), by: 2)])
      + usage.map { "\($0.place):\n" + Help.indented($0.text, by: 2) }
  }
}
