/// Reads a formula by the binding strengths of its operators (Pratt).
struct ExpressionParser {
  /// What was read so far, in the order in which it is computed.
  package private(set) var steps: [Expression.Step] = []
  /// The names so far, each once.
  package private(set) var names: [Expression.Name] = []
  private let scalars: [Unicode.Scalar]
  private let tokens: [ExpressionToken]
  private var place = 0
  private var depth = 0

  /// Parentheses and signs within each other; more is no formula that a person wrote.
  private static let deepest = 100

  /// Cuts the text into tokens; throws where one is none.
  package init(_ text: String) throws(Expression.Mistake) {
    scalars = Array(text.unicodeScalars)
    tokens = try ExpressionToken.all(of: scalars)
  }

  /// Reads all of it.
  package mutating func whole() throws(Expression.Mistake) {
    try parse(bindingAtLeast: 0)
    guard case .end = token.kind else {
      throw mistake("wanted one of + - * / ^, or the end")
    }
  }

  private var token: ExpressionToken { tokens[place] }

  /// An operand and what binds to it at least so tightly.
  private mutating func parse(bindingAtLeast least: Int) throws(Expression.Mistake) {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest {
      throw Expression.Mistake(
        message: "the formula is more than \(Self.deepest) deep", offset: token.range.lowerBound,
        hint: "take parts of it into metrics of their own")
    }
    try operand()
    while case .symbol(let symbol) = token.kind, let binding = Self.bindings[symbol],
      binding.left >= least
    {
      place += 1
      let start = token.range.lowerBound
      try parse(bindingAtLeast: binding.right)
      steps.append(Self.step(symbol, text(start..<tokens[place - 1].range.upperBound)))
    }
  }

  /// How tightly an operator holds what stands on its left and on its right.
  private static let bindings: [Unicode.Scalar: (left: Int, right: Int)] = [
    "+": (1, 2), "-": (1, 2), "*": (3, 4), "/": (3, 4), "^": (7, 6),
  ]
  /// How tightly a sign holds what it stands before: looser than a power, tighter than a product.
  private static let sign = 5

  private static func step(_ symbol: Unicode.Scalar, _ right: String) -> Expression.Step {
    switch symbol {
    case "+": .add
    case "-": .subtract
    case "*": .multiply
    case "/": .divide(by: right)
    default: .power
    }
  }

  /// A number, a name, a call, or any of it under a sign or in parentheses.
  private mutating func operand() throws(Expression.Mistake) {
    let start = token
    switch start.kind {
    case .number(let value):
      place += 1
      steps.append(.number(value))
    case .name(let name):
      place += 1
      if case .symbol("(") = token.kind { return try call(name, at: start) }
      if Expression.Function(rawValue: name) != nil {
        place -= 1
        throw mistake("it is a function", hint: "write \(name)(…)")
      }
      steps.append(.name(name))
      if !names.contains(where: { $0.text == name }) {
        names.append(Expression.Name(text: name, offset: start.range.lowerBound))
      }
    case .symbol("-"):
      place += 1
      try parse(bindingAtLeast: Self.sign)
      steps.append(.negate)
    case .symbol("("):
      place += 1
      try parse(bindingAtLeast: 0)
      try close()
    default: throw mistake("wanted a number, a name or '('")
    }
  }

  /// A function's arguments; its name was read.
  private mutating func call(
    _ name: String, at start: ExpressionToken
  ) throws(Expression.Mistake) {
    let known = Expression.Function.allCases.map(\.rawValue)
    guard let function = Expression.Function(rawValue: name) else {
      throw Expression.Mistake(
        message: "unknown function '\(name)'", offset: start.range.lowerBound,
        hint: (name.nearest(in: known).map { "did you mean '\($0)'? " } ?? "")
          + "known here: \(known.joined(separator: ", "))")
    }
    var count = 0
    repeat {
      place += 1
      try parse(bindingAtLeast: 0)
      count += 1
    } while token.kind == .symbol(",")
    try close()
    guard function.arguments.contains(count) else {
      let wanted = function.arguments.count == 1 ? "one" : "two or more"
      throw Expression.Mistake(
        message: "'\(name)' takes \(wanted), and stands with \(count)",
        offset: start.range.lowerBound)
    }
    steps.append(.call(function, arguments: count))
  }

