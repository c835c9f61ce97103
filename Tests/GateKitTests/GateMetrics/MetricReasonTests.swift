import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Why a metric has no value, in the user's words; and metrics of several classes against those of two.
@Suite struct MetricReasonTests {
  @Test(arguments: [
    ("precision", Sample.repaidOnly, "no row was predicted positive"),
    ("recall", .repaidOnly, "no row is positive"),
    ("specificity", .defaultedOnly, "no row is negative"),
    ("f1", .repaidOnly, "no row is positive and no row was predicted positive"),
    ("f_beta", .repaidOnly, "'beta' is missing: a number above 0"),
    ("matthews_corrcoef", .defaultedOnly, "no row is negative"),
    ("roc_auc", .repaidOnly, "all 3 rows are of one class, and roc_auc needs both"),
    ("average_precision", .repaidOnly, "no row is positive"),
    ("roc_auc", .classesOnly, "the model gives classes, not scores"),
    ("average_precision", .classesOnly, "the model gives classes, not scores"),
    ("log_loss", .classesOnly, "the model gives classes, not scores"),
    ("brier_score", .classesOnly, "the model gives classes, not scores"),
    ("expected_calibration_error", .classesOnly, "the model gives classes, not scores"),
    (
      "log_loss", .binary(scores: [3.1, 0.4], positives: [1, 0]),
      "the score 3.1 is not a probability from 0 to 1"
    ),
    ("accuracy", .binary(scores: [], positives: []), "there are no rows"),
    (
      "accuracy", .binary(scores: [0.1], positives: [1], weights: [0]),
      "the weights of these rows sum to 0"
    ),
  ])
  func binary(_ id: String, _ sample: Sample, _ reason: String) {
    expect(reason, of: id, .binary, sample)
  }

  @Test(arguments: [
    ("precision", Sample.noneDefaulted, [:], "no row was predicted 'defaulted'"),
    ("recall_macro", .noneDefaulted, [:], "class 'defaulted' has no rows"),
    ("balanced_accuracy", .noneDefaulted, [:], "class 'defaulted' has no rows"),
    ("specificity", .allRepaid, [:], "every row is of class 'repaid'"),
    ("matthews_corrcoef", .allRepaid, [:], "every row is of class 'repaid'"),
    ("roc_auc_ovo", .noneDefaulted, [:], "class 'defaulted' has no rows"),
    ("roc_auc", .allRepaid, ["class": "repaid"], "every row is of class 'repaid'"),
    ("average_precision", .noneDefaulted, [:], "class 'defaulted' has no rows"),
    ("log_loss", .outcomesWithoutScores, [:], "the model gives classes, not scores"),
    ("roc_auc_ovr", .outcomesWithoutScores, [:], "the model gives classes, not scores"),
    ("brier_score", .unnormalised, [:], "the probabilities of a row sum to 1.5, not to 1"),
    (
      "recall", .outcomesOfSix, ["class": "lost"],
      "there is no class 'lost' among 'repaid', 'late', 'defaulted'"
    ),
    (
      "recall", .outcomesOfSix, ["class": "late", "average": "macro"],
      "'average' and 'class' exclude each other"
    ),
    (
      "roc_auc", .outcomesOfSix, ["class": "late", "multi_class": "ovo"],
      "'class' and 'multi_class: ovo' exclude each other"
    ),
  ])
  func multiclass(_ id: String, _ sample: Sample, _ texts: [String: String], _ reason: String) {
    expect(reason, of: id, .multiclass, sample, Arguments(texts: texts))
  }

  @Test(arguments: [
    ("r2", Sample.regression([3, 3], predictions: [2, 3]), "all targets are 3.0"),
    ("explained_variance", .regression([3], predictions: [3]), "there is one row only"),
    (
      "mean_absolute_percentage_error", .regression([0, 1], predictions: [0, 1]),
      "the target of 1 row is 0"
    ),
  ])
  func regression(_ id: String, _ sample: Sample, _ reason: String) {
    expect(reason, of: id, .regression, sample)
  }

  /// A sample of another task is refused, not misread.
  @Test func anotherTask() {
    expect(
      "'accuracy' is a metric of binary predictions", of: "accuracy", .binary, .outcomesOfSix)
  }

  private func expect(
    _ reason: String, of id: String, _ task: TaskKind, _ sample: Sample,
    _ arguments: Arguments = Arguments()
  ) {
    #expect(throws: Undefined(reason), "\(id)") {
      try #require(Metrics.named(id, task: task)).value(on: sample, arguments)
    }
  }

  /// Two classes measured as several give what the metrics of two give.
  @Test(arguments: 0..<6)
  func twoClassesAreBinary(_ seed: Int) throws {
    let rows = Rows(seed: UInt64(seed), task: .binary, count: 200, weighted: seed % 2 == 1)
    // Of two equal probabilities the first class is decided.
    let two = Sample.binary(
      BinarySample(
        scores: rows.scores, positives: rows.positives, weights: rows.weights,
        threshold: 0.5.nextUp))
    let several = Sample.multiclass(
      MulticlassSample(
        classes: ["no", "yes"], probabilities: rows.scores.flatMap { [1 - $0, $0] },
        labels: rows.positives.map { $0 ? 1 : 0 }, weights: rows.weights))
    let perClass = Set([
      "precision", "recall", "specificity", "f1", "f_beta", "roc_auc", "average_precision",
      "jaccard",
    ])
    #expect(perClass.allSatisfy { Metrics.named($0, task: .multiclass) != nil })
    // These are of the positive class's score, and of several classes of the decided one's.
    let ofScores = [
      "expected_calibration_error", "maximum_calibration_error", "calibration_slope",
      "calibration_intercept", "hosmer_lemeshow", "hosmer_lemeshow_p_value",
      "logistic_calibration_error",
      // These are of both classes' bins, and a score on the edge of two is in the lower one.
      "brier_reliability", "brier_resolution",
    ]
    for metric in Metrics.binary where !ofScores.contains(metric.id) {
      guard let other = Metrics.named(metric.id, task: .multiclass) else { continue }
      let numbers = metric.id == "f_beta" ? ["beta": 0.5] : [:]
      let texts = perClass.contains(metric.id) ? ["class": "yes"] : [:]
      let left = try metric.value(on: two, Arguments(numbers))
      let right = try other.value(on: several, Arguments(numbers, texts: texts))
      #expect(agree(left, right, relative: 1e-12), "\(metric.id): \(left), \(right)")
    }
    for id in ["roc_auc_ovr", "roc_auc_ovo", "roc_auc_ovo_weighted"] {
      let area = try #require(Metrics.named(id, task: .multiclass)).value(on: several, Arguments())
      let whole = try Metric.Binary.rocAuc.value(on: two, Arguments())
      #expect(abs(area - whole) < 1e-12, "\(id): \(area), \(whole)")
    }
  }
}
