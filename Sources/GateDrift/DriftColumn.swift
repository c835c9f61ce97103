package import GateCore

/// One column of the reference and of the current rows: each distinct value once, and how often it occurs on each side.
///
/// All tests of one column read this and nothing else: it is exact, it holds ties once, and one pass over it gives both
/// distribution functions. Nulls and NaN are counted beside; infinities are values like others.
package struct DriftColumn: Sendable {
  /// The distinct values.
  package let values: Values
  package let reference: Side
  package let current: Side

  /// The distinct values of both sides together.
  package enum Values: Sendable {
    /// Rising, without NaN; -0 is 0.
    case numbers([Double])
    /// By code point.
    case categories([String])
  }

  /// How often each value occurs among some rows.
  package struct Side: Sendable {
    /// One a distinct value.
    package let counts: [Int32]
    /// The sum of the counts: rows with a value.
    package let total: Int
    /// Rows without one.
    package let nulls: Int

    /// Takes the counts of the distinct values, in their order.
    package init(counts: [Int32], nulls: Int = 0) {
      self.counts = counts
      self.nulls = nulls
      total = counts.reduce(0) { $0 + Int($1) }
    }

    /// All rows.
    package var rows: Int { total + nulls }
    /// The share of rows without a value; of no rows 0.
    package var nullShare: Double { rows == 0 ? 0 : Double(nulls) / Double(rows) }
  }

  /// Takes values with their counts on each side.
  package init(_ values: Values, reference: Side, current: Side) {
    self.values = values
    self.reference = reference
    self.current = current
  }

  /// Distinct values.
  package var distinct: Int { reference.counts.count }

  /// What the values are.
  package var kind: DriftKind {
    switch values {
    case .numbers: .number
    case .categories: .category
    }
  }

  /// The numbers; throws `Undefined` for categories.
  package func numbers() throws(Undefined) -> [Double] {
    guard case .numbers(let numbers) = values else { throw Undefined("the values are no numbers") }
    return numbers
  }

  /// The numbers; throws `Undefined` for categories, and where one is infinite.
  package func finiteNumbers() throws(Undefined) -> [Double] {
    let numbers = try numbers()
    guard let first = numbers.first, let last = numbers.last else { return numbers }
    if first.isFinite, last.isFinite { return numbers }
    var infinite = 0
    for place in numbers.indices where !numbers[place].isFinite {
      infinite += Int(reference.counts[place]) + Int(current.counts[place])
    }
    throw Undefined("\(infinite.counted("value")) of both sides are infinite")
  }

  /// Those without a value.
  package var nulls: DriftNulls {
    DriftNulls(
      reference: DriftNulls.Side(reference.nulls, of: reference.rows),
      current: DriftNulls.Side(current.nulls, of: current.rows))
  }

  /// Throws `Undefined` where a side has no value at all.
  package func wantValues() throws(Undefined) {
    if reference.total == 0 { throw Undefined("the reference has no value but nulls") }
    if current.total == 0 { throw Undefined("the current rows have no value but nulls") }
  }
}

/// What a column's values are, which decides the tests that fit it.
package enum DriftKind: String, Sendable, CaseIterable {
  /// Numbers, whole ones too.
  case number
  /// Texts of a list, true and false.
  case category
  /// Texts that people write.
  case text
  /// Lists of as many numbers each.
  case embedding

  /// For messages: 'numbers'.
  package var plural: String { self == .category ? "categories" : "\(rawValue)s" }
}

extension DriftColumn {
  /// Numbers by row of each side, NaN for a null.
  package init(numbers reference: [Double], _ current: [Double]) {
    let sides = (rising(reference), rising(current))
    self.init(
      sorted: sides.0, nulls: reference.count - sides.0.count,
      sides.1, nulls: current.count - sides.1.count)
  }

  /// Categories by row of each side, nil for a null.
  package init(categories reference: [String?], _ current: [String?]) {
    func count(_ values: [String?]) -> [ExactText: Int] {
      Dictionary(values.compactMap(\.self).map { (ExactText($0), 1) }, uniquingKeysWith: +)
    }
    self.init(
      counts: count(reference), nulls: reference.count { $0 == nil },
      count(current), nulls: current.count { $0 == nil })
  }

  /// How often each category occurs on each side.
  package init(
    counts reference: [ExactText: Int], nulls: Int, _ current: [ExactText: Int],
    nulls currentNulls: Int
  ) {
    let names = Set(reference.keys).union(current.keys).sorted()
    self.init(
      .categories(names.map(\.text)),
      reference: Side(
        counts: names.map { Int32(clamping: reference[$0] ?? 0) }, nulls: nulls),
      current: Side(
        counts: names.map { Int32(clamping: current[$0] ?? 0) }, nulls: currentNulls))
  }

  /// Rising numbers of each side, merged into their distinct values.
  package init(sorted reference: [Double], nulls: Int, _ current: [Double], nulls currentNulls: Int)
  {
    let most = reference.count + current.count
    var distinct = 0
    var counts = [Int32]()
    var others = [Int32]()
    let values = reference.withUnsafeBufferPointer { a in
      current.withUnsafeBufferPointer { b in
        [Double](unsafeUninitializedCapacity: most) { values, initialized in
          counts = [Int32](unsafeUninitializedCapacity: most) { ofA, initializedA in
            others = [Int32](unsafeUninitializedCapacity: most) { ofB, initializedB in
              distinct = Self.merge(a, b, values, ofA, ofB)
              initializedB = distinct
            }
            initializedA = distinct
          }
          initialized = distinct
        }
      }
    }
    self.init(
      .numbers(values), reference: Side(counts: counts, nulls: nulls),
      current: Side(counts: others, nulls: currentNulls))
  }

  /// Writes the distinct values and how often each occurs on both sides; how many there are.
  private static func merge(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>,
    _ values: UnsafeMutableBufferPointer<Double>, _ ofA: UnsafeMutableBufferPointer<Int32>,
    _ ofB: UnsafeMutableBufferPointer<Int32>
  ) -> Int {
    var (i, j, distinct) = (0, 0, 0)
    while i < a.count || j < b.count {
      let value = j >= b.count || (i < a.count && a[i] <= b[j]) ? a[i] : b[j]
      let (startA, startB) = (i, j)
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      values[distinct] = value
      ofA[distinct] = Int32(truncatingIfNeeded: i - startA)
      ofB[distinct] = Int32(truncatingIfNeeded: j - startB)
      distinct += 1
    }
    return distinct
  }
}
