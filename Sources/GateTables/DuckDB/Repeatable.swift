import GateCore

/// Whether SQL of a user's reads what it may, and gives the same in every run.
enum Repeatable {
  /// Words that stand for the moment of the run without looking like a call.
  private static let moments: Set<String> = [
    "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp",
  ]

  /// Words that stand for who asks, without looking like a call.
  private static let askers: Set<String> = [
    "current_catalog", "current_role", "current_schema", "current_user", "session_user", "user",
  ]

  /// Functions that the engine calls repeatable, or says nothing about, and that are made of others that are not.
  private static let hidden: Set<String> = [
    "ago", "current_localtime", "current_localtimestamp", "get_current_time",
    "get_current_timestamp", "pg_conf_load_time", "pg_postmaster_start_time",
  ]

  /// Functions that the engine never folds although their value does not change.
  private static let harmless: Set<String> = ["error"]

  /// Functions that tell of the engine, its settings or its plans, and of no row.
  private static let ofTheEngine: Set<String> = [
    "version", "user", "session_user", "alias", "getvariable", "in_search_path", "get_block_size",
    "json_serialize_plan", "col_description", "obj_description", "shobj_description", "currval",
  ]

  /// The beginnings of names of such functions, and the ones of that beginning that are about values.
  private static let ofTheEngineBegin = ["current_", "inet_", "has_", "pg_", "duckdb_", "__"]
  private static let ofValues: Set<String> = ["pg_size_pretty", "pg_typeof"]

  /// The kinds of expression that read one row.
  private static let ofARow: Set<String> = [
    "CONSTANT", "COLUMN_REF", "FUNCTION", "OPERATOR", "COMPARISON", "CONJUNCTION", "CASE", "CAST",
    "TYPE", "BETWEEN", "LAMBDA", "COLLATE",
  ]

  /// Refuses an expression that is not SQL of one row of `columns`: with a function whose value differs from run to run
  /// or tells of the machine, with anything that reads other rows or tables, or with a star.
  static func checkRow(
    _ expression: String, columns: [String], on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) {
    let uses = try SQLUses(of: expression, on: connection, doing: what)
    let functions = try connection.functions(doing: what)
    try checkValues(uses, columns, functions, doing: what)
    let strange = uses.classes.subtracting(ofARow)
    if let kind = Self.strange.first(where: { strange.contains($0.kind) }) {
      throw Diagnostic("\(what): it has \(kind.words)", hint: kind.hint)
    }
    if let other = strange.sorted().first {
      throw Diagnostic(
        "\(what): it has a part of the kind \(other); SQL of a row is made of columns, constants, "
          + "operators and functions of values", hint: "put the value into a column of the data")
    }
    if uses.functions.contains("unnest") {
      throw Diagnostic(
        "\(what): 'unnest' gives several rows; one value of a row was wanted",
        hint: "take one element, as in 'list[1]', or a figure of the list, as in 'list_max(list)'")
    }
    if let found = uses.functions.intersection(functions.aggregates).sorted().first {
      let name = found == "count_star" ? "count" : found
      let ofLists = functions.ofLists.contains("list_\(name)")
      throw Diagnostic(
        "\(what): '\(name)' is an aggregate over many rows, and SQL of a row reads that row alone",
        hint: "put the figure into a column of the data; for a limit on it use the schema check "
          + "'aggregate'" + (ofLists ? "; of a list's elements it is 'list_\(name)(list)'" : ""))
    }
  }

  /// Refuses an expression that the engine took and that names the row as a whole: what it reads of it cannot be known.
  static func refuseWholeRow(
    _ expression: String, columns: [String], on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) {
    let uses = try SQLUses(of: expression, on: connection, doing: what)
    guard let name = uses.wholeRow(beside: columns) else { return }
    throw Diagnostic(
      "\(what): '\(name)' is no column; it stands for the whole row",
      hint: "write the columns by name")
  }

  /// What is refused in SQL of a row, and what to write instead.
  private static let strange: [(kind: String, words: String, hint: String)] = [
    (
      "SUBQUERY", "a subquery, and SQL of a row reads that row alone",
      "put the value into a column of the data; for a set of values write 'x in (1, 2)', for a list "
        + "'list_contains(list, x)', for a limit on all rows the schema check 'query'"
    ),
    (
      "WINDOW", "a window over other rows, and SQL of a row reads that row alone",
      "put the value into a column of the data"
    ),
    (
      "STAR", "a star, which stands for several columns; one value was wanted",
      "write the columns by name"
    ),
    (
      "POSITIONAL_REFERENCE", "a column by its number", "write the column by name"
    ),
    (
      "PARAMETER", "a parameter such as '?' or '$1', for which there is no value", "write the value"
    ),
    ("DEFAULT", "the word 'default', which means nothing here", "write the value"),
  ]

