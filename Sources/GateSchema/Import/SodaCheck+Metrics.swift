import GateCore

extension SodaCheck {
  /// Figures that a check here measures just so.
  private static let figures = [
    "min": "minimum", "max": "maximum", "avg": "mean", "sum": "sum", "stddev": "stdev",
    "stddev_samp": "stdev", "variance": "variance", "var_samp": "variance",
    "min_length": "min_length", "max_length": "max_length", "avg_length": "mean_length",
  ]

  /// Figures that are said in SQL.
  private static let aggregates = ["stddev_pop": "stddev_pop", "var_pop": "var_pop"]

  /// `metric(column) limit`, and figures of the user's own.
  package mutating func metric() throws(ImportGap) -> [Made] {
    let end = line.firstIndex { " (".contains($0) } ?? line.endIndex
    let name = String(line[..<end])
    var rest = line[end...].trimmed
    var columns: [String] = []
    if rest.hasPrefix("("), let close = rest.firstIndex(of: ")") {
      columns = rest[rest.index(after: rest.startIndex)..<close].split(separator: ",").map(\.bare)
      rest = rest[rest.index(after: close)...].trimmed
    }
    if let own = try custom(name, rest) { return own }
    let filter = try filter()
    let more: [SchemaText.Member] = filter.map { [.init("where", .text($0))] } ?? []
    if name == "row_count", columns.isEmpty {
      return try bounded(try limits(rest), nil, "row_count", more)
    }
    guard let column = columns.first else { throw ImportGap("the metric '\(name)' is not known") }
    if name.hasPrefix("duplicate_") { return try duplicates(name, columns, rest, filter) }
    if name == "percentile", columns.count == 2 {
      let more = try among(column, filter)
      guard let level = Double(columns[1]), (0...1).contains(level) else {
        throw ImportGap("its level is '\(columns[1])', wanted a share")
      }
      let sql = "quantile_disc(\(column.sqlName), \(level))"
      return try bounded(try limits(rest), nil, "aggregate", [.init("sql", .text(sql))] + more)
    }
    guard columns.count == 1 else { throw ImportGap("it has \(columns.count) columns") }
    if let id = Self.figures[name] {
      return try bounded(try limits(rest), column, id, try among(column, filter))
    }
    if let function = Self.aggregates[name] {
      let more = try among(column, filter)
      let sql = "\(function)(\(column.sqlName))"
      return try bounded(try limits(rest), nil, "aggregate", [.init("sql", .text(sql))] + more)
    }
    return try counts(name, column, rest, more)
  }

  /// The check's own settings over those of the file.
  private mutating func validity(_ column: String) throws(ImportGap) -> SodaValidity {
    var own: [Node.Pair] = []
    for pair in keys.node.pairs ?? [] where SodaValidity.keys.contains(pair.key.text ?? "") {
      _ = keys.take(pair.key.text ?? "")
      own.append(pair)
    }
    let names = Set(own.compactMap(\.key.text))
    let common = (file.configurations[column] ?? []).filter { !names.contains($0.key.text ?? "") }
    return try SodaValidity(column: column.sqlName, common + own)
  }

  /// The rows that a figure is of: where there are rules for values, those of the valid ones.
  private mutating func among(
    _ column: String, _ filter: String?
  ) throws(ImportGap) -> [SchemaText.Member] {
    let validity = try validity(column)
    let good = validity.isAsked ? validity.good : nil
    let parts = [filter, good].compactMap(\.self).map { "(\($0))" }
    return parts.isEmpty ? [] : [.init("where", .text(parts.joined(separator: " AND ")))]
  }

  /// Counts and shares of missing, valid and invalid values.
  private mutating func counts(
    _ name: String, _ column: String, _ rest: String, _ more: [SchemaText.Member]
  ) throws(ImportGap) -> [Made] {
    let validity = try validity(column)
    let limits = try limits(rest)
    let conditions = [
      "missing": validity.missing, "invalid": validity.invalid, "valid": validity.good,
    ]
    guard let (kind, measure) = name.splitOnce("_"), let condition = conditions[kind],
      ["count", "percent"].contains(measure)
    else { throw ImportGap("the metric '\(name)' is not known") }
    if kind == "invalid", validity.valid.isEmpty {
      throw ImportGap("it does not say what is valid")
    }
    let isNull = "\(column.sqlName) IS NULL"
    if name == "missing_count", validity.missing == isNull {
      return try bounded(limits, column, "null_count", more)
    }
    let count = "count(*) FILTER (WHERE \(condition))"
    if measure == "percent" {
      let sql = "round(100.0 * \(count) / nullif(count(*), 0), 2)"
      return try bounded(limits, nil, "aggregate", [.init("sql", .text(sql))] + more)
    }
    if kind == "invalid", limits.allSatisfy({ $0.limit.mostRows != nil }) {
      // Counted row by row, so that the report shows which.
      let good = "(\(validity.missing)) OR ((\(validity.valid.joined(separator: ") AND (")))"
      return limits.map { limit, blocks in
        var one = check(
          "condition",
          [
            .init("sql", .text(good + ")")), .init("max_count", .plain("\(limit.mostRows ?? 0)")),
            .init("allow_empty", .flag(true)),
          ] + more)
        one.isBlocking = blocks
        one.meta.append(("column", column))
        return (one, nil)
      }
    }
    return try bounded(limits, nil, "aggregate", [.init("sql", .text(count))] + more)
  }

