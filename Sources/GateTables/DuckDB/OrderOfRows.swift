import GateCore

/// Aggregates whose value follows the order of the rows, where the engine gives the rows in none: what comes out of a
/// group, a join, a set or a DISTINCT stands in an order that the threads make.
struct OrderOfRows {
  private let connection: DuckDBConnection
  private let aggregates: Set<String>
  private let what: String

  /// What stands around a part of the tree.
  private struct Scope {
    /// The SELECT that it is a part of.
    var select: [JSON.Member] = []
    /// Whether that SELECT's rows come in no order.
    var isUnordered = false
    /// What WITH clauses give, and whether that comes in no order.
    var commons: [(entry: JSON, name: String, isUnordered: Bool)] = []
  }

  /// Those whose value is the same in any order.
  private static let exact: Set<String> = [
    "approx_count_distinct", "bit_and", "bit_or", "bit_xor", "bitstring_agg", "bool_and", "bool_or",
    "count", "count_if", "count_star", "countif", "histogram_exact", "mad", "max",
    "median", "min", "quantile", "quantile_cont", "quantile_disc",
  ]

  /// Those that add numbers, which is exact but for floating ones.
  private static let sums: Set<String> = ["avg", "decimal_average", "mean", "sum"]

  /// What a FROM clause has that gives rows as they are.
  private static let plain: Set<String> = [
    "BASE_TABLE", "EMPTY", "EXPRESSION_LIST", "SHOW_REF", "SUBQUERY", "TABLE_FUNCTION",
  ]

  /// Refuses such aggregates in SQL of a user's.
  static func refuse(
    in sql: String, _ functions: DuckDBFunctions, on connection: DuckDBConnection,
    doing what: String
  ) throws(Diagnostic) {
    let order = OrderOfRows(connection: connection, aggregates: functions.aggregates, what: what)
    try order.walk(try SQLUses.tree(of: sql, on: connection, doing: what), Scope())
  }

  /// Looks at a part of the tree and all below it, in their order.
  private func walk(_ whole: JSON, _ scope: Scope) throws(Diagnostic) {
    var open: [(part: JSON, scope: Scope)] = [(whole, scope)]
    while let (part, around) = open.popLast() {
      if case .array(let items) = part { open += items.reversed().map { ($0, around) } }
      guard case .object(let members) = part else { continue }
      var scope = around
      if part["type"]?.string == "SELECT_NODE" { scope = try inside(members, scope) }
      if part["class"]?.string == "FUNCTION" { try check(members, scope) }
      open += members.reversed().filter { $0.key != "cte_map" }.map { ($0.value, scope) }
    }
  }

  /// What stands around the parts of a SELECT.
  private func inside(_ members: [JSON.Member], _ outer: Scope) throws(Diagnostic) -> Scope {
    let node = JSON.object(members)
    var scope = outer
    for entry in node["cte_map"]?["map"]?.items ?? [] {
      guard let query = entry["value"]?["query_node"] else { continue }
      try walk(query, scope)
      scope.commons.append(
        (entry, entry["key"]?.string?.lowercased() ?? "", isUnordered(query, scope)))
    }
    scope.select = members
    scope.isUnordered =
      isUnordered(from: node["from_table"], scope) || matches(node["where_clause"] ?? .null)
    return scope
  }

  /// Whether a query's rows come in no order.
  private func isUnordered(_ query: JSON, _ scope: Scope) -> Bool {
    guard query["type"]?.string == "SELECT_NODE" else { return true }
    let isGrouped = query["group_expressions"]?.items?.isEmpty == false
    let isDistinct =
      query["modifiers"]?.items?.contains { $0["type"]?.string == "DISTINCT_MODIFIER" } == true
    let hasWindow = [query["select_list"], query["qualify"]].contains { $0?.has("WINDOW") == true }
    return isGrouped || isDistinct || hasWindow || isUnordered(from: query["from_table"], scope)
      || matches(query["where_clause"] ?? .null)
  }

  /// Whether what a FROM clause gives comes in no order.
  private func isUnordered(from table: JSON?, _ scope: Scope) -> Bool {
    guard let table, let type = table["type"]?.string else { return false }
    switch type {
    case "BASE_TABLE":
      let name = table["table_name"]?.string?.lowercased()
      return scope.commons.last { $0.name == name }?.isUnordered ?? false
    case "SUBQUERY":
      var inner = scope
      let query = table["subquery"]?["node"] ?? .null
      for entry in query["cte_map"]?["map"]?.items ?? [] {
        let isUnordered = isUnordered(entry["value"]?["query_node"] ?? .null, inner)
        inner.commons.append((entry, entry["key"]?.string?.lowercased() ?? "", isUnordered))
      }
      return isUnordered(query, inner)
    default: return !Self.plain.contains(type)
    }
  }

  /// Whether a condition is held against the rows of a subquery, which the engine makes a join of.
  private func matches(_ condition: JSON) -> Bool {
    switch condition {
    case .array(let items): return items.contains(where: matches)
    case .object(let members):
      if condition["class"]?.string == "SUBQUERY", condition["subquery_type"]?.string != "SCALAR" {
        return true
      }
      return members.contains { matches($0.value) }
    default: return false
    }
  }

