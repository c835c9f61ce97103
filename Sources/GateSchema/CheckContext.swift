package import GateCore

/// One check on one open table: all a definition needs to ask.
package struct CheckContext: Sendable {
  package var rule: SchemaRule
  /// The table that is judged.
  package var table: TableShape
  /// The reference, where there is one.
  package var reference: TableShape?
  /// Every open table by the name a schema calls it.
  package var others: [String: TableShape]
  /// The column that is judged, as the engine declares it; nil: the check is of the table.
  package var column: ColumnType?
  /// What the manifest says of the rows.
  package var roles: ColumnRoles
  /// Whether the reference is the very bytes that are judged.
  package var isOwnReference = false
  /// Today in UTC, as `2026-11-20T10:41:10Z`.
  package var now: String

  /// A table's name in SQL, rows and columns.
  package struct TableShape: Sendable {
    package var name: String
    package var rows: Int
    package var columns: [ColumnType]
    /// What to select from where the order of rows matters.
    package var inOrder: String

    package init(name: String, rows: Int, columns: [ColumnType], inOrder: String? = nil) {
      self.name = name
      self.rows = rows
      self.columns = columns
      self.inOrder = inOrder ?? name.sqlName
    }

    /// The column of that name.
    package func column(_ name: String) -> ColumnType? {
      columns.first { $0.name.isSame(as: name) }
    }
  }

  /// The judged column in SQL.
  package var x: String { (column?.name ?? rule.column ?? "").sqlName }

  /// The judged column as text in SQL.
  package var text: String { column?.kind == .string ? x : "CAST(\(x) AS VARCHAR)" }

  /// What was given for a parameter.
  package subscript(parameter: String) -> Node? { rule[parameter] }

  /// A literal of the judged column's type; throws where a text stands for a number.
  package func literal(_ node: Node) throws(Diagnostic) -> String {
    try literal(node, of: column)
  }

  /// A literal of a column's type.
  package func literal(_ node: Node, of column: ColumnType?) throws(Diagnostic) -> String {
    let text = node.text ?? ""
    switch column?.kind {
    case .number?, .integer?:
      guard node.number != nil else {
        throw Diagnostic(
          "found \(node.found), and '\(column?.name ?? "")' holds numbers (\(column?.declared ?? ""))",
          at: node.mark, hint: "write a number, or set the column's type")
      }
      return text.replacing("_", with: "")
    case .boolean?:
      // Data written as 0 and 1 elsewhere are true and false here.
      let known = ["true": "true", "false": "false", "1": "true", "0": "false"]
      guard let word = known[text.lowercased()] else {
        throw Diagnostic(
          "found \(node.found), and '\(column?.name ?? "")' holds true and false", at: node.mark)
      }
      return word
    case .timestamp?: return "CAST(\(text.sqlText) AS \(column?.declared ?? "TIMESTAMP"))"
    default:
      if case .scalar(_, quoted: false) = node.content, node.number != nil, let column {
        throw Diagnostic(
          "found the number \(text), and '\(column.name)' holds texts (\(column.declared))",
          at: node.mark, hint: "quote it, or set the column's type under 'types'")
      }
      return text.sqlText
    }
  }

  /// A column the check names, which must be there.
  package func named(_ node: Node) throws(Diagnostic) -> ColumnType {
    let name = node.text ?? ""
    if let column = table.column(name) { return column }
    throw Diagnostic(
      "'\(name)' is not a column of \(table.name)", at: node.mark,
      hint: name.meant(among: table.columns.map(\.name)))
  }

  /// Refuses a column of no numbers.
  func wantNumbers() throws(Diagnostic) {
    guard let column, ![.number, .integer].contains(column.kind) else { return }
    throw .wantedNumbers(column, by: rule.check.id)
  }

  /// Another table that the check names.
  package func table(_ node: Node) throws(Diagnostic) -> TableShape {
    let name = node.text ?? ""
    if let table = others[name] { return table }
    throw Diagnostic(
      "there is no table '\(name)'", at: node.mark,
      hint: "known: \(others.keys.sorted().joined(separator: ", "))")
  }

  /// The reference; throws that there is none.
  package func wantReference() throws(Diagnostic) -> TableShape {
    if isOwnReference { throw Diagnostic.ownReference.at(rule.mark) }
    if let reference { return reference }
    throw Diagnostic(
      "'\(rule.check.id)' compares with the reference, and there is none", at: rule.mark,
      hint: "add 'data.reference' to the manifest")
  }

  /// The number of rows over the reference's, at least 0; throws where the reference has none.
  func rowRatio() throws(Diagnostic) -> Double {
    let reference = try wantReference()
    guard reference.rows > 0 else {
      throw Diagnostic(
        "the reference has no rows, so no number of rows has a share of theirs", at: rule.mark)
    }
    return Double(table.rows) / Double(reference.rows)
  }
}

extension QueryPlan {
  /// Counts the rows that take part and those of them that break the check, and finds examples of these.
  ///
  /// `good`: SQL over a row; a row for which it is not true breaks the check. `among`: rows that take part beside
  /// `where`; by default those with a value. `what`: what broken rows are said to be, 'are below 0'. `note`: what is said beside, whatever comes of it.
  package static func rows(
    _ question: CheckContext, good: String, among: String? = nil, shown: String? = nil,
    what: String, note: String? = nil
  ) -> QueryPlan {
    let part = RowCount(question, good: good, among: among, shown: shown, what: what, note: note)
    return .asking([.number(part.amongSQL), .number(part.badSQL)]) { answers throws(Diagnostic) in
      try part.judge(among: answers[0].number ?? 0, bad: answers[1].number ?? 0)
    }
  }

  /// One number held between the rule's bounds.
  ///
  /// `aggregate`: SQL that gives the number; it gets what to put after each aggregate so that only the rows of `where`
  /// take part. `what`: the figure's name, 'the mean'.
  package static func figure(
    _ question: CheckContext, _ what: String, _ aggregate: (_ filter: String) -> String
  ) -> QueryPlan {
    let filter = question["where"]?.text.map { " FILTER (WHERE \n\($0)\n)" } ?? ""
    return .asking([.figure(aggregate(filter))]) { answers throws(Diagnostic) in
      guard let value = answers[0].number else {
        if question.rule.flag("record") {
          return .answered(
            Finding(.skipped, "\(what) is undefined, which is recorded and not judged"))
        }
        throw Diagnostic(
          "\(what) is undefined: there are too few values, or infinite ones of both signs")
      }
      guard value.isFinite else {
        throw Diagnostic(
          "\(what) is infinite, beyond every limit: the column holds an infinity or very large numbers",
          hint: "correct the data, or choose the rows by 'where: isfinite(\(question.x))'")
      }
      let bounds = Bounds(question.rule)
      // A column of floating point has no other numbers than it is judged by.
      if !["FLOAT", "DOUBLE"].contains(question.column?.declared) {
        try bounds.refuseInexact(value, what: what)
      }
      return .answered(bounds.finding(value, what: what, n: question.table.rows))
    }
  }
}
