package import GateCore

extension DriftColumn {
  /// Calls `body` with every distinct value's place and its rows on both sides, by value.
  @inline(__always)
  func eachValue(_ body: (_ place: Int, _ reference: Int, _ current: Int) -> Void) {
    reference.counts.withUnsafeBufferPointer { a in
      current.counts.withUnsafeBufferPointer { b in
        for place in 0..<min(a.count, b.count) { body(place, Int(a[place]), Int(b[place])) }
      }
    }
  }

  /// The same from an end on, while `body` says so.
  @inline(__always)
  func eachValue(
    fromUpper isUpper: Bool, while body: (_ place: Int, _ reference: Int, _ current: Int) -> Bool
  ) {
    reference.counts.withUnsafeBufferPointer { a in
      current.counts.withUnsafeBufferPointer { b in
        let count = min(a.count, b.count)
        for step in 0..<count {
          let place = isUpper ? count - 1 - step : step
          if !body(place, Int(a[place]), Int(b[place])) { return }
        }
      }
    }
  }

  /// Calls `body` with every gap between neighbouring values and the shares of both sides' rows below it.
  @inline(__always)
  func eachGap(_ numbers: [Double], _ body: (_ gap: Double, _ p: Double, _ q: Double) -> Void) {
    let (n, m) = (Double(reference.total), Double(current.total))
    var (a, b) = (0, 0)
    numbers.withUnsafeBufferPointer { numbers in
      eachValue { place, ofReference, ofCurrent in
        a += ofReference
        b += ofCurrent
        if place + 1 < numbers.count {
          body(numbers[place + 1] - numbers[place], Double(a) / n, Double(b) / m)
        }
      }
    }
  }

  /// Infinite values as nulls, which is what Evidently makes of them; throws `Undefined` where a side has no others.
  func withoutInfinities() throws(Undefined) -> DriftColumn {
    let numbers = try numbers()
    let low = numbers.first == -.infinity ? 1 : 0
    let high = numbers.count - (numbers.last == .infinity ? 1 : 0)
    if low == 0, high == numbers.count { return self }
    func side(_ side: Side) -> Side {
      let counts = Array(side.counts[min(low, high)..<high])
      return Side(counts: counts, nulls: side.rows - counts.reduce(0) { $0 + Int($1) })
    }
    let column = DriftColumn(
      .numbers(Array(numbers[min(low, high)..<high])), reference: side(reference),
      current: side(current))
    try column.wantValues()
    return column
  }

  /// Both sides' rows as one.
  var pooled: Side {
    Side(counts: zip(reference.counts, current.counts).map { $0 + $1 })
  }

  /// Whether so many rows share values that it matters to the distribution of a statistic of ranks: the sum of (t^3 - t) / N^3 over
  /// values of t rows, which is the share of triples of rows that are tied, is above 1 in 10,000.
  var hasManyTies: Bool {
    var tied = 0.0
    eachValue { _, a, b in
      let both = Double(a + b)
      tied += both * (both * both - 1)
    }
    let rows = Double(reference.total + current.total)
    return tied > 1e-4 * rows * rows * rows
  }

  /// The pooled rows in cells, by value: one a value of at least one row in `most`, else values together until they are.
  package func cells(_ most: Double) -> [(share: Double, end: Double)] {
    let rows = Double(reference.total + current.total)
    var cells: [(share: Double, end: Double)] = []
    var (open, passed) = (0, 0)
    func close() {
      if open > 0 { cells.append((Double(open) / rows, Double(passed) / rows)) }
      open = 0
    }
    eachValue { _, a, b in
      if Double(a + b) * most >= rows { close() }
      open += a + b
      passed += a + b
      if Double(open) * most >= rows { close() }
    }
    close()
    return cells
  }

  /// The mean of one side, and the sum of the squared distances from it.
  ///
  /// Throws `Undefined` where numbers of this size cannot be squared and added.
  package func moments(_ numbers: [Double], of side: Side) throws(Undefined) -> Moments {
    let n = Double(side.total)
    let (mean, squares) = numbers.withUnsafeBufferPointer { numbers in
      side.counts.withUnsafeBufferPointer { counts in
        var sum = 0.0
        for place in numbers.indices { sum += Double(counts[place]) * numbers[place] }
        let mean = sum / n
        var (squares, rest) = (0.0, 0.0)
        for place in numbers.indices {
          let difference = numbers[place] - mean
          let weighted = Double(counts[place]) * difference
          rest += weighted
          squares += weighted * difference
        }
        // What rounding left in the mean is taken out again.
        return (mean + rest / n, squares - rest * rest / n)
      }
    }
    guard mean.isFinite, squares.isFinite else {
      throw Undefined("the values are too large to be added up and squared")
    }
    // Of one value the mean is it, whatever rounding makes of its sum.
    if let only = side.onlyPlace { return Moments(count: n, mean: numbers[only], squares: 0) }
    return Moments(count: n, mean: mean, squares: max(0, squares))
  }

  /// What a mean and its error are made from.
  package struct Moments {
    package let count: Double
    package let mean: Double
    /// The sum of squared distances from the mean; of one distinct value exactly 0.
    package let squares: Double
    /// With the count less 1; of one row 0.
    package var variance: Double { count > 1 ? squares / (count - 1) : 0 }
    /// Of the rows as they are, with the count.
    var deviation: Double { (squares / count).squareRoot() }
  }
}

extension DriftColumn.Side {
  /// The place of the one value that all rows have; nil: they have several.
  fileprivate var onlyPlace: Int? {
    guard let first = counts.firstIndex(where: { $0 > 0 }) else { return nil }
    return Int(counts[first]) == total ? first : nil
  }
}
