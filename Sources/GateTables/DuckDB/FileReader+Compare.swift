import GateCore

/// The columns of several files of one table, held against each other.
extension FileReader {
  /// Refuses a file whose columns are not those of the first file.
  static func compare(
    _ found: [(name: String, type: String)], of file: String,
    with wanted: [(name: String, type: String)], of first: String, source: TableSource
  ) throws(Diagnostic) {
    try compareNames(found.map(\.name), of: file, with: wanted.map(\.name), of: first, source)
    let types = Dictionary(wanted.map { ($0.name, $0.type) }) { first, _ in first }
    for (name, type) in found where source.types[name] == nil {
      guard let other = types[name], type != other else { continue }
      if isNumber(type), isNumber(other) { continue }
      // A column of JSON without a value in a file is of whatever type it has in the others.
      if [type, other].contains(String.noValue) { continue }
      throw Diagnostic(
        "\(source.name): column '\(name)' is \(type.shownType) in '\(file)' and \(other.shownType) in "
          + "'\(first)'",
        hint: "write the files with one type, or set it under 'types'")
    }
  }

  /// Refuses a file that lacks a column of the first file or has one more.
  static func compareNames(
    _ found: [String], of file: String, with wanted: [String], of first: String,
    _ source: TableSource
  ) throws(Diagnostic) {
    let (here, there) = (
      Set(found.map { ExactText($0) }), Set(wanted.map { ExactText($0) })
    )
    for name in wanted where !here.contains(ExactText(name)) {
      throw Diagnostic(
        "\(source.name): '\(file)' lacks the column '\(name)' that '\(first)' has",
        hint: "every file of a table must have the same columns")
    }
    for name in found where !there.contains(ExactText(name)) {
      throw Diagnostic(
        "\(source.name): '\(file)' has a column '\(name)' that '\(first)' lacks",
        hint: "every file of a table must have the same columns")
    }
  }

  /// Whether a type of the engine is a number, so that files may differ in its width.
  private static func isNumber(_ type: String) -> Bool {
    [
      "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
      "UBIGINT", "FLOAT", "DOUBLE",
    ].contains(type) || type.hasPrefix("DECIMAL")
  }
}

extension String {
  /// A type of the engine's in words.
  fileprivate var shownType: String { self == .noValue ? "without a value in any row" : self }

  /// The type that the engine gives a column of JSON that has no value in any row.
  fileprivate static var noValue: String { "\"NULL\"" }
}
