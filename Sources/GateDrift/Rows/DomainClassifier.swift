import GateCore

extension DriftTest {
  /// How well gradient-boosted trees tell both sides apart.
  static let domainClassifier = DriftTest(
    "domain_classifier",
    "How well gradient-boosted trees tell current rows from the reference's by all features together: the area under their ROC curve, 0.5 by chance.",
    aliases: ["classifier_two_sample_test", "adversarial_validation", "multivariate_drift"],
    formula:
      "mean over two halves of ROC AUC on the rows of a half, scored by trees that the other half trained",
    source:
      "Lopez-Paz and Oquab, Revisiting classifier two-sample tests, ICLR 2017, with LightGBM's trees and Mann-Whitney's p-value of each half; twice the smaller p-value of both (Bonferroni), which holds however they depend on each other",
    undefined: ["A side has fewer than two rows."],
    parameters: domainClassifierParameters,
    pValueMethod: .own,
    measure: .separation { (found, _) throws(Undefined) in try found.figure { $0 } },
    examples: [
      Example(
        .separation(.example([0.1, 0.2, 0.8, 0.9], [0.3, 0.6, 0.4, 0.9])), gives: 0.875, p: 1 / 3.0),
      Example(
        .separation(.example([0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5])), gives: 0.5, p: 1),
      Example(
        .separation(DomainClassifierResult(folds: [], features: [], settings: [])), gives: nil),
    ])

  /// Deepchecks' scale.
  static let domainClassifierDeepchecks = DriftTest(
    "domain_classifier@deepchecks",
    "Deepchecks' score of multivariate drift: how far the area under the ROC curve is above 0.5, twice; its own limit is 0.25.",
    formula: "max(2 AUC - 1, 0), AUC as in domain_classifier",
    source:
      "deepchecks 0.19.1, core.check_utils.multivariate_drift_utils.auc_to_drift_score; its own trees are scikit-learn's, 10 of depth 2 judged on 30% of the rows, to which 'rounds: 10' and 'leaves: 4' come nearest",
    undefined: ["A side has fewer than two rows."],
    parameters: domainClassifierParameters,
    pValueMethod: .own,
    measure: .separation { (found, _) throws(Undefined) in
      try found.figure { max(2 * $0 - 1, 0) }
    },
    examples: [
      Example(
        .separation(.example([0.1, 0.2, 0.8, 0.9], [0.3, 0.6, 0.4, 0.9])), gives: 0.75, p: 1 / 3.0),
      Example(.separation(.example([0.9, 0.8, 0.2, 0.1], [0.9, 0.8, 0.2, 0.1])), gives: 0, p: 1),
      Example(
        .separation(DomainClassifierResult(folds: [], features: [], settings: [])), gives: nil),
    ])

  /// What a manifest may say of the trees.
  private static let domainClassifierParameters = [
    Parameter(
      "rows", "Rows of each side at most; of more, as many are drawn by the seed.",
      .integer(20...1_000_000), standard: "100000"),
    Parameter("rounds", "Trees.", .integer(1...1000), standard: "100"),
    Parameter("leaves", "Leaves of a tree at most.", .integer(2...1024), standard: "31"),
    Parameter(
      "seed", "What the choice of rows and of halves depends on.", .integer(0...Int(Int32.max)),
      standard: "0"),
  ]
}

extension DomainClassifierResult {
  /// The areas of both halves as one figure; `scale` makes the value of their mean.
  ///
  /// Rows of a half do not know the trees that score them, so that under one distribution the sides of its rows are
  /// exchangeable and Mann and Whitney's distribution holds given the trees. Throws `Undefined` where a half lacks a side.
  fileprivate func figure(_ scale: (Double) -> Double) throws(Undefined) -> DriftFigure {
    var areas: [RankArea] = []
    for fold in folds {
      var (reference, current): ([Double], [Double]) = ([], [])
      for (score, isCurrent) in zip(fold.scores, fold.isCurrent) {
        if isCurrent { current.append(score) } else { reference.append(score) }
      }
      guard !reference.isEmpty, !current.isEmpty else {
        throw Undefined("a half of the rows has none of one side to be judged on")
      }
      areas.append(try RankArea(reference: reference, current: current))
    }
    guard let smallest = areas.map(\.pValue).min() else { throw Undefined("nothing was scored") }
    let area = areas.reduce(0) { $0 + $1.value } / Double(areas.count)
    return DriftFigure(
      scale(area), p: min(1, Double(areas.count) * smallest),
      settings: settings + [
        JSON.Member("p_value_by", .string(Self.method(areas)))
      ],
      evidence: [
        JSON.Member("roc_auc_of_halves", .array(areas.map { .number($0.value) })),
        JSON.Member("features", .array(telling)),
      ])
  }

  /// How the p-value was made.
  private static func method(_ areas: [RankArea]) -> String {
    let each = areas.allSatisfy { $0.method == areas[0].method } ? ", \(areas[0].method)" : ""
    return "Mann-Whitney of each half, one-sided\(each); Bonferroni over the halves"
  }

  /// The ten features that tell most, the first first, of equals in their order; those that tell nothing left out.
  private var telling: [JSON] {
    let order = features.indices.filter { features[$0].share > 0 }.sorted {
      features[$0].share == features[$1].share
        ? $0 < $1 : features[$0].share > features[$1].share
    }
    return order.prefix(10).map { place in
      .object([
        JSON.Member("feature", .string(features[place].name)),
        JSON.Member("share_of_gain", .number(features[place].share)),
      ])
    }
  }

  /// Two halves of two rows a side, the reference's first.
  fileprivate static func example(_ first: [Double], _ second: [Double]) -> DomainClassifierResult {
    DomainClassifierResult(
      folds: [first, second].map {
        Fold(scores: $0, isCurrent: [false, false, true, true])
      }, features: [Feature("income", share: 1)], settings: [])
  }
}
