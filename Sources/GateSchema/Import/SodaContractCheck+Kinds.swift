import GateCore

extension SodaContractCheck {
  /// How many values are missing.
  package mutating func missing() throws(ImportGap) -> [SodaCheck.Made] {
    let validity = try validity()
    let filter = try filter()
    if !isExpression, !threshold.isPercent, validity.missing == "\(x) IS NULL" {
      return try held(
        SodaFigure("null_count", of: column, SodaFigure.rows(filter)), standard: .zero)
    }
    return try counted("count(*) FILTER (WHERE \(validity.missing))", where: filter)
  }

  /// How many values are there and not valid.
  mutating func invalid() throws(ImportGap) -> [SodaCheck.Made] {
    let reference = try reference()
    let validity = try validity()
    let filter = try filter()
    if let (table, other) = reference {
      return try unknown(table, other, validity, filter)
    }
    if validity.valid.isEmpty { throw ImportGap("it does not say what is valid") }
    let good = "(\(validity.missing)) OR ((\(validity.valid.joined(separator: ") AND (")))"
    let condition: [SchemaText.Member] = [.init("sql", .text(good + ")"))]
    if let made = try rows(
      "condition", condition + SodaFigure.rows(filter), of: isExpression ? nil : column)
    {
      return made
    }
    return try counted("count(*) FILTER (WHERE \(validity.invalid))", where: filter)
  }

  /// Values that are there and not in another table.
  private func unknown(
    _ table: String, _ other: String, _ validity: SodaValidity, _ filter: String?
  ) throws(ImportGap) -> [SodaCheck.Made] {
    try contract.source.known(table, at: keys.node.mark)
    let valued = validity.missing == "\(x) IS NULL" ? nil : "NOT (\(validity.missing))"
    let parts = [filter, valued].compactMap(\.self).map { "(\($0))" }
    let among = parts.isEmpty ? nil : parts.joined(separator: " AND ")
    let parameters: [SchemaText.Member] = [
      .init("table", .text(table)), .init("column", .text(other)),
    ]
    guard !isExpression, validity.valid.isEmpty,
      let made = try rows("foreign_key", parameters + SodaFigure.rows(among), of: column)
    else {
      throw ImportGap(
        "it asks for more than that every value is in another table", hint: "say it by 'query'")
    }
    return made
  }

  /// Values beyond the first of each that repeats.
  mutating func duplicates() throws(ImportGap) -> [SodaCheck.Made] {
    let validity = try validity()
    let isPlain = validity.missing == "\(x) IS NULL"
    let among = try filter(and: isPlain ? [] : ["NOT (\(validity.missing))"])
    let limits = try threshold.limits(standard: .zero)
    if !isExpression, !threshold.isPercent, limits.allSatisfy({ $0.limit.mostRows == 0 }) {
      let parameters: [SchemaText.Member] =
        [.init("allow_empty", .flag(true))] + SodaFigure.rows(among)
      return limits.map { (check("unique", parameters, $0.blocks), column) }
    }
    return try counted(
      "count(\(x)) - count(DISTINCT \(x))", of: "count(\(x))", where: among)
  }

  /// Rows beyond the first of each whose values in some columns repeat; a null is a value like others.
  mutating func duplicateRows() throws(ImportGap) -> [SodaCheck.Made] {
    let names = try keys.texts("columns").map(\.sqlName).joined(separator: ", ")
    return try counted("count(*) - count(DISTINCT row(\(names)))", where: try filter())
  }

  /// Functions, as checks here measure them.
  private static let functions = [
    "avg": "mean", "sum": "sum", "min": "minimum", "max": "maximum", "avglength": "mean_length",
    "minlength": "min_length", "maxlength": "max_length", "avg_length": "mean_length",
    "min_length": "min_length", "max_length": "max_length",
  ]

