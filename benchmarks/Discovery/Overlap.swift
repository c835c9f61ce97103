import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

extension Applications {
  /// Of the rows that are in a named slice or planted, the share that is in both; and of those named, the share that is
  /// planted.
  func overlap(with slice: JSON) -> (either: Double, named: Double) {
    guard case .object(let members) = slice,
      case .string(let sql)? = members.first(where: { $0.key == "where" })?.value
    else { return (0, 0) }
    let conditions = sql.components(between: " AND ").map { Condition($0, table) }
    var (both, either, named) = (0, 0, 0)
    for row in planted.indices {
      let isNamed = conditions.allSatisfy { $0.holds(row) }
      both += isNamed && planted[row] ? 1 : 0
      either += isNamed || planted[row] ? 1 : 0
      named += isNamed ? 1 : 0
    }
    return (Double(both) / Double(max(1, either)), Double(both) / Double(max(1, named)))
  }
}

/// One comparison of a predicate, read from its SQL, so that what is counted is what is written.
struct Condition {
  /// Whether it holds of a row.
  let holds: (Int) -> Bool

  /// Reads `"column" = 'text'`, `< number`, `>= number`, `= number`, `IS NULL` or `IS NOT NULL`.
  init(_ sql: String, _ table: RowsInMemory) {
    let words = sql.components(between: " ")
    guard let column = try? table.columns([words[0]])[0], words.count > 2 else {
      fatalError("'\(sql)' is no condition")
    }
    let numbers = column.doubles
    let bound = Double(words[2])
    switch (words[1], column.values, numbers, bound) {
    case ("IS", _, _, _):
      let isNull = words[2] == "NULL"
      holds = { column.isNull($0) == isNull }
    case ("=", .strings(let codes, let dictionary), _, _):
      holds = { dictionary[Int(codes[$0])].sqlText == words[2] }
    case ("=", _, let numbers?, let bound?): holds = { numbers[$0] == bound }
    case ("<", _, let numbers?, let bound?): holds = { numbers[$0] < bound }
    case (">=", _, let numbers?, let bound?): holds = { numbers[$0] >= bound }
    default: fatalError("'\(sql)' is no condition")
    }
  }
}

extension String {
  /// The parts between one text and the next.
  fileprivate func components(between separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(self)
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
