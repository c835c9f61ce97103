import GateCore

/// The rows of the highest scores: what a desk that can look into so many applications finds.
extension Metric.Binary {
  /// The share of the top that is positive.
  static let precisionAtTop = top(
    "precision_at_top", "The share of positive rows among those of the highest scores.",
    "positives in the top / size of the top", source: "Evidently PrecisionTopK",
    .init(share: 0.5, gives: 2.0 / 3, tied: 0.5)
  ) { top in top.found / top.size }.alsoCalled("precision_at_k")

  /// The share of the positives that is in the top.
  static let recallAtTop = top(
    "recall_at_top", "The share of the positive rows that is among those of the highest scores.",
    "positives in the top / positives", source: "Evidently RecallTopK",
    .init(share: 0.5, gives: 2.0 / 3, tied: 0.5)
  ) { top in top.found / top.positive }.alsoCalled("recall_at_k", "cumulative_gain")

  /// The recall of the top as credit risk and marketing call it.
  static let captureAtTop = top(
    "capture_at_top", "The capture rate: recall_at_top as credit risk and marketing call it.",
    "positives in the top / positives", source: "the cumulative gains chart",
    .init(share: 0.5, gives: 2.0 / 3, tied: 0.5)
  ) { top in top.found / top.positive }.alsoCalled("capture_rate")

  /// How much richer the top is than all rows.
  static let liftAtTop = top(
    "lift_at_top", "How many times more of the top is positive than of all rows.",
    "(positives in the top / size of the top) / (positives / rows)", range: 0 ... .infinity,
    source: "the cumulative lift chart; MLflow lift curve",
    .init(share: 0.5, gives: 4.0 / 3, tied: 1)
  ) { top in top.found / top.size / (top.positive / top.rows) }.alsoCalled("lift", "lift_score")

  /// What the examples of a figure of the top come to.
  private struct Examples {
    /// The top of six applications.
    package var share: Double
    /// The figure there.
    package var gives: Double
    /// The figure of the top two of four tied rows, two of them positive.
    var tied: Double
  }

  /// A figure of the rows at the top.
  private static func top(
    _ id: String, _ summary: String, _ formula: String, range: ClosedRange<Double> = 0...1,
    source: String, _ expected: Examples, _ figure: @escaping @Sendable (Top) -> Double
  ) -> Metric {
    Metric(
      id, task: .binary, summary: summary, direction: .higherIsBetter, range: range,
      formula: formula + "; rows of the score at the cut count by the share of them that fits",
      source: source,
      undefined: [
        "No row is positive.", "There are fewer rows than count.",
        "The model gives classes, not scores.",
      ],
      parameters: [
        Parameter(
          "share", "The top as a share of all rows; this or count.", .number(1e-6...0.999_999)),
        Parameter("count", "The top as a number of rows; this or share.", .integer(1...Int.max)),
      ],
      refuse: .oneOf("share", "count", "how many rows the top has"),
      contrast: .smallTop,
      measure: .binary { sample, arguments throws(Undefined) in
        let value = figure(try sample.top(arguments))
        return value.clamped(to: range)
      },
      examples: [
        Metric.Example(
          .applications, Arguments(["share": expected.share]), gives: expected.gives),
        Metric.Example(.applications, Arguments(["count": 3]), gives: expected.gives),
        Metric.Example(
          .binary(scores: [0.5, 0.5, 0.5, 0.5], positives: [1, 1, 0, 0]), Arguments(["count": 2]),
          gives: expected.tied),
        Metric.Example(.applications, Arguments(["count": 7]), gives: nil),
        Metric.Example(.applications, gives: nil),
        Metric.Example(.repaidOnly, Arguments(["share": 0.5]), gives: nil),
        Metric.Example(.classesOnly, Arguments(["share": 0.5]), gives: nil),
      ])
  }
}

/// The rows of the highest scores, by weight.
private struct Top: Sendable {
  /// All rows.
  package var rows: Double
  /// The positive ones of all.
  package var positive: Double
  /// The rows at the top.
  package var size: Double
  /// The positive ones of these.
  package var found: Double
}

extension BinarySample {
  /// Reads `share` or `count` and finds the positives up there, ties at the cut by share.
  fileprivate func top(_ arguments: Arguments) throws(Undefined) -> Top {
    try requireScores()
    let size: Double
    if let share = arguments["share"] {
      size = share * totalWeight
    } else {
      size = try arguments.number("count")
    }
    guard size <= totalWeight else {
      throw Undefined("there are \(totalWeight.brief) rows, fewer than 'count: \(size.brief)'")
    }
    let positive = try positiveWeight()
    var found: Double?
    var before = (hits: 0.0, rows: 0.0)
    forEachThreshold { hits, alarms in
      guard found == nil else { return }
      let rows = hits + alarms
      if rows >= size {
        let share = (size - before.rows) / (rows - before.rows)
        found = before.hits + share * (hits - before.hits)
      }
      before = (hits, rows)
    }
    return Top(rows: totalWeight, positive: positive, size: size, found: found ?? positive)
  }
}
