import GateCore

extension Expectation {
  /// The condition on rows in SQL; nil: there is none.
  package static func condition(_ arguments: inout ImportArguments) throws(ImportGap) -> String? {
    let parser = arguments.take("condition_parser")
    guard let node = arguments.take("row_condition") else { return nil }
    do throws(ImportGap) {
      if let text = node.text { return try PandasCondition.sql(text) }
      return try sql(node)
    } catch {
      throw ImportGap(
        error.reason, at: error.mark ?? node.mark,
        hint: parser?.text.map {
          "it was written for the parser '\($0)'; write it as 'where' in SQL"
        })
    }
  }

  /// A condition of 1.x in SQL.
  private static func sql(_ node: Node) throws(ImportGap) -> String {
    var keys = ImportArguments(node)
    let sql: String
    switch try keys.text("type") {
    case "pass_through": sql = try PandasCondition.sql(try keys.text("pass_through_filter"))
    case "and": sql = "(\(try several(&keys).joined(separator: " AND ")))"
    case "or": sql = "(\(try several(&keys).joined(separator: " OR ")))"
    case "nullity":
      let column = try column(&keys)
      sql = "\(column) IS \(try keys.flag("is_null", standard: true) ? "" : "NOT ")NULL"
    case "comparison": sql = try comparison(&keys)
    case let other: throw ImportGap("its row condition is of the type '\(other)'")
    }
    try keys.finish()
    return sql
  }

  private static func several(_ keys: inout ImportArguments) throws(ImportGap) -> [String] {
    var parts: [String] = []
    for item in try keys.items("conditions") { parts.append(try sql(item)) }
    return parts
  }

  /// The column of a condition.
  private static func column(_ keys: inout ImportArguments) throws(ImportGap) -> String {
    var inner = ImportArguments(try keys.want("column"))
    let name = try inner.text("name")
    try inner.finish()
    return name.sqlName
  }

  private static func comparison(_ keys: inout ImportArguments) throws(ImportGap) -> String {
    let column = try column(&keys)
    let sign = try keys.text("operator")
    if sign == "IN" || sign == "NOT_IN" {
      var values: [String] = []
      for item in try keys.items("parameter") { values.append(try literal(item)) }
      let known = "\(column) IN (\(values.joined(separator: ", ")))"
      return sign == "IN" ? known : "(\(known)) IS NOT TRUE"
    }
    guard ["==", "!=", "<", "<=", ">", ">="].contains(sign) else {
      throw ImportGap("its row condition compares by '\(sign)'")
    }
    return PandasCondition.compared(column, sign, try literal(try keys.want("parameter")))
  }

  /// A value in SQL.
  private static func literal(_ node: Node) throws(ImportGap) -> String {
    switch SchemaText(node) {
    case .plain(let text) where text != "null": return text
    case .text(let text): return text.sqlText
    default: throw ImportGap("its row condition compares with \(node.found)", at: node.mark)
    }
  }
}