  /// A figure of the values. What is both missing and not valid takes no part, and nothing else is kept out.
  mutating func aggregate() throws(ImportGap) -> [SodaCheck.Made] {
    let function = try keys.text("function")
    guard let id = Self.functions[function.lowercased()] else {
      throw ImportGap("the function '\(function)' is not known")
    }
    let validity = try validity()
    var excluded = validity.missing == "\(x) IS NULL" ? [] : ["NOT (\(validity.missing))"]
    if !validity.valid.isEmpty, !excluded.isEmpty {
      let valid = validity.valid.joined(separator: ") AND (")
      excluded = ["NOT ((\(validity.missing)) AND ((\(valid))) IS NOT TRUE)"]
    }
    let among = try filter(and: excluded)
    if isExpression {
      return try held(SodaFigure(aggregate: SodaFigure.aggregate(id, of: x) ?? "", where: among))
    }
    return try held(SodaFigure(id, of: column, SodaFigure.rows(among)))
  }

  /// Rows that an expression or a query finds.
  mutating func failedRows() throws(ImportGap) -> [SodaCheck.Made] {
    if let expression = keys.take("expression")?.text {
      let filter = try filter()
      let good: [SchemaText.Member] = [.init("sql", .text("(\(expression)) IS NOT TRUE"))]
      if let made = try rows("condition", good + SodaFigure.rows(filter), of: nil) { return made }
      return try counted("count(*) FILTER (WHERE \(expression))", where: filter)
    }
    _ = keys.notes(["key_column_mapping"])
    guard let query = (keys.take("query") ?? keys.take("keys_query"))?.text else {
      throw ImportGap("wanted 'expression' or 'query'")
    }
    if threshold.isPercent { throw ImportGap("its share is of rows that another query counts") }
    _ = keys.notes(["rows_tested_query"])
    let sql = try select(query)
    let limits = try threshold.limits(standard: .zero)
    if limits.allSatisfy({ $0.limit.mostRows == 0 }) {
      return limits.map { (check("no_rows", [.init("sql", .text(sql))], $0.blocks), nil) }
    }
    return try held(
      SodaFigure("query", [.init("sql", .text("SELECT count(*) FROM (\n\(sql)\n)"))]),
      standard: .zero)
  }

  /// A figure that the check itself says in SQL.
  package mutating func metric() throws(ImportGap) -> [SodaCheck.Made] {
    if let expression = keys.take("expression")?.text {
      return try held(SodaFigure(aggregate: expression, where: contract.filter))
    }
    let sql = try select(try keys.text("query"))
    return try held(SodaFigure("query", [.init("sql", .text(sql))]))
  }

  /// A query of the user's, whose tables are all known.
  private func select(_ query: String) throws(ImportGap) -> String {
    let sql = SodaSQL(query, about: contract.table)
    for table in sql.others { try contract.source.known(table, at: keys.node.mark) }
    return sql.text.withoutEnd
  }

  /// How old the latest moment may be.
  mutating func freshness() throws(ImportGap) -> [SodaCheck.Made] {
    if keys.take("now_variable") != nil { throw ImportGap("its moment is a variable of the run") }
    let column = try keys.text("column")
    let rows = SodaFigure.rows(try filter())
    let units = ["minute": 60.0, "hour": 3600, "day": 86_400]
    guard let unit = units[threshold.unit] else {
      throw ImportGap("its unit is '\(threshold.unit)'")
    }
    var made: [SodaCheck.Made] = []
    for (limit, blocks) in try threshold.limits(standard: nil) {
      guard !limit.isOutside, limit.low == nil, let high = limit.high else {
        throw ImportGap("its limit is no greatest age")
      }
      // Ages are whole seconds: less than a minute is at most 59.
      let seconds = high.value * unit
      let most = high.isIn ? seconds.rounded(.down) : seconds.rounded(.up) - 1
      guard most > 0, most < 1e12 else { throw ImportGap("its age is '\(high.text)'") }
      // To Soda a date in the future is fresh.
      let age: [SchemaText.Member] = [
        .init("max_age", .text("\(Int(most))s")), .init("allow_future", .flag(true)),
      ]
      made.append((check("freshness", age + rows, blocks), column))
    }
    return made
  }
}
