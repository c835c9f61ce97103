/// What a limit of a check is called, as written: `max`, `min_p_value`.
///
/// One that is enough where the check's own limits do not hold has `or.` before it, and the test that it is on where that
/// is another: `or.ks.min_p_value`.
package struct LimitName: RawRepresentable, Sendable, Hashable, Comparable,
  ExpressibleByStringLiteral
{
  /// As a record has it.
  package let rawValue: String

  /// What must hold of what a limit is on.
  package enum Relation: String, Sendable {
    case above = ">"
    case atLeast = ">="
    case below = "<"
    case atMost = "<="
    case equal = "="
  }

  private static let alternative = "or."

  /// Takes it as a record has it.
  package init(rawValue: String) { self.rawValue = rawValue }

  /// Takes it as written.
  package init(_ key: String) { rawValue = key }

  /// Takes it as written.
  package init(stringLiteral key: String) { rawValue = key }

  /// One that is enough where the check's own limits do not hold; `test`: the test that it is on, nil: the check's own.
  package init(_ name: LimitName, orOf test: String?) {
    rawValue = Self.alternative + (test.map { "\($0)." } ?? "") + name.rawValue
  }

  /// By their texts.
  package static func < (one: LimitName, other: LimitName) -> Bool {
    one.rawValue < other.rawValue
  }

  /// Whether it is enough where the check's own limits do not hold.
  package var isAlternative: Bool { rawValue.hasPrefix(Self.alternative) }

  /// The test that an alternative is on; empty: the check's own.
  package var test: String { parts.dropLast().joined(separator: ".") }

  /// The same without that it is an alternative.
  package var own: LimitName { isAlternative ? LimitName(String(parts.last ?? "")) : self }

  /// What follows `or`.
  private var parts: ArraySlice<Substring> {
    isAlternative ? rawValue.split(separator: ".").dropFirst() : []
  }

  /// Which limit on a metric it is; nil: one of another kind.
  package var kind: Limit.Kind? { Limit.Kind(rawValue: rawValue) }

  /// What it is on in words, empty for the value itself, and what must hold of that.
  package var relation: (subject: Substring, relation: Relation) {
    switch self {
    case "exclusive_min", "above": ("", .above)
    case "exclusive_max", "below": ("", .below)
    case "equal": ("", .equal)
    case "mostly": ("mostly", .atLeast)
    case "min": ("", .atLeast)
    case "max": ("", .atMost)
    default:
      if rawValue.hasPrefix("min_") {
        (rawValue.dropFirst(4), .atLeast)
      } else if rawValue.hasPrefix("max_") {
        (rawValue.dropFirst(4), .atMost)
      } else if rawValue.hasSuffix("_below") {
        (rawValue.dropLast(6), .below)
      } else {
        (rawValue[...], .equal)
      }
    }
  }
}

extension [LimitName: Double] {
  /// With the limits of a metric first, each by its name; then the others by theirs.
  package var inOrder: [(name: LimitName, bound: Double)] {
    let first = Self.shownFirst
    let others = keys.filter { !first.contains($0) }.sorted()
    return (first + others).compactMap { name in self[name].map { (name, $0) } }
  }

  private static var shownFirst: [LimitName] {
    [
      "min", "max", "max_drop", "max_drop_relative", "min_gain", "min_gain_relative",
      "max_increase", "max_increase_relative",
    ]
  }
}

extension JSON {
  /// Limits as they stand in a record.
  package static func limits(_ limits: [LimitName: Double]) -> JSON {
    .object(limits.inOrder.map { JSON.Member($0.name.rawValue, .number($0.bound)) })
  }
}
