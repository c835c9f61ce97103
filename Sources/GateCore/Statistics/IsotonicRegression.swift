/// The rising function of a number that is nearest to the outcomes beside it, by least squares; straight between the numbers
/// it was made of, and level beyond them.
///
/// Sources: pool adjacent violators (Ayer, Brunk, Ewing, Reid, Silverman, Annals of Mathematical Statistics 26, 1955);
/// scikit-learn's `IsotonicRegression(out_of_bounds="clip")`, with equal numbers averaged first.
package struct IsotonicRegression: Sendable {
  /// Distinct, rising.
  package let numbers: [Double]
  /// Beside them, rising.
  package let values: [Double]

  /// Fits finite numbers and outcomes beside them.
  ///
  /// Throws `Undefined` where there are none, or not as many.
  package init(_ numbers: [Double], _ outcomes: [Double]) throws(Undefined) {
    guard numbers.count == outcomes.count, !numbers.isEmpty else {
      throw Undefined("there are no rows to calibrate by")
    }
    let order = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    var distinct: [Double] = []
    var means: [Double] = []
    var counts: [Double] = []
    for place in order {
      if let last = distinct.last, last == numbers[place] {
        means[means.count - 1] += outcomes[place]
        counts[counts.count - 1] += 1
      } else {
        distinct.append(numbers[place])
        means.append(outcomes[place])
        counts.append(1)
      }
    }
    for place in means.indices { means[place] /= counts[place] }
    self.numbers = distinct
    values = Self.pooled(means, counts)
  }

  /// Neighbours that fall are made one block with their mean, until none does.
  private static func pooled(_ means: [Double], _ weights: [Double]) -> [Double] {
    var blocks: [(sum: Double, weight: Double, count: Int)] = []
    for (mean, weight) in zip(means, weights) {
      var block = (sum: mean * weight, weight: weight, count: 1)
      while let last = blocks.last, last.sum / last.weight >= block.sum / block.weight {
        block = (last.sum + block.sum, last.weight + block.weight, last.count + block.count)
        blocks.removeLast()
      }
      blocks.append(block)
    }
    return blocks.flatMap { Array(repeating: $0.sum / $0.weight, count: $0.count) }
  }

  /// The function's value.
  package func callAsFunction(_ number: Double) -> Double {
    let next = numbers.partitioningIndex { $0 >= number }
    if next == numbers.count { return values[next - 1] }
    if next == 0 || numbers[next] == number { return values[next] }
    let (x, y) = (numbers[next - 1], values[next - 1])
    return y + (values[next] - y) * ((number - x) / (numbers[next] - x))
  }
}
