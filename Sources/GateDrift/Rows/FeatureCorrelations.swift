import GateCore

/// The correlation of every pair of columns of one side, on the rows where both have a value.
struct FeatureCorrelations: Sendable {
  /// Columns.
  package let width: Int
  /// NaN where a column of the pair does not vary on those rows.
  private var values: SquareMatrix
  /// Rows where both have a value.
  private var counts: SquareMatrix

  /// By which numbers.
  enum Method: String, Sendable {
    /// Of the numbers themselves.
    case pearson
    /// Of their ranks among the pair's rows, ties at their mean rank.
    case spearman
  }

  /// Takes columns of as many finite numbers each, NaN for a null; Spearman's takes infinite ones too.
  package init(_ columns: [[Double]], _ method: Method) {
    width = columns.count
    values = SquareMatrix(width: width)
    counts = SquareMatrix(width: width)
    let hasNulls = columns.map { $0.contains(where: \.isNaN) }
    switch method {
    case .pearson: fill(columns, hasNulls)
    case .spearman:
      let order = columns.map { RankOrder($0) }
      fill(order.map(\.ranks), hasNulls)
      for row in 0..<width {
        for column in 0..<row where hasNulls[row] || hasNulls[column] {
          let one = order[row].ranks(where: order[column].ranks)
          let other = order[column].ranks(where: order[row].ranks)
          set(row, column, correlation(one, other))
        }
      }
    }
  }

  /// The correlation of a pair, in -1...1; NaN where it has none.
  package func value(_ one: Int, _ other: Int) -> Double { values[one, other] }
  /// The rows of a pair.
  package func rows(_ one: Int, _ other: Int) -> Int { Int(counts[one, other]) }

  private mutating func set(_ row: Int, _ column: Int, _ value: Double) {
    values[row, column] = value
    values[column, row] = value
  }

  /// Pearson's, by sums of products over blocks of rows; a pair whose sums would lose digits is measured by itself.
  private mutating func fill(_ columns: [[Double]], _ hasNulls: [Bool]) {
    let units = columns.map { ColumnUnit($0) }
    let isFull = !hasNulls.contains(true)
    var sums = SharedSums(width: width, isFull: isFull)
    sums.add(columns, units)
    for row in 0..<width {
      for column in 0..<row {
        let pair = sums.correlation(row, column)
        counts[row, column] = pair.rows
        counts[column, row] = pair.rows
        let value =
          if let exact = pair.value {
            exact
          } else if hasNulls[row] || hasNulls[column] {
            GateDrift.correlation(columns[row], columns[column])
          } else {
            Double.nan
          }
        set(row, column, value)
      }
    }
  }
}

/// Sums over the rows that each pair of columns has in common.
private struct SharedSums {
  private let width: Int
  /// Whether no column has a null.
  private let isFull: Bool
  private var rows = 0.0
  /// Of x y; of 1; of x; of x squared: the row says which column x is.
  private var products: SquareMatrix
  private var counts: SquareMatrix
  private var firsts: SquareMatrix
  private var squares: SquareMatrix

  package init(width: Int, isFull: Bool) {
    (self.width, self.isFull) = (width, isFull)
    products = SquareMatrix(width: width)
    counts = SquareMatrix(width: isFull ? 0 : width)
    (firsts, squares) = (counts, counts)
  }

  /// Adds all rows, block by block.
  package mutating func add(_ columns: [[Double]], _ units: [ColumnUnit]) {
    let count = columns.first?.count ?? 0
    let size = max(1, 1 << 18 / max(1, width))
    for start in stride(from: 0, to: count, by: size) {
      let block = start..<min(count, start + size)
      var numbers = [Double](repeating: 0, count: block.count * width)
      var present = [Double](repeating: 1, count: isFull ? 0 : numbers.count)
      for column in 0..<width where units[column].scale > 0 || !isFull {
        let unit = units[column]
        let scale = unit.scale > 0 ? unit.scale : 1
        columns[column].withUnsafeBufferPointer { values in
          for row in block {
            let place = (row - block.lowerBound) * width + column
            if values[row].isNaN {
              present[place] = 0
            } else {
              numbers[place] = (values[row] - unit.mean) / scale
            }
          }
        }
      }
      numbers.withUnsafeBufferPointer { numbers in
        products.addSquares(of: numbers)
        if isFull { return }
        present.withUnsafeBufferPointer { present in
          counts.addSquares(of: present)
          firsts.addProducts(of: numbers, present)
          numbers.map { $0 * $0 }.withUnsafeBufferPointer { squares.addProducts(of: $0, present) }
        }
      }
    }
    rows = Double(count)
  }

  /// The correlation of two columns; nil where one does not vary or its variance is lost in rounding.
  package func correlation(_ one: Int, _ other: Int) -> (value: Double?, rows: Double) {
    if isFull {
      // The mean of a full column is taken off already.
      let squares = (products[one, one], products[other, other])
      guard squares.0 > 0, squares.1 > 0 else { return (nil, rows) }
      return (Pearson.correlation(products: products[one, other], squares: squares), rows)
    }
    let count = counts[one, other]
    if count == 0 { return (nil, 0) }
    let (x, y) = (firsts[one, other], firsts[other, one])
    let own = (
      squares[one, other] - x * x / count, squares[other, one] - y * y / count
    )
    guard own.0 > 1e-4 * squares[one, other], own.1 > 1e-4 * squares[other, one] else {
      return (nil, count)
    }
    let together = products[one, other] - x * y / count
    return (Pearson.correlation(products: together, squares: own), count)
  }
}

/// Pearson's correlation on the rows where neither is NaN; NaN where one does not vary there.
private func correlation(_ one: [Double], _ other: [Double]) -> Double {
  let shared = one.indices.filter { !one[$0].isNaN && !other[$0].isNaN }
  return Pearson.correlation(shared.map { one[$0] }, shared.map { other[$0] })
}

/// A column's rows by rising value, which gives ranks among any of them without sorting again.
private struct RankOrder {
  private let values: [Double]
  /// The rows with a value.
  private let rows: [Int32]
  /// By row, among all rows with a value; NaN for a null.
  let ranks: [Double]

  /// Takes numbers, NaN for a null.
  package init(_ column: [Double]) {
    values = column
    rows = column.indices.filter { !column[$0].isNaN }.map(Int32.init)
      .sorted { column[Int($0)] < column[Int($1)] }
    ranks = Self.ranks(column, rows)
  }

  /// By row, among the rows where `other` is not NaN either; NaN elsewhere.
  func ranks(where other: [Double]) -> [Double] {
    Self.ranks(values, rows.filter { !other[Int($0)].isNaN })
  }

  /// The ranks from 1 of rows that stand by rising value, ties at their mean rank.
  private static func ranks(_ values: [Double], _ rows: [Int32]) -> [Double] {
    var ranks = [Double](repeating: .nan, count: values.count)
    var start = 0
    while start < rows.count {
      let value = values[Int(rows[start])]
      var end = start + 1
      while end < rows.count, values[Int(rows[end])] == value { end += 1 }
      let rank = Double(start + 1 + end) / 2
      for place in start..<end { ranks[Int(rows[place])] = rank }
      start = end
    }
    return ranks
  }
}
