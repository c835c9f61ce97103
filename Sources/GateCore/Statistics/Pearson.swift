/// Pearson's correlation of two numbers of each row, in -1...1.
package enum Pearson {
  /// Of sums over the rows, each number less its mean: of the products, and of each number's squares.
  ///
  /// NaN where a number does not vary.
  package static func correlation(products: Double, squares: (Double, Double)) -> Double {
    (products / squares.0.squareRoot() / squares.1.squareRoot()).clamped(to: -1...1)
  }

  /// Of two estimates, from their standard deviations and that of their difference; 0 where that says nothing.
  package static func correlation(deviations: (Double, Double), ofDifference: Double) -> Double {
    let (one, other) = deviations
    let shared = (one * one + other * other - ofDifference * ofDifference) / (2 * one * other)
    return shared.isFinite ? shared.clamped(to: -1...1) : 0
  }

  /// Of two columns of as many finite numbers each, by two passes; NaN where one does not vary.
  package static func correlation(
    _ one: [Double], _ other: [Double], weights: [Double]? = nil
  ) -> Double {
    let (first, second) = (ColumnUnit(one, weights: weights), ColumnUnit(other, weights: weights))
    if first.scale == 0 || second.scale == 0 { return .nan }
    var (products, squares, others) = (Sum(), Sum(), Sum())
    for row in one.indices {
      let x = (one[row] - first.mean) / first.scale
      let y = (other[row] - second.mean) / second.scale
      let weight = weights?[row] ?? 1
      products.add(weight * x * y)
      squares.add(weight * x * x)
      others.add(weight * y * y)
    }
    return correlation(products: products.value, squares: (squares.value, others.value))
  }
}

/// A column's mean and its largest distance from it, which keep squares within what numbers can hold.
package struct ColumnUnit: Sendable {
  package let mean: Double
  /// 0 where the column does not vary.
  package let scale: Double

  /// Takes numbers, NaN for a null.
  package init(_ column: [Double], weights: [Double]? = nil) {
    var (sum, total) = (Sum(), Sum())
    var (least, most) = (Double.infinity, -Double.infinity)
    for (row, value) in column.enumerated() where !value.isNaN {
      let weight = weights?[row] ?? 1
      sum.add(weight * value)
      total.add(weight)
      least = min(least, value)
      most = max(most, value)
    }
    guard least < most else {
      (mean, scale) = (least == most ? least : 0, 0)
      return
    }
    mean = sum.value / total.value
    scale = max(most - mean, mean - least)
  }
}
