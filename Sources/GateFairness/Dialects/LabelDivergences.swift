import GateCore

/// How differently classes are shared out in groups: mostly of labels, so that no model is needed.
struct ClassDivergence {
  /// The name before the dialect's.
  package let id: String
  /// Clarify's abbreviation.
  package let short: String
  package let summary: String
  /// With P_a and P_d the shares of the classes.
  package let formula: String
  package let range: ClosedRange<Double>
  /// When there is none, beside a side without rows.
  package let undefined: [String]
  /// Of the weights by class of two sides, the first of which is the reference, or what a group is held against.
  package let body: @Sendable (_ a: [Double], _ d: [Double]) throws(Undefined) -> Double

  /// Each class's share.
  private static func shares(_ counts: [Double]) -> [Double] {
    let total = counts.sum
    return counts.map { $0 / total }
  }

  /// A distance of the shares of the classes.
  private static func ofShares(
    _ id: String, _ short: String, _ summary: String, _ formula: String,
    range: ClosedRange<Double> = 0...1, undefined: [String] = [],
    _ body: @escaping @Sendable (_ a: [Double], _ d: [Double]) throws(Undefined) -> Double
  ) -> ClassDivergence {
    ClassDivergence(
      id: id, short: short, summary: summary, formula: formula, range: range, undefined: undefined
    ) { a, d throws(Undefined) in try body(shares(a), shares(d)) }
  }

  /// Kullback and Leibler's, in nats.
  static func divergence(_ p: [Double], from q: [Double]) throws(Undefined) -> Double {
    var sum = 0.0
    for (p, q) in zip(p, q) where p > 0 {
      guard q > 0 else {
        throw Undefined("a class of one side is not on the other: the divergence is infinite")
      }
      sum += p * logarithm(p / q)
    }
    return max(0, sum)
  }

  static let imbalance = ClassDivergence(
    id: "class_imbalance", short: "CI", summary: "How many more rows one side has than the other",
    formula: "(n_a - n_d) / (n_a + n_d)", range: -1...1, undefined: []
  ) { a, d throws(Undefined) in (a.sum - d.sum) / (a.sum + d.sum) }

  /// Of the shares of the classes.
  static let kullbackLeibler = ofShares(
    "kl_divergence", "KL", "Kullback and Leibler's divergence of the classes' shares",
    "sum_k P_a(k) ln(P_a(k) / P_d(k))", range: 0 ... .infinity,
    undefined: ["A class is on side a and not on side d."]
  ) { p, q throws(Undefined) in try divergence(p, from: q) }

  static let jensenShannon = ofShares(
    "jensen_shannon_divergence", "JS", "Jensen and Shannon's divergence of the classes' shares",
    "(KL(P_a, M) + KL(P_d, M)) / 2, M = (P_a + P_d) / 2, in nats", range: 0...logarithm(2)
  ) { p, q throws(Undefined) in
    let middle = zip(p, q).map { ($0 + $1) / 2 }
    return (try divergence(p, from: middle) + divergence(q, from: middle)) / 2
  }

  static let norm = ofShares(
    "lp_norm", "LP", "The Euclidean distance of the classes' shares",
    "sqrt(sum_k (P_a(k) - P_d(k))^2)", range: 0...2.0.squareRoot()
  ) { p, q throws(Undefined) in zip(p, q).map { ($0 - $1) * ($0 - $1) }.sum.squareRoot() }

  static let totalVariation = ofShares(
    "total_variation_distance", "TVD", "Half the sum of the distances of the classes' shares",
    "sum_k |P_a(k) - P_d(k)| / 2"
  ) { p, q throws(Undefined) in zip(p, q).map { abs($0 - $1) }.sum / 2 }

  static let kolmogorovSmirnov = ofShares(
    "kolmogorov_smirnov", "KS", "The largest distance of the shares of one class",
    "max_k |P_a(k) - P_d(k)|"
  ) { p, q throws(Undefined) in zip(p, q).map { abs($0 - $1) }.max() ?? 0 }

  package static let all = [
    imbalance, kullbackLeibler, jensenShannon, norm, totalVariation, kolmogorovSmirnov,
  ]
}

extension FairnessMetrics {
  /// Of labels, by every group against all others, and with the reference as Clarify has it; AIF360's own.
  static let divergences: [FairnessMetric] = [TaskKind.binary, .multiclass].flatMap { task in
    ClassDivergence.all.flatMap { [byGroup($0, task), clarify($0, task)] }
      + [proportions(task), aif360Imbalance(task), aif360Divergence(task)]
  }

  /// The greatest of the groups, each against all others.
  private static func byGroup(_ one: ClassDivergence, _ task: TaskKind) -> FairnessMetric {
    let range = one.range
    return FairnessMetric(
      one.id, task: task,
      summary: "\(one.summary), of the labels: the greatest of each group against all others.",
      range: 0...range.upperBound, formula: "max_g |\(one.formula)|, d the group g, a all others",
      source: clarifySource(one.short) + ", of every group",
      undefined: one.undefined + ["A group has all rows."],
      measure: .classes { classes, _ throws(Undefined) in
        var most = 0.0
        for group in classes.groups.indices {
          let (own, others) = try classes.facets(group)
          most = max(most, abs(try one.body(others, own)))
        }
        return most
      }, examples: examples(one, task, reference: nil))
  }

