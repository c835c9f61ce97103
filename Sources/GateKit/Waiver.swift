/// A failure that somebody answers for, until a day.
public struct Waiver: Sendable {
  /// A check's id; `*` stands for any text between slashes, `**` for any text.
  public var check: String
  public var reason: String
  public var approvedBy: String
  /// The last day it holds, UTC.
  public var until: String
  /// It covers no value above this.
  public var maxValue: Double?
  public var mark: Mark

  static let parameters = [
    Parameter(
      "check", "A check's id; * stands for any text between slashes.", .text, required: true),
    Parameter("reason", "Why the failure is accepted.", .text, required: true),
    Parameter("approved_by", "Who answers for it.", .text, required: true),
    Parameter("until", "The last day it holds, UTC.", .date, required: true),
    Parameter(
      "max_value", "It covers no value above this.",
      .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)),
  ]

  init(_ node: Node) {
    check = node["check"]?.text ?? ""
    reason = node["reason"]?.text ?? ""
    approvedBy = node["approved_by"]?.text ?? ""
    until = node["until"]?.date ?? ""
    maxValue = node["max_value"]?.number
    mark = node.mark
  }

  /// The check as this waiver leaves it: waived, or failed with the reason why it is not.
  func applied(to check: Check, today: String) -> Check {
    guard check.outcome == .failed, covers(check) else { return check }
    var check = check
    if today > until {
      check.message += "; the waiver of line \(mark.line) held until \(until)"
    } else if maxValue != nil, check.limit?.keys.contains("min") ?? false {
      check.message +=
        "; the waiver of line \(mark.line) has a max_value, which bounds no failure of a 'min'"
    } else if let maxValue, !(check.value.map { $0 <= maxValue } ?? false) {
      check.message += "; the waiver of line \(mark.line) covers values up to \(maxValue.brief)"
    } else {
      check.outcome = .waived
      check.message += "; waived by \(approvedBy) until \(until): \(reason)"
    }
    return check
  }

  /// Whether it names the check.
  func covers(_ check: Check) -> Bool {
    Self.matches(Array(self.check.utf8)[...], Array(check.id.utf8)[...])
  }

  /// What says, without blocking, that a waiver names no check: it may be mistyped, or no longer needed.
  var unused: Check {
    Check(
      id: "waivers/\(check)", gate: "waivers", outcome: .error, blocking: false,
      message: "the waiver of '\(check)' names no check of this run; mend or remove it",
      location: mark.location)
  }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    let star = UInt8(ascii: "*")
    let slash = UInt8(ascii: "/")
    guard let first = pattern.first else { return text.isEmpty }
    if first != star {
      return text.first == first && matches(pattern.dropFirst(), text.dropFirst())
    }
    let all = pattern.dropFirst().first == star
    let rest = pattern.drop { $0 == star }
    var text = text
    while true {
      if matches(rest, text) { return true }
      guard let next = text.first, all || next != slash else { return false }
      text = text.dropFirst()
    }
  }
}
