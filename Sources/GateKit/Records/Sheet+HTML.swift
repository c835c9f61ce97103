import GateCore

/// The sheet as one page like a report's: no script, nothing from elsewhere.
extension Sheet {
  /// The whole page.
  package var html: String {
    var head: [XML] = []
    if let verdict {
      head.append(
        XML(
          "p", [("class", "badge \(verdict.rawValue)")],
          text: "\(HTMLPage.sign(verdict)) \(verdict.rawValue)"))
    }
    head.append(XML("h1", text: title))
    for (place, text) in lead.enumerated() {
      head.append(XML("p", place == 0 ? [("class", "lead")] : [], text: text))
    }
    return HTMLPage.document(title, [XML("header", [], head)] + sections.map(Self.xml))
  }

  /// A section under its heading.
  private static func xml(_ section: Section) -> XML {
    XML(
      "section", section.anchor.map { [("id", $0)] } ?? [],
      [XML("h2", text: section.title)] + section.parts.map(xml))
  }

  /// One part.
  private static func xml(_ part: Part) -> XML {
    switch part {
    case .paragraph(let text): XML("p", text: text)
    case .list(let items): XML("ul", [], items.map { XML("li", text: $0) })
    case .lines(let text): XML("pre", text: text)
    case .table(let table):
      HTMLPage.table(table.caption, table.titles, table.rows.map { $0.map(cell) })
    }
  }

  /// A cell with its colour and its sign.
  private static func cell(_ cell: Cell) -> HTMLPage.Cell {
    var drawn: HTMLPage.Cell
    switch cell.kind {
    case .words, .name: drawn = HTMLPage.Cell(cell.text)
    case .date: drawn = HTMLPage.Cell(cell.text, style: "date")
    case .number: drawn = HTMLPage.Cell(number: cell.text)
    case .outcome(let outcome):
      drawn = HTMLPage.Cell(
        "\(HTMLPage.sign(outcome)) \(cell.text)", style: outcome.rawValue)
    case .verdict(let verdict):
      drawn = HTMLPage.Cell(
        "\(HTMLPage.sign(verdict)) \(cell.text)", style: verdict.rawValue)
    }
    drawn.link = cell.link
    drawn.drawing = cell.drawing
    return drawn
  }
}
