import GateCore

extension SchemaCheck {
  /// Rows that are recent.
  static let freshness = SchemaCheck(
    "freshness", "The latest moment of the column is no older than so long, and not yet to come.",
    of: .column,
    parameters: [
      Parameter("max_age", "A time: 90min, 12h, 3d.", .text, required: true),
      Parameter("now", "The moment to count from; default: the run's.", .text),
      Parameter(
        "allow_future", "Whether a moment that is yet to come counts as fresh.", .boolean,
        standard: "false"),
      among,
    ], main: "max_age",
    refuse: refuseNoAge,
    examples: [
      Example(
        "freshness: {max_age: 2d, now: 2026-01-03}", on: "x\n2026-01-01\n", holds: true,
        value: 172_800),
      Example(
        "freshness: {max_age: 24h, now: 2026-01-03}", on: "x\n2026-01-01\n", holds: false,
        value: 172_800),
      Example(
        "freshness: {max_age: 2d, now: 2026-01-03}", on: "x\n2026-01-01\n2026-01-04\n",
        holds: false, value: -86_400),
      Example(
        "freshness: {max_age: 2d, now: 2026-01-03, allow_future: true}", on: "x\n2026-01-04\n",
        holds: true, value: -86_400),
      Example(
        "freshness: {max_age: 24h, now: 2026-01-03, where: y = 'a'}",
        on: "x,y\n2026-01-01,a\n2026-01-03,b\n", holds: false, value: 172_800),
    ]
  ) { question throws(Diagnostic) in
    if let column = question.column, [.integer, .number, .boolean].contains(column.kind) {
      throw Diagnostic(
        "'\(column.name)' holds \(column.kind == .boolean ? "truth values" : "numbers") (\(column.declared)), "
          + "and 'freshness' is of dates or moments",
        hint: "derive one, as in 'moment: to_timestamp(\(question.x))' of seconds since 1970")
    }
    let most = age(question["max_age"]) ?? 0
    // A moment to come says nothing of how old the rows are, whatever the age that is allowed.
    let allowsFuture = question["allow_future"]?.boolean ?? false
    let now = (question["now"]?.text ?? question.now).sqlText
    let filter = question["where"]?.text.map { " FILTER (WHERE \n\($0)\n)" } ?? ""
    let isText = question.column?.kind == .string
    let moment = "\(isText ? "TRY_CAST" : "CAST")(\(question.x) AS TIMESTAMP)"
    let latest = "max(\(moment))\(filter)"
    let strange = "count(\(question.x))\(filter) - count(\(moment))\(filter)"
    let sql = "date_diff('second', \(latest), CAST(\(now) AS TIMESTAMP))"
    return .asking([.number(sql)] + (isText ? [.number(strange)] : [])) {
      answers throws(Diagnostic) in
      if isText, let texts = answers[1].number, texts > 0 {
        throw Diagnostic(
          "\(texts.brief) of its texts are no dates and no moments, so their age is not known",
          hint:
            "write them as 2026-01-31 or as 2026-01-31 12:00:00, or derive a column with 'strptime'"
        )
      }
      guard let seconds = answers[0].number else {
        throw Diagnostic("there are no moments, so their age is not known")
      }
      return .answered(
        Finding(
          holds: seconds <= most && (seconds >= 0 || allowsFuture),
          seconds < 0
            ? "the latest moment lies \(words(-seconds)) in the future"
              + (allowsFuture ? "" : ", so how old the rows are is not known; wanted a past one")
            : "the latest moment is \(words(seconds)) old, wanted at most \(words(most))",
          value: seconds, limit: ["max": most]))
    }
  }.counting("second")

  /// Seconds as a time.
  private static func words(_ seconds: Double) -> String {
    seconds.time ?? "\(seconds.brief) seconds"
  }

  /// Seconds of a time that may be in days.
  private static func age(_ node: Node?) -> Double? {
    if let seconds = node?.seconds { return seconds }
    guard let text = node?.text, text.hasSuffix("d") else { return nil }
    return Double(text.dropLast()).flatMap { $0 > 0 ? $0 * 86_400 : nil }
  }

  /// The age must be a time.
  private static let refuseNoAge: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    age(rule["max_age"]) == nil
      ? Diagnostic(
        "found \(rule["max_age"]?.found ?? "nothing"), wanted a time such as '12h' or '3d'",
        at: rule["max_age"]?.mark) : nil
  }
}
