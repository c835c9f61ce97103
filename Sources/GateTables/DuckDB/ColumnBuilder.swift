internal import CDuckDB
import GateCore

/// Gathers the vectors of one result column into contiguous buffers.
final class ColumnBuilder {
  let name: String
  let type: VectorType
  private(set) var count = 0
  private var doubles: [Double] = []
  private var integers: [Int64] = []
  private var booleans: [Bool] = []
  private var codes: [Int32] = []
  private var dictionary = TextDictionary()
  private var validity: [Bool]?
  /// Whether an integer beyond 64 bits was met, so that the column is given as doubles.
  private var isWide = false
  /// Whether a value lost digits.
  private var isRounded = false

  init(name: String, type: VectorType, capacity: Int) {
    self.name = name
    self.type = type
    switch VectorType.kind(type.id) {
    case .boolean: booleans.reserveCapacity(capacity)
    case .integer, .timestamp: integers.reserveCapacity(capacity)
    case .number: doubles.reserveCapacity(capacity)
    case .string, .other: codes.reserveCapacity(capacity)
    }
  }

  /// The gathered values, after which the builder is empty again.
  func finish() -> Column {
    let values: Column.Values =
      switch VectorType.kind(type.id) {
      case .boolean: .booleans(booleans)
      case .integer: isWide ? .doubles(doubles) : .integers(integers)
      case .timestamp: .timestamps(integers)
      case .number: .doubles(doubles)
      case .string, .other: .strings(codes: codes, dictionary: dictionary.texts())
      }
    var column = Column(name: name, values: values, validity: validity)
    column.isRounded = isRounded || isWide
    column.isSingle = type.id == DUCKDB_TYPE_FLOAT
    (doubles, integers, booleans, codes, validity, count) = ([], [], [], [], nil, 0)
    (dictionary, isWide, isRounded) = (TextDictionary(), false, false)
    return column
  }

  /// Appends rows `start ..< start + count` of a vector.
  func append(
    _ data: UnsafeRawPointer, mask: UnsafePointer<UInt64>?, start: Int, count rows: Int
  ) throws(Diagnostic) {
    if let mask { appendValidity(mask, start: start, count: rows) } else { appendValid(rows) }
    switch type.id {
    case DUCKDB_TYPE_BOOLEAN:
      let bytes = UnsafeRawBufferPointer(start: data + start, count: rows)
      booleans.append(contentsOf: bytes.lazy.map { $0 != 0 })
    case DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_TIMESTAMP_TZ:
      integers.append(contentsOf: Self.view(data, Int64.self, start, rows))
    case DUCKDB_TYPE_TINYINT: widen(Self.view(data, Int8.self, start, rows))
    case DUCKDB_TYPE_SMALLINT: widen(Self.view(data, Int16.self, start, rows))
    case DUCKDB_TYPE_INTEGER: widen(Self.view(data, Int32.self, start, rows))
    case DUCKDB_TYPE_UTINYINT: widen(Self.view(data, UInt8.self, start, rows))
    case DUCKDB_TYPE_USMALLINT: widen(Self.view(data, UInt16.self, start, rows))
    case DUCKDB_TYPE_UINTEGER: widen(Self.view(data, UInt32.self, start, rows))
    case DUCKDB_TYPE_UBIGINT: try appendUnsigned(Self.view(data, UInt64.self, start, rows))
    case DUCKDB_TYPE_HUGEINT:
      appendWide(Self.view(data, duckdb_hugeint.self, start, rows), signed: true)
    case DUCKDB_TYPE_UHUGEINT:
      appendWide(Self.view(data, duckdb_hugeint.self, start, rows), signed: false)
    case DUCKDB_TYPE_FLOAT:
      let values = Self.view(data, Float.self, start, rows)
      Self.extend(&doubles, by: rows, with: 0) {
        for row in 0..<rows { $0[row] = Double(values[row]) }
      }
    case DUCKDB_TYPE_DOUBLE:
      doubles.append(contentsOf: Self.view(data, Double.self, start, rows))
    case DUCKDB_TYPE_DECIMAL: appendDecimals(data, start, rows)
    case DUCKDB_TYPE_DATE: scale(Self.view(data, Int32.self, start, rows), by: 86_400_000_000)
    case DUCKDB_TYPE_TIMESTAMP_S: scale(Self.view(data, Int64.self, start, rows), by: 1_000_000)
    case DUCKDB_TYPE_TIMESTAMP_MS: scale(Self.view(data, Int64.self, start, rows), by: 1000)
    case DUCKDB_TYPE_TIMESTAMP_NS: appendNanoseconds(Self.view(data, Int64.self, start, rows))
    default: appendTexts(data, start, rows)
    }
    count += rows
  }

