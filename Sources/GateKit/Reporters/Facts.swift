extension Report {
  /// What a person needs beside a check's message: a line a fact, those that are missing left out.
  func facts(of check: Check) -> [String] {
    var facts: [String] = []
    if let value = check.value { facts.append("value: \(check.counted(value) ?? value.exact)") }
    facts += check.alternatives.map { "\($0.name): \($0.value.exact)" }
    if let interval = check.interval {
      facts.append(
        "interval of the \(interval.of.words): [\(interval.low.exact), \(interval.high.exact)], level \(interval.level.exact), "
          + interval.method)
    }
    if let champion = check.champion { facts.append("champion: \(champion.exact)") }
    if let difference = check.difference { facts.append("difference: \(difference.exact)") }
    if let share = check.relativeDifference {
      facts.append("difference as a share of the champion's value: \(share.exact)")
    }
    if let limit = check.limitWords { facts.append("limit: \(limit)") }
    if let n = check.n { facts.append("n: \(n)") }
    if let slice = check.slice {
      let parts = slice.keys.sorted().map { "\($0)=\(slice[$0].flatMap(\.self)?.plain ?? "null")" }
      facts.append("slice: \(parts.joined(separator: ", "))")
    }
    for role in Role.allCases {
      if let model = models[role] { facts.append("\(role.rawValue) model: \(model.uri)") }
    }
    if let place = check.location {
      facts.append("at: \(place.file):\(place.line):\(place.column)")
    }
    return facts
  }
}

extension Double {
  /// The shortest text that reads back as this number, without a needless `.0`.
  var exact: String { whole }

  /// For people: four decimals between -1 and 1, else six significant digits; `exact` where that is shorter.
  var short: String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    let size = abs(self)
    if size >= 1e15, size < 0x1p63 { return whole }
    guard size >= 5e-5 || self == 0, size < 1e15 else { return scientific }
    var decimals = 4
    if size > 1 {
      decimals = 5
      var bound = 10.0
      while bound <= size, decimals > 0 {
        bound *= 10
        decimals -= 1
      }
    }
    let fixed = fixed(decimals)
    return size > 1 ? Self.trimmed(fixed) : fixed
  }

  /// Two significant digits and an exponent.
  private var scientific: String {
    var mantissa = abs(self)
    var exponent = 0
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    // What rounds up to ten has a digit more.
    if mantissa >= 9.95 { (mantissa, exponent) = (1, exponent + 1) }
    return (self < 0 ? "-" : "") + mantissa.fixed(1) + "e\(exponent)"
  }

  /// That many decimals, for numbers below 1e15.
  private func fixed(_ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let digits = String(Int((abs(self) * scale).rounded()))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = self < 0 && padded.contains { $0 != "0" } ? "-" : ""
    return decimals == 0
      ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// Without the zeros that end the decimals.
  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var kept = text[...]
    while kept.hasSuffix("0") { kept.removeLast() }
    if kept.hasSuffix(".") { kept.removeLast() }
    return String(kept)
  }
}