  /// With Clarify's signs.
  private static func clarify(_ one: ClassDivergence, _ task: TaskKind) -> FairnessMetric {
    FairnessMetric(
      one.id + "@clarify", task: task,
      summary: "\(one.short). \(one.summary), of the labels: the reference against all others.",
      direction: one.id == ClassDivergence.imbalance.id ? .neither : .lowerIsBetter,
      range: one.range, formula: one.formula + ", a the reference, d all others",
      source: clarifySource(one.short),
      undefined: one.undefined + ["A side has no rows."],
      measure: .classes { classes, _ throws(Undefined) in
        let (reference, others) = try classes.facets()
        return try one.body(reference, others)
      }, reference: .named, examples: examples(one, task, reference: "b"))
  }

  /// The greatest of |DPL|.
  private static func proportions(_ task: TaskKind) -> FairnessMetric {
    FairnessMetric(
      "difference_in_proportions_of_labels", task: task,
      summary: "The furthest that a group's share of positive rows is from that of all others.",
      formula: "max_g |q_g - q_others|, q the share of positive rows",
      source: clarifySource("DPL") + ", of every group", undefined: ["A group has all rows."],
      parameters: task == .multiclass ? [.fairClass] : [],
      measure: .classes { classes, arguments throws(Undefined) in
        let name = arguments.text("class") ?? "positive"
        guard let index = classes.names.place(of: name) else {
          throw Undefined("there is no class '\(name)'")
        }
        var most = 0.0
        for group in classes.groups.indices {
          let (own, others) = try classes.facets(group)
          most = max(most, abs(own[index] / own.sum - others[index] / others.sum))
        }
        return most
      },
      examples: [
        FairnessMetric.Example(
          hires(task), people, Arguments(texts: task == .multiclass ? ["class": "yes"] : [:]),
          gives: 0.75 - 0.5),
        FairnessMetric.Example(
          hires(task), [String](repeating: "a", count: 6),
          Arguments(texts: task == .multiclass ? ["class": "yes"] : [:]), gives: nil),
      ])
  }

  /// AIF360's sign of the imbalance.
  private static func aif360Imbalance(_ task: TaskKind) -> FairnessMetric {
    FairnessMetric(
      "class_imbalance@aif360", task: task,
      summary: "How many more rows all other groups have than the reference.", direction: .neither,
      range: -1...1, formula: "(n_u - n_p) / (n_u + n_p), p the reference, u all others",
      source: functions + "class_imbalance", undefined: ["A side has no rows."],
      measure: .classes { classes, _ throws(Undefined) in
        let (reference, others) = try classes.facets()
        return try ClassDivergence.imbalance.body(others, reference)
      }, reference: .named,
      examples: [
        FairnessMetric.Example(hires(task), people, reference: "a", gives: -1 / 3.0),
        FairnessMetric.Example(hires(task), people, gives: nil),
      ])
  }

  /// AIF360's divergence of decisions or labels.
  private static func aif360Divergence(_ task: TaskKind) -> FairnessMetric {
    let one = ClassDivergence.kullbackLeibler
    return FairnessMetric(
      "kl_divergence@aif360", task: task,
      summary: "\(one.summary): the reference against all others.", range: one.range,
      formula: "sum_k P_p(k) ln(P_p(k) / P_u(k)), p the reference, u all others",
      source: functions + "kl_divergence", undefined: one.undefined + ["A side has no rows."],
      parameters: [.of] + (task == .binary ? [.threshold] : []), refuse: .labelsHaveNoThreshold,
      measure: .classes { classes, _ throws(Undefined) in
        let (reference, others) = try classes.facets()
        return try one.body(reference, others)
      }, reference: .named,
      examples: [
        FairnessMetric.Example(
          hires(task), people, reference: "b", Arguments(texts: ["of": "label"]),
          gives: 0.5 * logarithm(0.5 / 0.25) + 0.5 * logarithm(0.5 / 0.75)),
        FairnessMetric.Example(hires(task), people, reference: "a", gives: nil),
      ])
  }

  private static let functions = "AIF360 aif360.sklearn.metrics."

  /// Six rows, four of group a of which three are positive, two of group b of which one is.
  private static func hires(_ task: TaskKind) -> Sample {
    let labels: [Int32] = [1, 1, 1, 0, 1, 0]
    let scores = [0.9, 0.8, 0.3, 0.2, 0.3, 0.1]
    if task == .binary {
      return .binary(BinarySample(scores: scores, positives: labels.map { $0 == 1 }))
    }
    return .multiclass(
      MulticlassSample(
        classes: ["no", "yes"], probabilities: scores.flatMap { [1 - $0, $0] }, labels: labels))
  }

  private static let people = ["a", "a", "a", "a", "b", "b"]

  /// Of group b as the reference or as one of two: the shares of positive rows are 3/4 and 1/2.
  private static func examples(
    _ one: ClassDivergence, _ task: TaskKind, reference: String?
  ) -> [FairnessMetric.Example] {
    let forth = 0.5 * logarithm(0.5 / 0.25) + 0.5 * logarithm(0.5 / 0.75)
    let back = 0.75 * logarithm(0.75 / 0.5) + 0.25 * logarithm(0.25 / 0.5)
    let middle =
      [0.75, 0.25, 0.5, 0.5].map { $0 * logarithm($0) }.sum / 2
      - [0.625, 0.375].map { $0 * logarithm($0) }.sum
    let values: [String: Double] = [
      "CI": reference == nil ? 1 / 3.0 : -1 / 3.0,
      "KL": reference == nil ? max(forth, back) : forth,
      "JS": middle, "LP": 0.25 * 2.squareRoot(), "TVD": 0.25, "KS": 0.25,
    ]
    let alone = [String](repeating: "b", count: 6)
    return [
      FairnessMetric.Example(hires(task), people, reference: reference, gives: values[one.short]),
      FairnessMetric.Example(hires(task), alone, reference: reference, gives: nil),
    ]
  }
}
