import GateCore

/// The outermost values of a column on both sides: numbers, the lengths of texts, or times in microseconds.
struct ColumnEnds: Sendable {
  /// From the lowest up, and from the highest down; as many of each.
  let lowest, highest: [Double]
  /// How many values the column has, and how many of them are infinite.
  package let count, infinite: Int

  /// The most values that are looked at on each side.
  private static let most = 50

  /// Looks at a column; nil when nothing of it can be measured. Throws what the engine throws.
  package init?(_ column: ColumnType, of table: any Table, values: Int) throws {
    let x = column.name.sqlName
    let measured: String
    switch column.kind {
    case .integer: measured = x
    case .number: measured = "CASE WHEN isfinite(\(x)) THEN \(x) END"
    case .string: measured = "length(\(x))"
    case .timestamp: measured = "epoch_us(CAST(\(x) AS TIMESTAMP))"
    default: return nil
    }
    let side = { (order: String) in
      try table.query(
        "SELECT CAST(y AS DOUBLE) AS y FROM (SELECT \(measured) AS y FROM \(table.name.sqlName)) "
          + "WHERE y IS NOT NULL ORDER BY y \(order) LIMIT \(Self.most)"
      ).first?.doubles ?? []
    }
    (lowest, highest, count) = (try side("ASC"), try side("DESC"), values)
    infinite =
      column.kind == .number
      ? Int(
        try table.query(
          "SELECT count(*) FILTER (WHERE isinf(\(x))) AS n FROM \(table.name.sqlName)"
        ).first?.doubles?.first ?? 0) : 0
    if lowest.isEmpty { return nil }
  }

  /// The lowest and highest value.
  package var low: Double { lowest[0] }
  package var high: Double { highest[0] }

  /// How far another sample's values may lie beyond the lowest and beyond the highest.
  ///
  /// One and a half times as far as that end lies from the value whose rank is the root of their number (10 to 50): of
  /// an exponential tail, one value in k^1.5 such samples lies further. At least a tenth of the range.
  package var reach: (low: Double, high: Double) {
    let rank = min(Self.most, max(10, Int(Double(count).squareRoot())))
    let beyond = { (side: [Double]) in 1.5 * abs(side[0] - side[min(rank, side.count) - 1]) }
    let least = (high - low) / 10
    return (max(least, beyond(lowest)), max(least, beyond(highest)))
  }

  /// Whether both ends are ends of a scale: more rows stand just there than chance explains.
  func areFixed(beyond rows: Int) -> Bool {
    [lowest, highest].allSatisfy { side in side.prefix { $0 == side[0] }.count > rows }
  }
}
