import GateCore

/// Rows of numbers one after another, each column's numbers given by `value` of its doubles and a row.
func rowMajor(
  _ columns: [Column], rows: Range<Int>, _ value: ([Double], Int) -> Double
) -> [Double] {
  let width = columns.count
  var matrix = [Double](repeating: .nan, count: rows.count * width)
  for (place, column) in columns.enumerated() {
    guard let doubles = column.doubles else { continue }
    for row in rows { matrix[(row - rows.lowerBound) * width + place] = value(doubles, row) }
  }
  return matrix
}