  /// Refuses a SELECT that reads anything but `tables`, of which the one it is asked of is `name`, may have no end, or
  /// differs from run to run.
  static func checkSelect(
    _ sql: String, columns: [String], tables: Set<String>, name: String,
    on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) {
    let uses = try SQLUses(of: sql, on: connection, doing: what)
    let functions = try connection.functions(doing: what)
    try checkValues(uses, columns, functions, doing: what)
    try OrderOfRows.refuse(in: sql, functions, on: connection, doing: what)
    if uses.kinds.contains("RECURSIVE_CTE_NODE") {
      throw Diagnostic(
        "\(what): a recursive query may have no end", hint: "write it without 'recursive'")
    }
    if uses.showsMore {
      throw Diagnostic(
        "\(what): it describes a table; a SELECT of its rows was wanted",
        hint: "for its columns write 'SELECT column_name FROM (DESCRIBE {table})'")
    }
    let open = Set(tables.union([DuckDBViews.inOrder(name)]).map { $0.lowercased() })
    if let hidden = uses.commons.intersection(open.union(["current"])).sorted().first {
      throw Diagnostic(
        "\(what): WITH gives the name '\(hidden)', which is that of a table here, so that the SELECT would read its own "
          + "rows in that table's place", hint: "give it another name, such as 'some_rows'")
    }
    let known = open.union(uses.commons)
    let list = "it may read \(tables.sorted().joined(separator: ", "))"
    for name in uses.tables where name.count != 1 || !known.contains(name[0].lowercased()) {
      throw Diagnostic(
        "\(what): '\(name.joined(separator: "."))' is no table of the manifest", hint: list)
    }
    if let name = uses.tableFunctions.subtracting(["unnest"]).sorted().first {
      throw Diagnostic("\(what): '\(name)' reads no table of the manifest", hint: list)
    }
  }

  /// Refuses functions and words whose value is another one in the next run or on the next machine, and samples.
  private static func checkValues(
    _ uses: SQLUses, _ columns: [String], _ functions: DuckDBFunctions, doing what: String
  ) throws(Diagnostic) {
    let words = uses.names.subtracting(columns.map { $0.lowercased() })
    let clock = words.intersection(moments)
    let volatile = uses.functions.intersection(functions.volatile.union(hidden))
      .subtracting(harmless).union(uses.agesToday ? ["age"] : [])
    if let word = clock.sorted().first ?? volatile.sorted().first {
      throw Diagnostic(
        "\(what): '\(word)' does not give the same value in every run, and a verdict must be repeatable",
        hint: "write the value itself, or put it into a column of the data")
    }
    let ofTheEngine = uses.functions.filter { name in
      self.ofTheEngine.contains(name)
        || ofTheEngineBegin.contains(where: name.hasPrefix) && !ofValues.contains(name)
    }.union(words.intersection(askers))
    if let word = ofTheEngine.sorted().first {
      throw Diagnostic(
        "\(what): '\(word)' tells of the engine and its settings, and of no row",
        hint: "write the value itself, or put it into a column of the data")
    }
    if uses.samples {
      throw Diagnostic(
        "\(what): a sample does not hold the same rows in every run, and a verdict must be repeatable",
        hint: "choose rows by their values, as in 'hash(id) % 10 = 0'")
    }
  }
}

/// What the engine says of its functions.
struct DuckDBFunctions: Sendable {
  /// Those whose value may be another one in the next run.
  var volatile: Set<String>
  /// Those of many rows.
  var aggregates: Set<String>
  /// Those of a list's elements: `list_sum`.
  var ofLists: Set<String>

  /// Macros of the engine's that are aggregates.
  static let madeOfAggregates: Set<String> = [
    "geomean", "geometric_mean", "json_group_array", "json_group_object", "json_group_structure",
    "variant_group_array", "wavg", "weighted_avg",
  ]
}

extension DuckDBConnection {
  /// What the engine says of its functions, which is asked once for a database.
  func functions(doing what: String) throws(Diagnostic) -> DuckDBFunctions {
    if let known = instance.functions { return known }
    let functions = DuckDBFunctions(
      volatile: Set(
        try texts(
          "SELECT function_name FROM duckdb_functions() WHERE function_type = 'scalar' GROUP BY 1 "
            + "HAVING bool_and(stability <> 'CONSISTENT') OR bool_or(stability = 'VOLATILE')",
          doing: what)),
      aggregates: Set(
        try texts(
          "SELECT function_name FROM duckdb_functions() GROUP BY 1 HAVING bool_or(function_type IN "
            + "('aggregate', 'window')) AND NOT bool_or(function_type IN ('scalar', 'macro'))",
          doing: what)
      ).union(DuckDBFunctions.madeOfAggregates),
      ofLists: Set(
        try texts(
          "SELECT DISTINCT function_name FROM duckdb_functions() "
            + "WHERE starts_with(function_name, 'list_')", doing: what)))
    instance.functions = functions
    return functions
  }

  /// The one column of texts that a statement of our own gives.
  func texts(_ sql: String, doing what: String) throws(Diagnostic) -> [String] {
    do {
      return try prepare(sql, doing: what).run(doing: what).collect(capacity: 1).first?.texts ?? []
    } catch { throw error as? Diagnostic ?? Diagnostic("\(what): \(error)") }
  }
}
