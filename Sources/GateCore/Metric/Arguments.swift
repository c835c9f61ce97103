/// What a manifest gave for a metric's parameters; checked against them before.
package struct Arguments: Sendable, Hashable {
  /// Parameters that are numbers.
  package var numbers: [String: Double]
  /// Parameters that are texts.
  package var texts: [String: String]
  /// What parameters that are SQL give on every row of the holdout; a sample's `rows` say where.
  package var columns: [String: RowValues]

  /// Takes numbers, texts and columns by the parameters' names.
  package init(
    _ numbers: [String: Double] = [:], texts: [String: String] = [:],
    columns: [String: RowValues] = [:]
  ) {
    self.numbers = numbers
    self.texts = texts
    self.columns = columns
  }

  /// A column of the holdout that a metric reads.
  package enum RowValues: Sendable, Hashable {
    /// Finite numbers.
    case numbers([Double])
    /// For every row the index of its value, and the values.
    case codes([Int32], [String])
  }

  /// Whether anything was given for a parameter.
  package func has(_ name: String) -> Bool {
    numbers[name] != nil || texts[name] != nil || columns[name] != nil
  }
  /// The number given for a parameter.
  package subscript(name: String) -> Double? { numbers[name] }
  /// The text given for a parameter.
  package func text(_ name: String) -> String? { texts[name] }
  /// The numbers of a column given for a parameter, by row of the holdout; nil: none was.
  package func column(_ name: String) -> [Double]? {
    if case .numbers(let values)? = columns[name] { values } else { nil }
  }
  /// The codes of a column given for a parameter, by row of the holdout; nil: none was.
  package func codes(_ name: String) -> [Int32]? {
    if case .codes(let codes, _)? = columns[name] { codes } else { nil }
  }
}

extension Arguments {
  /// Whether a parameter that is true or false is true; false where it is left out.
  package func isTrue(_ name: String) -> Bool { text(name) == "true" }

  /// The number given for a parameter that counts.
  package func count(_ name: String, else standard: Int) -> Int {
    self[name].map { Int($0) } ?? standard
  }
}
