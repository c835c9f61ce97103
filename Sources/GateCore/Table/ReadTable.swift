/// Rows of a table whose expressions were read once, in another order or some of them moved from row to row.
///
/// What was not read beforehand is asked of the table and put in the same order. Queries see the table as it is.
package struct ReadTable: Table {
  private let base: any Table
  /// What was read, by the SQL, in the order of the table.
  private let read: [ExactText: Column]
  /// The row of the table at each place; nil: as they are.
  private let order: [Int32]?
  /// The row of the table whose value each place has, by the SQL of an expression that is moved by itself.
  private var moved: [ExactText: [Int32]] = [:]

  /// Reads the expressions, each one value a row.
  ///
  /// Throws a `Diagnostic` as `columns`.
  package init(_ expressions: [String], of base: any Table) throws {
    let columns = try base.columns(expressions)
    self.base = base
    order = nil
    read = Dictionary(zip(expressions.map { ExactText($0) }, columns)) { first, _ in first }
  }

  private init(_ table: ReadTable, order: [Int32]?) {
    (base, read, moved, self.order) = (table.base, table.read, table.moved, order)
  }

  /// The same with the rows at `places` of the table, in that order.
  package func taking(_ places: [Int32]) -> ReadTable { ReadTable(self, order: places) }

  /// The same with the values of one expression taken from the rows at `places`, one a row, and all else as it is.
  package func moving(_ expression: String, to places: [Int32]) -> ReadTable {
    var table = self
    table.moved[ExactText(expression)] = places
    return table
  }

  package var name: String { base.name }
  package var rows: Int { order?.count ?? base.rows }
  package var schema: [ColumnType] { base.schema }
  package var inOrder: String { base.inOrder }

  package func columns(_ expressions: [String]) throws -> [Column] {
    let missing = expressions.filter { read[ExactText($0)] == nil }.unique
    let fresh = missing.isEmpty ? [] : try base.columns(missing)
    let found = Dictionary(zip(missing.map { ExactText($0) }, fresh)) { first, _ in first }
    return expressions.compactMap { expression in
      let key = ExactText(expression)
      guard let column = read[key] ?? found[key] else { return nil }
      return (moved[key] ?? order).map { column.at($0) } ?? column
    }
  }

  package func scan(
    _ expressions: [String], batch: Int, _ body: ([Column]) throws -> Void
  ) throws {
    let columns = try columns(expressions)
    for start in stride(from: 0, to: rows, by: max(1, batch)) {
      let part = start..<min(rows, start + max(1, batch))
      try body(columns.map { $0.rows(part) })
    }
  }

  package func check(_ sql: String, isSelect: Bool) throws {
    try base.check(sql, isSelect: isSelect)
  }

  package func query(_ sql: String) throws -> [Column] { try base.query(sql) }

  package func columnsRead(by expressions: [String]) throws -> [Set<String>] {
    try base.columnsRead(by: expressions)
  }
}

extension Column {
  /// The values of some rows that stand together.
  func rows(_ range: Range<Int>) -> Column {
    if range.count == count { return self }
    var column = self
    switch values {
    case .doubles(let values): column.values = .doubles(Array(values[range]))
    case .integers(let values): column.values = .integers(Array(values[range]))
    case .booleans(let values): column.values = .booleans(Array(values[range]))
    case .timestamps(let values): column.values = .timestamps(Array(values[range]))
    case .strings(let codes, let dictionary):
      column.values = .strings(codes: Array(codes[range]), dictionary: dictionary)
    }
    column.validity = validity.map { Array($0[range]) }
    if column.validity?.contains(false) == false { column.validity = nil }
    return column
  }

  /// The values of the rows at `places`, each a row of the column, in that order.
  package func at(_ places: [Int32]) -> Column {
    var column = self
    switch values {
    case .doubles(let values): column.values = .doubles(values.at(places))
    case .integers(let values): column.values = .integers(values.at(places))
    case .booleans(let values): column.values = .booleans(values.at(places))
    case .timestamps(let values): column.values = .timestamps(values.at(places))
    case .strings(let codes, let dictionary):
      column.values = .strings(codes: codes.at(places), dictionary: dictionary)
    }
    let present = validity?.at(places)
    column.validity = present?.contains(false) == true ? present : nil
    return column
  }
}