  /// Refuses one call, where it is of such an aggregate.
  private func check(_ call: [JSON.Member], _ scope: Scope) throws(Diagnostic) {
    let node = JSON.object(call)
    guard let name = node["function_name"]?.string?.lowercased(), aggregates.contains(name) else {
      return
    }
    if name == "mode" {
      throw Diagnostic(
        "\(what): of values that occur equally often 'mode' gives another one in every run, and a verdict "
          + "must be repeatable",
        hint:
          "use the schema check 'most_common', or say which it is to be, as in 'SELECT x FROM {table} "
          + "GROUP BY x ORDER BY count(*) DESC, x LIMIT 1'")
    }
    // The engine keeps the rows for these and hands them to all threads, so that a sum beside them has no order either.
    if name == "entropy" || name == "histogram" {
      throw Diagnostic(
        "\(what): '\(name)' does not give the same digits in every run, itself or beside a sum, and a verdict "
          + "must be repeatable",
        hint: "count the values by GROUP BY, and say the order of what is summed")
    }
    let isDistinct = node["distinct"] == .bool(true)
    let isOrdered = node["order_bys"]?["orders"]?.items?.isEmpty == false
    guard !Self.exact.contains(name), !isOrdered, isDistinct || scope.isUnordered else { return }
    let arguments = (node["arguments"]?.items ?? []).compactMap { $0["expression"] }
    if Self.sums.contains(name), areWhole(arguments, scope) { return }
    throw Diagnostic(
      "\(what): '\(name)' follows the order of the rows, and "
        + (isDistinct ? "DISTINCT gives them" : "rows of a group, a join or a set come")
        + " in another one in every run; a verdict must be repeatable",
      hint: ordered(call, arguments).map { "say the order: \($0)" } ?? "say the order by ORDER BY")
  }

  /// Whether all are numbers that add without rounding; not where the engine cannot say so.
  private func areWhole(_ arguments: [JSON], _ scope: Scope) -> Bool {
    guard !scope.select.isEmpty else { return false }
    let empty: [String: JSON] = [
      "select_list": .array(arguments), "modifiers": .array([]), "group_expressions": .array([]),
      "group_sets": .array([]), "having": .null, "qualify": .null,
      "cte_map": .object([JSON.Member("map", .array(scope.commons.map(\.entry)))]),
    ]
    let probe = scope.select.map { JSON.Member($0.key, empty[$0.key] ?? $0.value) }
    guard let sql = sql(of: .object(probe)),
      let types = try? connection.texts(
        "SELECT column_type FROM (DESCRIBE \(sql))", doing: what), !types.isEmpty
    else { return false }
    return types.allSatisfy { !VectorType.isReal($0) }
  }

  /// The call with the order that its own arguments make, in which equal ones may change places.
  private func ordered(_ call: [JSON.Member], _ arguments: [JSON]) -> String? {
    let orders = arguments.filter { $0["class"]?.string != "CONSTANT" }.map { argument in
      JSON.object([
        JSON.Member("type", .string("ORDER_DEFAULT")),
        JSON.Member("null_order", .string("ORDER_DEFAULT")), JSON.Member("expression", argument),
      ])
    }
    let modifier = JSON.object([
      JSON.Member("type", .string("ORDER_MODIFIER")), JSON.Member("orders", .array(orders)),
    ])
    let whole = call.map { $0.key == "order_bys" ? JSON.Member("order_bys", modifier) : $0 }
    guard !orders.isEmpty, case .object(var select) = Self.emptySelect else { return nil }
    select.append(JSON.Member("select_list", .array([.object(whole)])))
    guard let text = sql(of: .object(select)), text.hasPrefix("SELECT ") else { return nil }
    return String(text.dropFirst("SELECT ".count))
  }

  /// A SELECT of nothing from nothing, but for what it selects.
  private static let emptySelect = JSON.object([
    JSON.Member("type", .string("SELECT_NODE")), JSON.Member("modifiers", .array([])),
    JSON.Member("cte_map", .object([JSON.Member("map", .array([]))])),
    JSON.Member("from_table", .object([JSON.Member("type", .string("EMPTY"))])),
    JSON.Member("where_clause", .null), JSON.Member("group_expressions", .array([])),
    JSON.Member("group_sets", .array([])),
    JSON.Member("aggregate_handling", .string("STANDARD_HANDLING")), JSON.Member("having", .null),
    JSON.Member("sample", .null), JSON.Member("qualify", .null),
  ])

  /// A SELECT of the engine's tree as SQL; nil where the engine makes none of it.
  private func sql(of select: JSON) -> String? {
    let statement = JSON.object([
      JSON.Member("node", select.withoutPlaces), JSON.Member("named_param_map", .array([])),
    ])
    let tree = JSON.object([
      JSON.Member("error", .bool(false)), JSON.Member("statements", .array([statement])),
    ])
    return try? connection.texts("SELECT json_deserialize_sql(\(tree.text.sqlText))", doing: what)
      .first
  }
}

extension JSON {
  /// Whether a node of a class stands in it.
  fileprivate func has(_ name: String) -> Bool {
    switch self {
    case .array(let items): items.contains { $0.has(name) }
    case .object(let members):
      self["class"]?.string == name || members.contains { $0.value.has(name) }
    default: false
    }
  }

  /// Without the places in the text, which are no part of what it says.
  fileprivate var withoutPlaces: JSON {
    switch self {
    case .array(let items): .array(items.map(\.withoutPlaces))
    case .object(let members):
      .object(
        members.filter { !$0.key.hasPrefix("query_location") }.map {
          Member($0.key, $0.value.withoutPlaces)
        })
    default: self
    }
  }
}
