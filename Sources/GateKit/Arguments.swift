/// What a manifest gave for a metric's parameters; checked against them before.
public struct Arguments: Sendable, Hashable {
  /// Parameters that are numbers.
  public var numbers: [String: Double]
  /// Parameters that are texts.
  public var texts: [String: String]
  /// What parameters that are SQL give on every row of the holdout; a sample's `rows` say where.
  public var columns: [String: RowValues]

  /// Takes numbers, texts and columns by the parameters' names.
  public init(
    _ numbers: [String: Double] = [:], texts: [String: String] = [:],
    columns: [String: RowValues] = [:]
  ) {
    self.numbers = numbers
    self.texts = texts
    self.columns = columns
  }

  /// A column of the holdout that a metric reads.
  public enum RowValues: Sendable, Hashable {
    /// Finite numbers.
    case numbers([Double])
    /// For every row the index of its value, and the values.
    case codes([Int32], [String])
  }

  /// Whether anything was given for a parameter.
  public func has(_ name: String) -> Bool {
    numbers[name] != nil || texts[name] != nil || columns[name] != nil
  }
  /// The number given for a parameter.
  public subscript(name: String) -> Double? { numbers[name] }
  /// The text given for a parameter.
  public func text(_ name: String) -> String? { texts[name] }
  /// The numbers of a column given for a parameter, by row of the holdout; nil: none was.
  public func column(_ name: String) -> [Double]? {
    if case .numbers(let values)? = columns[name] { values } else { nil }
  }
  /// The codes of a column given for a parameter, by row of the holdout; nil: none was.
  public func codes(_ name: String) -> [Int32]? {
    if case .codes(let codes, _)? = columns[name] { codes } else { nil }
  }
}