  /// Values, not rows, that occur more than once.
  private mutating func duplicates(
    _ name: String, _ columns: [String], _ rest: String, _ filter: String?
  ) throws(ImportGap) -> [Made] {
    for column in columns where try validity(column).isAsked {
      throw ImportGap("it counts repeats among the valid values only", hint: "say it by 'query'")
    }
    let names = columns.map(\.sqlName)
    let limits = try limits(rest)
    let conditions = names.map { "\($0) IS NOT NULL" } + (filter.map { ["(\($0))"] } ?? [])
    let count =
      "SELECT count(*) FROM (SELECT 1 FROM {table} WHERE \(conditions.joined(separator: " AND ")) "
      + "GROUP BY \(names.joined(separator: ", ")) HAVING count(*) > 1)"
    if name == "duplicate_count", columns.count == 1, limits.allSatisfy({ $0.limit.mostRows == 0 })
    {
      let more: [SchemaText.Member] = filter.map { [.init("where", .text($0))] } ?? []
      return limits.map { _, blocks in
        var one = check("unique", [.init("allow_empty", .flag(true))] + more)
        one.isBlocking = blocks
        return (one, columns[0])
      }
    }
    let all = "SELECT count(*) FROM {table}" + (filter.map { " WHERE \($0)" } ?? "")
    switch name {
    case "duplicate_count": return try bounded(limits, nil, "query", [.init("sql", .text(count))])
    case "duplicate_percent":
      let sql = "SELECT round(100.0 * (\(count)) / nullif((\(all)), 0), 2)"
      return try bounded(limits, nil, "query", [.init("sql", .text(sql))])
    default: throw ImportGap("the metric '\(name)' is not known")
    }
  }

  /// A figure that the check itself says in SQL; nil: it does not.
  private mutating func custom(_ name: String, _ rest: String) throws(ImportGap) -> [Made]? {
    if let text = keys.take("\(name) expression")?.text {
      let sql = try file.resolved(text)
      let filter = try filter()
      return try bounded(
        try limits(rest), nil, "aggregate",
        [.init("sql", .text(sql))] + (filter.map { [.init("where", .text($0))] } ?? []))
    }
    if keys.node["\(name) sql_file"] != nil { throw ImportGap("its SQL stands in another file") }
    guard let sql = try keys.take("\(name) query")?.text.map(file.resolved) else { return nil }
    guard try filter() == nil else { throw ImportGap("a filter does not reach into its query") }
    return try bounded(
      try limits(rest), nil, "query",
      [.init("sql", .text(try select(sql)))])
  }

  /// Which columns there are, of which types, and where.
  package mutating func schema() throws(ImportGap) -> [Made] {
    var made: [Made] = []
    for key in ["fail", "warn"] {
      guard let node = keys.take(key) else { continue }
      guard let rules = node.pairs else {
        throw ImportGap("'\(key)' is \(node.found), wanted a mapping", at: node.mark)
      }
      for rule in rules {
        do throws(ImportGap) {
          for (one, column) in try columns(rule) {
            var blocking = one
            blocking.isBlocking = key == "fail"
            made.append((blocking, column))
          }
        } catch {
          gaps.append(ImportGap(error.reason, at: error.mark ?? rule.key.mark, hint: error.hint))
        }
      }
    }
    if made.isEmpty, gaps.isEmpty { throw ImportGap("it has neither 'fail' nor 'warn'") }
    return made
  }

  /// One rule about columns.
  private mutating func columns(_ rule: Node.Pair) throws(ImportGap) -> [Made] {
    let names = rule.value.items?.compactMap(\.text) ?? []
    switch rule.key.text ?? "" {
    case "when required column missing" where !names.isEmpty:
      return [
        (
          check("columns_set", [.init("columns", .texts(names)), .init("exact", .flag(false))]), nil
        )
      ]
    case "when forbidden column present" where !names.isEmpty:
      let likes = names.map { name in
        name.contains("%") || name.contains("*")
          ? "column_name LIKE \(name.replacing("*", with: "%").sqlText)"
          : "column_name = \(name.sqlText)"
      }
      let sql =
        "SELECT column_name FROM (DESCRIBE {table}) WHERE \(likes.joined(separator: " OR "))"
      return [(check("no_rows", [.init("sql", .text(sql))]), nil)]
    case "when wrong column type":
      var made: [Made] = []
      for pair in rule.value.pairs ?? [] {
        let type = pair.value.text ?? ""
        guard let types = EngineTypes.declaredInSQL(type) else {
          gaps.append(ImportGap("the type '\(type)' is not known", at: pair.value.mark))
          continue
        }
        made.append((check("of_type", [.init("types", .texts(types))]), pair.key.text?.bare ?? ""))
      }
      return made
    case "when wrong column index":
      return (rule.value.pairs ?? []).map { pair in
        (check("position", [.init("index", SchemaText(pair.value))]), pair.key.text ?? "")
      }
    case "when schema changes":
      throw ImportGap(
        "it compares with an earlier scan", at: rule.key.mark,
        hint: "use 'no_new_columns', 'no_missing_columns' and 'same_types' with a reference")
    default: throw ImportGap("the rule \(rule.key.found) is not known", at: rule.key.mark)
    }
  }
}
