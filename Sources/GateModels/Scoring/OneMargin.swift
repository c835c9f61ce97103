import GateCore

/// Two numbers a row of which the second is the first's negative: one margin, written twice.
enum OneMargin {
  /// Whether every row of two numbers is so.
  static func holds(_ numbers: [Double], width: Int) -> Bool {
    width == 2
      && stride(from: 0, to: numbers.count, by: 2).allSatisfy { place in
        abs(numbers[place] + numbers[place + 1]) <= 1e-6 * max(1, abs(numbers[place]))
      }
  }

  /// Why softmax is not taken of such numbers.
  static func refusal(of role: Role) -> Diagnostic {
    Diagnostic(
      "\(role) gives one margin m as two numbers, -m and m, in every row; softmax would make sigmoid(2m) of it, "
        + "which is no probability of m",
      hint:
        "say 'link: sigmoid' under models.\(role); where the model was trained with softmax over both, "
        + "export it with its probabilities")
  }
}
