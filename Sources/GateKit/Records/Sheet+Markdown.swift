import GateCore

/// The sheet as Markdown that fits a comment on a pull request.
extension Sheet {
  /// The most bytes, and the most rows of one table.
  private static let most = (bytes: 65_000, rows: 200)

  /// The whole sheet; what does not fit is counted at the end.
  package var markdown: String {
    var text = "<!-- gatewright:records -->\n## \(Markdown.escaped(title))"
    text += verdict.map { " \($0.rawValue)" } ?? ""
    text += "\n\n" + lead.map { Markdown.escaped($0) + "\n\n" }.joined()
    var left = 0
    for line in sections.flatMap(Self.lines) {
      guard left == 0, text.utf8.count + line.utf8.count < Self.most.bytes - 200 else {
        left += 1
        continue
      }
      text += line
    }
    if left > 0 { text += "\n\(left.counted("line")) left out here; `--format json` has all.\n" }
    return text
  }

  /// A section as lines that stand or fall alone.
  private static func lines(_ section: Section) -> [String] {
    ["### \(Markdown.escaped(section.title))\n\n"] + section.parts.flatMap(lines)
  }

  /// One part, a blank line after it.
  private static func lines(_ part: Part) -> [String] {
    switch part {
    case .paragraph(let text): [Markdown.escaped(text) + "\n\n"]
    case .list(let items): items.map { "- \(Markdown.escaped($0))\n" } + ["\n"]
    case .lines(let text):
      text.split(separator: "\n").map { "    " + String($0).loggable(400) + "\n" } + ["\n"]
    case .table(let table): lines(table)
    }
  }

  /// A table; the first rows of a long one, and how many more there are.
  private static func lines(_ table: Table) -> [String] {
    let rules = table.titles.indices.map { column in
      if case .number? = table.rows.first?[column].kind { "--:" } else { "---" }
    }
    let left = table.rows.count - most.rows
    return [
      "| \(table.titles.map(Markdown.escaped).joined(separator: " | ")) |\n"
        + "|\(rules.joined(separator: "|"))|\n"
    ]
      + table.rows.prefix(most.rows).map { row in
        "| \(row.map(cell).joined(separator: " | ")) |\n"
      } + [left > 0 ? "\n\(left) more; `--format json` has them all.\n\n" : "\n"]
  }

  /// What stands between two bars.
  private static func cell(_ cell: Cell) -> String {
    if case .name = cell.kind { return cell.text.isEmpty ? "" : Markdown.code(cell.text) }
    return Markdown.escaped(cell.text)
  }
}
