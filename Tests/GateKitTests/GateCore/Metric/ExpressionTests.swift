import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What formulas mean, and where a mistake in one stands.
@Suite struct ExpressionTests {
  static let numbers = ["a": 3.0, "b": 4.0, "zero": 0.0]

  static func value(_ text: String) throws -> Double {
    try Expression(text).value { name throws(Undefined) in
      guard let number = numbers[name] else { throw Undefined("no \(name)") }
      return number
    }
  }

  @Test(
    arguments: [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("100 / 5 / 2", 10),
      ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("(-2) ^ 2", 4), ("2 ^ -1", 0.5), ("2 ^ -1 * 3", 1.5),
      ("--3", 3), ("-a * b", -12), ("b - -a", 7), ("a*b+a/b", 12.75), ("40 * a - 250 * b", -880),
      ("1.5e2", 150), ("1e-2", 0.01), (".5", 0.5), ("2.", 2), ("min(a, b)", 3), ("max(a, b, 9)", 9),
      ("abs(a - b)", 1), ("sqrt(a ^ 2 + b ^ 2)", 5), ("exp(log(b))", 4), ("log(exp(1))", 1),
      ("min(a, max(b, 1)) * 2", 6), ("0 / a", 0), ("zero ^ 0", 1), ("((((a))))", 3),
    ] as [(String, Double)])
  func `a formula has its value`(text: String, value: Double) throws {
    #expect(agree(try Self.value(text), value, relative: 1e-12), "\(text)")
  }

  @Test(
    arguments: [
      ("a +", 3, "found the end of the formula, wanted a number, a name or '('"),
      ("", 0, "found the end of the formula"), ("a b", 2, "found 'b', wanted one of + - * / ^"),
      ("a + * b", 4, "found '*', wanted a number"), ("(a + b", 6, "wanted ')'"),
      ("a + b)", 5, "found ')', wanted one of"), ("40tp", 0, "'40' begins no number"),
      ("1.2.3", 0, "'1.2' begins no number"), ("1e", 0, "'1' begins no number"),
      ("1e999", 0, "'1e999' begins no number"), ("a × b", 2, "found '×', which no formula has"),
      ("a ** b", 3, "found '*'"), ("2 * sqt(a)", 4, "unknown function 'sqt'"),
      ("min(a)", 0, "'min' takes two or more, and stands with 1"),
      ("abs(a, b)", 0, "'abs' takes one, and stands with 2"), ("sqrt + 1", 0, "it is a function"),
      ("sqrt()", 5, "found ')', wanted a number"), ("+ a", 0, "found '+'"),
      ("a > b", 2, "found '>', which no formula has"), ("a, b", 1, "found ',', wanted one of"),
    ] as [(String, Int, String)])
  func `a mistake stands where it is`(text: String, offset: Int, message: String) {
    do throws(Expression.Mistake) {
      _ = try Expression(text)
      Issue.record("'\(text)' was accepted")
    } catch {
      #expect(error.offset == offset, "\(text): \(error)")
      #expect(error.message.contains(message), "\(text): \(error)")
    }
  }

  @Test(
    arguments: [
      ("a / zero", "divides by 'zero', which is 0"),
      ("a / (b - 4) + 1", "divides by '(b - 4)', which is 0"),
      ("1 / 2 / zero ^ 2", "divides by 'zero ^ 2', which is 0"),
      ("sqrt(a - b)", "the root of -1"), ("log(zero)", "the logarithm of 0"),
      ("(a - b) ^ 0.5", "-1 to the power of 0.5 is no number"),
      ("zero ^ -1", "0 to the power of -1 is no number"),
      ("1 / exp(1000)", "too large"), ("0 * 1e308 * 10 * 10", nil),
      ("1e308 * 10 - 1e308", "too large"),
    ] as [(String, String?)])
  func `what has no value is undefined, with the reason`(text: String, reason: String?) throws {
    do {
      let value = try Self.value(text)
      #expect(reason == nil && value.isFinite, "\(text) is \(value)")
    } catch let undefined as Undefined {
      #expect(reason.map(undefined.reason.contains) == true, "\(text): \(undefined.reason)")
    }
  }

  @Test func `depth and length end in no crash`() throws {
    let long = (0..<100_000).map { _ in "a" }.joined(separator: " + ")
    #expect(try Self.value(long) == 300_000)
    for (open, close) in [("(", ")"), ("-", ""), ("abs(", ")"), ("2 ^ ", "")] {
      let deep =
        String(repeating: open, count: 100_000) + "a" + String(repeating: close, count: 100_000)
      #expect(throws: Expression.Mistake.self) { try Expression(deep) }
    }
  }

  @Test func `names stand in order, each once, with their places`() throws {
    let names = try Expression("b * a + max(b, tp)").names
    #expect(names.map(\.text) == ["b", "a", "tp"])
    #expect(names.map(\.offset) == [0, 4, 15])
  }

  /// Any arithmetic that is written at random means what the same in the language means.
  @Test(arguments: 0..<200) func `random formulas mean what they say`(seed: Int) throws {
    var random = SplitMix(UInt64(seed) + 5)
    let (text, expected) = Self.random(depth: 5, using: &random)
    #expect(agree(try Self.value(text), expected, relative: 1e-9), "\(text)")
  }

  /// A formula and its value; every compound is in parentheses of its own, or binds as its sign says.
  private static func random(depth: Int, using random: inout SplitMix) -> (String, Double) {
    if depth == 0 || random.value() < 0.15 {
      if random.value() < 0.5 {
        let name = random.value() < 0.5 ? "a" : "b"
        return (name, numbers[name] ?? 0)
      }
      let number = (random.value() * 90 + 10).rounded() / 10
      return ("\(number)", number)
    }
    let (left, x) = Self.random(depth: depth - 1, using: &random)
    let (right, y) = Self.random(depth: depth - 1, using: &random)
    switch Int(random.value() * 6) {
    case 0: return ("(\(left) + \(right))", x + y)
    case 1: return ("((\(left)) - (\(right)))", x - y)
    case 2: return ("((\(left))*(\(right)))", x * y)
    case 3: return ("min(\(left), \(right))", min(x, y))
    case 4: return ("(-(\(left)) + \(right))", y - x)
    default: return ("abs(\(left) - (\(right)))", abs(x - y))
    }
  }
}
