import GateCore

/// What a text of SQL makes use of, by the engine's own tree of it.
struct SQLUses {
  var functions: Set<String> = []
  /// Names that stand alone, which may be words for the present moment.
  var names: Set<String> = []
  /// Whether `age` is asked of one moment, and so counts to today.
  var agesToday = false
  var samples = false
  /// Every part of every name of a column.
  var parts: Set<String> = []
  /// The names of columns, each as its parts, and the names that lambdas give their elements.
  private var paths: Set<[String]> = []
  private var elements: Set<String> = []
  /// The kinds of expression, as the engine calls them: `FUNCTION`, `SUBQUERY`, `WINDOW`, `STAR`.
  var classes: Set<String> = []
  /// The kinds of everything else in the tree: `BASE_TABLE`, `RECURSIVE_CTE_NODE`.
  var kinds: Set<String> = []
  /// Whether it shows what is not a table's columns, or shows them as a whole statement and no part of a SELECT.
  var showsMore = false
  /// The tables it reads, each as the parts of its name.
  var tables: [[String]] = []
  /// The names that its WITH clauses give.
  var commons: Set<String> = []
  /// The functions that stand for tables.
  var tableFunctions: Set<String> = []
  /// The last part of every name of a column, which may be that of a whole row.
  private var ends: Set<String> = []
  /// What the rows of a FROM clause are called.
  private var rows: Set<String> = []
  /// Whether it gives columns other names by their places.
  private var renames = false

  /// The kinds of query and of table that read no column but those named.
  private static let byName: Set<String> = [
    "ASCENDING", "BASE_TABLE", "DESCENDING", "DISTINCT_MODIFIER", "EMPTY", "EXPRESSION_LIST",
    "LIMIT_MODIFIER", "ORDER_DEFAULT", "ORDER_MODIFIER", "SELECT_NODE", "SET_OPERATION_NODE",
    "SUBQUERY",
  ]

  /// Whether each column that is read stands in it by its name: no star, no whole row, no join that compares what has
  /// one name.
  var isByName: Bool {
    classes.isDisjoint(with: ["STAR", "POSITIONAL_REFERENCE"]) && kinds.isSubset(of: Self.byName)
      && ends.isDisjoint(with: rows) && !renames
  }

  /// What a text makes use of that parses between parentheses: an expression, or a SELECT.
  init(of sql: String, on connection: DuckDBConnection, doing what: String) throws(Diagnostic) {
    walk(try Self.tree(of: sql, on: connection, doing: what))
  }

  /// Those of `columns` that are read, or may be by a star.
  func read(of columns: [String]) -> Set<String> {
    Set(columns.filter { classes.contains("STAR") || parts.contains($0.lowercased()) })
  }

  /// The first of `columns`, in order, that is read.
  func first(of columns: Set<String>) -> String? {
    columns.sorted().first { classes.contains("STAR") || parts.contains($0.lowercased()) }
  }

  /// A name that stands for a whole row, as the engine resolved it: neither one of `columns`, with or without the table
  /// before it or a field behind it, nor a lambda's element.
  func wholeRow(beside columns: [String]) -> String? {
    let known = Set(columns.map { $0.lowercased() }).union(elements)
    return paths.sorted { $0.joined(separator: ".") < $1.joined(separator: ".") }
      .first { path in !path.prefix(3).contains { known.contains($0) } }?.joined(separator: ".")
  }

  /// Levels of the tree that are read: two a term of a sum, of which the engine takes a thousand.
  private static let levels = 3_000

  /// That a text of SQL has too many terms in each other.
  static func tooDeep(doing what: String) -> Diagnostic {
    Diagnostic(
      "\(what): the expression is nested too deeply",
      hint: "write it with fewer terms or parentheses")
  }

  /// The engine's own tree.
  static func tree(
    of sql: String, on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) -> JSON {
    let texts = try connection.texts(
      "SELECT json_serialize_sql(\("SELECT (\n\(sql)\n)".sqlText))::VARCHAR", doing: what)
    let tree: JSON
    do {
      tree = try JSON(parsing: texts.first ?? "", name: "the engine's tree", levels: levels)
    } catch {
      throw tooDeep(doing: what)
    }
    guard case .object(let members) = tree else { throw tooDeep(doing: what) }
    let said = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    if said["error"] == .bool(false) { return tree }
    if said["error_type"] == .string("parser"), case .string(let said)? = said["error_message"] {
      let mistake = DuckDBMessage("Parser Error: \(said)").diagnostic(doing: what)
      throw SQLSyntax(sql).explaining(mistake, doing: what)
    }
    throw Diagnostic(
      "\(what): the engine cannot say which functions this uses, so it may not be repeatable",
      hint: "write one SELECT, or an expression, in plainer SQL")
  }

