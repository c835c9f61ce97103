package import GateCore

/// All that a record says of one check.
package struct CheckStory: Sendable {
  private let record: StoredReport
  private let check: Check
  /// What the check's metric or test is, where the program knows it.
  private let definition: String?

  /// The check of that id.
  ///
  /// `definition`: gives what a metric's or a test's name means. Throws a `Diagnostic` with the nearest id where the record has no such
  /// check.
  package init(
    _ id: String, in record: StoredReport, definition: (String) -> String?
  ) throws(Diagnostic) {
    let checks = record.report.checks
    guard let check = checks.first(where: { $0.id.isSame(as: id) }) else {
      let nearest = id.nearest(in: checks.map(\.id))
      throw Diagnostic(
        "'\(record.path)' has no check '\(id.shortened)'",
        hint: nearest.map { "did you mean '\($0.shortened)'" }
          ?? "its \(checks.count.counted("check")) stand in 'gatewright render \(record.path) --all'"
      )
    }
    (self.record, self.check) = (record, check)
    self.definition = check.metric.flatMap(definition)
  }

  /// The story.
  package var sheet: Sheet {
    let report = record.report
    let effect =
      check.blocking
      ? "It can change the verdict, which is \(report.verdict.rawValue)."
      : "It is advisory and does not change the verdict, which is \(report.verdict.rawValue)."
    return Sheet(
      "Check \(check.id)",
      lead: [
        "\(check.outcome.rawValue): \(check.line)", "\(Self.meaning(check.outcome)) \(effect)",
      ],
      sections: [about, figures, tests, evidence, judged, next].compactMap(\.self))
  }

  /// What an outcome means.
  private static func meaning(_ outcome: Outcome) -> String {
    switch outcome {
    case .passed: "It was judged and holds."
    case .failed: "It was judged and does not hold."
    case .inconclusive: "The rows are too few to tell at the confidence asked for."
    case .error: "It could not be judged, and what could not be judged does not pass."
    case .skipped: "It does not apply, and the manifest allows that."
    case .waived: "It failed, and a waiver that has not expired covers it."
    }
  }

  /// What is measured.
  private var about: Sheet.Section? {
    definition.map { Sheet.Section("What it measures", [.paragraph($0)]) }
  }

  /// The value, what it is compared with, and the room to each limit.
  private var figures: Sheet.Section {
    let margins = check.margins.map { "margin left of \($0.limit.rawValue): \($0.words)" }
    let models = ["candidate model:", "champion model:", "at:"]
    let facts = record.report.facts(of: check).filter { fact in
      !models.contains { fact.hasPrefix($0) }
    }
    return Sheet.Section("Figures", [.list(facts + margins)])
  }

  /// What error control made of its limits.
  private var tests: Sheet.Section? {
    let rows = record.report.multipleTesting.flatMap { family in
      family.tests.filter { $0.check.isSame(as: check.id) }.map { test in
        [
          Sheet.Cell(name: family.family), Sheet.Cell(family.method.rawValue),
          Sheet.Cell(name: test.limit), Sheet.Cell(test.statement.rawValue),
          Sheet.Cell(number: test.pValue.short), Sheet.Cell(number: test.adjustedPValue.short),
          Sheet.Cell(number: test.level.short), Sheet.Cell(test.isDecided ? "yes" : "no"),
        ]
      }
    }
    guard !rows.isEmpty else { return nil }
    let titles = ["family", "method", "limit", "limit is", "p", "adjusted p", "level", "decided"]
    return Sheet.Section(
      "Among many limits",
      [.table(Sheet.Table(caption: "Error control", titles: titles, rows: rows))])
  }

  /// The evidence as the record has it.
  private var evidence: Sheet.Section? {
    guard !check.evidence.isEmpty else { return nil }
    return Sheet.Section("Evidence", [.lines(JSON.ordered(check.evidence) { $0 }.text)])
  }

  /// Which models and rows it was judged on.
  private var judged: Sheet.Section {
    let report = record.report
    var facts = Role.allCases.compactMap { role in
      report.models[role].map {
        "\(role.rawValue): \($0.uri), SHA-256 \($0.sha256 ?? "unknown")"
      }
    }
    for name in Report.tables {
      guard let data = report.data[name] else { continue }
      let rows = data.rows.map { ", \($0.counted("row"))" } ?? ""
      facts.append("\(name): \(data.uri)\(rows), SHA-256 \(data.sha256 ?? "unknown")")
    }
    if let time = record.time { facts.append("time: \(time)") }
    return Sheet.Section("What was judged", [.list(facts)])
  }

  /// Where to go from here.
  private var next: Sheet.Section {
    let place = check.location.map { "\($0.file):\($0.line):\($0.column)" }
    var items = [place.map { "it is asked for at \($0)" } ?? "it is of no line of the manifest"]
    if let metric = check.metric, definition != nil {
      items.append("'gatewright explain \(metric)' says how the figure comes about")
    }
    switch check.outcome {
    case .inconclusive: items.append("add rows to the holdout, or ask for less confidence")
    case .error: items.append("correct what the message names, and run the check again")
    case .failed where check.blocking:
      items.append("make the candidate hold, or write a waiver that somebody answers for")
    default: break
    }
    return Sheet.Section("Where to look", [.list(items)])
  }
}
