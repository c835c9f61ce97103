/// Why a metric does not take these parameters together.
package struct Refusal: Sendable, Hashable {
  /// The parameter a message points to; where it was not given, to the metric.
  package let parameter: String
  /// Lower case, in the words of the user.
  package let reason: String

  /// Takes both.
  package init(at parameter: String, _ reason: String) {
    self.parameter = parameter
    self.reason = reason
  }

  /// What a metric refuses of its parameters, known before any row is read.
  package struct Rule: Sendable {
    /// Nil: nothing is refused.
    package let refusal: @Sendable (Arguments) -> Refusal?

    /// Takes the rule.
    package init(_ refusal: @escaping @Sendable (Arguments) -> Refusal?) { self.refusal = refusal }

    /// `average` is of all classes or labels, and `one` names one of them.
    package static func averageOr(_ one: String) -> Rule {
      Rule { arguments in
        guard arguments.has("average"), arguments.has(one) else { return nil }
        return Refusal(at: one, "'average' and '\(one)' exclude each other")
      }
    }

    /// One of two parameters must be given, and not both; `what` it says.
    package static func oneOf(_ first: String, _ second: String, _ what: String) -> Rule {
      Rule { arguments in
        switch (arguments.has(first), arguments.has(second)) {
        case (true, true):
          Refusal(at: second, "'\(first)' and '\(second)' exclude each other")
        case (false, false):
          Refusal(at: first, "'\(first)' or '\(second)' is missing: \(what)")
        default: nil
        }
      }
    }
  }
}
