import GateCore

/// Where numbers are cut into bins of about as many rows each: many narrow ones, and few wide ones made of those.
struct SliceEdges: Sendable {
  /// Rising, NaN last; a row is in the bin after the last edge that is not above it.
  let edges: [Double]
  /// For every row its bin; those without a value are in one more, after the last.
  package let codes: [UInt8]
  /// For each bin the wide one that it is part of.
  package let wide: [UInt8]

  /// The most wide bins.
  static let mostBins = 16
  /// How many narrow bins the values are cut into, but for those that hold a value of many rows.
  private static let narrowBins = 64
  /// How many rows say where the edges lie, spread evenly over all of them.
  private static let sampled = 20_000

  /// What an edge between two values is rounded to, where that leaves it between them.
  enum Rounding: Sendable {
    /// As few decimal digits as can be.
    case digits
    /// Midnight, of microseconds.
    case days
  }

  /// Cuts a column of numbers.
  package init(_ column: Column, roundsTo rounding: Rounding) {
    let values = column.doubles ?? []
    let step = max(1, values.count / Self.sampled)
    let sample = stride(from: 0, to: values.count, by: step).filter { !column.isNull($0) }
      .map { values[$0] }.sorted { $0.comesBefore($1) }
    var edges: [Double] = []
    var wide: [UInt8] = [0]
    for gap in Self.gaps(in: sample) {
      let edge = sample[gap.above].edge(above: sample[gap.below], rounding)
      let isNew = edges.last?.comesBefore(edge) ?? true
      if isNew {
        edges.append(edge)
        wide.append(wide[wide.count - 1])
      }
      if gap.isWide, wide[wide.count - 1] == wide[wide.count - 2] { wide[wide.count - 1] += 1 }
    }
    (self.edges, self.wide) = (edges, wide)
    codes = Self.codes(values, column.validity, edges)
  }

  /// Between which places of a sorted sample an edge may lie: above one value and at most another.
  private typealias Gap = (below: Int, above: Int, isWide: Bool)

  /// Where edges may lie, rising.
  ///
  /// Before each value where they are few, else near quantiles, within an eighth of a bin, so that the edge can be round;
  /// exactly where a run of equal values that is a bin by itself begins and ends.
  private static func gaps(in sample: [Double]) -> [Gap] {
    guard sample.count > 1 else { return [] }
    let starts = sample.indices.dropFirst().filter { sample[$0 - 1].comesBefore(sample[$0]) }
    if starts.count < mostBins { return starts.map { ($0 - 1, $0, true) } }
    let runs = [0] + starts + [sample.count]
    let few = places(in: runs, mostBins)
    let many = places(in: runs, narrowBins)
    let kept = Set(few.keys).union(many.keys).sorted()
    return kept.enumerated().map { index, place in
      let isWide = few[place] != nil
      let slack = sample.count / (8 * (isWide ? mostBins : narrowBins))
      let isNear = few[place] ?? many[place] ?? false
      guard isNear, sample[min(place + slack, sample.count - 1)].isFinite else {
        return (place - 1, place, isWide)
      }
      let before = index > 0 ? kept[index - 1] : 0
      let after = index + 1 < kept.count ? kept[index + 1] : sample.count
      return (
        max(place - 1 - slack, (before + place - 1) / 2),
        min(place + slack, (place + after - 1) / 2), isWide
      )
    }
  }

  /// Where runs of equal values begin that are to begin a bin, and whether somewhere near would do as well.
  private static func places(in runs: [Int], _ mostBins: Int) -> [Int: Bool] {
    let count = runs[runs.count - 1]
    var exact: Set<Int> = []
    var near: Set<Int> = []
    for part in 1..<mostBins {
      let place = part * count / mostBins
      let run = runs.partitioningIndex { $0 > place } - 1
      if (runs[run + 1] - runs[run]) * mostBins >= count {
        exact.formUnion([runs[run], runs[run + 1]])
      } else if run > 0 {
        near.insert(runs[run])
      }
    }
    exact.subtract([0, count])
    near.subtract(exact)
    // Where many values have a bin by themselves, quantiles between them would be too many.
    let kept = (exact.union(near).count < mostBins ? exact.union(near) : exact).sorted()
      .prefix(mostBins - 1)
    return Dictionary(uniqueKeysWithValues: kept.map { ($0, near.contains($0)) })
  }

  private static func codes(
    _ values: [Double], _ validity: [Bool]?, _ edges: [Double]
  ) -> [UInt8] {
    // Padded, so that every search takes the same steps: no row is at or above NaN.
    let padded = edges + [Double](repeating: .nan, count: max(0, 127 - edges.count))
    return padded.withUnsafeBufferPointer { padded in
      values.withUnsafeBufferPointer { values in
        [UInt8](unsafeUninitializedCapacity: values.count) { codes, initialized in
          for row in 0..<values.count {
            let value = values[row]
            var (code, step) = (0, 64)
            while step > 0 {
              code += value >= padded[code + step - 1] ? step : 0
              step >>= 1
            }
            if value.isNaN { code = edges.count }
            if validity?[row] == false { code = edges.count + 1 }
            codes[row] = UInt8(truncatingIfNeeded: code)
          }
          initialized = values.count
        }
      }
    }
  }
}

extension Double {
  /// Whether it is lower, NaN being above all numbers.
  fileprivate func comesBefore(_ other: Double) -> Bool { self < other || (other.isNaN && !isNaN) }

  /// A number above `below` and at most this one, the roundest there is.
  fileprivate func edge(above below: Double, _ rounding: SliceEdges.Rounding) -> Double {
    guard isFinite else { return self }
    if below < 0, self >= 0 { return 0 }
    switch rounding {
    case .days:
      let midnight = (self / 86_400_000_000).rounded(.down) * 86_400_000_000
      return midnight > below ? midnight : self
    case .digits:
      var power = 1.0
      while power < magnitude, power < 1e300 { power *= 10 }
      while power > 1 {
        let round = (self / power).rounded(.down) * power
        if round > below, round <= self { return round }
        power /= 10
      }
      for _ in 0...15 {
        let round = (self * power).rounded(.down) / power
        if round > below, round <= self { return round }
        power *= 10
      }
      return self
    }
  }

  /// The number as SQL that the engine reads as this very number.
  ///
  /// Few digits are a decimal, which every type but FLOAT compares with exactly; others are a DOUBLE. A FLOAT rounds
  /// integers beyond 2^24 too.
  func literal(isDecimal: Bool) -> String {
    if isNaN { return "'NaN'::DOUBLE" }
    if isInfinite { return self > 0 ? "'Infinity'::DOUBLE" : "'-Infinity'::DOUBLE" }
    if self == rounded(), magnitude < (isDecimal ? 0x1p53 : 0x1p24) { return String(Int(self)) }
    let text = description
    if text.utf8.contains(UInt8(ascii: "e")) { return text }
    let digits = text.utf8.count { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    return isDecimal && digits <= 15 ? text : text + "e0"
  }

  /// Microseconds since 1970 as SQL of the column's own type.
  func momentLiteral(_ declared: String?) -> String {
    let text = Int64(self).moment.replacing("T", with: " ")
    switch declared {
    case "DATE": return "DATE '\(text)'"
    case "TIMESTAMP WITH TIME ZONE":
      return "TIMESTAMPTZ '\(text)\(text.utf8.count > 10 ? "" : " 00:00:00")+00'"
    default: return "TIMESTAMP '\(text)'"
    }
  }
}
