import GateCore

extension SchemaCheck {
  /// Rows of the reference that are judged again.
  static let leakageRows = SchemaCheck(
    "leakage_rows",
    "Few rows stand in the reference too, by all columns that both have but the id.", of: .table,
    parameters: [share("0.05")] + ColumnSweep.parameters,
    examples: [
      Example(
        "leakage_rows: true", on: "x,y\n1,a\n2,b\n", reference: "x,y\n1,b\n3,a\n", holds: true,
        value: 0),
      Example(
        "leakage_rows: true", on: "id,x,y\n7,1,a\n8,2,b\n", reference: "id,x,y\n1,1,a\n2,3,a\n",
        holds: false, value: 0.5),
      Example("leakage_rows: true", on: "x,y\n1,a\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    let reference = try question.wantReference()
    var left: Set<String> = Set([question.roles.id].compactMap(\.self))
    for node in question["except"]?.items ?? [] { left.insert(try question.named(node).name) }
    let columns = try question.sweep(.columns)?.columns ?? []
    let explicit = question["columns"] != nil
    var shared: [(ColumnType, ColumnType)] = []
    for column in columns where explicit || !left.contains(column.name) {
      if let other = reference.column(column.name) {
        shared.append((column, other))
      } else if explicit {
        throw Diagnostic("the reference has no column '\(column.name)'", at: question.rule.mark)
      }
    }
    guard !shared.isEmpty else {
      return try question.lacking("the table and the reference have no column in common")
    }
    return try .leaking(question, shared, reference, standard: 0.05, nulls: true)
  }

  /// Ids of the reference that are judged again.
  static let indexLeakage = SchemaCheck(
    "index_leakage", "No id stands in the reference too.", of: .table,
    parameters: [share("0")],
    examples: [
      Example(
        "index_leakage: true", on: "id,x\n1,5\n2,6\n", reference: "id,x\n3,5\n", holds: true,
        value: 0),
      Example(
        "index_leakage: true", on: "id,x\n1,5\n2,6\n", reference: "id,x\n2,5\n", holds: false,
        value: 0.5),
      Example("index_leakage: true", on: "x\n1\n", reference: "x\n1\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    let reference = try question.wantReference()
    guard let id = question.roles.id, let mine = question.table.column(id) else {
      return try question.lacking("there is no id", hint: "name it as 'data.holdout.id'")
    }
    guard let theirs = reference.column(id) else {
      return try question.lacking("the reference has no id '\(id)'")
    }
    return try .leaking(question, [(mine, theirs)], reference, standard: 0, nulls: false)
  }

  /// Keys of the reference that are judged again.
  static let leakageKey = SchemaCheck(
    "leakage_key", "No key of one or several columns stands in the reference too.", of: .table,
    parameters: [
      Parameter("columns", "The key's columns.", .list(.text), required: true), share("0"),
    ], main: "columns",
    examples: [
      Example(
        "leakage_key: [x, y]", on: "x,y\n1,a\n2,b\n", reference: "x,y\n1,b\n2,a\n", holds: true,
        value: 0),
      Example(
        "leakage_key: [x]", on: "x,y\n1,a\n2,b\n", reference: "x,y\n1,b\n5,a\n", holds: false,
        value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    let reference = try question.wantReference()
    var shared: [(ColumnType, ColumnType)] = []
    for node in question["columns"]?.items ?? question.rule.body.items ?? [] {
      let column = try question.named(node)
      guard let other = reference.column(column.name) else {
        throw Diagnostic("the reference has no column '\(column.name)'", at: node.mark)
      }
      shared.append((column, other))
    }
    return try .leaking(question, shared, reference, standard: 0, nulls: false)
  }

  /// Rows from before the reference's end.
  static let dateLeakage = SchemaCheck(
    "date_leakage", "No row lies in time before the reference's last.", of: .table,
    parameters: [share("0"), moment],
    examples: [
      Example(
        "date_leakage: true", on: "d,y\n2026-02-02,1\n2026-02-01,2\n",
        reference: "d,y\n2026-01-31,1\n2026-02-01,1\n", holds: true, value: 0),
      Example(
        "date_leakage: true", on: "d,y\n2026-02-02,1\n2026-01-31,2\n",
        reference: "d,y\n2026-01-30,1\n2026-02-01,1\n", holds: false, value: 0.5),
      Example("date_leakage: true", on: "d,y\n3,1\n", reference: "d,y\n3,1\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    let reference = try question.wantReference()
    guard let (mine, theirs) = try question.moments(reference) else {
      return try question.lackingMoments()
    }
    let last = "(SELECT max(\(theirs.name.sqlName)) FROM \(reference.name.sqlName))"
    let early = "\(mine.name.sqlName) < \(last)"
    return .asking([
      .rows("SELECT count(*) AS rows FROM \(question.table.name.sqlName) WHERE \(early)")
    ]) { answers throws(Diagnostic) in
      try .share(
        answers[0].firstRow.first.flatMap(\.self) ?? 0, of: question, standard: 0,
        what: "lie before the reference's last '\(mine.name)'",
        sql: "SELECT * FROM \(question.table.name.sqlName) WHERE \(early)")
    }
  }

  /// Dates of the reference that are judged again.
  static let dateDuplicates = SchemaCheck(
    "date_duplicates", "No row's date or moment stands in the reference too.", of: .table,
    parameters: [share("0"), moment],
    examples: [
      Example(
        "date_duplicates: true", on: "d,y\n2026-02-02,1\n2026-02-03,2\n",
        reference: "d,y\n2026-01-31,1\n2026-02-01,1\n", holds: true, value: 0),
      Example(
        "date_duplicates: {column: d}", on: "d,y\n2026-02-02,1\n2026-02-01,2\n",
        reference: "d,y\n2026-01-31,1\n2026-02-01,1\n", holds: false, value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    let reference = try question.wantReference()
    guard let pair = try question.moments(reference) else {
      return try question.lackingMoments()
    }
    return try .leaking(question, [pair], reference, standard: 0, nulls: false)
  }

  /// Which column says when.
  private static let moment = Parameter(
    "column", "The column of dates or moments; default: the only one.", .text)
}

extension CheckContext {
  /// Neither is a column named, nor is there one of dates.
  fileprivate func lackingMoments() throws(Diagnostic) -> QueryPlan {
    let dates = table.columns.filter { $0.kind == .timestamp }.map(\.name)
    guard rule.isStandard, let first = dates.first else {
      return try lacking("there is no column of dates", hint: "name it as 'column'")
    }
    return try lacking(
      "nothing says that a date tells when a row was made; if '\(first)' does, write "
        + "'\(rule.check.id): {column: \(first.yaml)}'")
  }

  /// The column that says when in both tables; nil: there is none, or none is named for a check that a set asks for, since
  /// a date may be a feature as any other.
  fileprivate func moments(
    _ reference: TableShape
  ) throws(Diagnostic) -> (ColumnType, ColumnType)? {
    if let node = self["column"] {
      let column = try named(node)
      guard let other = reference.column(column.name) else {
        throw Diagnostic("the reference has no column '\(column.name)'", at: node.mark)
      }
      return (column, other)
    }
    if rule.isStandard { return nil }
    let pairs = table.columns.compactMap { column -> (ColumnType, ColumnType)? in
      guard column.kind == .timestamp, let other = reference.column(column.name),
        other.kind == .timestamp
      else { return nil }
      return (column, other)
    }
    guard pairs.count < 2 else {
      throw Diagnostic(
        "there are \(pairs.count) columns of dates: \(pairs.map(\.0.name).joined(separator: ", "))",
        at: rule.mark, hint: "name one as 'column'")
    }
    return pairs.first
  }
}

extension QueryPlan {
  /// The share of rows whose values stand in the reference; rows without a value may be left out.
  fileprivate static func leaking(
    _ question: CheckContext, _ columns: [(ColumnType, ColumnType)],
    _ reference: CheckContext.TableShape, standard: Double, nulls: Bool
  ) throws(Diagnostic) -> QueryPlan {
    let (mine, theirs) = RowKeys.hashes(columns)
    let whole = columns.map { "\($0.0.name.sqlName) IS NOT NULL" }.joined(separator: " AND ")
    let filter =
      (nulls ? "" : "\(whole) AND ")
      + "\(mine) IN (SELECT \(theirs) FROM \(reference.name.sqlName))"
    let from = "FROM \(question.table.name.sqlName) WHERE \(filter)"
    return .asking([.rows("SELECT count(*) AS rows \(from)")]) { answers throws(Diagnostic) in
      try .share(
        answers[0].firstRow.first.flatMap(\.self) ?? 0, of: question, standard: standard,
        what: "stand in the reference too", sql: "SELECT * \(from)")
    }
  }
}
