/// A metric as a function of sums over the rows: BLEU of its n-gram counts, a mean of its terms.
public struct RowSums: Sendable {
  /// What each row of a sample adds; throws `Undefined` where a row has no such part.
  public let parts: @Sendable (Sample, Arguments) throws(Undefined) -> RowParts
  /// The value from the weighted sums of the parts, one a column.
  public let total: @Sendable ([Double], Arguments) throws(Undefined) -> Double

  /// Takes both steps.
  public init(
    parts: @escaping @Sendable (Sample, Arguments) throws(Undefined) -> RowParts,
    total: @escaping @Sendable ([Double], Arguments) throws(Undefined) -> Double
  ) {
    self.parts = parts
    self.total = total
  }

  /// The mean of a number a row; rows without one (nil) take no part.
  public static func mean(
    orElse reason: String = "no row takes part",
    _ terms: @escaping @Sendable (Sample, Arguments) throws(Undefined) -> [Double?]
  ) -> RowSums {
    RowSums(
      parts: { sample, arguments throws(Undefined) in
        RowParts(meanOf: try terms(sample, arguments))
      },
      total: { sums, _ throws(Undefined) in
        try share(sums[0], of: sums[1], orElse: reason)
      })
  }
}

/// A metric of both models on the same rows, as a function of sums over them.
public struct PairSums: Sendable {
  /// What each row adds, in the order of the candidate's sample.
  public let parts: @Sendable (Sample, Sample, Arguments) throws(Undefined) -> RowParts
  /// The value from the weighted sums of the parts, one a column.
  public let total: @Sendable ([Double], Arguments) throws(Undefined) -> Double

  /// Takes both steps; `parts` gets the candidate's sample, then the champion's.
  public init(
    parts: @escaping @Sendable (Sample, Sample, Arguments) throws(Undefined) -> RowParts,
    total: @escaping @Sendable ([Double], Arguments) throws(Undefined) -> Double
  ) {
    self.parts = parts
    self.total = total
  }
}

/// A row of numbers for each place of a sample, its weight not in them.
public struct RowParts: Sendable {
  /// Numbers a place.
  public let width: Int
  /// A row of `width` after another, finite.
  public let values: [Double]
  /// Whether the value is the first column's sum over the second's, and the second is 0 or 1: a mean.
  public let isMean: Bool

  /// Takes rows of `width` numbers.
  public init(width: Int, _ values: [Double], isMean: Bool = false) {
    self.width = width
    self.values = values
    self.isMean = isMean
  }

  /// The parts of a mean: the number and 1, or two zeros where there is none.
  public init(meanOf terms: [Double?]) {
    self.init(width: 2, terms.flatMap { term in term.map { [$0, 1] } ?? [0, 0] }, isMean: true)
  }

  /// The sum of each column, each row times its weight.
  func sums(weights: [Double]?) -> [Double] {
    var sums = [Sum](repeating: Sum(), count: width)
    for place in 0..<(values.count / max(1, width)) {
      let weight = weights?[place] ?? 1
      guard weight != 0 else { continue }
      for column in 0..<width { sums[column].add(weight * values[place * width + column]) }
    }
    return sums.map(\.value)
  }

  /// The sum of each column over a draw; `units` says which unit each place is of.
  func sums(_ draw: Draw, _ units: [Int32], weights: [Double]?) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    sums.withUnsafeMutableBufferPointer { sums in
      values.withUnsafeBufferPointer { values in
        for place in units.indices {
          let weight = Double(draw[units[place]]) * (weights?[place] ?? 1)
          guard weight != 0 else { continue }
          for column in 0..<sums.count {
            sums[column] += weight * values[place * sums.count + column]
          }
        }
      }
    }
    return sums
  }
}

extension RowSums {
  /// The value on a sample whose parts are known.
  func value(
    _ parts: RowParts, _ sample: Sample, _ arguments: Arguments
  ) throws(Undefined) -> Double {
    try total(parts.sums(weights: sample.rowWeightsByPlace), arguments)
  }
}

extension PairSums {
  /// The value on a sample whose parts are known.
  func value(
    _ parts: RowParts, _ sample: Sample, _ arguments: Arguments
  ) throws(Undefined) -> Double {
    try total(parts.sums(weights: sample.rowWeightsByPlace), arguments)
  }
}
