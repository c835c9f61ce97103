package import GateCore

/// A failure that somebody answers for, until a day.
package struct Waiver: Sendable {
  /// A check's id; `*` stands for any text between slashes, `**` for any text.
  package var check: String
  package var reason: String
  package var approvedBy: String
  /// The last day it holds, UTC.
  package var until: String
  /// It covers no more than this of what the limit is on.
  package var maxValue: Double?
  /// What the limits were on when it was approved; it covers nothing worse.
  package var seen: Seen?
  package var mark: Mark

  /// What a failure came to when somebody answered for it.
  package enum Seen: Sendable, Hashable {
    /// Of a check with one limit.
    case one(Double)
    /// By the limit's key.
    case byLimit([String: Double])
  }

  package static let parameters = [
    Parameter(
      "check", "A check's id; * stands for any text between slashes, ** for any text.", .text,
      required: true),
    Parameter("reason", "Why the failure is accepted.", .text, required: true),
    Parameter("approved_by", "Who answers for it.", .text, required: true),
    Parameter("until", "The last day it holds, UTC.", .date, required: true),
    Parameter(
      "max_value",
      "It covers no more than this of what the limit is on: a value, a drop, a rise.", anyNumber),
    Parameter(
      "seen",
      "What the limit was on when this was approved, nothing worse is covered; by limit where a "
        + "check has several.",
      .either([
        anyNumber,
        .record(
          (Limit.Kind.allCases.map(\.rawValue) + ["min_p_value"]).map {
            Parameter($0, "What '\($0)' was on.", anyNumber)
          }),
      ])),
  ]

  private static let anyNumber = Shape.number(
    -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)

  package init(_ node: Node) {
    check = node["check"]?.text ?? ""
    reason = node["reason"]?.text ?? ""
    approvedBy = node["approved_by"]?.text ?? ""
    until = node["until"]?.date ?? ""
    maxValue = node["max_value"]?.number
    let written = node["seen"]
    seen =
      written?.number.map(Seen.one)
      ?? written?.pairs.map { pairs in
        .byLimit(
          Dictionary(
            pairs.compactMap { pair in pair.value.number.map { (pair.key.text ?? "", $0) } }
          ) { first, _ in first })
      }
    mark = node.mark
  }

  /// The check as this waiver leaves it: waived, or failed with the reason why it is not.
  func applied(to check: Check, today: String) -> Check {
    guard check.outcome == .failed else { return check }
    var check = check
    if let refusal = refusal(of: check, today) {
      check.message += "; the waiver of line \(mark.line) \(refusal)"
    } else {
      check.outcome = .waived
      check.message += "; waived by \(approvedBy) until \(until): \(reason)"
      check.message += room(above: check)
      check.evidence["waiver"] = [
        "approved_by": .string(approvedBy), "until": .string(until), "reason": .string(reason),
      ]
    }
    return check
  }

  /// Whether it names the check of these; an id that one of them has just so is that one's alone.
  package func covers(_ check: Check, among ids: Set<ExactText>) -> Bool {
    ids.contains(ExactText(self.check))
      ? check.id.isSame(as: self.check)
      : Self.matches(Array(self.check.utf8)[...], Array(check.id.utf8)[...])
  }

  /// What says, without blocking, that a waiver names no check: it may be mistyped, or no longer needed.
  package var unused: Check {
    Check(
      id: "waivers/\(check)", gate: "waivers", outcome: .error, blocking: false,
      message: "the waiver of '\(check)' names no check of this run; correct or remove it",
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

extension ManifestReader {
  /// The waivers; one that says nothing where somebody must answer for it is a mistake.
  mutating func waivers(_ node: Node?) -> [Waiver] {
    let items = node?.items ?? []
    for item in items {
      for key in ["check", "reason", "approved_by"]
      where item[key]?.text?.allSatisfy(\.isUnseen) == true {
        refuse("'\(key)' is empty", item[key])
      }
    }
    return items.map(Waiver.init)
  }
}

extension Character {
  /// Whether it shows nothing: a blank of any width, zero too.
  fileprivate var isUnseen: Bool {
    isWhitespace
      || unicodeScalars.allSatisfy {
        $0.properties.generalCategory == .format || $0.properties.generalCategory == .control
      }
  }
}
