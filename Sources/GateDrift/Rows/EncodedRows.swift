import GateCore

/// All features of both sides as numbers in units of the reference: nulls filled in, categories as shares.
///
/// A null is the reference's mean, or its most frequent category, of equally frequent ones the first by code point. A
/// category is its share among the reference's rows, 0 where it has none. Then the reference's mean is taken off, and
/// it is divided by the reference's standard deviation, by 1 where the feature does not vary there.
struct EncodedRows: Sendable {
  package let names: [String]
  private let columns: [Column]
  /// Rows of each side.
  package let counts: (reference: Int, current: Int)

  /// One feature.
  private enum Column: Sendable {
    case numbers(reference: [Double], current: [Double], mean: Double, scale: Double)
    /// The number of each category; `null` that of a null.
    case categories(reference: [Int32], current: [Int32], codes: [Double], null: Double)
  }

  /// Throws `Undefined` for a feature without a value in the reference, or with an infinite one.
  package init(_ rows: DriftRows) throws(Undefined) {
    counts = rows.counts
    names = rows.features.map(\.name)
    var columns: [Column] = []
    for feature in rows.features {
      switch feature.values {
      case .numbers(let before, let after):
        let (mean, scale) = try Self.moments(before, after, feature.name)
        columns.append(.numbers(reference: before, current: after, mean: mean, scale: scale))
      case .categories(let before, let after, let names):
        let (codes, null) = try Self.codes(before, names, feature.name)
        columns.append(.categories(reference: before, current: after, codes: codes, null: null))
      }
    }
    self.columns = columns
  }

  /// Features.
  package var width: Int { columns.count }

  /// The mean of the reference's numbers and their standard deviation with nulls at the mean.
  private static func moments(
    _ before: [Double], _ after: [Double], _ name: String
  ) throws(Undefined) -> (Double, Double) {
    if before.contains(where: \.isInfinite) || after.contains(where: \.isInfinite) {
      throw Undefined("feature '\(name)' has infinite values")
    }
    var (sum, count) = (0.0, 0)
    var (least, most) = (Double.infinity, -Double.infinity)
    for value in before where !value.isNaN {
      sum += value
      count += 1
      least = min(least, value)
      most = max(most, value)
    }
    if count == 0 { throw Undefined("feature '\(name)' has no value but nulls in the reference") }
    if least == most { return (least, 1) }
    let mean = sum / Double(count)
    // In units of the widest deviation, so that no square is beyond what numbers can hold.
    let unit = max(most - mean, mean - least)
    var squares = 0.0
    for value in before where !value.isNaN {
      let deviation = (value - mean) / unit
      squares += deviation * deviation
    }
    return (mean, unit * (squares / Double(before.count)).squareRoot())
  }

  /// The number of each category and of a null.
  private static func codes(
    _ before: [Int32], _ names: [String], _ feature: String
  ) throws(Undefined) -> ([Double], Double) {
    var counts = [Int](repeating: 0, count: names.count)
    for code in before where code >= 0 { counts[Int(code)] += 1 }
    guard let most = counts.max(), most > 0 else {
      throw Undefined("feature '\(feature)' has no value but nulls in the reference")
    }
    var frequent: Int?
    for place in names.indices where counts[place] == most {
      if let found = frequent, !names[place].utf8.lexicographicallyPrecedes(names[found].utf8) {
        continue
      }
      frequent = place
    }
    let null = frequent ?? 0
    counts[null] = before.count - counts.reduce(0, +) + counts[null]
    let rows = Double(before.count)
    let shares = counts.map { Double($0) / rows }
    let mean = zip(shares, counts).reduce(0) { $0 + $1.0 * Double($1.1) } / rows
    // One share, also of several categories, does not vary.
    let distinct = Set(counts.filter { $0 > 0 })
    if distinct.count == 1 { return (shares.map { $0 - mean }, shares[null] - mean) }
    let variance =
      zip(shares, counts).reduce(0) {
        $0 + ($1.0 - mean) * ($1.0 - mean) * Double($1.1)
      } / rows
    let codes = shares.map { ($0 - mean) / variance.squareRoot() }
    return (codes, codes[null])
  }

  /// Hands over blocks of rows, `width` numbers a row, and the place of each block's first row.
  func eachBlock(
    ofReference: Bool, _ body: (UnsafeMutableBufferPointer<Double>, Int) -> Void
  ) {
    let count = ofReference ? counts.reference : counts.current
    let size = max(1, 1 << 18 / max(1, width))
    var block = [Double](repeating: 0, count: min(count, size) * width)
    block.withUnsafeMutableBufferPointer { block in
      for start in stride(from: 0, to: count, by: size) {
        let rows = start..<min(count, start + size)
        for place in columns.indices { fill(block, rows, place, ofReference) }
        body(UnsafeMutableBufferPointer(rebasing: block[..<(rows.count * width)]), start)
      }
    }
  }

  /// Writes one feature of some rows.
  private func fill(
    _ block: UnsafeMutableBufferPointer<Double>, _ rows: Range<Int>, _ feature: Int,
    _ ofReference: Bool
  ) {
    var place = feature
    switch columns[feature] {
    case .numbers(let before, let after, let mean, let scale):
      (ofReference ? before : after).withUnsafeBufferPointer { values in
        for row in rows {
          block[place] = values[row].isNaN ? 0 : (values[row] - mean) / scale
          place += width
        }
      }
    case .categories(let before, let after, let codes, let null):
      (ofReference ? before : after).withUnsafeBufferPointer { values in
        for row in rows {
          block[place] = values[row] < 0 ? null : codes[Int(values[row])]
          place += width
        }
      }
    }
  }
}
