import GateCore

extension SchemaCheck {
  /// Values between bounds.
  package static let between = SchemaCheck(
    "between", "Every value lies between bounds: numbers, dates, or texts in their order.",
    aliases: ["expect_column_values_to_be_between", "in_range", "range", "min", "max"], of: .column,
    parameters: [
      Parameter("min", "The smallest value that passes.", .text),
      Parameter("max", "The largest value that passes.", .text),
      Parameter("exclusive_min", "Every value must be above this.", .text),
      Parameter("exclusive_max", "Every value must be below this.", .text),
      Parameter(
        "infinite", "Whether an infinity may lie on a side without a bound.", .boolean,
        standard: "false"),
      .reading,
    ],
    kind: .rows,
    refuse: refuseUnbounded,
    examples: [
      Example("between: {min: 0, max: 9}", on: "x\n0\n4\n9\n10\n\n", holds: false, value: 1),
      Example("between: {exclusive_min: 0, mostly: 0.5}", on: "x\n0\n1\n", holds: true, value: 1),
      Example(
        "between: {min: 2026-01-01}", on: "x\n2026-01-01\n2026-02-01\n", holds: true, value: 0),
      Example("between: {min: 0}", on: "x\nnone\nmany\n", holds: nil),
      Example(
        "between: {min: 2026-01-01, as: timestamp}", on: "x\n2026-01-31 10:00\nsoon\n",
        holds: false,
        value: 1),
    ]
  ) { question throws(Diagnostic) in
    var parts: [String] = []
    var words: [String] = []
    for (key, sign, word) in [
      ("min", ">=", "below"), ("exclusive_min", ">", "not above"), ("max", "<=", "above"),
      ("exclusive_max", "<", "not below"),
    ] {
      guard let node = question[key] else { continue }
      parts.append(try question.compared(with: node, sign))
      words.append("\(word) \(node.text ?? "")")
    }
    // An infinity lies outside of every range, of one with one end too.
    if question["as"] == nil, question["infinite"]?.boolean != true,
      ["FLOAT", "DOUBLE"].contains(question.column?.declared)
    {
      parts.append("isfinite(\(question.x))")
      if Set(words.map { $0.contains("below") }).count == 1 { words.append("infinite") }
    }
    return .rows(
      question, good: parts.joined(separator: " AND "),
      what: "are \(words.joined(separator: " or "))")
  }

  /// A range without an end holds whatever the value.
  private static let refuseUnbounded: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    guard ["min", "max", "exclusive_min", "exclusive_max"].contains(where: { rule[$0] != nil })
    else { return Diagnostic("'between' has no bound, so it would hold whatever the value") }
    return ends.lazy.compactMap { contradiction(rule, $0, $1) }.first
  }

  /// A lower and an upper bound, in every pair.
  private static let ends = ["min", "exclusive_min"].flatMap { low in
    ["max", "exclusive_max"].map { (low, $0) }
  }

  /// That no value lies between two bounds, as far as that shows before the column's type is known: both numbers, both
  /// days or moments written alike, or both texts.
  private static func contradiction(
    _ rule: SchemaRule, _ low: String, _ high: String
  ) -> Diagnostic? {
    guard let least = rule[low], let most = rule[high], let one = least.text, let other = most.text
    else { return nil }
    let isOpen = low != "min" || high != "max"
    let isBroken: Bool
    if rule["as"]?.text != "text", let one = least.number, let other = most.number {
      // Beyond 2^53 neighbours are one number here, and not in the column.
      isBroken = one > other || isOpen && one == other && one.magnitude < 0x1p53
    } else if rule["as"]?.text == "text" || one.isMoment && other.isMoment
      || one.beginsAsWord && other.beginsAsWord
    {
      isBroken = ExactText(other) < ExactText(one) || isOpen && ExactText(one) == ExactText(other)
    } else {
      isBroken = false
    }
    guard isBroken else { return nil }
    return Diagnostic(
      "no value is \(low == "min" ? "at least" : "above") \(one) and "
        + "\(high == "max" ? "at most" : "below") \(other), so none could pass",
      at: rule.body.key(high)?.mark)
  }
}

extension String {
  /// Whether it is a day of four, two and two digits, alone or with a time behind it: such texts rise as their moments do.
  fileprivate var isMoment: Bool {
    let shape = prefix(10).map { $0.isASCII && $0.isNumber ? "0" : $0 }
    let rest = dropFirst(10)
    return String(shape) == "0000-00-00"
      && rest.allSatisfy { ($0.isASCII && $0.isNumber) || "T :.".contains($0) }
  }

  /// Whether it begins with a letter, so that it is no number and no moment.
  fileprivate var beginsAsWord: Bool { first?.isLetter ?? false }
}

extension CheckContext {
  /// The judged value beside a bound, in SQL, read as the check says.
  fileprivate func compared(with bound: Node, _ sign: String) throws(Diagnostic) -> String {
    switch rule["as"]?.text {
    case "text": "\(text) \(sign) \((bound.text ?? "").sqlText)"
    case "timestamp": "\(moment) \(sign) CAST(\((bound.text ?? "").sqlText) AS TIMESTAMP)"
    default: "\(x) \(sign) \(try literal(bound))"
    }
  }
}
