import GateKit

/// Whether SQL over a row gives the same value in every run.
enum Repeatable {
  /// Words that stand for the moment of the run without looking like a call.
  private static let moments: Set<String> = [
    "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp",
  ]

  /// Functions that the engine calls repeatable, or says nothing about, and that are made of others that are not.
  private static let hidden: Set<String> = [
    "ago", "current_localtime", "current_localtimestamp", "get_current_time",
    "get_current_timestamp", "pg_conf_load_time", "pg_postmaster_start_time",
  ]

  /// Functions that the engine never folds although their value does not change.
  private static let harmless: Set<String> = ["error"]

  /// Refuses an expression with a function whose value differs from run to run or from call to call, a word for
  /// the present moment that is none of `columns`, or a sample of rows.
  static func check(
    _ expression: String, columns: [String], on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) {
    let uses = try uses(of: expression, on: connection, doing: what)
    let known = Set(columns.map { $0.lowercased() })
    let clock = uses.names.subtracting(known).intersection(moments)
    let named = uses.functions.intersection(hidden).union(uses.agesToday ? ["age"] : [])
    let volatile = try named.union(engineVolatile(uses.functions, on: connection, doing: what))
    if let word = clock.sorted().first ?? volatile.sorted().first {
      throw Diagnostic(
        "\(what): '\(word)' does not give the same value in every run, and a verdict must be repeatable",
        hint: "write the value itself, or put it into a column of the data")
    }
    if uses.samples {
      throw Diagnostic(
        "\(what): a sample does not hold the same rows in every run, and a verdict must be repeatable",
        hint: "choose rows by their values, as in 'hash(id) % 10 = 0'")
    }
  }

  /// Refuses an expression that takes in other rows by a window when it reads one of `columns`, which are set for all
  /// rows at once: what the window holds would be set as well, where only the row itself is meant.
  static func refuseWindow(
    in expression: String, over columns: Set<String>, on connection: DuckDBConnection,
    doing what: String
  ) throws(Diagnostic) {
    let uses = try uses(of: expression, on: connection, doing: what)
    guard uses.windows, let column = uses.first(of: columns) else { return }
    throw Diagnostic(
      "\(what): it takes in other rows by a window, so it is not known what it would be for a row "
        + "whose '\(column)' alone is another",
      hint: "make it a column of the data, or leave counterfactual metrics out")
  }

  /// Which of `columns` an expression reads, or may by a star; nil: none.
  static func column(
    of columns: Set<String>, in expression: String, on connection: DuckDBConnection,
    doing what: String
  ) throws(Diagnostic) -> String? {
    try uses(of: expression, on: connection, doing: what).first(of: columns)
  }

  /// Those of `columns` that an expression reads, or may by a star.
  static func columns(
    of columns: [String], in expression: String, on connection: DuckDBConnection,
    doing what: String
  ) throws(Diagnostic) -> Set<String> {
    let uses = try uses(of: expression, on: connection, doing: what)
    return Set(columns.filter { uses.first(of: [$0]) != nil })
  }

  /// What an expression makes use of.
  private static func uses(
    of expression: String, on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) -> Uses {
    var uses = Uses()
    uses.walk(try tree(of: expression, on: connection, doing: what))
    return uses
  }

  /// The engine's own tree of the expression.
  static func tree(
    of expression: String, on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) -> JSON {
    let sql = "SELECT (\n\(expression)\n)".sqlText
    let texts = try texts("SELECT json_serialize_sql(\(sql))::VARCHAR", on: connection, doing: what)
    let tree = try JSON(parsing: texts.first ?? "", name: "the engine's tree")
    if case .object(let members) = tree,
      members.contains(where: { $0.key == "error" && $0.value == .bool(false) })
    {
      return tree
    }
    throw Diagnostic(
      "\(what): the engine cannot say which functions this uses, so it may not be repeatable",
      hint: "write it with fewer kinds of syntax")
  }

  /// Those of the functions that the engine itself says are not repeatable.
  private static func engineVolatile(
    _ functions: Set<String>, on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) -> Set<String> {
    let words = functions.subtracting(harmless).filter { $0.utf8.contains { $0 >= 0x61 } }
    guard !words.isEmpty else { return [] }
    let list = words.sorted().map(\.sqlText).joined(separator: ", ")
    return Set(
      try texts(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT' "
          + "AND function_name IN (\(list))", on: connection, doing: what))
  }

  /// The one column of texts that a statement of our own gives.
  private static func texts(
    _ sql: String, on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) -> [String] {
    do {
      return try connection.prepare(sql, doing: what).run(doing: what).collect(capacity: 1).first?
        .texts ?? []
    } catch { throw error as? Diagnostic ?? Diagnostic("\(what): \(error)") }
  }

  /// What an expression makes use of.
  private struct Uses {
    var functions: Set<String> = []
    var names: Set<String> = []
    /// Whether `age` is asked of one moment, and so counts to today.
    var agesToday = false
    var samples = false
    /// Whether other rows are taken in by a window.
    var windows = false
    /// Every part of every name of a column, and whether there is a star.
    var parts: Set<String> = []
    var stars = false

    /// The first of `columns`, in order, that is read.
    func first(of columns: Set<String>) -> String? {
      columns.sorted().first { stars || parts.contains($0.lowercased()) }
    }

    /// Takes in a part of the tree and all below it.
    mutating func walk(_ part: JSON) {
      switch part {
      case .array(let items): for item in items { walk(item) }
      case .object(let members):
        for member in members {
          switch (member.key, member.value) {
          case ("function_name", .string(let name)):
            functions.insert(name.lowercased())
            if name.lowercased() == "age", Self.count("arguments", in: members) == 1 {
              agesToday = true
            }
          case ("column_names", .array(let path)):
            for case .string(let name) in path { parts.insert(name.lowercased()) }
            if path.count == 1, case .string(let name) = path[0] { names.insert(name.lowercased()) }
          case ("sample", .object): samples = true
          case ("class", .string("WINDOW")): windows = true
          case ("class", .string("STAR")): stars = true
          default: walk(member.value)
          }
        }
      default: break
      }
    }

    /// How many items the list under a key has.
    private static func count(_ key: String, in members: [JSON.Member]) -> Int? {
      guard case .array(let items)? = members.first(where: { $0.key == key })?.value else {
        return nil
      }
      return items.count
    }
  }
}
