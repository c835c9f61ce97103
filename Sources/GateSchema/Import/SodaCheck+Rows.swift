import GateCore

extension SodaCheck {
  /// A failed share of rows of the table, or those that a query finds.
  mutating func failedRows() throws(ImportGap) -> [Made] {
    let condition = try keys.take("fail condition")?.text.map(file.resolved)
    let query = try keys.take("fail query")?.text.map(file.resolved)
    _ = keys.notes(["column"])
    let filter = try filter()
    let rest: [SchemaText.Member] = filter.map { [.init("where", .text($0))] } ?? []
    let hasLimits = keys.node["fail"] != nil || keys.node["warn"] != nil
    switch (condition, query) {
    case (let condition?, nil):
      guard hasLimits else {
        let parameters: [SchemaText.Member] = [
          .init("sql", .text("(\(condition)) IS NOT TRUE")), .init("allow_empty", .flag(true)),
        ]
        return [(check("condition", parameters + rest), nil)]
      }
      let sql = "count(*) FILTER (WHERE \(condition))"
      return try bounded(try limits(""), nil, "aggregate", [.init("sql", .text(sql))] + rest)
    case (nil, let query?):
      guard filter == nil else { throw ImportGap("a filter does not reach into its query") }
      let sql = try select(query)
      guard hasLimits else { return [(check("no_rows", [.init("sql", .text(sql))]), nil)] }
      return try bounded(
        try limits(""), nil, "query", [.init("sql", .text("SELECT count(*) FROM (\n\(sql)\n)"))])
    default: throw ImportGap("wanted 'fail condition' or 'fail query'")
    }
  }

  /// A query of the user's, whose tables are all known.
  package func select(_ query: String) throws(ImportGap) -> String {
    let sql = SodaSQL(query, about: file.table)
    for table in sql.others { try file.source.known(table, at: keys.node.mark) }
    return sql.text.withoutEnd
  }

  /// A check for every limit.
  package func bounded(
    _ limits: [(limit: SodaLimit, blocks: Bool)], _ column: String?, _ id: String,
    _ parameters: [SchemaText.Member]
  ) throws(ImportGap) -> [Made] {
    try SodaFigure(id, of: column, parameters).held(limits).map { held in
      var one = check(held.id, held.parameters)
      one.isBlocking = held.blocks
      return (one, held.column)
    }
  }

  /// `table (a, b)`, or with one column `table a`: what stands before the columns, and their names.
  private static func named(_ text: String) -> (table: String, columns: [String])? {
    if text.hasSuffix(")"), let (table, inner) = String(text.dropLast()).splitOnce("(") {
      return (table, inner.split(separator: ",").map(\.bare))
    }
    guard let last = text.lastIndex(of: " ") else { return nil }
    return (text[..<last].trimmed, [text[last...].bare])
  }

  /// `values in (a, b) must exist in t (c, d)`, or must not.
  package mutating func reference() throws(ImportGap) -> [Made] {
    let isForbidden = line.contains(" must not exist in ")
    let words = isForbidden ? " must not exist in " : " must exist in "
    guard let (left, right) = line.splitOnce(words), let (_, columns) = Self.named(left),
      let (table, others) = Self.named(right)
    else { throw ImportGap("wanted 'values in (column) must exist in table (column)'") }
    guard columns.count == others.count, let first = columns.first else {
      throw ImportGap(
        "it has \(columns.count) columns on one side and \(others.count) on the other")
    }
    try file.source.known(table.bare, at: keys.node.mark)
    let filter = try filter()
    if columns.count == 1, !isForbidden {
      let parameters: [SchemaText.Member] = [
        .init("table", .text(table.bare)), .init("column", .text(others[0])),
        .init("allow_empty", .flag(true)),
      ]
      return [
        (
          check("foreign_key", parameters + (filter.map { [.init("where", .text($0))] } ?? [])),
          first
        )
      ]
    }
    let pairs = zip(columns, others).map { ("mine.\($0.sqlName)", "other.\($1.sqlName)") }
    let joined = pairs.map { "\($0.0) = \($0.1)" }.joined(separator: " AND ")
    let broken = pairs.map {
      "(\($0.0) IS NOT NULL AND \($0.1) IS \(isForbidden ? "NOT " : "")NULL)"
    }
    let rows = "SELECT * FROM {table}" + (filter.map { " WHERE \n\($0)\n" } ?? "")
    let sql =
      "SELECT \(pairs.map(\.0).joined(separator: ", ")) FROM (\(rows)) AS mine "
      + "LEFT JOIN \(table.bare.sqlName) AS other ON \(joined) "
      + "WHERE \(broken.joined(separator: " OR "))"
    return [(check("no_rows", [.init("sql", .text(sql))]), nil)]
  }

  /// `freshness(c, NOW) < 2d`, `freshness using c < 2d`, or with `fail: when > 2d`.
  mutating func freshness() throws(ImportGap) -> [Made] {
    let rows = SodaFigure.rows(try filter())
    let head = line.splitOnce("<")?.0 ?? line
    let inner: [String]
    if head.hasPrefix("freshness using ") {
      let words = head.dropFirst("freshness using ".count).split(separator: " ").map(String.init)
      inner = words.count == 3 && words[1] == "with" ? [words[0], words[2]] : words
    } else {
      guard head.hasSuffix(")"), let (_, text) = String(head.dropLast()).splitOnce("(") else {
        throw ImportGap("wanted 'freshness(column) < age'")
      }
      inner = text.split(separator: ",").map(\.trimmed)
    }
    guard let column = inner.first, inner.count == 1 || inner.count == 2 && inner[1] == "NOW" else {
      throw ImportGap("its moment is a variable of the scan")
    }
    var ages: [(text: String, blocks: Bool)] = []
    if let (_, age) = line.splitOnce("<") { ages.append((age, true)) }
    for key in ["fail", "warn"] {
      guard let node = keys.take(key) else { continue }
      guard let words = node.text, let (when, age) = words.splitOnce(">"), when == "when" else {
        throw ImportGap("'\(key)' is \(node.found), wanted 'when > age'", at: node.mark)
      }
      ages.append((age.hasPrefix("=") ? String(age.dropFirst()).trimmed : age, key == "fail"))
    }
    if ages.isEmpty { throw ImportGap("it has no age") }
    var made: [Made] = []
    for (text, blocks) in ages {
      guard let seconds = Self.seconds(text) else { throw ImportGap("its age is '\(text)'") }
      // To Soda a date in the future is fresh.
      var one = check(
        "freshness",
        [.init("max_age", .text("\(seconds)s")), .init("allow_future", .flag(true))] + rows)
      one.isBlocking = blocks
      made.append((one, column.bare))
    }
    return made
  }

  /// `1d6h30m` in seconds.
  private static func seconds(_ text: String) -> Int? {
    let units: [Character: Int] = ["d": 86_400, "h": 3600, "m": 60, "s": 1]
    var (total, digits) = (0, "")
    for character in text where character != " " {
      if character.isNumber {
        digits.append(character)
      } else {
        guard let unit = units[character], let count = Int(digits), count < 1_000_000 else {
          return nil
        }
        total += count * unit
        digits = ""
      }
    }
    return digits.isEmpty && total > 0 ? total : nil
  }
}
