/// A column's values in the table's row order, as contiguous buffers with validity.
package struct Column: Sendable {
  package enum Values: Sendable {
    case doubles([Double])
    case integers([Int64])
    case booleans([Bool])
    /// Each distinct text once, and for every row the index of its text.
    case strings(codes: [Int32], dictionary: [String])
    /// Microseconds since 1970-01-01T00:00:00 UTC; dates stand at their midnight.
    case timestamps([Int64])
  }

  package var name: String
  package var values: Values
  /// Which rows hold a value, which no NaN is; nil when all do. What stands in `values` at a null is unspecified.
  package var validity: [Bool]?
  /// Whether a value lost digits when it was read, so that two that differ may have become one.
  package var isRounded = false
  /// Whether its numbers are of single precision, which is how many digits their texts have.
  package var isSingle = false

  /// A NaN among the values is none: a missing value, as a null is.
  package init(name: String, values: Values, validity: [Bool]? = nil) {
    self.name = name
    self.values = values
    self.validity = validity
    if case .doubles(let numbers) = values, numbers.contains(where: \.isNaN) {
      self.validity = numbers.indices.map { !numbers[$0].isNaN && validity?[$0] ?? true }
    }
  }

  /// The same under another name.
  package func named(_ name: String) -> Column {
    var column = self
    column.name = name
    return column
  }

  package var count: Int {
    switch values {
    case .doubles(let values): values.count
    case .integers(let values), .timestamps(let values): values.count
    case .booleans(let values): values.count
    case .strings(let codes, _): codes.count
    }
  }

  package func isNull(_ row: Int) -> Bool { validity.map { !$0[row] } ?? false }

  /// The first row without a value.
  package var firstNull: Int? { validity?.firstIndex(of: false) }

  /// The first row whose whole number no double is; nil: there is none.
  var firstBeyondDoubles: Int? {
    guard case .integers(let values) = values else { return isRounded ? 0 : nil }
    return values.indices.first { !isNull($0) && Int64(exactly: Double(values[$0])) != values[$0] }
  }

  /// The values as doubles, nulls as NaN; nil for text. Integers beyond 2^53 lose their last digits.
  package var doubles: [Double]? {
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

extension Column {
  /// Whether the values are moments, whose numbers mean nothing by themselves.
  package var isMoments: Bool { if case .timestamps = values { true } else { false } }

  /// Whether the values are true and false.
  package var isBoolean: Bool { if case .booleans = values { true } else { false } }

  /// The values as numbers, nulls as NaN, where they are numbers; nil for texts, moments, true and false.
  package var quantities: [Double]? { isMoments || isBoolean ? nil : doubles }

  /// What is no number, in a message.
  package var contents: String { isMoments ? "dates" : isBoolean ? "true and false" : "texts" }
}

extension Column {
  /// The text of every row, where it holds texts; empty where there is none.
  package var texts: [String]? {
    guard case .strings(let codes, let dictionary) = values else { return nil }
    // Where all rows are null there is no text that a code could be of.
    return codes.enumerated().map { isNull($0) ? "" : dictionary[Int($1)] }
  }
}
