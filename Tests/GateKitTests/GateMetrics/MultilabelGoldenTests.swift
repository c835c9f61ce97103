import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Figures of several labels a row, which scikit-learn made.
@Suite struct MultilabelGoldenTests {
  @Test(arguments: try LaterGolden<MultilabelInputs>.cases("multilabel"))
  func multilabel(_ golden: LaterGolden<MultilabelInputs>) throws {
    golden.check(.multilabel(try golden.inputs.sample()), task: .multilabel)
  }

  /// A metric without a figure would otherwise go unnoticed.
  @Test func everyMetricHasAFigure() throws {
    let keys = try LaterGolden<MultilabelInputs>.cases("multilabel").flatMap(\.expected.keys)
    let named = Set(Set(keys).flatMap { Figure.written($0, task: .multilabel).map(\.metric.id) })
    for metric in Metrics.multilabel { #expect(named.contains(metric.id), "\(metric.id)") }
  }

  /// Each label on its own gives what the metrics of two classes give.
  @Test(arguments: 0..<4)
  func aLabelIsBinary(_ seed: Int) throws {
    let rows = Rows(seed: UInt64(seed), task: .multilabel, count: 200, weighted: seed % 2 == 1)
    guard case .multilabel(let sample) = rows.sample else { return }
    for (place, name) in sample.names.enumerated() {
      let two = Sample.binary(
        BinarySample(
          scores: rows.indices.map { sample.scores[3 * $0 + place] },
          positives: rows.indices.map { sample.labels[3 * $0 + place] }, weights: rows.weights,
          threshold: sample.threshold))
      for id in ["precision", "recall", "f1", "f_beta", "jaccard", "roc_auc", "average_precision"] {
        let numbers = id == "f_beta" ? ["beta": 0.5] : [:]
        let binary = try #require(Metrics.named(id, task: .binary))
        let several = try #require(Metrics.named(id, task: .multilabel))
        let left = try binary.value(on: two, Arguments(numbers))
        let right = try several.value(
          on: .multilabel(sample), Arguments(numbers, texts: ["label": name]))
        #expect(agree(left, right, relative: 1e-12), "\(id) of \(name): \(left), \(right)")
      }
    }
  }
}

/// What is said besides of an average that is undefined.
private let wayOut =
  "; say what that counts: 'empty: skip', 'empty: zero' or 'empty: one'"

/// Why a metric of several labels, of intervals or of quantiles has no value.
@Suite struct LaterReasonTests {
  @Test(arguments: [
    (
      "precision", Sample.flagsWithoutFraud, [:],
      "no row was predicted to have the label 'fraud'" + wayOut
    ),
    ("recall_macro", .flagsWithoutFraud, [:], "no row has the label 'fraud'" + wayOut),
    ("recall_samples", .flagsWithoutFraud, [:], "row 3 has no label" + wayOut),
    ("recall_micro", .withoutFlags, [:], "no row has any label" + wayOut),
    (
      "f1", .flagsWithoutFraud, ["average": "samples"],
      "row 3 has no label and row 3 was predicted to have no label" + wayOut
    ),
    (
      "f1", .flags, ["average": "macro", "label": "late"],
      "'average' and 'label' exclude each other"
    ),
    ("f1", .flags, ["label": "lat"], "there is no label 'lat' among 'late', 'defaulted', 'fraud'"),
    ("f_beta", .flagsWithoutFraud, ["empty": "zero"], "'beta' is missing: a number above 0"),
    ("roc_auc", .flagsWithoutFraud, [:], "no row has the label 'fraud'" + wayOut),
    ("roc_auc", .withoutFlags, ["empty": "skip"], "no label and no row has a figure"),
    ("ndcg", .flagsWithoutFraud, [:], "row 3 has no label" + wayOut),
    ("coverage_error", .withoutFlags, [:], "no row has any label"),
    ("hamming_loss", .losses, [:], "'hamming_loss' is a metric of multilabel predictions"),
  ])
  func multilabel(_ id: String, _ sample: Sample, _ texts: [String: String], _ reason: String) {
    #expect(throws: Undefined(reason), "\(id)") {
      try #require(Metrics.named(id, task: .multilabel)).value(on: sample, Arguments(texts: texts))
    }
  }

  @Test(
    arguments: [
      (
        "interval_coverage", [:],
        "the predictions have no interval; beside 'predictions' name its columns: interval: {low: …, high: …}; "
          + "of a model that is scored here judge 'quantile_coverage' instead"
      ),
      ("interval_score", [:], "'alpha' is missing: a number"),
      (
        "crps", [:],
        "the predictions have no quantiles; name their columns by level: quantiles: {0.1: …, 0.9: …}"
      ),
      ("quantile_coverage", [:], "'level' is missing: a number"),
      (
        "mean_absolute_scaled_error", [:],
        "'scale' or 'naive' is missing: the naive forecast's error, or the forecast itself"
      ),
    ] as [(String, [String: Double], String)])
  func regression(_ id: String, _ numbers: [String: Double], _ reason: String) {
    #expect(throws: Undefined(reason), "\(id)") {
      try #require(Metrics.named(id, task: .regression)).value(on: .losses, Arguments(numbers))
    }
  }

  @Test func levelsAreNamed() {
    #expect(throws: Undefined("there is no quantile at the level 0.8, only at 0.1, 0.5, 0.9")) {
      try Metric.Regression.quantileCoverage.value(on: .quantiles, Arguments(["level": 0.8]))
    }
  }
}
