package import GateCore

/// Samples of loan applications, written short for the examples of the definitions.
extension Sample {
  /// A binary sample: 1 for a loan that was not repaid.
  package static func binary(
    scores: [Double], positives: [Int], weights: [Double]? = nil, threshold: Double = 0.5,
    hasScores: Bool = true
  ) -> Sample {
    .binary(
      BinarySample(
        scores: scores, positives: positives.map { $0 == 1 }, weights: weights,
        threshold: threshold, hasScores: hasScores))
  }

  /// A multiclass sample: classes and labels as words, a row of probabilities a label.
  package static func multiclass(
    _ classes: [String], labels: [String], probabilities: [[Double]], weights: [Double]? = nil
  ) -> Sample {
    .multiclass(
      MulticlassSample(
        classes: classes, probabilities: probabilities.flatMap(\.self),
        labels: labels.map { Int32(classes.firstIndex(of: $0) ?? 0) }, weights: weights))
  }

  /// A regression sample: the sums that loans of so much lost.
  package static func regression(
    _ targets: [Double], predictions: [Double], weights: [Double]? = nil
  ) -> Sample {
    .regression(RegressionSample(targets: targets, predictions: predictions, weights: weights))
  }

  /// Six applications in descending order of score; the two ends are right.
  package static let applications = binary(
    scores: [0.9, 0.8, 0.7, 0.4, 0.3, 0.1], positives: [1, 1, 0, 1, 0, 0])

  /// Three applications, all of them repaid.
  static let repaidOnly = binary(scores: [0.4, 0.3, 0.1], positives: [0, 0, 0])

  /// Three applications, none of them repaid.
  static let defaultedOnly = binary(scores: [0.9, 0.6, 0.4], positives: [1, 1, 1])

  /// Four applications from a model that says yes or no.
  package static let classesOnly = binary(
    scores: [1, 1, 0, 0], positives: [1, 0, 1, 0], hasScores: false)

  /// The classes of the multiclass examples.
  package static let outcomes = ["repaid", "late", "defaulted"]

  /// Six applications of three outcomes.
  static let outcomesOfSix = multiclass(
    outcomes, labels: ["repaid", "repaid", "repaid", "late", "late", "defaulted"],
    probabilities: [
      [0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.3, 0.6, 0.1], [0.5, 0.3, 0.2],
      [0.1, 0.3, 0.6],
    ])

  /// Three applications of which none defaulted, and none was said to.
  static let noneDefaulted = multiclass(
    outcomes, labels: ["repaid", "late", "repaid"],
    probabilities: [[0.7, 0.2, 0.1], [0.3, 0.6, 0.1], [0.4, 0.5, 0.1]])

  /// Three applications, all repaid and all said to be.
  static let allRepaid = multiclass(
    outcomes, labels: ["repaid", "repaid", "repaid"],
    probabilities: [[0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.5, 0.4, 0.1]])

  /// Three applications with two outcomes, from a model that names one.
  static let outcomesWithoutScores = Sample.multiclass(
    MulticlassSample(
      classes: outcomes, probabilities: [], labels: [0, 1, 2], decisions: [0, 1, 1]))
}

extension Sample {
  /// One application whose three probabilities sum to 1.5.
  static let unnormalised = multiclass(
    ["repaid", "late", "defaulted"], labels: ["repaid"], probabilities: [[0.9, 0.4, 0.2]])
}
