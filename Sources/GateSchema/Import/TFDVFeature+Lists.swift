import GateCore

/// What TFDV asks of the values of a row's list, and of their number.
extension TFDVFeature {
  /// The engine's types of lists, by name and by number; those of a shape may be declared with its sizes.
  var listTypes: [String: [String]] {
    let sizes = message["shape"].first?.message?["dim"].map {
      $0.message?["size"].first?.scalar ?? ""
    }
    let nested = message["value_counts"].first?.message?["value_count"].count
    let open = String(repeating: "[]", count: sizes?.count ?? nested ?? 1)
    let closed = sizes.map { $0.map { "[\($0)]" }.joined() }
    func lists(_ names: [String]) -> [String] {
      names.map { $0 + open } + (closed.map { sized in names.map { $0 + sized } } ?? [])
    }
    let texts = lists(["VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "TIME"])
    let floats = lists(["DOUBLE", "FLOAT"])
    let signed = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT"]
    let integers = lists(signed + signed.map { "U\($0)" })
    return [
      "INT": integers, "FLOAT": floats, "BYTES": texts, "1": texts, "2": integers, "3": floats,
    ]
  }

  /// How many values a list has; a row without a list has none to count.
  mutating func addLength(_ field: ProtoText.Field) throws(ImportGap) {
    let length = "len(\(name.sqlName))"
    for part in field.message?.fields ?? [] {
      switch part.name {
      case "min": checkList("\(length) >= \(try number(part).sql)", from: field, "min")
      case "max": checkList("\(length) <= \(try number(part).sql)", from: field, "max")
      case "dim":
        guard message["shape"].first?.message?["dim"].count == 1,
          let size = part.message?["size"].first
        else { throw ImportGap("a row has lists within a list", at: part.mark) }
        checkList("\(length) = \(try number(size).sql)", from: field)
      default: throw ImportGap("'\(part.name)' is not known", at: part.mark)
      }
    }
  }

  /// A bound of each value, of the column or of its lists.
  mutating func checkBound(_ bound: SchemaText.Member, from field: ProtoText.Field) {
    guard isList else {
      check("between", [bound], from: field, bound.key)
      return
    }
    // A NaN is a missing value, and to the engine the largest.
    let isFloat = ["FLOAT", "3"].contains(message["type"].first?.scalar)
    let values = isFloat ? "list_filter(\(name.sqlName), lambda v: NOT isnan(v))" : name.sqlName
    let sign = bound.key == "min" ? ">=" : "<="
    // An empty list has no smallest value.
    checkList(
      "coalesce(list_\(bound.key)(\(values)) \(sign) \(bound.value.sql), true)", from: field,
      bound.key)
  }

  /// A condition on the list of every row that has one.
  mutating func checkList(_ sql: String, from field: ProtoText.Field, _ part: String? = nil) {
    check("condition", [.init("sql", .text(sql))], from: field, part)
  }
}