  /// Takes in a part of the tree and all below it, in their order.
  private mutating func walk(_ whole: JSON) {
    var open = [whole]
    while let part = open.popLast() {
      switch part {
      case .array(let items): open += items.reversed()
      case .object(let members):
        note(members)
        open += members.reversed().map(\.value)
      default: break
      }
    }
  }

  /// Takes in what one node of the tree says of itself.
  private mutating func note(_ members: [JSON.Member]) {
    var text: [String: String] = [:]
    for case (let key, .string(let value)) in members.map({ ($0.key, $0.value) }) {
      text[key] = value
    }
    if let kind = text["class"] { classes.insert(kind) }
    if text["class"] == "LAMBDA", let names = members.first(where: { $0.key == "lhs" })?.value {
      elements.formUnion(names.columnNames)
    }
    if text["class"] == nil, let kind = text["type"] { kinds.insert(kind) }
    if text["type"] == "SHOW_REF", text["show_type"] != "DESCRIBE" { showsMore = true }
    if text["class"] == "SUBQUERY", Self.isShown(members) { showsMore = true }
    if let function = text["function_name"] { note(function: function.lowercased(), members) }
    if let path = Self.list("column_names", of: members)?.compactMap(\.string) {
      parts.formUnion(path.map { $0.lowercased() })
      if path.count == 1 { names.insert(path[0].lowercased()) }
      paths.insert(path.map { $0.lowercased() })
      if let last = path.last { ends.insert(last.lowercased()) }
    }
    if text["class"] == nil {
      rows.formUnion([text["alias"], text["table_name"]].compactMap { $0?.lowercased() })
      if Self.list("column_name_alias", of: members)?.isEmpty == false { renames = true }
    }
    if text["type"] == "BASE_TABLE", let name = text["table_name"] {
      tables.append([text["catalog_name"], text["schema_name"], name].compactMap(\.self))
      tables[tables.count - 1].removeAll(where: \.isEmpty)
    }
    noteParts(members, isTableFunction: text["type"] == "TABLE_FUNCTION")
  }

  /// Takes in a call of a function.
  private mutating func note(function: String, _ members: [JSON.Member]) {
    functions.insert(function)
    // The engine forgets a star between these parentheses.
    if function == "struct_pack", Self.list("arguments", of: members)?.isEmpty != false,
      Self.list("children", of: members)?.isEmpty != false
    {
      classes.insert("STAR")
    }
    if function == "age", Self.list("arguments", of: members)?.count == 1 { agesToday = true }
  }

  /// Takes in what a node holds that is an object of its own: a sample, names of WITH, a function that stands for a table.
  private mutating func noteParts(_ members: [JSON.Member], isTableFunction: Bool) {
    for member in members {
      switch (member.key, member.value) {
      case ("sample", .object): samples = true
      case ("cte_map", .object(let map)):
        for case .object(let entry) in Self.list("map", of: map) ?? [] {
          if let name = entry.first(where: { $0.key == "key" })?.value.string {
            commons.insert(name.lowercased())
          }
        }
      case ("function", .object(let call)) where isTableFunction:
        if let name = call.first(where: { $0.key == "function_name" })?.value.string {
          tableFunctions.insert(name.lowercased())
        }
      default: break
      }
    }
  }

  /// Whether a subquery is a DESCRIBE that stands alone.
  private static func isShown(_ members: [JSON.Member]) -> Bool {
    var part = JSON.object(members)
    for key in ["subquery", "node", "from_table"] {
      guard case .object(let inner) = part, let next = inner.first(where: { $0.key == key })
      else { return false }
      part = next.value
    }
    guard case .object(let table) = part else { return false }
    return table.contains { $0.key == "type" && $0.value.string == "SHOW_REF" }
  }

  /// The list under a key.
  private static func list(_ key: String, of members: [JSON.Member]) -> [JSON]? {
    guard case .array(let items)? = members.first(where: { $0.key == key })?.value else {
      return nil
    }
    return items
  }
}
