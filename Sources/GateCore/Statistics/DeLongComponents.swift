/// What each row says of the area: for a positive row the share of negatives it stands above, for a
/// negative row the share of positives that stand above it; ties half.
struct DeLongComponents {
  /// By the row of the holdout; NaN where the sample has no such row.
  package private(set) var byRow: [Double]
  /// Beside `byRow`.
  private var isPositive: [Bool]
  /// The mean of the components of either class.
  private(set) var auc: Double
  package private(set) var positives = 0
  package private(set) var negatives = 0

  /// Throws `Undefined` for weighted rows and for fewer than two rows of a class.
  package init(_ sample: BinarySample) throws(Undefined) {
    if sample.weights != nil { throw Undefined("DeLong's method does not take row weights") }
    for isPositive in sample.positives { if isPositive { positives += 1 } else { negatives += 1 } }
    guard positives > 1, negatives > 1 else {
      throw Undefined(
        "DeLong's method needs two rows of each class, and there are \(positives) positive and "
          + "\(negatives) negative")
    }
    let last = sample.rows.max() ?? 0
    byRow = [Double](repeating: .nan, count: Int(last) + 1)
    isPositive = [Bool](repeating: false, count: Int(last) + 1)
    auc = 0
    place(sample)
  }

  /// Goes down the scores, a group of equal ones at a time.
  private mutating func place(_ sample: BinarySample) {
    var above = (positives: 0, negatives: 0)
    var halfPairs = 0
    var start = 0
    while start < sample.count {
      var end = start
      var here = (positives: 0, negatives: 0)
      while end < sample.count, sample.scores[end] == sample.scores[start] {
        if sample.positives[end] { here.positives += 1 } else { here.negatives += 1 }
        end += 1
      }
      let below = 2 * (negatives - above.negatives) - here.negatives
      let higher = 2 * above.positives + here.positives
      for index in start..<end {
        let row = Int(sample.rows[index])
        isPositive[row] = sample.positives[index]
        byRow[row] =
          isPositive[row]
          ? Double(below) / Double(2 * negatives) : Double(higher) / Double(2 * positives)
      }
      halfPairs += here.positives * below
      above.positives += here.positives
      above.negatives += here.negatives
      start = end
    }
    auc = Double(halfPairs) / 2 / Double(positives) / Double(negatives)
  }

  /// Makes of these the differences to another model's on the same rows.
  ///
  /// Throws `Undefined` for other rows or labels.
  package mutating func subtract(_ other: DeLongComponents) throws(Undefined) {
    let differ = Undefined("the two models were not scored on the same rows")
    guard byRow.count == other.byRow.count else { throw differ }
    for row in byRow.indices {
      guard byRow[row].isNaN == other.byRow[row].isNaN, isPositive[row] == other.isPositive[row]
      else { throw differ }
      byRow[row] -= other.byRow[row]
    }
    auc -= other.auc
  }

  /// What the rows of one class add to the variance of the area.
  package func variance(of isPositiveClass: Bool) -> Double {
    moments(of: isPositiveClass).variance
  }

  /// What the rows of one class add to the variance and the third moment of the area, and the kurtosis of their
  /// components.
  package func moments(
    of isPositiveClass: Bool
  ) -> (variance: Double, third: Double, kurtosis: Double) {
    let count = Double(isPositiveClass ? positives : negatives)
    var (squares, cubes, fourths) = (0.0, 0.0, 0.0)
    for row in byRow.indices where !byRow[row].isNaN && isPositive[row] == isPositiveClass {
      let residual = byRow[row] - auc
      let square = residual * residual
      squares += square
      cubes += square * residual
      fourths += square * square
    }
    return (
      squares / (count - 1) / count, cubes / (count * count * count),
      squares > 0 ? count * fourths / (squares * squares) : 3
    )
  }
}