  private mutating func close() throws(Expression.Mistake) {
    guard case .symbol(")") = token.kind else { throw mistake("wanted ')'") }
    place += 1
  }

  private func text(_ range: Range<Int>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[range])
    return text
  }

  /// What stands here is not what was wanted.
  private func mistake(_ wanted: String, hint: String? = nil) -> Expression.Mistake {
    let found = token.kind == .end ? "the end of the formula" : "'\(text(token.range))'"
    return Expression.Mistake(
      message: "found \(found), \(wanted)", offset: token.range.lowerBound, hint: hint)
  }
}

/// A number, name or sign of a formula.
struct ExpressionToken {
  /// What it is.
  package enum Kind: Equatable {
    case number(Double)
    case name(String)
    case symbol(Unicode.Scalar)
    case end
  }

  /// What it is.
  package let kind: Kind
  /// Where it stands, in Unicode scalars.
  package let range: Range<Int>

  /// Every token of a text, and its end; throws where a character is of none.
  package static func all(of scalars: [Unicode.Scalar]) throws(Expression.Mistake)
    -> [ExpressionToken]
  {
    var tokens: [ExpressionToken] = []
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      if scalar == " " || scalar == "\t" || scalar == "\n" {
        place += 1
        continue
      }
      let start = place
      let kind: Kind
      if scalar.isDigit || scalar == "." {
        kind = .number(try number(scalars, &place))
      } else if scalar.isNameStart {
        while place < scalars.count, scalars[place].isNameStart || scalars[place].isDigit {
          place += 1
        }
        kind = .name(String(String.UnicodeScalarView(scalars[start..<place])))
      } else if "+-*/^(),".unicodeScalars.contains(scalar) {
        place += 1
        kind = .symbol(scalar)
      } else {
        throw Expression.Mistake(
          message: "found '\(scalar)', which no formula has", offset: place,
          hint: "a formula is of numbers, names, + - * / ^, parentheses and functions")
      }
      tokens.append(ExpressionToken(kind: kind, range: start..<place))
    }
    let end = scalars.count
    return tokens + [ExpressionToken(kind: .end, range: end..<end)]
  }

  /// The number that begins at `place`, which comes to stand behind it.
  private static func number(
    _ scalars: [Unicode.Scalar], _ place: inout Int
  ) throws(Expression.Mistake) -> Double {
    let start = place
    func isDigit(_ place: Int) -> Bool { place < scalars.count && scalars[place].isDigit }
    while isDigit(place) { place += 1 }
    if place < scalars.count, scalars[place] == "." {
      place += 1
      while isDigit(place) { place += 1 }
    }
    if place < scalars.count, scalars[place] == "e" || scalars[place] == "E" {
      let isSigned = place + 1 < scalars.count && "+-".unicodeScalars.contains(scalars[place + 1])
      let digits = place + (isSigned ? 2 : 1)
      if isDigit(digits) {
        place = digits
        while isDigit(place) { place += 1 }
      }
    }
    let isEnded = place == scalars.count || !(scalars[place].isNameStart || scalars[place] == ".")
    let text = String(String.UnicodeScalarView(scalars[start..<place]))
    guard isEnded, let value = Double(text), value.isFinite else {
      throw Expression.Mistake(
        message: "'\(text)' begins no number", offset: start,
        hint: "a number stands alone: '40 * tp', '2.5', '1e6'")
    }
    return value
  }
}

extension Unicode.Scalar {
  /// 0 to 9.
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
  /// A letter of ASCII, or '_'.
  fileprivate var isNameStart: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_"
  }
}
