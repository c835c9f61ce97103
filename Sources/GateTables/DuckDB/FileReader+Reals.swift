import GateCore

/// Which columns may hold NaN.
extension FileReader {
  /// With the columns that may hold NaN. Of many, the values say which: what is put in place of NaN in each column costs
  /// every query time.
  func findingReals(of table: String, on connection: DuckDBConnection) throws -> FileReader {
    guard mayBeNaN else { return self }
    var reader = self
    let reals = columns.filter { VectorType.isReal($0.type) }
    reader.reals = reals.map(\.name)
    guard reals.count > 256 else { return reader }
    // NaN is the greatest of all numbers here, so that one figure tells of many columns whether one has it.
    let groups = Dictionary(grouping: reals, by: \.type).values.map { $0.map(\.name) }.flatMap {
      names in
      stride(from: 0, to: names.count, by: 200).map {
        Array(names[$0..<min($0 + 200, names.count)])
      }
    }
    let suspects = try holding(groups, of: table, on: connection).flatMap { $0 }
    let found = try Set(
      holding(suspects.map { [$0] }, of: table, on: connection).map { ExactText($0[0]) })
    reader.reals = reader.reals.filter { found.contains(ExactText($0)) }
    return reader
  }

  /// Those of some groups of columns of real numbers of one type in which a value is NaN.
  private func holding(
    _ groups: [[String]], of table: String, on connection: DuckDBConnection
  ) throws -> [[String]] {
    let what = "opening \(table)"
    var held: [[String]] = []
    for start in stride(from: 0, to: groups.count, by: 2000) {
      let some = groups[start..<min(start + 2000, groups.count)]
      let greatest = some.map { names in
        "isnan(max(greatest(\(names.map(\.sqlName).joined(separator: ", ")))))"
      }
      let holds = try connection.prepare(
        "SELECT \(greatest.joined(separator: ", ")) FROM \(sql)", doing: what
      ).run(doing: what).collect(capacity: 1)
      for (names, column) in zip(some, holds) where !column.isNull(0) {
        if case .booleans(let values) = column.values, values.first == true { held.append(names) }
      }
    }
    return held
  }
}
