import GateCore

/// The sheet for a terminal or a log: no line of it is a command to a CI system, whatever the records hold.
extension Sheet {
  /// The most rows of a table, and the widest cell.
  private static let most = (rows: 200, width: 72)

  /// The whole sheet as text.
  package var text: String {
    var lines = [title.loggable(200) + (verdict.map { ": \($0.rawValue)" } ?? "")]
    lines += lead.map { "  " + $0.loggable() }
    for section in sections {
      lines += ["", "== \(section.title.loggable(200)) =="]
      for part in section.parts { lines += Self.lines(of: part) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines of one part, each after a blank, so that none begins with what the data say.
  private static func lines(of part: Part) -> [String] {
    switch part {
    case .paragraph(let text): ["  | " + text.loggable()]
    case .list(let items): items.map { "  - " + $0.loggable() }
    case .lines(let text):
      text.split(separator: "\n").map { "  | " + String($0).loggable(400) }
    case .table(let table): lines(of: table)
    }
  }

  /// Aligned columns.
  private static func lines(of table: Table) -> [String] {
    let shown = table.rows.prefix(most.rows)
    let texts = shown.map { row in row.map { $0.text.loggable(400).shortened(most.width) } }
    let columns = table.titles.indices
    let widths = columns.map { place in
      max(table.titles[place].displayWidth, texts.map { $0[place].displayWidth }.max() ?? 0)
    }
    func line(_ mark: String, _ cells: [String], isNumber: (Int) -> Bool) -> String {
      var text = "  " + mark
      for (column, width) in zip(columns, widths) {
        text += cells[column].padded(width, right: isNumber(column)) + "  "
      }
      while text.hasSuffix(" ") { text.removeLast() }
      return text
    }
    func isNumber(_ column: Int) -> Bool {
      shown.first.map { if case .number = $0[column].kind { true } else { false } } ?? false
    }
    var lines = [line("| ", table.titles, isNumber: isNumber)]
    lines += texts.map { line("| ", $0, isNumber: isNumber) }
    let left = table.rows.count - shown.count
    if left > 0 { lines.append("  ... and \(left) more; '--format json' has them all") }
    return lines
  }
}
