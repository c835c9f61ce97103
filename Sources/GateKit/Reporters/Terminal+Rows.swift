package import GateCore

/// The rows of a table: what each column says of a check, and how wide it may be.
extension Terminal {
  /// The columns of a table.
  private enum Title: Int, CaseIterable {
    case outcome, check, candidate, champion, difference, interval, limit, n

    /// Whether its text stands at the left.
    var isLeft: Bool { [.outcome, .check, .interval, .limit].contains(self) }

    /// The columns that are left out of a terminal too narrow for all, the first first.
    static let expendable: [Title] = [.n, .interval, .champion, .difference]
  }

  /// A check under the name that its table gives it.
  package typealias Named = (check: Check, name: String)

  /// A title line and a row a check, each with what is to be said beneath it.
  ///
  /// `all`: those the table is of, shown or not, so that its titles do not depend on what is shown.
  package func rows(_ checks: [Named], of all: [Check], _ widths: [Int]) -> [String] {
    let cells = checks.map { Self.cells($0.check, $0.name) }
    let ofModels = all.allSatisfy { $0.model != nil || $0.champion != nil }
    let titles = Title.allCases.map { title in
      title == .candidate && !ofModels ? "value" : "\(title)"
    }
    var lines = [row(titles, mark: "  ", widths: widths, outcome: nil)]
    var before: String?
    for (cells, check) in zip(cells, checks.map(\.check)) {
      lines.append(
        row(cells, mark: Self.mark(check.outcome), widths: widths, outcome: check.outcome))
      lines += Self.told(check, before: before)
      before = check.message
    }
    return lines
  }

  /// What is said beneath the row of a check that did not pass.
  private static func told(_ check: Check, before: String?) -> [String] {
    guard check.outcome != .passed else { return [] }
    let place = check.location.map { " (\("\($0.file):\($0.line)".loggable(300)))" } ?? ""
    let advisory = check.blocking ? "" : "advisory: "
    let message =
      check.message.isEmpty
      ? check.outcome.rawValue : check.message == before ? "as above" : check.message
    return ["  | \(advisory)\(message.loggable())\(place)"]
  }

  /// The texts of a row.
  private static func cells(_ check: Check, _ name: String) -> [String] {
    [
      check.outcome.rawValue, name.loggable(200), check.judged, check.champion?.short ?? "-",
      check.shownDifference, check.shownInterval,
      check.limitWords?.loggable(200) ?? "-", check.n.map(String.init) ?? "-",
    ]
  }

  /// How wide each column is; a width of 0 leaves it out.
  ///
  /// Where the terminal is too narrow the check's name gives way, then the limit, then whole columns.
  package func widths(of checks: [Named]) -> [Int] {
    let rows = [Title.allCases.map { "\($0)" }] + checks.map { Self.cells($0.check, $0.name) }
    var widths = Title.allCases.map { title in
      rows.map { $0[title.rawValue].displayWidth }.max() ?? 0
    }
    // A column that would be empty is left out, but for those that every table has.
    for title in [Title.champion, .difference, .interval]
    where rows.dropFirst().allSatisfy({ $0[title.rawValue] == "-" }) {
      widths[title.rawValue] = 0
    }
    guard let width else { return widths }
    func excess() -> Int {
      let shown = widths.filter { $0 > 0 }
      return max(0, shown.reduce(2, +) + 2 * (shown.count - 1) - width)
    }
    func narrow(_ title: Title, to least: Int) {
      let own = widths[title.rawValue]
      widths[title.rawValue] = max(min(own, least), own - excess())
    }
    narrow(.check, to: 20)
    narrow(.limit, to: 12)
    for title in Title.expendable where excess() > 0 { widths[title.rawValue] = 0 }
    narrow(.check, to: 8)
    narrow(.limit, to: 8)
    return widths
  }

  /// Aligned texts after a mark.
  private func row(
    _ cells: [String], mark: String, widths: [Int], outcome: Outcome?
  ) -> String {
    var text = ""
    for title in Title.allCases where widths[title.rawValue] > 0 {
      let width = widths[title.rawValue]
      let padded = cells[title.rawValue].shortened(width).padded(width, right: !title.isLeft)
      text += title == .outcome ? paint(mark + padded, outcome) : "  " + padded
    }
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// A sign that tells the outcome without colour.
  private static func mark(_ outcome: Outcome) -> String {
    switch outcome {
    case .passed: "+ "
    case .failed: "x "
    case .inconclusive: "? "
    case .error: "! "
    case .skipped: "- "
    case .waived: "~ "
    }
  }
}

extension Check {
  /// Whether it keeps a candidate from passing.
  var stops: Bool { blocking && [.failed, .error, .inconclusive].contains(outcome) }

  /// What is judged: the value, counts as counts, with every figure besides that a limit is on.
  var judged: String {
    guard let value else { return "-" }
    var parts = [counted(value) ?? value.short]
    if limit?["min_p_value"] != nil {
      let isAlone = limit?["max"] == nil && limit?["max_deviations"] == nil
      if isAlone {
        parts = ["p \(value.short)"]
      } else if case .number(let p)? = evidence["adjusted_p_value"] ?? evidence["p_value"] {
        parts.append("p \(p.short)")
      }
    }
    return (parts + alternatives.map { "\($0.name) \($0.value.short)" }).joined(separator: ", ")
  }

  /// The difference to the champion, as a share of its value where the limit is on that.
  var shownDifference: String {
    relativeDifference.map { "\($0.short) of the champion's" } ?? difference?.short ?? "-"
  }

  /// The interval, and of what it is where that could be another thing than the value.
  var shownInterval: String {
    guard let interval else { return "-" }
    let range = "\(interval.low.short) to \(interval.high.short)"
    switch interval.of {
    case .value:
      let compares = (limit ?? [:]).keys.contains { $0.kind?.comparesModels ?? false }
      return compares ? "value \(range)" : range
    case .difference: return "difference \(range)"
    case .relativeDifference: return "difference \(range) of the champion's"
    }
  }
}
