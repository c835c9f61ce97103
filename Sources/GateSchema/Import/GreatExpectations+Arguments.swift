import GateCore

extension ImportArguments {
  /// Bounds as Great Expectations writes them; at least one must be there.
  package mutating func bounds() throws(ImportGap) -> [SchemaText.Member] {
    let bounds = try boundsOrNone()
    if bounds.isEmpty { throw ImportGap("it has no bound, which is an error there too") }
    return bounds
  }

  /// The same, where none need be there.
  mutating func boundsOrNone() throws(ImportGap) -> [SchemaText.Member] {
    var bounds: [SchemaText.Member] = []
    for side in ["min", "max"] {
      let value = try scalar("\(side)_value")
      let isStrict = try flag("strict_\(side)")
      if let value { bounds.append(.init(isStrict ? "exclusive_\(side)" : side, value)) }
    }
    let numbers = bounds.compactMap { $0.value.isPlain ? Double($0.value.sql) : nil }
    if numbers.count == 2, numbers[0] > numbers[1] {
      throw ImportGap("its lower bound is above the upper, so no value could pass", at: node.mark)
    }
    return bounds
  }

  /// A figure between bounds; without one it is recorded.
  package mutating func figure(_ column: String?, _ check: String) throws(ImportGap)
    -> Expectation.Draft
  {
    let bounds = try boundsOrNone()
    for bound in bounds where !bound.value.isPlain {
      throw ImportGap("its bound is no number", at: node.mark)
    }
    return bounds.isEmpty
      ? .recording(column, check, because: "it has no bound")
      : Expectation.Draft(column, check, bounds)
  }

  /// A set of values without nulls, which take no part; it may be empty.
  package mutating func set(_ key: String) throws(ImportGap) -> SchemaText {
    var values: [SchemaText] = []
    for item in try items(key, orEmpty: true) where !item.isNull {
      guard item.text != nil else {
        throw ImportGap("'\(key)' holds \(item.found), wanted a value", at: item.mark)
      }
      values.append(SchemaText(item))
    }
    return .list(values)
  }

  /// Whether texts are read as moments before they are compared, as 0.x could: `as: timestamp`.
  package mutating func parsing() throws(ImportGap) -> SchemaText.Member? {
    try flag("parse_strings_as_datetimes") ? .init("as", .text("timestamp")) : nil
  }

  /// Which rows with nulls take no part; nil: those in which all are null.
  mutating func ignored() throws(ImportGap) -> SchemaText.Member? {
    guard let value = take("ignore_row_if") else { return nil }
    switch value.text {
    case "both_values_are_missing", "all_values_are_missing": return nil
    case "either_value_is_missing", "any_value_is_missing":
      return .init("ignore_if", .text("any_null"))
    case "neither", "never": return .init("ignore_if", .text("never"))
    default: throw ImportGap("'ignore_row_if' is \(value.found)", at: value.mark)
    }
  }

  /// One value as both bounds of a count.
  mutating func equal(_ key: String) throws(ImportGap) -> SchemaText.Member {
    guard let value = try number(key) else { throw ImportGap("'\(key)' is missing") }
    return .init("equal", value)
  }
}
