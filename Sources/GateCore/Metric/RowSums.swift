/// A metric as a function of sums over the rows: BLEU of its n-gram counts, a mean of its terms.
package struct RowSums: Sendable {
  /// What each row of a sample adds; throws `Undefined` where a row has no such part.
  package let parts: @Sendable (Sample, Arguments) throws(Undefined) -> RowParts
  /// The value from the weighted sums of the parts, one a column.
  package let total: @Sendable ([Double], Arguments) throws(Undefined) -> Double

  /// Takes both steps.
  package init(
    parts: @escaping @Sendable (Sample, Arguments) throws(Undefined) -> RowParts,
    total: @escaping @Sendable ([Double], Arguments) throws(Undefined) -> Double
  ) {
    self.parts = parts
    self.total = total
  }

  /// The mean of a number a row; rows without one (nil) take no part.
  package static func mean(
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
package struct PairSums: Sendable {
  /// What each row adds, in the order of the candidate's sample.
  package let parts: @Sendable (Sample, Sample, Arguments) throws(Undefined) -> RowParts
  /// The value from the weighted sums of the parts, one a column.
  package let total: @Sendable ([Double], Arguments) throws(Undefined) -> Double
  /// Whether a row whose first part is not 0 is one that a person should look at.
  package let showsRows: Bool

  /// Takes both steps; `parts` gets the candidate's sample, then the champion's.
  package init(
    showsRows: Bool = false,
    parts: @escaping @Sendable (Sample, Sample, Arguments) throws(Undefined) -> RowParts,
    total: @escaping @Sendable ([Double], Arguments) throws(Undefined) -> Double
  ) {
    self.showsRows = showsRows
    self.parts = parts
    self.total = total
  }
}

/// A row of numbers for each place of a sample, its weight not in them.
package struct RowParts: Sendable {
  /// Numbers a place.
  package let width: Int
  /// A row of `width` after another, finite; empty where `codes` say it.
  package let values: [Double]
  /// Which one of a row's parts is 1, the others being 0; nil: `values` say it.
  package let codes: [Int32]?
  /// Whether the value is the first column's sum over the second's, and the second is 0 or 1: a mean.
  package let isMean: Bool

  /// Takes rows of `width` numbers.
  package init(width: Int, _ values: [Double], isMean: Bool = false) {
    self.width = width
    self.values = values
    self.isMean = isMean
    codes = nil
  }

  /// Takes for each row the one part that is 1; the others are 0.
  package init(width: Int, codes: [Int32]) {
    self.width = width
    self.codes = codes
    values = []
    isMean = false
  }

  /// The parts of a mean in which every row takes part.
  package init(mean terms: some Collection<Double>) {
    let values = [Double](unsafeUninitializedCapacity: 2 * terms.count) { values, initialized in
      for (place, term) in terms.enumerated() {
        values[2 * place] = term
        values[2 * place + 1] = 1
      }
      initialized = 2 * terms.count
    }
    self.init(width: 2, values, isMean: true)
  }

  /// The parts of a mean: the number and 1, or two zeros where there is none.
  package init(meanOf terms: [Double?]) {
    self.init(width: 2, terms.flatMap { term in term.map { [$0, 1] } ?? [0, 0] }, isMean: true)
  }

  /// Rows that count among those that take part, of a mean of nothing but 0 and 1; nil: it is no such mean.
  package var share: (part: Int, whole: Int)? {
    guard isMean, values.allSatisfy({ $0 == 0 || $0 == 1 }) else { return nil }
    var (part, whole) = (0, 0)
    for place in stride(from: 0, to: values.count, by: 2) where values[place + 1] == 1 {
      part += values[place] == 1 ? 1 : 0
      whole += 1
    }
    return whole > 0 ? (part, whole) : nil
  }

  /// The sum of each column, each row times its weight.
  package func sums(weights: [Double]?) -> [Double] {
    var sums = [Sum](repeating: Sum(), count: width)
    for (place, code) in (codes ?? []).enumerated() { sums[Int(code)].add(weights?[place] ?? 1) }
    for place in 0..<(values.count / max(1, width)) {
      let weight = weights?[place] ?? 1
      guard weight != 0 else { continue }
      for column in 0..<width { sums[column].add(weight * values[place * width + column]) }
    }
    return sums.map(\.value)
  }

  /// The sum of each column over a draw; `units` says which unit each place is of.
  package func sums(_ draw: Draw, _ units: [Int32], weights: [Double]?) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    if let codes {
      for place in units.indices {
        sums[Int(codes[place])] += Double(draw[units[place]]) * (weights?[place] ?? 1)
      }
      return sums
    }
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
  package func value(
    _ parts: RowParts, _ sample: Sample, _ arguments: Arguments
  ) throws(Undefined) -> Double {
    try total(parts.sums(weights: sample.rowWeightsByPlace), arguments)
  }
}

extension PairSums {
  /// The value on a sample whose parts are known.
  package func value(
    _ parts: RowParts, _ sample: Sample, _ arguments: Arguments
  ) throws(Undefined) -> Double {
    try total(parts.sums(weights: sample.rowWeightsByPlace), arguments)
  }
}
