package import GateCore
import GateSchema

/// A table that was found, and what its columns hold, as far as a first manifest asks.
package struct FoundTable: Sendable {
  /// From the manifest's folder.
  package let path: String
  /// How many there are.
  package let rows: Int
  /// In order.
  package let columns: [FoundColumn]
  /// Whether the names of its folders give columns.
  package let hasPartitions: Bool
  /// How its text is written, as the key `csv` has it; nil: as usual.
  package let csv: String?
  /// What of its numbers its text does not tell, in words.
  package let doubt: String?
  /// For columns that could say which rows are ranked together: those that differ within one of its groups.
  private let varying: [String: Set<String>]

  /// Columns beyond which a table is not looked at: the first ones, and those at its end.
  private static let most = 300
  /// How many columns are tried as queries.
  private static let mostQueries = 4

  /// Looks at an open table whose text is written so; throws what the engine throws.
  package init(
    _ table: any Table, path: String, csv: TextDialect = TextDialect(), doubt: String? = nil,
    hasPartitions: Bool = false
  ) throws {
    self.hasPartitions = hasPartitions
    (self.path, self.csv, self.doubt, rows) = (path, csv.yaml, doubt, table.rows)
    let all = table.schema
    let looked = all.count <= Self.most ? all : all.prefix(Self.most - 20) + all.suffix(20)
    let items = looked.flatMap { column in FoundColumn.figures(column) }
    let row = try table.query(
      "SELECT \(items.joined(separator: ", ")) FROM \(table.name.sqlName)"
    ).map { $0.textsOrNull.first ?? nil }
    let columns = try looked.enumerated().map { place, column in
      let own = Array(
        row[(place * FoundColumn.figureCount)..<((place + 1) * FoundColumn.figureCount)])
      return try FoundColumn(column, own, of: table)
    }
    self.columns = columns
    varying = try Self.varying(columns, table)
  }

  /// For each column that could group rows the grades that differ within a group.
  private static func varying(
    _ columns: [FoundColumn], _ table: any Table
  ) throws -> [String: Set<String>] {
    let grades = columns.filter { $0.isWhole && $0.distinct > 1 && !$0.domain.isEmpty }
    let queries = columns.filter(\.canGroup).sorted { $0.distinct > $1.distinct }
    var found: [String: Set<String>] = [:]
    for query in queries.prefix(mostQueries) where !grades.isEmpty {
      let places = grades.indices.map { "max(d\($0)) > 1" }
      let counts = grades.enumerated().map { "count(DISTINCT \($1.name.sqlName)) AS d\($0)" }
      let row = try table.query(
        "SELECT \(places.joined(separator: ", ")) FROM (SELECT \(counts.joined(separator: ", ")) "
          + "FROM \(table.name.sqlName) GROUP BY \(query.name.sqlName))")
      found[query.name] = Set(
        zip(grades, row).compactMap { grade, column in
          column.textsOrNull.first == "true" ? grade.name : nil
        })
    }
    return found
  }

  /// Whether rows with one value of `query` have several values of `column`.
  func varies(_ column: String, within query: String) -> Bool {
    varying[query]?.contains(column) ?? false
  }

  /// Throws where there is no column of that name, with the nearest.
  package func want(_ name: String) throws(Diagnostic) {
    guard column(name) == nil else { return }
    throw Diagnostic(
      "there is no column '\(name)' in '\(path)'",
      hint: name.nearest(in: columns.map(\.name)).map { "did you mean '\($0)'?" }
        ?? "its columns are \(columns.prefix(20).map(\.name).joined(separator: ", "))")
  }

  /// The column of that name.
  package func column(_ name: String) -> FoundColumn? { columns.first { $0.name == name } }

  /// The words of its path, lower case: `data/holdout-2026.csv` has `data`, `holdout`, `2026` and `csv`.
  package var words: [String] { path.wordsOfName }
}
