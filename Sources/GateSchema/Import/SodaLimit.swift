import GateCore

/// What a figure may be, as Soda writes it: `< 5`, `= 0`, `between 1 and 5`, `between (0 and 45]`.
struct SodaLimit {
  /// Lower and upper bound, each with whether it passes itself.
  package var low: (value: Double, isIn: Bool, text: String)?
  package var high: (value: Double, isIn: Bool, text: String)?
  /// Whether everything but what lies between passes.
  var isOutside = false

  /// A lower and an upper bound; `isOutside`: what lies between them fails.
  package init(
    low: (value: Double, isIn: Bool, text: String)?,
    high: (value: Double, isIn: Bool, text: String)?, isOutside: Bool = false
  ) {
    (self.low, self.high, self.isOutside) = (low, high, isOutside)
  }

  /// Reads a limit; nil: the text is none.
  package init?(_ text: String) {
    // A blank may stand before '%', and none after a sign.
    let words = Self.spaced(text).split(separator: " ").map(String.init)
    guard let first = words.first else { return nil }
    let isNot = first == "not" && words.count > 1
    let rest = Array(words.dropFirst(isNot ? 1 : 0))
    if rest.first == "between", rest.count == 4, rest[2] == "and" {
      // A bracket that opens before the upper bound, or closes behind the lower, is none of Soda's.
      guard !")]".contains(rest[1].last ?? " "), !"([".contains(rest[3].first ?? " ") else {
        return nil
      }
      guard let low = Self.number(rest[1]), let high = Self.number(rest[3]) else { return nil }
      self.low = (low, !rest[1].hasPrefix("("), Self.digits(rest[1]))
      self.high = (high, !rest[3].hasSuffix(")"), Self.digits(rest[3]))
      isOutside = isNot
      return
    }
    guard !isNot, rest.count == 2, let value = Self.number(rest[1]) else { return nil }
    let digits = Self.digits(rest[1])
    switch rest[0] {
    case "<": high = (value, false, digits)
    case "<=": high = (value, true, digits)
    case ">": low = (value, false, digits)
    case ">=": low = (value, true, digits)
    case "=", "!=", "<>":
      low = (value, true, digits)
      high = low
      isOutside = rest[0] != "="
    default: return nil
    }
  }

  /// The text with one blank after a sign and none before '%' and brackets.
  private static func spaced(_ text: String) -> String {
    var spaced = ""
    var last: Character = " "
    for character in text {
      if "%)]".contains(character) { while spaced.last == " " { spaced.removeLast() } }
      if "<>=!".contains(last), character.isNumber || "-+.".contains(character) { spaced += " " }
      spaced.append(character)
      if character != " " || "([".contains(last) == false { last = character }
    }
    return spaced
  }

  private static func digits(_ text: String) -> String {
    var text = text[...]
    if let first = text.first, "([".contains(first) { text = text.dropFirst() }
    while let last = text.last, ")]%".contains(last) { text = text.dropLast() }
    if text.first == "+" { text = text.dropFirst() }
    return String(text)
  }

  private static func number(_ text: String) -> Double? {
    let digits = digits(text)
    guard let first = digits.utf8.first, first < 0x3A, first != 0x2B || digits.count > 1 else {
      return nil
    }
    return Double(digits).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The limit turned round: what fails, as what passes.
  package var turned: SodaLimit {
    var turned = self
    turned.isOutside.toggle()
    return turned
  }

  /// As bounds of a check; nil: it is no one interval.
  package var bounds: [SchemaText.Member]? {
    if isOutside {
      // Outside of one bound is an interval again.
      if let low, high == nil {
        return [.init(low.isIn ? "exclusive_max" : "max", .plain(low.text))]
      }
      if let high, low == nil {
        return [.init(high.isIn ? "exclusive_min" : "min", .plain(high.text))]
      }
      return nil
    }
    if let low, let high, low.text == high.text, low.isIn, high.isIn {
      return [.init("equal", .plain(low.text))]
    }
    return [
      low.map { .init($0.isIn ? "min" : "exclusive_min", .plain($0.text)) },
      high.map { .init($0.isIn ? "max" : "exclusive_max", .plain($0.text)) },
    ].compactMap(\.self)
  }

  /// What passes, as SQL over a figure.
  package func sql(_ figure: String) -> String {
    let least = low.map { "\(figure) \($0.isIn ? ">=" : ">") \($0.text)" }
    let most = high.map { "\(figure) \($0.isIn ? "<=" : "<") \($0.text)" }
    let inside = [least, most].compactMap(\.self).joined(separator: " AND ")
    return isOutside ? "NOT (\(inside))" : inside
  }

  /// The most that a count may be, where that is all it says.
  var mostRows: Int? {
    guard !isOutside, let high, low.map({ $0.value <= 0 && $0.isIn }) ?? true else { return nil }
    let most = high.isIn ? high.value.rounded(.down) : (high.value - 1).rounded(.up)
    return most >= 0 && most < 1e15 ? Int(most) : nil
  }
}
