import GateCore

extension SchemaCheck {
  /// Not too far from the mean.
  static let zScore = SchemaCheck(
    "z_score", "Every value lies less than so many sample deviations above the mean, or about it.",
    aliases: ["expect_column_value_z_scores_to_be_less_than"], of: .column,
    parameters: [
      Parameter("threshold", "It must be below this.", .number(0...1e9), required: true),
      Parameter(
        "double_sided", "Whether values below the mean count too.", .boolean, standard: "true"),
    ], main: "threshold", kind: .rows,
    examples: [
      Example("z_score: 1.5", on: "x\n1\n2\n3\n30\n", holds: true, value: 0),
      Example("z_score: 1.4", on: "x\n1\n2\n3\n30\n", holds: false, value: 1),
      Example("z_score: 1", on: "x\n2\n2\n2\n", holds: true, value: 0),
      Example("z_score: 1", on: "x\n2\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    try question.wantNumbers()
    let threshold = question["threshold"]?.text ?? "3"
    let both = question["double_sided"]?.boolean ?? true
    let x = question.x
    let finite = question.finite
    return .asking(question.spread) { answers in
      // Without a finite value no row takes part, or all that do are infinite.
      guard let mean = answers[0].number else {
        return .rows(question, good: "false", what: "are infinite, and no mean is near them")
      }
      let isConstant = answers[2].number == answers[3].number
      guard !isConstant, let deviation = answers[1].number, deviation > 0 else {
        // As in Great Expectations no value is far from a mean that all are.
        return .rows(
          question, good: finite.isEmpty ? "true" : "isfinite(\(x))",
          what: "are too far from the mean")
      }
      let z = "(\(x) - \(mean.description)) / \(deviation.description)"
      return .rows(
        question, good: "\(both ? "abs(\(z))" : z) < \(threshold)",
        what: "are \(threshold) deviations or more from the mean \(mean.brief)")
    }
  }

  /// Not beyond the fences.
  static let notOutliers = SchemaCheck(
    "not_outliers", "No value lies beyond the quartiles' or the deviation's fences.",
    aliases: ["expect_column_values_to_not_be_outliers"], of: .column,
    parameters: [
      Parameter(
        "method",
        "The quartiles and a multiple of their distance (iqr), or the mean and of the deviation (std).",
        .choice(["iqr", "std"]), standard: "iqr"),
      Parameter(
        "multiplier", "How many times the distance or deviation.", .number(0...1e9),
        standard: "1.5"),
    ], kind: .rows,
    examples: [
      Example("not_outliers: true", on: "x\n1\n2\n3\n4\n100\n", holds: false, value: 1),
      Example("not_outliers: {multiplier: 100}", on: "x\n1\n2\n3\n4\n100\n", holds: true, value: 0),
      Example(
        "not_outliers: {method: std, multiplier: 2}", on: "x\n1\n2\n3\n4\n100\n", holds: true,
        value: 0),
    ]
  ) { question throws(Diagnostic) in
    try question.wantNumbers()
    let x = question.x
    let finite = question.finite
    let factor = question["multiplier"]?.number ?? 1.5
    if question["method"]?.text == "std" {
      return .asking(question.spread) { answers in
        let (mean, deviation) = (answers[0].number ?? 0, answers[1].number ?? 0)
        // A mean of many equal numbers is rounded, and need not be that number.
        let isConstant = answers[0].number != nil && answers[2].number == answers[3].number
        let good =
          isConstant
          ? (finite.isEmpty ? "true" : "isfinite(\(x))")
          : deviation > 0
            ? "abs(\(x) - \(mean)) < \(factor * deviation)" : "\(x) = \(mean.description)"
        return .rows(question, good: good, what: "are beyond \(factor.brief) deviations")
      }
    }
    let quartiles = [0.25, 0.75].map { Query.number("quantile_cont(\(x), \($0))\(finite)") }
    return .asking(quartiles) { answers in
      let (low, high) = (answers[0].number ?? 0, answers[1].number ?? 0)
      let reach = factor * (high - low)
      return .rows(
        question, good: "\(x) BETWEEN \(low - reach) AND \(high + reach)",
        what: "are beyond [\((low - reach).brief), \((high + reach).brief)]")
    }
  }

  /// Few zeros.
  static let zeroShare = SchemaCheck(
    "zero_share", "The share of values that are 0 lies between bounds.", of: .column,
    kind: .figure,
    examples: [
      Example("zero_share: {max: 0.5}", on: "x\n0\n1\n", holds: true, value: 0.5),
      Example("zero_share: {max: 0.1}", on: "x\n0\n1\n", holds: false, value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    .figure(question, "the share of zeros") {
      "avg(CAST(\(question.x) = 0 AS INTEGER))\($0)"
    }
  }
}

extension CheckContext {
  /// Mean, sample deviation, least and largest of the finite values.
  fileprivate var spread: [Query] {
    ["avg", "stddev_samp"].map { .figure("\($0)(\(x))\(finite)") }
      + ["min", "max"].map { .number("\($0)(\(x))\(finite)") }
  }

  /// What keeps infinities out of a figure of the judged column, which lie beyond it whatever it is; empty where there can
  /// be none.
  fileprivate var finite: String {
    ["FLOAT", "DOUBLE"].contains(column?.declared) ? " FILTER (WHERE isfinite(\(x)))" : ""
  }
}
