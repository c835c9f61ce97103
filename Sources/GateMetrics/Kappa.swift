import GateCore

/// What a disagreement between two classes weighs in Cohen's kappa.
enum KappaWeights: String {
  /// Any two different classes the same.
  case none
  /// By how far apart the classes stand in their order.
  case linear
  /// By the square of that.
  case quadratic

  /// The weight of deciding the class at one place for one at another.
  package func weight(_ label: Int, _ decision: Int) -> Double {
    let distance = Double(abs(label - decision))
    switch self {
    case .none: return label == decision ? 0 : 1
    case .linear: return distance
    case .quadratic: return distance * distance
    }
  }
}

/// Cohen's kappa of a row-major confusion matrix of `width` classes; throws where labels and
/// decisions are all of one class.
func kappa(
  of confusion: [Double], width: Int, weights: KappaWeights
) throws(Undefined) -> Double {
  let rows = (0..<width).map { label in confusion[(label * width)..<((label + 1) * width)].sum }
  let columns = (0..<width).map { decision in
    stride(from: decision, to: width * width, by: width).map { confusion[$0] }.sum
  }
  let total = rows.sum
  var observed = Sum()
  var expected = Sum()
  for label in 0..<width {
    for decision in 0..<width {
      let weight = weights.weight(label, decision)
      observed.add(weight * confusion[label * width + decision])
      expected.add(weight * (rows[label] * columns[decision] / total))
    }
  }
  guard expected.value > 0 else {
    throw Undefined("all rows are of one class and were predicted to be of it")
  }
  return (1 - observed.value / expected.value).clamped(to: -1...1)
}

extension ArraySlice<Double> {
  /// The sum of the elements, compensated.
  fileprivate var sum: Double { Array(self).sum }
}
