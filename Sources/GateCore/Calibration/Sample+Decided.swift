extension Sample {
  /// The scores of two classes, or the probabilities of the decided ones of several; throws `Undefined` as the other does.
  package func plotted() throws(Undefined) -> BinarySample {
    let decided = try decidedProbabilities()
    if case .binary(let sample) = self { return sample }
    return decided
  }

  /// The probabilities of the decided classes; throws `Undefined` where the model gives none or no row weighs anything.
  package func decidedProbabilities() throws(Undefined) -> BinarySample {
    guard totalWeight > 0 else { throw Undefined("the weights of these rows sum to 0") }
    switch self {
    case .binary(let sample):
      try sample.requireProbabilities()
      return sample.decided()
    case .multiclass(let sample):
      try sample.requireProbabilities()
      return sample.decided
    default: throw Undefined("these predictions are no probabilities of classes")
    }
  }
}
