package import GateCore

/// How the candidate's scores, or values, differ from the champion's on the same rows.
extension Metric.Pair {
  /// How far apart both models' scores are.
  package static let differences: [Metric] =
    [
      difference(
        .binary, "The mean distance between both models' scores of a row, or by sign.",
        "mean of |score - champion's score|; with signed: true without the bars", gives: 0.25,
        signed: -0.15),
      difference(
        .multiclass, "The mean distance between both models' probabilities of a row's classes.",
        "mean of half the sum over the classes of |probability - champion's| (total variation)",
        gives: 0.2),
      difference(
        .multilabel, "The mean distance between both models' scores of a row's labels.",
        "mean over rows and labels of |score - champion's score|", gives: 0.125),
      difference(
        .regression, "The mean distance between both models' values of a row, or by sign.",
        "mean of |prediction - champion's prediction|; with signed: true without the bars",
        range: -.infinity ... .infinity, gives: 0.75, signed: -0.75),
    ]

  /// How far both models' scores rise together.
  package static let correlations: [Metric] = [
    (TaskKind.binary, 0.37270440764550145), (.regression, 4.5 / 33.75.squareRoot()),
  ].map { task, value in
    Metric(
      "score_correlation", task: task,
      summary: "How far both models' scores lie on one rising line: 1 all, 0 not at all.",
      direction: .neither, range: -1...1,
      formula: "covariance of both models' scores / (deviation of one's * of the other's)",
      source: "numpy cov with aweights; scipy pearsonr",
      undefined: [
        "A model's scores are all equal.", "There is one row only.",
        "A model gives classes, not scores.",
      ],
      measure: .pair(
        PairSums { now, before, _ throws(Undefined) in
          let (mine, other) = try paired(now, before)
          return moments(mine.centred, other.centred)
        } total: { sums, _ throws(Undefined) in
          try correlation(sums)
        }),
      examples: [
        Metric.Example(.pairNow(task), champion: .pairBefore(task), gives: value),
        Metric.Example(.pairNow(task), champion: .pairNow(task), gives: 1),
        Metric.Example(.pairNow(task), champion: .pairConstant(task), gives: nil),
        Metric.Example(
          task == .binary ? .classesOnly : .pairConstant(task),
          champion: task == .binary ? .classesOnly : .pairConstant(task), gives: nil),
      ])
  }

  /// The mean distance of one task's scores; `signed`, where there is one number a row, of the first example.
  private static func difference(
    _ task: TaskKind, _ summary: String, _ formula: String,
    range: ClosedRange<Double> = -1...1, gives value: Double, signed: Double? = nil
  ) -> Metric {
    let isSigned = Parameter(
      "signed", "Whether a lower score takes off what a higher one adds.", .boolean,
      standard: "false")
    return Metric(
      "prediction_difference", task: task, summary: summary, direction: .neither,
      range: signed == nil ? 0...1 : range, formula: formula,
      source: "numpy average of the absolute (or signed) differences",
      undefined: task == .binary || task == .multiclass
        ? ["A model gives classes, not scores."] : [],
      parameters: signed == nil ? [] : [isSigned],
      measure: .pair(
        PairSums { now, before, arguments throws(Undefined) in
          let isSigned = arguments.text("signed") == "true"
          return RowParts(mean: try distances(now, before, isSigned: isSigned))
        } total: { sums, _ throws(Undefined) in
          try share(sums[0], of: sums[1], orElse: "there are no rows")
        }),
      spread: .mean,
      examples: [
        Metric.Example(.pairNow(task), champion: .pairBefore(task), gives: value),
        Metric.Example(.pairNow(task), champion: .pairNow(task), gives: 0),
      ]
        + (signed.map {
          [
            Metric.Example(
              .pairNow(task), Arguments(texts: ["signed": "true"]), champion: .pairBefore(task),
              gives: $0)
          ]
        } ?? [])
        + (task == .binary
          ? [Metric.Example(.classesOnly, champion: .classesOnly, gives: nil)] : [])
        + (task == .multiclass
          ? [
            Metric.Example(
              .outcomesWithoutScores, champion: .outcomesWithoutScores, gives: nil)
          ] : []))
  }
}

extension Metric.Pair {
  /// The distance between both models' scores at each place of the candidate's.
  private static func distances(
    _ now: Sample, _ before: Sample, isSigned: Bool
  ) throws(Undefined) -> [Double] {
    let places = now.places(in: before)
    switch (now, before) {
    case (.multiclass(let mine), .multiclass(let other)):
      guard mine.hasScores, other.hasScores else { throw .classesOnly }
      return gaps(mine.probabilities, other.probabilities, places, width: mine.classes.count)
        .map { $0 / 2 }
    case (.multilabel(let mine), .multilabel(let other)):
      return gaps(mine.scores, other.scores, places, width: mine.width)
        .map { $0 / Double(mine.width) }
    default:
      let (mine, other) = try paired(now, before)
      return mine.indices.map { isSigned ? mine[$0] - other[$0] : abs(mine[$0] - other[$0]) }
    }
  }

  /// For each place the sum of the distances of its `width` numbers from those of another place.
  private static func gaps(
    _ mine: [Double], _ other: [Double], _ places: [Int32], width: Int
  ) -> [Double] {
    places.indices.map { place in
      (0..<width).reduce(0) {
        $0 + abs(mine[place * width + $1] - other[Int(places[place]) * width + $1])
      }
    }
  }

  /// Both models' scores, or values, at each place of the candidate's; throws where there is not one a row.
  private static func paired(
    _ now: Sample, _ before: Sample
  ) throws(Undefined) -> ([Double], [Double]) {
    switch (now, before) {
    case (.binary(let mine), .binary(let other)):
      guard mine.hasScores, other.hasScores else { throw .classesOnly }
      return (mine.scores, other.scores.at(now.places(in: before)))
    case (.regression(let mine), .regression(let other)):
      return (mine.predictions, other.predictions.at(now.places(in: before)))
    default: throw Undefined("these predictions have not one score a row")
    }
  }

  /// What the correlation is a function of the sums of: 1, x, y, xx, yy, xy.
  private static func moments(_ first: [Double], _ second: [Double]) -> RowParts {
    var values: [Double] = []
    values.reserveCapacity(6 * first.count)
    for (x, y) in zip(first, second) {
      values.append(1)
      values.append(x)
      values.append(y)
      values.append(x * x)
      values.append(y * y)
      values.append(x * y)
    }
    return RowParts(width: 6, values)
  }

  /// The correlation of the sums of `moments`; throws where one of both does not vary.
  private static func correlation(_ sums: [Double]) throws(Undefined) -> Double {
    let count = sums[0]
    let first = sums[3] - sums[1] * sums[1] / count
    let second = sums[4] - sums[2] * sums[2] / count
    // What is left of equal scores is rounding.
    let least = 64 * Double.ulpOfOne
    guard count > 0, first > least * sums[3], second > least * sums[4] else {
      throw Undefined("a model's scores are all equal")
    }
    let together = sums[5] - sums[1] * sums[2] / count
    return Pearson.correlation(products: together, squares: (first, second))
  }
}

extension [Double] {
  /// The numbers less the one of them that is nearest to their mean, so that sums of their squares lose no digits and
  /// equal numbers come to 0.
  fileprivate var centred: [Double] {
    let mean = sum / Double(count)
    let centre = self.min { abs($0 - mean) < abs($1 - mean) } ?? 0
    return map { $0 - centre }
  }
}
