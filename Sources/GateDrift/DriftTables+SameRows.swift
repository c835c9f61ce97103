import GateCore

extension DriftTables {
  /// Whether both sides are the same rows, in whatever order and format: as many, alike in every column that both have.
  ///
  /// Tables of as many rows are told apart by a few columns, one scan of each side; only where these agree all are read.
  /// Of rows with few distinct ones, as those of one column of true and false, two samples may well be alike, so that
  /// they are let be unless half of them differ from each other.
  var haveSameRows: Bool {
    guard reference.rows > 0, reference.rows == current.rows else { return false }
    let common = reference.schema.compactMap { column in
      current.schema.first { $0.name.isSame(as: column.name) }.map { (column, $0) }
    }
    let some = Array(common.prefix(Self.few))
    guard !some.isEmpty, agree(some), let distinct = agreed(common) else { return false }
    return distinct * 2 >= reference.rows
  }

  /// Columns that tell most tables apart.
  private static let few = 3

  /// Whether the rows of both sides have the same sums of hashes of these columns.
  private func agree(_ columns: [(ColumnType, ColumnType)]) -> Bool {
    let (one, other) = sums(columns, "")
    return one != nil && one == other
  }

  /// How many rows differ from each other, where both sides agree in these columns; nil: they do not.
  private func agreed(_ columns: [(ColumnType, ColumnType)]) -> Int? {
    let (one, other) = sums(columns, ", CAST(count(DISTINCT h) AS VARCHAR) AS n")
    guard let one, one == other else { return nil }
    return one.last.flatMap { Int($0) }
  }

  /// What the hashes of each side's rows come to, whatever their order; nil: the engine does not say.
  private func sums(
    _ columns: [(ColumnType, ColumnType)], _ more: String
  ) -> ([String]?, [String]?) {
    func side(_ table: any Table, _ columns: [(name: String, isNumber: Bool)]) -> [String]? {
      let values = columns.map {
        "CAST(\($0.name.sqlName) AS \($0.isNumber ? "DOUBLE" : "VARCHAR"))"
      }
      let sql =
        "SELECT CAST(sum(h) AS VARCHAR) AS s, CAST(bit_xor(h) AS VARCHAR) AS x\(more) FROM "
        + "(SELECT hash(\(values.joined(separator: ", "))) AS h FROM \(table.name.sqlName))"
      return (try? table.query(sql))?.compactMap { $0.texts?.first }
    }
    let kinds = columns.map { $0.isNumber && $1.isNumber }
    let mine = side(reference, zip(columns, kinds).map { ($0.0.name, $1) })
    if mine == nil { return (nil, nil) }
    return (mine, side(current, zip(columns, kinds).map { ($0.1.name, $1) }))
  }
}

extension ColumnType {
  /// Whether its values are numbers, of whatever width.
  fileprivate var isNumber: Bool { kind == .number || kind == .integer }
}
