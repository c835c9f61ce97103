/// A column's values in the table's row order, as contiguous buffers with validity.
public struct Column: Sendable {
  public enum Values: Sendable {
    case doubles([Double])
    case integers([Int64])
    case booleans([Bool])
    /// Each distinct text once, and for every row the index of its text.
    case strings(codes: [Int32], dictionary: [String])
    /// Microseconds since 1970-01-01T00:00:00 UTC; dates stand at their midnight.
    case timestamps([Int64])
  }

  public var name: String
  public var values: Values
  /// Which rows hold a value, which no NaN is; nil when all do. What stands in `values` at a null is unspecified.
  public var validity: [Bool]?
  /// Whether a value lost digits when it was read, so that two that differ may have become one.
  public var isRounded = false
  /// Whether its numbers are of single precision, which is how many digits their texts have.
  public var isSingle = false

  /// A NaN among the values is none: a missing value, as a null is.
  public init(name: String, values: Values, validity: [Bool]? = nil) {
    self.name = name
    self.values = values
    self.validity = validity
    if case .doubles(let numbers) = values, numbers.contains(where: \.isNaN) {
      self.validity = numbers.indices.map { !numbers[$0].isNaN && validity?[$0] ?? true }
    }
  }

  /// The same under another name.
  public func named(_ name: String) -> Column {
    var column = self
    column.name = name
    return column
  }

  public var count: Int {
    switch values {
    case .doubles(let values): values.count
    case .integers(let values), .timestamps(let values): values.count
    case .booleans(let values): values.count
    case .strings(let codes, _): codes.count
    }
  }

  public func isNull(_ row: Int) -> Bool { validity.map { !$0[row] } ?? false }

  /// The first row without a value.
  public var firstNull: Int? { validity?.firstIndex(of: false) }

  /// The first row whose whole number no double is; nil: there is none.
  var firstBeyondDoubles: Int? {
    guard case .integers(let values) = values else { return isRounded ? 0 : nil }
    return values.indices.first { !isNull($0) && Int64(exactly: Double(values[$0])) != values[$0] }
  }

  /// The values as doubles, nulls as NaN; nil for text. Integers beyond 2^53 lose their last digits.
  public var doubles: [Double]? {
    var numbers: [Double]
    switch values {
    case .doubles(let values): numbers = values
    case .integers(let values), .timestamps(let values): numbers = values.map(Double.init)
    case .booleans(let values): numbers = values.map { $0 ? 1 : 0 }
    case .strings: return nil
    }
    if let validity { for row in numbers.indices where !validity[row] { numbers[row] = .nan } }
    return numbers
  }
}
