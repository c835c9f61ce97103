extension Parameter {
  /// Where a score becomes a positive decision; of every metric of binary decisions.
  package static let threshold = Parameter(
    "threshold", "A score of at least this is a positive decision, for this metric only.",
    .number(0...1), standard: "the model's decision threshold")

  /// The weight of recall against precision.
  package static let beta = Parameter(
    "beta", "How many times as much recall weighs as precision.", .number(1e-6...1e6),
    required: true)

  /// Into how many bins of one width the probabilities from 0 to 1 fall.
  package static let bins = Parameter(
    "bins", "The number of bins the probabilities fall into.", .integer(1...10_000),
    standard: "10")

  /// What makes two scores fall into one bin.
  package static let strategy = Parameter(
    "strategy", "Bins of one width (uniform), or of one number of rows each (quantile).",
    .choice(["uniform", "quantile"]), standard: "uniform")

  /// Up to where the ROC curve is measured.
  package static let maxFPR = Parameter(
    "max_fpr", "Measures the curve up to this false positive rate only; 0.5 stays chance.",
    .number(1e-6...1), standard: "1")

  /// How the figures of the classes become one, where micro has a meaning.
  package static let average = Parameter(
    "average",
    "How the classes become one number: each the same (macro), each by its rows (weighted), "
      + "or all decisions pooled (micro).",
    .choice(["macro", "micro", "weighted"]), standard: "macro")

  /// How the figures of the classes become one, for metrics of scores.
  package static let scoreAverage = Parameter(
    "average",
    "How the classes become one number: each the same (macro) or each by its rows (weighted).",
    .choice(["macro", "weighted"]), standard: "macro")

  /// The one class to measure.
  package static let oneClass = Parameter(
    "class", "Measures this class against all others, instead of an average.", .text)

  /// The parameters whose text is the name of a class or label.
  package static let naming: Set<String> = ["class", "label", "true_class", "predicted_class"]

  /// What is ranked against what.
  package static let multiClass = Parameter(
    "multi_class", "Ranks each class against all others (ovr) or each pair of classes (ovo).",
    .choice(["ovr", "ovo"]), standard: "ovr")
}

extension Arguments {
  /// The bins of a calibration error.
  package var bins: Int { self["bins"].map { Int($0) } ?? 10 }

  /// The number given for a parameter without a standard value; throws where there is none.
  package func number(_ name: String) throws(Undefined) -> Double {
    guard let value = self[name] else { throw Undefined("'\(name)' is missing: a number") }
    return value
  }

  /// The number given for `f_beta`; throws where there is none.
  package func beta() throws(Undefined) -> Double {
    guard let beta = self["beta"], beta > 0 else {
      throw Undefined("'beta' is missing: a number above 0")
    }
    return beta
  }
}

extension Arguments {
  /// The strategy of a calibration error; throws for one there is not.
  package func strategy() throws(Undefined) -> BinStrategy {
    let name = text("strategy") ?? "uniform"
    guard let strategy = BinStrategy(rawValue: name) else {
      throw Undefined("'strategy' is '\(name)', not uniform or quantile")
    }
    return strategy
  }

  /// Whether the overconfidence of a bin counts times its mean confidence.
  package var isPenaltyByConfidence: Bool { text("penalty") == "confidence" }
}
