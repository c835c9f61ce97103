/// Arithmetic over numbers that have names, kept in the order in which it is computed, so that no
/// formula is too deep to compute.
///
/// `+ - * / ^`, unary minus, parentheses and the functions of `Function`; `^` binds tightest and
/// from the right, so that -2^2 is -4.
package struct Expression: Sendable {
  /// What is done, one after another, on a stack of numbers.
  package let steps: [Step]
  /// Every name that stands in it, where it first does.
  package let names: [Name]

  /// A name with its place.
  package struct Name: Sendable, Hashable {
    /// As written.
    package let text: String
    /// Unicode scalars before it.
    package let offset: Int
  }

  /// One thing done.
  package enum Step: Sendable, Hashable {
    /// Puts a number on the stack.
    case number(Double)
    /// Puts what a name stands for on the stack.
    case name(String)
    /// Turns the sign of the last.
    case negate
    /// The last two.
    case add, subtract, multiply, power
    /// The last but one by the last, whose text is kept for a message.
    case divide(by: String)
    /// A function of the last so many.
    case call(Function, arguments: Int)
  }

  /// What may stand before parentheses.
  package enum Function: String, Sendable, CaseIterable {
    case min, max, abs, sqrt, log, exp

    /// How many arguments it takes.
    package var arguments: ClosedRange<Int> {
      switch self {
      case .min, .max: 2...1000
      case .abs, .sqrt, .log, .exp: 1...1
      }
    }
  }

  /// Why a text is no formula, and where.
  package struct Mistake: Error, Hashable {
    /// Lower case; what was found and what was wanted.
    package let message: String
    /// Unicode scalars before it.
    package let offset: Int
    /// What to do.
    package var hint: String?
  }

  /// Reads a formula; throws the first mistake in it.
  package init(_ text: String) throws(Mistake) {
    var parser = try ExpressionParser(text)
    try parser.whole()
    steps = parser.steps
    names = parser.names
  }

  /// The value where `number` says what each name stands for.
  ///
  /// Throws `Undefined` for a division by 0, a root or logarithm of a number that has none, a step
  /// that is too large for a number, and whatever `number` throws.
  package func value(
    _ number: (String) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    var stack: [Double] = []
    for step in steps {
      switch step {
      case .number(let value): stack.append(value)
      case .name(let name): stack.append(try number(name))
      case .negate: stack.append(-stack.removeLast())
      case .call(let function, let count):
        let arguments = Array(stack.suffix(count))
        stack.removeLast(count)
        stack.append(try function.value(arguments))
      default:
        let right = stack.removeLast()
        stack.append(try step.value(stack.removeLast(), right))
      }
      guard stack[stack.count - 1].isFinite else {
        throw Undefined("a step of the formula is too large to be a number")
      }
    }
    return stack[0]
  }
}

extension Expression.Step {
  /// The step on two numbers; a step of other arity gives what is no number.
  fileprivate func value(_ left: Double, _ right: Double) throws(Undefined) -> Double {
    switch self {
    case .add: return left + right
    case .subtract: return left - right
    case .multiply: return left * right
    case .divide(let text):
      if right == 0 { throw Undefined("the formula divides by '\(text)', which is 0") }
      return left / right
    case .power:
      let power = raised(left, to: right)
      if power.isNaN || left == 0 && right < 0 {
        throw Undefined("\(left.brief) to the power of \(right.brief) is no number")
      }
      return power
    case .number, .name, .negate, .call: return .nan
    }
  }
}

extension Expression.Function {
  /// The function of as many numbers as it takes.
  fileprivate func value(_ arguments: [Double]) throws(Undefined) -> Double {
    let first = arguments[0]
    switch self {
    case .min: return arguments.reduce(first) { Swift.min($0, $1) }
    case .max: return arguments.reduce(first) { Swift.max($0, $1) }
    case .abs: return Swift.abs(first)
    case .exp: return exponential(first)
    case .sqrt:
      if first < 0 { throw Undefined("the formula takes the root of \(first.brief)") }
      return first.squareRoot()
    case .log:
      if first <= 0 { throw Undefined("the formula takes the logarithm of \(first.brief)") }
      return logarithm(first)
    }
  }
}
