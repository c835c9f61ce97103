import GateCore
import GateFairness

/// One way in which a column is changed to see whether the answers stand.
enum RobustnessTest: String, Sendable, CaseIterable {
  case typo
  case letterCase = "case"
  case whitespace, missing, noise, swap
  case outOfRange = "out_of_range"
  case neverLowers = "never_lowers"
  case neverRaises = "never_raises"

  /// One sentence.
  var summary: String {
    switch self {
    case .typo: "two neighbouring characters change places, or one is left out"
    case .letterCase: "all letters are made capitals, or small"
    case .whitespace: "a space is put before it, or after it"
    case .missing: "the value is left out"
    case .noise: "it is moved up, and down, by 'deviations' standard deviations"
    case .swap: "it is set to every other value that occurs"
    case .outOfRange: "it is set beyond its largest, and its smallest, value by the whole range"
    case .neverLowers: "moving it up by 'deviations' standard deviations must not lower the score"
    case .neverRaises: "moving it up by 'deviations' standard deviations must not raise the score"
    }
  }

  /// Which way the score may not go; nil: the answers must stay.
  var isDirectional: Bool { self == .neverLowers || self == .neverRaises }
  /// Whether it moves a number by standard deviations.
  var takesDeviations: Bool { isDirectional || self == .noise }
  /// Whether it is for columns of numbers.
  var isOfNumbers: Bool { takesDeviations || self == .outOfRange }
  /// Whether it is for columns of texts.
  var isOfTexts: Bool { [.typo, .letterCase, .whitespace].contains(self) }

  /// What the column is set to, one setting after another; throws where the column is not of its kind, or all one value.
  func settings(
    of name: String, deviations: Double, in table: any Table
  ) throws -> [RowChange.Setting] {
    guard let column = table.schema.first(where: { $0.name.isSame(as: name) }) else {
      let names = table.schema.map(\.name)
      throw Diagnostic(
        "\(table.name) has no column '\(name)'",
        hint: name.nearest(in: names).map { "did you mean '\($0)'?" }
          ?? "it has \(names.prefix(20).joined(separator: ", "))")
    }
    let isNumber = column.kind == .number || column.kind == .integer
    guard isOfNumbers ? isNumber : isOfTexts ? column.kind == .string : true else {
      throw Diagnostic(
        "'\(rawValue)' changes \(isOfNumbers ? "numbers" : "texts"), and '\(name)' is \(column.kind.rawValue)",
        hint: "take the column out of 'columns'")
    }
    let x = column.name.sqlName
    switch self {
    case .swap:
      let attribute = try CounterfactualAttribute(.column(column.name), of: table)
      return attribute.values.indices.flatMap { place in
        attribute.settings(place).map { RowChange.Setting($0.column, $0.sql) }
      }
    case .typo, .letterCase, .whitespace, .missing:
      return texts(x, column.declared).map { RowChange.Setting(column.name, $0) }
    case .noise, .outOfRange, .neverLowers, .neverRaises:
      return try numbers(x, column, deviations, table).map { RowChange.Setting(column.name, $0) }
    }
  }

  /// What a text becomes. The place of a typo follows from the text, so that the same text has the same typo in every run.
  private func texts(_ x: String, _ declared: String) -> [String] {
    let place =
      "(1 + CAST('0x' || substr(md5(\(x)), 1, 7) AS BIGINT) % greatest(1, length(\(x)) - 1))"
    switch self {
    case .letterCase: return ["upper(\(x))", "lower(\(x))"]
    case .whitespace: return ["' ' || \(x)", "\(x) || ' '"]
    case .typo:
      let before = "substr(\(x), 1, \(place) - 1)"
      return [
        "\(before) || substr(\(x), \(place) + 1, 1) || substr(\(x), \(place), 1) || substr(\(x), \(place) + 2)",
        "CASE WHEN length(\(x)) > 1 THEN \(before) || substr(\(x), \(place) + 1) ELSE \(x) END",
      ]
    default: return ["CAST(NULL AS \(declared))"]
    }
  }

  /// What a number becomes.
  private func numbers(
    _ x: String, _ column: ColumnType, _ deviations: Double, _ table: any Table
  ) throws -> [String] {
    let found = try table.query(
      "SELECT CAST(stddev_samp(\(x)) AS DOUBLE), CAST(min(\(x)) AS DOUBLE), CAST(max(\(x)) AS DOUBLE) "
        + "FROM (SELECT \(x) FROM \(table.inOrder))"
    ).map { $0.isNull(0) ? .nan : $0.doubles?.first ?? .nan }
    guard found.count == 3, found.allSatisfy(\.isFinite), found[0] > 0 else {
      throw Diagnostic(
        "'\(column.name)' does not vary, or is not finite, so there is no standard deviation to move it by",
        hint: "take the column out of 'columns'")
    }
    let (low, high) = (found[1], found[2])
    func number(_ sql: String) -> String { "CAST(\(sql) AS \(column.declared))" }
    let step = (deviations * found[0]).exact
    switch self {
    case .outOfRange:
      return [(high + (high - low)).exact, (low - (high - low)).exact].map { value in
        number("CASE WHEN \(x) IS NULL THEN NULL ELSE CAST(\(value) AS DOUBLE) END")
      }
    case .noise: return [number("\(x) + \(step)"), number("\(x) - \(step)")]
    default: return [number("\(x) + \(step)")]
    }
  }
}
