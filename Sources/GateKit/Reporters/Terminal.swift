package import GateCore

/// The table that people read; pure, so that what a terminal shows can be tested.
///
/// Signs are ASCII and are readable without colour. Every line begins with a word or sign of ours, never with
/// data, so that no text of the data is taken for a command of the CI system.
package struct Terminal: Sendable {
  /// Whether to colour the outcomes.
  package var color: Bool
  /// Columns of the terminal; nil: no limit, as in a log.
  package var width: Int?
  /// Whether every passed check is shown.
  package var showsAll: Bool
  /// Passed checks shown a gate, unless all are.
  package static let longest = 10

  /// Without colour and without a limit unless asked.
  package init(color: Bool = false, width: Int? = nil, showsAll: Bool = false) {
    self.color = color
    self.width = width
    self.showsAll = showsAll
  }

  /// The whole table with its verdict, one newline at the end.
  ///
  /// Gates stand in their order with what passed or does not count; what keeps the candidate from passing stands
  /// last, failures nearest to the verdict.
  package func table(_ report: Report, unwritten: [String] = []) -> String {
    let report = report.recorded
    var gates: [String] = []
    var checks: [String: [Check]] = [:]
    for check in report.checks {
      if checks[check.gate] == nil { gates.append(check.gate) }
      checks[check.gate, default: []].append(check)
    }
    let shown = gates.map { self.shown($0, checks[$0] ?? []) }
    let stopping: [Named] = Self.stopping.flatMap { outcome in
      report.checks.filter { $0.outcome == outcome && $0.stops }.map { (check: $0, name: $0.id) }
    }
    // All tables of a run are aligned with each other.
    let widths = self.widths(of: shown.flatMap(\.self) + stopping)
    var lines = header(report)
    for (gate, shown) in zip(gates, shown) {
      lines += ["", bold("gate \(gate.loggable(100))")]
      if !shown.isEmpty { lines += rows(shown, of: checks[gate] ?? [], widths) }
      lines += Self.left(checks[gate] ?? [], shown: shown.count)
    }
    for corrected in report.multipleTesting { lines += [""] + self.lines(corrected) }
    if !stopping.isEmpty {
      lines += ["", bold("not passed")] + rows(stopping, of: stopping.map(\.check), widths)
    }
    lines.append("")
    lines += unwritten.isEmpty ? footer(report) : footer(report, unwritten)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What keeps a candidate from passing, the gravest last.
  private static let stopping: [Outcome] = [.inconclusive, .error, .failed]

  /// Those of a gate's checks that stop nothing, without most of the passed ones, by their names within the gate.
  private func shown(_ gate: String, _ checks: [Check]) -> [Named] {
    let prefix = gate + "/"
    var passed = 0
    var shown: [Named] = []
    for check in checks where !check.stops {
      if check.outcome == .passed { passed += 1 }
      guard check.outcome != .passed || showsAll || passed <= Self.longest else { continue }
      let isWithin = check.id.hasPrefix(prefix)
      shown.append((check, isWithin ? String(check.id.dropFirst(prefix.count)) : check.id))
    }
    return shown
  }

  /// What is said of a gate's checks that its table does not show.
  private static func left(_ checks: [Check], shown: Int) -> [String] {
    let stopping = checks.count(where: \.stops)
    let passed = checks.count - stopping - shown
    return (passed > 0 ? ["  ... and \(passed) more passed; --all shows them"] : [])
      + (stopping > 0 ? ["  ... and \(stopping.counted("check")) not passed, below"] : [])
  }

  /// What was judged: the manifest, the models, the rows.
  private func header(_ report: Report) -> [String] {
    let tool = report.tool
    var lines = [
      bold("manifest '\(report.manifest.name.loggable(200))'")
        + " (\(report.manifest.path.loggable(500))), judged by \(tool.name.loggable(40)) "
        + tool.version.loggable(40)
    ]
    for role in Role.allCases {
      guard let model = report.models[role] else { continue }
      let runtime =
        model.runtime.map {
          " (\([$0.name, $0.version].filter { !$0.isEmpty }.joined(separator: " ")))".loggable(100)
        } ?? ""
      lines.append("  \(role.rawValue.padded(9))  \(model.uri.loggable(500))\(runtime)")
      lines += model.notes.map { "             \($0.loggable(500))" }
    }
    let others = report.data.keys.filter { !Report.tables.contains($0) }.sorted()
    for name in Report.tables + others {
      guard let data = report.data[name] else { continue }
      let rows = data.rows.map { ", \($0) \($0 == 1 ? "row" : "rows")" } ?? ""
      let label = Report.tables.contains(name) ? name : "table " + name.loggable(100)
      lines.append("  \(label.padded(9))  \(data.uri.loggable(500))\(rows)")
    }
    return lines
  }

  /// The verdict with its counts and code, and what it means.
  private func footer(_ report: Report) -> [String] {
    let counts = Outcome.allCases.compactMap { outcome -> String? in
      let count = report.checks.count { $0.outcome == outcome && $0.blocking }
      return count == 0 ? nil : "\(count) \(outcome.rawValue)"
    }
    let advisory = report.checks.count {
      !$0.blocking && ![.passed, .skipped].contains($0.outcome)
    }
    let all =
      (counts.isEmpty ? ["no blocking checks"] : counts)
      + (advisory == 0 ? [] : ["\(advisory) advisory not passed"])
    return [
      paint("verdict: \(report.verdict.rawValue)", report.verdict.outcome)
        + " (exit code \(report.exitCode)): \(all.joined(separator: ", "))",
      "meaning: "
        + (report.exitCode == 75
          ? "it could not be judged now, for a cause that may pass; try again"
          : report.verdict.meaning(of: report.checks)),
    ]
  }

  /// The verdict of a run whose reports could not all be written, and what becomes of it.
  private func footer(_ report: Report, _ unwritten: [String]) -> [String] {
    let code = report.exitCode == 0 ? Verdict.error.exitCode : report.exitCode
    let paths = unwritten.map { "'\($0.loggable(500))'" }.joined(separator: ", ")
    let (what, it) =
      unwritten.count == 1
      ? ("the report \(paths) was", "it") : ("the reports \(paths) were", "they")
    return [
      paint("verdict: \(report.verdict.rawValue)", report.verdict.outcome)
        + ", and \(what) not written (exit code \(code))",
      "meaning: the candidate may not go on; correct what keeps \(it) from being written, and run again",
    ]
  }

  /// The text in the outcome's colour.
  func paint(_ text: String, _ outcome: Outcome?) -> String {
    guard color, let outcome else { return text }
    let code =
      switch outcome {
      case .passed: "32"
      case .failed, .error: "31"
      case .inconclusive, .waived: "33"
      case .skipped: "2"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  /// The text in bold.
  func bold(_ text: String) -> String { color ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}

extension Report.ModelRecord {
  /// What a person must know of how it was scored; that all rounds of a model did, or its own trees, is no news.
  fileprivate var notes: [String] {
    scoring.sorted { $0.key < $1.key }.filter { key, words in
      let parts = words.split(separator: " ")
      return (key != "iterations" || parts.first != parts.last)
        && (key, words) != ("scorer", "trees")
    }.map { "\($0): \($1)" }
  }
}

extension Verdict {
  /// The outcome whose colour it has.
  fileprivate var outcome: Outcome {
    switch self {
    case .passed: .passed
    case .failed: .failed
    case .error: .error
    case .inconclusive: .inconclusive
    }
  }

  /// What it means of these checks, in one sentence.
  package func meaning(of checks: [Check]) -> String {
    switch self {
    case .passed:
      checks.contains { $0.outcome == .waived }
        ? "every blocking check holds or is waived; the candidate may go on"
        : "every blocking check holds; the candidate may go on"
    case .failed: "the candidate does not meet what the manifest asks of it"
    case .error: "it could not be judged, so it does not pass; correct what the errors name"
    case .inconclusive:
      checks.contains { $0.blocking && $0.outcome == .inconclusive && !$0.lacksInterval }
        ? "the rows are too few to tell at the confidence asked for; add rows"
        : "how sure the figures are cannot be told on these rows; do as the checks say"
    }
  }
}

extension Check {
  /// Whether it is not decided because there is no interval, which more rows need not give.
  fileprivate var lacksInterval: Bool {
    guard case .object(let statistic)? = evidence["statistic"] else { return false }
    return statistic.contains { $0.key == "name" && $0.value == .string(Statement.withoutInterval) }
  }
}
