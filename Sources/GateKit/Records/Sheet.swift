package import GateCore

/// What there is to say of records, said once and written as text, Markdown or HTML.
///
/// All its texts may come from a record that anybody wrote; what writes it escapes them.
package struct Sheet: Sendable {
  /// What the page is called.
  package let title: String
  /// What the whole comes to; nil: it is of many.
  var verdict: Verdict?
  /// What stands first: a paragraph each.
  var lead: [String]
  /// The parts, each under a heading.
  var sections: [Section]

  init(_ title: String, verdict: Verdict? = nil, lead: [String], sections: [Section]) {
    (self.title, self.verdict, self.lead, self.sections) = (title, verdict, lead, sections)
  }

  /// What stands under one heading.
  struct Section: Sendable {
    let title: String
    var parts: [Part]
    /// What a link leads to; nil: nothing links here.
    var anchor: String?

    init(_ title: String, _ parts: [Part], anchor: String? = nil) {
      (self.title, self.parts, self.anchor) = (title, parts, anchor)
    }
  }

  /// One thing under a heading.
  enum Part: Sendable {
    case paragraph(String)
    /// A line each.
    case list([String])
    /// A text whose lines stay as they are.
    case lines(String)
    case table(Table)
  }

  /// Rows under titles.
  struct Table: Sendable {
    let caption: String
    let titles: [String]
    let rows: [[Cell]]

    /// Leaves out columns that are empty in every row.
    init(caption: String, titles: [String], rows: [[Cell]]) {
      let columns = titles.indices.filter { place in
        rows.contains { !$0[place].text.isEmpty || $0[place].drawing != nil }
      }
      self.caption = caption
      self.titles = columns.map { titles[$0] }
      self.rows = rows.map { row in columns.map { row[$0] } }
    }
  }

  /// One cell of a table.
  struct Cell: Sendable {
    let text: String
    var kind = Kind.words
    /// Where it leads on an HTML page.
    var link: String?
    /// What an HTML page draws in place of the text.
    var drawing: XML?

    /// How a cell is shown.
    enum Kind: Sendable {
      case words
      case number
      /// A time, on one line.
      case date
      /// A name from the data, which Markdown shows in a code span.
      case name
      case outcome(Outcome)
      case verdict(Verdict)
    }

    init(_ text: String) { self.text = text }
    init(number: String) { (text, kind) = (number, .number) }
    init(date: String) { (text, kind) = (date, .date) }
    init(name: String, link: String? = nil) { (text, kind, self.link) = (name, .name, link) }
    init(_ outcome: Outcome) { (text, kind) = (outcome.rawValue, .outcome(outcome)) }
    init(_ verdict: Verdict) { (text, kind) = (verdict.rawValue, .verdict(verdict)) }
    init(text: String, drawing: XML?) { (self.text, self.drawing) = (text, drawing) }

    /// The outcome with its sign; of a check that does not block, that it only advises.
    init(outcomeOf check: Check) {
      text = check.outcome.rawValue + (check.blocking ? "" : ", advisory")
      kind = .outcome(check.outcome)
    }
  }
}

/// What a sheet is written as.
package enum SheetFormat: String, Sendable, CaseIterable {
  case text, markdown, html, json

  /// The sheet in this format; `json` is the same as a value.
  package func write(_ sheet: @autoclosure () -> Sheet, json: @autoclosure () -> JSON) -> String {
    switch self {
    case .text: sheet().text
    case .markdown: sheet().markdown
    case .html: sheet().html
    case .json: json().text
    }
  }
}
