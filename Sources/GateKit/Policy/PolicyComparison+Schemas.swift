import GateCore
import GateSchema

extension PolicyComparison {
  /// The schema files of a gate: another name of the file means nothing, another check in it does.
  mutating func compareSchemas(_ pair: PolicyPair) {
    guard let old = pair.base?.text.flatMap({ base.schemas[$0] }),
      let new = pair.proposed?.text.flatMap({ proposed.schemas[$0] })
    else { return compareHeld(pair) }
    let before = changes.count
    compareSchema(
      PolicyPair(place: pair.place, base: old, proposed: new, shape: TableSchema.shape))
    if changes.count == before, !pair.isSame {
      note(pair, .neutral, "it is another file that asks for the same")
    }
  }

  private mutating func compareSchema(_ pair: PolicyPair) {
    let isStrict = pair.base?["strict"]?.boolean ?? false
    let isOrdered = [pair.base, pair.proposed].contains { $0?["ordered"]?.boolean == true }
    compare(
      pair,
      .record([
        "strict": PolicyRules.switched, "ordered": PolicyRules.switched,
        "table": Self.checks(of: .table, and: [:]),
        "columns": .special { comparison, pair in
          if isOrdered { comparison.compareOrder(pair) }
          for key in pair.keys { comparison.compareColumn(pair.child(key), isStrict: isStrict) }
        },
      ]))
  }

  /// The order of the columns that both have.
  private mutating func compareOrder(_ pair: PolicyPair) {
    func names(_ node: Node?, in other: Node?) -> [String] {
      (node?.pairs ?? []).compactMap(\.key.text).filter { other?[$0] != nil }
    }
    if names(pair.base, in: pair.proposed) != names(pair.proposed, in: pair.base) {
      note(pair, .loosens, "the columns must stand in another order")
    }
  }

  private mutating func compareColumn(_ pair: PolicyPair, isStrict: Bool) {
    guard pair.base != nil else {
      return isStrict
        ? note(pair, .loosens, "a strict schema refused the column")
        : note(pair, .tightens, "it is one more column")
    }
    guard pair.proposed != nil else {
      return note(pair, .loosens, "the column is no longer looked at")
    }
    compare(
      pair,
      Self.checks(
        of: .column, and: ["presence": .ranked(["optional", "required"])]))
  }

  /// The checks of a column or of the table by their names, and what else stands beside them.
  private static func checks(
    of subject: SchemaCheck.Subject, and others: [String: PolicyRule]
  ) -> PolicyRule {
    var rules = others
    for check in SchemaChecks.all where check.subject == subject {
      rules[check.id] = .special { $0.compareCheck($1) }
    }
    return .record(rules)
  }

  /// One check: a new one is tighter, and so are closer bounds.
  private mutating func compareCheck(_ pair: PolicyPair) {
    guard pair.base != nil else { return note(pair, .tightens, "it is one more check") }
    guard pair.proposed != nil else { return note(pair, .loosens, "the check is gone") }
    guard pair.base?.pairs != nil, pair.proposed?.pairs != nil else { return compareHeld(pair) }
    compare(
      pair,
      .record([
        "min": .floor, "max": .ceiling, "mostly": .share, "blocking": PolicyRules.switched,
        "meta": .free,
      ]))
  }
}
