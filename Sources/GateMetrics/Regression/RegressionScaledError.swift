import GateCore

/// Errors against those of a forecast that takes no skill.
extension Metric.Regression {
  /// The mean size of the errors as a share of the naive forecast's.
  static let meanAbsoluteScaledError = Metric(
    "mean_absolute_scaled_error", task: .regression, aliases: ["mase"],
    summary: "The mean size of the errors over that of a naive forecast: 1 is no better.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "mean of |target - prediction| / scale; scale, or mean of |target - naive| over the same rows",
    source: "Hyndman and Koehler (2006), MASE; sktime mean_absolute_scaled_error",
    undefined: ["The naive forecast is right on every row.", "It says nothing of some row."],
    parameters: [
      Parameter(
        "scale",
        "The naive forecast's mean absolute error on the rows the model was fitted to; this or "
          + "naive.", .number(1e-300...1e300)),
      Parameter("naive", "SQL over the row: the naive forecast; this or scale.", .sql),
    ],
    refuse: .oneOf("scale", "naive", "the naive forecast's error, or the forecast itself"),
    measure: .sums(
      RowSums(parts: { sample, arguments throws(Undefined) in
        try sample.regression("mean_absolute_scaled_error").scaled(arguments)
      }) { sums, arguments throws(Undefined) in
        try share(
          sums[0], of: sums[1] * (arguments["scale"] ?? 1),
          orElse: "the naive forecast is right on every row")
      }),
    examples: [
      Metric.Example(.losses, Arguments(["scale": 1.5]), gives: 0.5),
      Metric.Example(
        .losses, Arguments(columns: ["naive": .numbers([2, 2, 4, 4])]), gives: 0.75),
      Metric.Example(
        .losses, Arguments(columns: ["naive": .numbers([2, 4, 4, 2])]), gives: nil),
      Metric.Example(.losses, Arguments(columns: ["naive": .numbers([2])]), gives: nil),
      Metric.Example(.losses, gives: nil),
    ])
}

extension RegressionSample {
  /// The size of each row's error, and of the naive forecast's, or 1.
  fileprivate func scaled(_ arguments: Arguments) throws(Undefined) -> RowParts {
    var values: [Double] = []
    values.reserveCapacity(2 * count)
    if arguments["scale"] != nil {
      for place in targets.indices { values += [abs(targets[place] - predictions[place]), 1] }
      return RowParts(width: 2, values)
    }
    guard let naive = arguments.column("naive") else {
      throw Undefined("'naive' is missing: SQL over the row that gives a number")
    }
    for place in targets.indices {
      let row = Int(rows[place])
      guard naive.indices.contains(row) else {
        throw Undefined("'naive' has no value in row \(row + 1)")
      }
      values += [
        abs(targets[place] - predictions[place]), abs(targets[place] - naive[row]),
      ]
    }
    return RowParts(width: 2, values)
  }
}
