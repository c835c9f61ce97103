package import GateCore
import GateSchema

/// What one look at a column tells.
package struct FoundColumn: Sendable {
  /// As the table has it.
  package let name: String
  /// What its values are.
  package let kind: ColumnType.Kind
  /// Rows of the table, and rows with a value.
  package let rows: Int
  package let values: Int
  /// Distinct values.
  package let distinct: Int
  /// The smallest and largest number.
  package let low: Double?
  package let high: Double?
  /// Whether every number is whole.
  package let isWhole: Bool
  /// The mean number of words of a text.
  package let words: Double
  /// The mean of its numbers.
  let mean: Double?
  /// The text that sorts first.
  let firstText: String?
  /// All values in order, where they are few.
  package let domain: [String]
  /// How many rows have each of them.
  package let counts: [Int]

  /// The most values that are listed.
  private static let mostListed = 50
  /// How many figures are asked of a column.
  static let figureCount = 8

  /// SQL of the figures.
  package static func figures(_ column: ColumnType) -> [String] {
    let name = column.name.sqlName
    let x = column.kind == .other ? "CAST(\(name) AS VARCHAR)" : name
    let isNumber = column.kind == .number || column.kind == .integer
    let real = column.kind == .number ? " FILTER (WHERE isfinite(\(x)))" : ""
    let items = [
      "count(\(x))", "count(DISTINCT \(x))", isNumber ? "min(\(x))\(real)" : "NULL",
      isNumber ? "max(\(x))\(real)" : "NULL",
      column.kind == .number ? "bool_and(\(x) = floor(\(x)))\(real)" : "\(isNumber)",
      column.kind == .string ? "avg(len(string_split(trim(\(x)), ' ')))" : "NULL",
      isNumber ? "avg(\(x))\(real)" : "NULL", column.kind == .string ? "min(\(x))" : "NULL",
    ]
    return items.map { "CAST(\($0) AS VARCHAR)" }
  }

  /// Takes the figures of a column; asks for its values where they are few.
  package init(_ column: ColumnType, _ figures: [String?], of table: any Table) throws {
    (name, kind, rows) = (column.name, column.kind, table.rows)
    values = figures[0].flatMap { Int($0) } ?? 0
    distinct = figures[1].flatMap { Int($0) } ?? 0
    low = figures[2].flatMap { Double($0) }
    high = figures[3].flatMap { Double($0) }
    isWhole = figures[4] == "true"
    words = figures[5].flatMap { Double($0) } ?? 0
    mean = figures[6].flatMap { Double($0) }
    firstText = figures[7]
    guard (1...Self.mostListed).contains(distinct), kind != .other, kind != .timestamp else {
      (domain, counts) = ([], [])
      return
    }
    let x = column.name.sqlName
    let text = isWhole && kind == .number ? "CAST(x AS BIGINT)" : "x"
    let found = try table.query(
      "SELECT CAST(\(text) AS VARCHAR) AS x, CAST(n AS VARCHAR) AS n FROM (SELECT \(x) AS x, "
        + "count(*) AS n FROM \(table.name.sqlName) WHERE \(x) IS NOT NULL GROUP BY \(x)) ORDER BY x"
    )
    domain = found.first?.textsOrNull.compactMap(\.self) ?? []
    counts = (found.last?.textsOrNull ?? []).map { $0.flatMap { Int($0) } ?? 0 }
  }

  /// Whether it holds numbers.
  package var isNumber: Bool { kind == .number || kind == .integer }
  /// Whether every row has a value.
  var isFull: Bool { values == rows }
  /// Whether every row has its own value.
  var tellsRowsApart: Bool { isFull && distinct == rows && (kind == .integer || kind == .string) }
  /// Whether it is a whole number that every row has its own of, as numbers of rows are.
  var isNumberOfRow: Bool { isNumber && isWhole && isFull && distinct == rows && rows > 2 }
  /// Whether it could say which rows belong together: two and more of each on average.
  var canGroup: Bool {
    isFull && distinct > 1 && distinct * 2 <= rows
      && (kind == .integer || kind == .string || kind == .number && isWhole)
  }
  /// Whether its values could be probabilities.
  package var isShare: Bool { isNumber && (low ?? -1) >= 0 && (high ?? 2) <= 1 }
  /// Whether its values are a zero and a one, or false and true.
  var isFlag: Bool { kind == .boolean || isWhole && isShare }
  /// The words of its name, lower case.
  var nameWords: [String] { name.wordsOfName }
}
