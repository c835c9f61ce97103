/// The table that people read; pure, so that what a terminal shows can be tested.
///
/// Signs are ASCII and are readable without colour. Every line begins with a word or sign of ours, never with
/// data, so that no text of the data is taken for a command of the CI system.
public struct Terminal: Sendable {
  /// Whether to colour the outcomes.
  public var color: Bool
  /// Columns of the terminal; nil: no limit, as in a log.
  public var width: Int?
  /// Passed checks shown a gate.
  public static let longest = 200

  /// Without colour and without a limit unless asked.
  public init(color: Bool = false, width: Int? = nil) {
    self.color = color
    self.width = width
  }

  /// The whole table with its verdict, one newline at the end.
  public func table(_ report: Report) -> String {
    let report = report.recorded
    var gates: [String] = []
    var checks: [String: [Check]] = [:]
    for check in report.checks {
      if checks[check.gate] == nil { gates.append(check.gate) }
      checks[check.gate, default: []].append(check)
    }
    let shown = gates.map { Shown(checks[$0] ?? []) }
    let widths = widths(of: shown.flatMap(\.checks))
    var lines = header(report)
    for (gate, shown) in zip(gates, shown) {
      lines.append("")
      lines.append(bold("gate \(gate.loggable(100))"))
      lines.append(row(Self.titles, mark: "  ", widths: widths, outcome: nil))
      var before: String?
      for check in shown.checks {
        lines += self.lines(check, widths: widths, before: before)
        before = check.message
      }
      if shown.more > 0 { lines.append("  ... and \(shown.more) more passed") }
    }
    for ledger in report.ledgers { lines += [""] + self.lines(ledger) }
    lines.append("")
    lines += footer(report)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The checks of a gate that are shown.
  private struct Shown {
    /// In manifest order.
    var checks: [Check] = []
    /// Passed checks beyond the longest table.
    var more = 0

    /// Leaves out the passed checks beyond the longest table.
    init(_ all: [Check]) {
      var passed = 0
      for check in all {
        if check.outcome == .passed { passed += 1 }
        if check.outcome == .passed, passed > Terminal.longest {
          more += 1
        } else {
          checks.append(check)
        }
      }
    }
  }

  /// What the columns are called.
  private static let titles = [
    "outcome", "check", "candidate", "champion", "difference", "interval", "limit", "n",
  ]

  /// The columns whose text stands at the left.
  private static let left: Set<Int> = [0, 1, 5, 6]

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

  /// The row of a check, and beneath it what is to be said.
  private func lines(_ check: Check, widths: [Int], before: String?) -> [String] {
    var lines = [
      row(cells(check), mark: Self.mark(check.outcome), widths: widths, outcome: check.outcome)
    ]
    guard check.outcome != .passed else { return lines }
    let place = check.location.map { " (\("\($0.file):\($0.line)".loggable(300)))" } ?? ""
    let advisory = check.blocking ? "" : "advisory: "
    let message =
      check.message.isEmpty
      ? check.outcome.rawValue : check.message == before ? "as above" : check.message
    lines.append("  | \(advisory)\(message.loggable())\(place)")
    return lines
  }

  /// The texts of a row.
  private func cells(_ check: Check) -> [String] {
    let prefix = check.gate + "/"
    let id = check.id.hasPrefix(prefix) ? String(check.id.dropFirst(prefix.count)) : check.id
    return [
      check.outcome.rawValue, id.loggable(200), check.value?.short ?? "-",
      check.champion?.short ?? "-", check.difference?.short ?? "-",
      check.interval.map { "\($0.low.short) to \($0.high.short)" } ?? "-",
      check.limitWords?.loggable(200) ?? "-", check.n.map(String.init) ?? "-",
    ]
  }

  /// How wide each column must be; the check's gives way when the terminal is too narrow.
  private func widths(of checks: [Check]) -> [Int] {
    var widths = Self.titles.map(\.displayWidth)
    for check in checks {
      for (column, cell) in cells(check).enumerated() {
        widths[column] = max(widths[column], cell.displayWidth)
      }
    }
    // A column that would be empty is left out.
    if checks.allSatisfy({ $0.interval == nil }) { widths[5] = 0 }
    if let width {
      let all = widths.reduce(2, +) + 2 * (widths.count - 1)
      widths[1] = max(min(widths[1], 20), widths[1] - max(0, all - width))
    }
    return widths
  }

  /// Aligned texts after a mark.
  private func row(
    _ cells: [String], mark: String, widths: [Int], outcome: Check.Outcome?
  ) -> String {
    var text = ""
    for (column, cell) in cells.enumerated() where widths[column] > 0 {
      let padded = cell.shortened(widths[column]).padded(
        widths[column], right: !Self.left.contains(column))
      text += column == 0 ? paint(mark + padded, outcome) : "  " + padded
    }
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// The verdict with its counts and code, and what it means.
  private func footer(_ report: Report) -> [String] {
    let counts = Check.Outcome.allCases.compactMap { outcome -> String? in
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
          : report.verdict.meaning),
    ]
  }

  /// A sign that tells the outcome without colour.
  private static func mark(_ outcome: Check.Outcome) -> String {
    switch outcome {
    case .passed: "+ "
    case .failed: "x "
    case .inconclusive: "? "
    case .error: "! "
    case .skipped: "- "
    case .waived: "~ "
    }
  }

  /// The text in the outcome's colour.
  private func paint(_ text: String, _ outcome: Check.Outcome?) -> String {
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

extension Verdict {
  /// The outcome whose colour it has.
  fileprivate var outcome: Check.Outcome {
    switch self {
    case .passed: .passed
    case .failed: .failed
    case .error: .error
    case .inconclusive: .inconclusive
    }
  }

  /// What it means, in one sentence.
  public var meaning: String {
    switch self {
    case .passed: "every blocking check holds; the candidate may go on"
    case .failed: "the candidate does not meet what the manifest asks of it"
    case .error: "it could not be judged, so it does not pass; mend what the errors name"
    case .inconclusive: "the rows are too few to tell at the confidence asked for; add rows"
    }
  }
}
