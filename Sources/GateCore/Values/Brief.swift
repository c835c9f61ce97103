/// Numbers as messages show them.
extension Double {
  /// Six significant digits at most, for people; all digits of a whole number below 10^15.
  package var brief: String {
    guard isFinite, self != 0 else { return self == 0 ? "0" : description }
    if self == rounded(), magnitude < 1e15 { return String(Int(self)) }
    var decimal = Decimal(magnitude)
    decimal.round(to: Self.significant)
    return (self < 0 ? "-" : "") + decimal.text
  }

  /// The same, with all digits when six would read as `other` although the number is another.
  package func brief(unlike other: Double) -> String {
    self != other && brief == other.brief ? whole : brief
  }

  /// The shortest text that reads back as this number; of a whole number all its digits and no point.
  package var whole: String {
    self == rounded() && magnitude < 0x1p63 ? String(Int(self)) : description
  }

  /// Three significant digits at most; `up`: rounded to no less, or to no more, instead of to the nearest.
  package func toThreeDigits(up: Bool?) -> Double {
    guard isFinite, self != 0 else { return self }
    var decimal = Decimal(magnitude)
    if let up { decimal.cut(to: 3, away: up == (self > 0)) } else { decimal.round(to: 3) }
    guard let size = Double(decimal.text) else { return self }
    return self < 0 ? -size : size
  }

  /// Seconds as a time: `3d`, `2h 30min`; a whole number of them.
  package var time: String? {
    guard self == rounded(), magnitude < 1e15 else { return nil }
    var rest = Int(magnitude)
    var parts: [String] = []
    for (unit, size) in [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)] where rest >= size {
      parts.append("\(rest / size)\(unit)")
      rest %= size
    }
    return parts.isEmpty ? "0s" : (self < 0 ? "-" : "") + parts.joined(separator: " ")
  }

  /// Digits that people are shown.
  private static let significant = 6
}

/// A number above 0 as decimal digits: 0.d1 d2 d3 ... x 10^exponent, no zero at either end.
private struct Decimal {
  /// From 0 to 9 each.
  private var digits: [UInt8] = []
  /// Of ten.
  private var exponent = 0

  /// The fewest digits that tell the number from all others.
  package init(_ number: Double) {
    var isFraction = false
    var written = 0
    let parts = number.description.split(separator: "e")
    for byte in parts[0].utf8 {
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else {
        digits.append(byte - UInt8(ascii: "0"))
        if !isFraction { written += 1 }
      }
    }
    exponent = written + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    trim()
  }

  /// Leaves out the zeros at both ends.
  private mutating func trim() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.last == 0 { digits.removeLast() }
  }

  /// Keeps so many digits, a half rounded away from 0.
  package mutating func round(to count: Int) {
    guard digits.count > count else { return }
    cut(to: count, away: digits[count] >= 5)
  }

  /// Keeps so many digits; `away`: those that are left out make the last one larger.
  package mutating func cut(to count: Int, away isUp: Bool) {
    guard digits.count > count else { return }
    digits.removeLast(digits.count - count)
    if isUp {
      while digits.last == 9 { digits.removeLast() }
      if let last = digits.popLast() {
        digits.append(last + 1)
      } else {
        digits = [1]
        exponent += 1
      }
    }
    trim()
  }

  /// As it is written: plainly where that is short, else with a power of ten.
  package var text: String {
    let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    switch exponent {
    case -3...0: return "0." + String(repeating: "0", count: -exponent) + text
    case 1...15 where text.count > exponent:
      return text.prefix(exponent) + "." + text.dropFirst(exponent)
    case 1...15: return text + String(repeating: "0", count: exponent - text.count)
    default:
      let power = exponent - 1
      return text.prefix(1) + (text.count > 1 ? "." + text.dropFirst() : "")
        + (power < 0 ? "e-" : "e+") + (abs(power) < 10 ? "0" : "") + String(abs(power))
    }
  }
}

extension Double {
  /// The shortest text that reads back as this number, without a needless `.0`.
  package var exact: String { whole }

  /// For people: four decimals between -1 and 1, else six significant digits; `exact` where that is shorter.
  package var short: String {
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