  /// Appends nanoseconds as microseconds, and notes whether any are lost.
  private func appendNanoseconds(_ values: UnsafeBufferPointer<Int64>) {
    Self.extend(&integers, by: values.count, with: 0) { out in
      for row in values.indices {
        let (whole, rest) = values[row].quotientAndRemainder(dividingBy: 1000)
        out[row] = rest < 0 ? whole - 1 : whole
        if rest != 0, isValid(row) { isRounded = true }
      }
    }
  }

  /// Rows of a vector's data as `T`.
  private static func view<T>(
    _ data: UnsafeRawPointer, _ type: T.Type, _ start: Int, _ rows: Int
  ) -> UnsafeBufferPointer<T> {
    UnsafeBufferPointer(start: data.assumingMemoryBound(to: type) + start, count: rows)
  }

  /// Lengthens `array` and has `fill` write the new part.
  @inline(__always)
  private static func extend<T>(
    _ array: inout [T], by rows: Int, with blank: T, _ fill: (UnsafeMutablePointer<T>) -> Void
  ) {
    let start = array.count
    array.append(contentsOf: repeatElement(blank, count: rows))
    array.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { fill(base + start) }
    }
  }

  /// `value * factor`, at the ends of the range where it does not fit: DuckDB's infinite dates.
  @inline(__always)
  private static func scaled(_ value: Int64, by factor: Int64) -> Int64 {
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return overflow ? (value < 0 ? .min : .max) : product
  }

  /// Appends integers of fewer bits.
  @inline(__always)
  private func widen<T: FixedWidthInteger>(_ values: UnsafeBufferPointer<T>) {
    Self.extend(&integers, by: values.count, with: 0) { out in
      for row in 0..<values.count { out[row] = Int64(truncatingIfNeeded: values[row]) }
    }
  }

  /// Appends times of a coarser unit.
  private func scale<T: FixedWidthInteger>(_ values: UnsafeBufferPointer<T>, by factor: Int64) {
    Self.extend(&integers, by: values.count, with: 0) { out in
      for row in 0..<values.count { out[row] = Self.scaled(Int64(values[row]), by: factor) }
    }
  }

  /// Appends unsigned integers, of which those beyond `Int64.max` are an error.
  private func appendUnsigned(_ values: UnsafeBufferPointer<UInt64>) throws(Diagnostic) {
    for row in 0..<values.count where values[row] > UInt64(Int64.max) && isValid(row) {
      throw Diagnostic(
        "column '\(name)' has \(values[row]) in row \(count + row + 1); an integer of at most "
          + "\(Int64.max) was wanted",
        hint: "read it as text or as a double: \(Pasteable.types(name))")
    }
    widen(values)
  }

  /// Appends 128-bit integers: as 64-bit ones while they fit, as doubles from the first that does not.
  private func appendWide(_ values: UnsafeBufferPointer<duckdb_hugeint>, signed: Bool) {
    if !isWide {
      isWide = values.indices.contains { row in
        guard isValid(row) else { return false }
        let fits = Int64(truncatingIfNeeded: values[row].lower) >> 63
        return signed ? values[row].upper != fits : values[row].upper != 0 || fits != 0
      }
      if isWide {
        doubles = integers.map(Double.init)
        integers = []
      }
    }
    if isWide {
      doubles.append(contentsOf: values.lazy.map { Self.double($0, signed: signed) })
    } else {
      integers.append(contentsOf: values.lazy.map { Int64(truncatingIfNeeded: $0.lower) })
    }
  }

  /// A 128-bit integer without its sign, and whether it has one.
  private static func parts(_ value: duckdb_hugeint, signed: Bool) -> (UInt128, Bool) {
    let bits = UInt128(UInt64(bitPattern: value.upper)) << 64 | UInt128(value.lower)
    let isNegative = signed && value.upper < 0
    return (isNegative ? 0 &- bits : bits, isNegative)
  }

  /// The double nearest to a 128-bit integer.
  private static func double(_ value: duckdb_hugeint, signed: Bool) -> Double {
    let (magnitude, isNegative) = parts(value, signed: signed)
    return NearestDouble.of(magnitude, isNegative: isNegative)
  }

  /// Appends decimals, whose stored integers are divided by a power of ten.
  private func appendDecimals(_ data: UnsafeRawPointer, _ start: Int, _ rows: Int) {
    switch type.storage {
    case DUCKDB_TYPE_SMALLINT: divide(Self.view(data, Int16.self, start, rows))
    case DUCKDB_TYPE_INTEGER: divide(Self.view(data, Int32.self, start, rows))
    case DUCKDB_TYPE_BIGINT:
      let values = Self.view(data, Int64.self, start, rows)
      note(values.indices) { values[$0].magnitude > Self.mostExact }
      divide(values)
    default:
      let values = Self.view(data, duckdb_hugeint.self, start, rows)
      note(values.indices) { Self.parts(values[$0], signed: true).0 > Self.mostExact }
      let divide = Self.division(scale: type.scale)
      doubles.append(
        contentsOf: values.lazy.map { value in
          let (magnitude, isNegative) = Self.parts(value, signed: true)
          return divide(magnitude, isNegative)
        })
    }
  }

  /// Up to here integers divided by one power of ten are different doubles.
  private static let mostExact: UInt64 = 1 << 52

  /// Remembers that a value of these rows may have become another's.
  private func note(_ rows: Range<Int>, _ isRounded: (Int) -> Bool) {
    if !self.isRounded { self.isRounded = rows.contains { isValid($0) && isRounded($0) } }
  }

  /// What gives the double nearest to an integer without its sign, divided by a power of ten.
  private static func division(scale: Int) -> (UInt128, Bool) -> Double {
    let divisor = power(scale)
    let most = scale <= NearestDouble.mostPower ? UInt128(NearestDouble.mostExact) : 0
    return { magnitude, isNegative in
      // One division of numbers that are doubles is rounded once.
      guard magnitude <= most else {
        return NearestDouble.of(magnitude, isNegative: isNegative, scale: scale)
      }
      let value = Double(UInt64(truncatingIfNeeded: magnitude)) / divisor
      return isNegative && magnitude != 0 ? -value : value
    }
  }

  /// A power of ten.
  private static func power(_ scale: Int) -> Double {
    (0..<scale).reduce(1) { power, _ in power * 10 }
  }

  /// Appends stored integers divided by the column's power of ten.
  @inline(__always)
  private func divide<T: FixedWidthInteger>(_ values: UnsafeBufferPointer<T>) {
    let scale = type.scale
    let divisor = Self.power(scale)
    Self.extend(&doubles, by: values.count, with: 0) { out in
      for row in 0..<values.count {
        let magnitude = UInt64(values[row].magnitude)
        out[row] =
          magnitude <= NearestDouble.mostExact
          ? Double(values[row]) / divisor
          : NearestDouble.of(UInt128(magnitude), isNegative: values[row] < 0, scale: scale)
      }
    }
  }

  /// Appends texts as codes of the dictionary.
  private func appendTexts(_ data: UnsafeRawPointer, _ start: Int, _ rows: Int) {
    let dictionary = self.dictionary
    let first = count
    if let validity {
      validity.withUnsafeBufferPointer { valid in
        Self.extend(&codes, by: rows, with: 0) { out in
          dictionary.encode(
            data + start * 16, count: rows, into: out, valid: valid.baseAddress.map { $0 + first })
        }
      }
    } else {
      Self.extend(&codes, by: rows, with: 0) { out in
        dictionary.encode(data + start * 16, count: rows, into: out, valid: nil)
      }
    }
  }

  /// Whether the row of the vector being appended holds a value.
  private func isValid(_ row: Int) -> Bool { validity.map { $0[count + row] } ?? true }

  /// Says that the next rows all hold values.
  private func appendValid(_ rows: Int) {
    validity?.append(contentsOf: repeatElement(true, count: rows))
  }

  /// Appends bits `start ..< start + rows` of a validity mask, whole words of ones at once.
  private func appendValidity(_ mask: UnsafePointer<UInt64>, start: Int, count rows: Int) {
    var row = start
    let end = start + rows
    while row < end {
      let bit = row & 63
      let run = min(64 - bit, end - row)
      let ones = run == 64 ? UInt64.max : (1 &<< UInt64(run)) &- 1
      let word = (mask[row >> 6] &>> UInt64(bit)) & ones
      if word == ones {
        validity?.append(contentsOf: repeatElement(true, count: run))
      } else {
        if validity == nil {
          validity = []
          validity?.reserveCapacity(max(integers.capacity, doubles.capacity, codes.capacity))
          validity?.append(contentsOf: repeatElement(true, count: count + row - start))
        }
        for offset in 0..<run { validity?.append(word &>> UInt64(offset) & 1 == 1) }
      }
      row += run
    }
  }
}
