/// A table that was found, and what its columns hold, as far as a first manifest asks.
public struct FoundTable: Sendable {
  /// From the manifest's folder.
  public let path: String
  /// How many there are.
  public let rows: Int
  /// In order.
  public let columns: [FoundColumn]

  /// Columns beyond which a table is not looked at: the first ones, and those at its end.
  private static let most = 300

  /// Looks at an open table; throws what the engine throws.
  public init(_ table: any Table, path: String) throws {
    (self.path, rows) = (path, table.rows)
    let all = table.schema
    let looked = all.count <= Self.most ? all : all.prefix(Self.most - 20) + all.suffix(20)
    let items = looked.flatMap { column in FoundColumn.figures(column) }
    let row = try table.query(
      "SELECT \(items.joined(separator: ", ")) FROM \(table.name.sqlName)"
    ).map { $0.textsOrNull.first ?? nil }
    columns = try looked.enumerated().map { place, column in
      let own = Array(
        row[(place * FoundColumn.figureCount)..<((place + 1) * FoundColumn.figureCount)])
      return try FoundColumn(column, own, of: table)
    }
  }

  /// Throws where there is no column of that name, with the nearest.
  public func want(_ name: String) throws(Diagnostic) {
    guard column(name) == nil else { return }
    throw Diagnostic(
      "there is no column '\(name)' in '\(path)'",
      hint: name.nearest(in: columns.map(\.name)).map { "did you mean '\($0)'?" }
        ?? "its columns are \(columns.prefix(20).map(\.name).joined(separator: ", "))")
  }

  /// The column of that name.
  func column(_ name: String) -> FoundColumn? { columns.first { $0.name == name } }

  /// The words of its path, lower case: `data/holdout-2026.csv` has `data`, `holdout`, `2026` and `csv`.
  var words: [String] { path.wordsOfName }
}

/// What one look at a column tells.
public struct FoundColumn: Sendable {
  /// As the table has it.
  public let name: String
  /// What its values are.
  public let kind: ColumnType.Kind
  /// Rows of the table, and rows with a value.
  public let rows: Int
  public let values: Int
  /// Distinct values.
  public let distinct: Int
  /// The smallest and largest number.
  public let low: Double?
  public let high: Double?
  /// Whether every number is whole.
  public let isWhole: Bool
  /// The mean number of words of a text.
  public let words: Double
  /// All values in order, where they are few.
  public let domain: [String]

  /// The most values that are listed.
  private static let mostListed = 50
  /// How many figures are asked of a column.
  static let figureCount = 6

  /// SQL of the figures.
  static func figures(_ column: ColumnType) -> [String] {
    let name = column.name.sqlName
    let x = column.kind == .other ? "CAST(\(name) AS VARCHAR)" : name
    let isNumber = column.kind == .number || column.kind == .integer
    let real = column.kind == .number ? " FILTER (WHERE isfinite(\(x)))" : ""
    let items = [
      "count(\(x))", "count(DISTINCT \(x))", isNumber ? "min(\(x))\(real)" : "NULL",
      isNumber ? "max(\(x))\(real)" : "NULL",
      column.kind == .number ? "bool_and(\(x) = floor(\(x)))\(real)" : "\(isNumber)",
      column.kind == .string ? "avg(len(string_split(trim(\(x)), ' ')))" : "NULL",
    ]
    return items.map { "CAST(\($0) AS VARCHAR)" }
  }

  /// Takes the figures of a column; asks for its values where they are few.
  fileprivate init(_ column: ColumnType, _ figures: [String?], of table: any Table) throws {
    (name, kind, rows) = (column.name, column.kind, table.rows)
    values = figures[0].flatMap { Int($0) } ?? 0
    distinct = figures[1].flatMap { Int($0) } ?? 0
    low = figures[2].flatMap { Double($0) }
    high = figures[3].flatMap { Double($0) }
    isWhole = figures[4] == "true"
    words = figures[5].flatMap { Double($0) } ?? 0
    guard (1...Self.mostListed).contains(distinct), kind != .other, kind != .timestamp else {
      domain = []
      return
    }
    let x = column.name.sqlName
    let text = isWhole && kind == .number ? "CAST(x AS BIGINT)" : "x"
    domain =
      try table.query(
        "SELECT CAST(\(text) AS VARCHAR) AS x FROM (SELECT DISTINCT \(x) AS x "
          + "FROM \(table.name.sqlName) WHERE \(x) IS NOT NULL) ORDER BY x"
      ).first?.textsOrNull.compactMap(\.self) ?? []
  }

  /// Whether it holds numbers.
  var isNumber: Bool { kind == .number || kind == .integer }
  /// Whether every row has a value.
  var isFull: Bool { values == rows }
  /// Whether every row has its own value.
  var tellsRowsApart: Bool { isFull && distinct == rows && (kind == .integer || kind == .string) }
  /// Whether its values could be probabilities.
  var isShare: Bool { isNumber && (low ?? -1) >= 0 && (high ?? 2) <= 1 }
  /// Whether its values are a zero and a one, or false and true.
  var isFlag: Bool { kind == .boolean || isWhole && isShare }
  /// The words of its name, lower case.
  var nameWords: [String] { name.wordsOfName }
}

extension String {
  /// The words of a name: what stands between other characters, or begins with a capital, lower case.
  var wordsOfName: [String] {
    var words: [String] = [""]
    var wasLower = false
    for character in self {
      let isPart = character.isLetter || character.isNumber
      if !isPart || wasLower && character.isUppercase { words.append("") }
      if isPart { words[words.count - 1] += character.lowercased() }
      wasLower = character.isLowercase
    }
    return words.filter { !$0.isEmpty }
  }
}
