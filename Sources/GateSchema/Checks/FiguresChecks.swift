import GateCore

extension SchemaCheck {
  /// The mean of the values.
  package static let mean = figure("mean", "The mean of the values", "the mean", "1\n2\n\n", 1.5) {
    "avg(\($0))\($1)"
  }.alsoCalled("expect_column_mean_to_be_between", "avg")
  /// The middle of the values.
  package static let median = figure(
    "median", "The median of the values (of an even number the mean of the middle two)",
    "the median", "1\n2\n9\n\n", 2
  ) { "median(\($0))\($1)" }.alsoCalled("expect_column_median_to_be_between")
  /// The sum of the values.
  package static let sum = figure(
    "sum", "The sum of the values (of none: 0)", "the sum", "1\n2\n\n", 3
  ) {
    "coalesce(sum(\($0))\($1), 0)"
  }.alsoCalled("expect_column_sum_to_be_between")
  /// The sample's deviation.
  static let stdev = figure(
    "stdev", "The sample standard deviation (n - 1) of the values", "the standard deviation",
    "1\n3\n\n", 2.0.squareRoot()
  ) { "stddev_samp(\($0))\($1)" }.alsoCalled("expect_column_stdev_to_be_between", "stddev", "std")
  /// The sample's variance.
  package static let variance = figure(
    "variance", "The sample variance (n - 1) of the values", "the variance", "1\n3\n\n", 2
  ) { "var_samp(\($0))\($1)" }
  /// The smallest value.
  static let minimum = figure(
    "minimum", "The smallest value", "the smallest value", "3\n1\n\n", 1
  ) { "min(\($0))\($1)" }.alsoCalled("expect_column_min_to_be_between")
  /// The largest value.
  static let maximum = figure("maximum", "The largest value", "the largest value", "3\n1\n\n", 3) {
    "max(\($0))\($1)"
  }.alsoCalled("expect_column_max_to_be_between")
  /// How many values differ.
  static let distinctCount = figure(
    "distinct_count", "The number of distinct values, null being none",
    "the number of distinct values", "3\n1\n3\n\n", 2
  ) { "count(DISTINCT \($0))\($1)" }.alsoCalled(
    "expect_column_unique_value_count_to_be_between", "nunique", "unique_count"
  ).counting("value")
  /// How large a share of the values are distinct.
  static let distinctShare = figure(
    "distinct_share", "The number of distinct values over the number of values",
    "the share of distinct values", "3\n1\n3\n1\n\n", 0.5
  ) { "count(DISTINCT \($0))\($1) / nullif(count(\($0))\($1), 0)" }.asShare().alsoCalled(
    "expect_column_proportion_of_unique_values_to_be_between")
  /// The shortest text.
  static let minLength = figure(
    "min_length", "The length of the shortest value", "the shortest length", "ab\nabc\n", 2
  ) { "min(length(CAST(\($0) AS VARCHAR)))\($1)" }
  /// The longest text.
  static let maxLength = figure(
    "max_length", "The length of the longest value", "the longest length", "ab\nabc\n", 3
  ) { "max(length(CAST(\($0) AS VARCHAR)))\($1)" }
  /// The mean length of texts.
  static let meanLength = figure(
    "mean_length", "The mean length of the values", "the mean length", "ab\nabcd\n", 3
  ) { "avg(length(CAST(\($0) AS VARCHAR)))\($1)" }

  /// An aggregate of the column between bounds; `aggregate` gets the column and the filter.
  private static func figure(
    _ id: String, _ words: String, _ what: String, _ rows: String, _ value: Double,
    _ aggregate: @escaping @Sendable (String, String) -> String
  ) -> SchemaCheck {
    let ends = id.hasSuffix("_share") ? (0, 1) : (value - 1, value + 1)
    let below = id.hasSuffix("_share") ? 0.25 : 0.5
    let isOfNumbers = !id.hasPrefix("distinct") && !id.hasSuffix("length")
    return SchemaCheck(
      id, "\(words) lies between bounds.", of: .column, kind: .figure,
      examples: [
        Example(
          "\(id): {min: \(ends.0), max: \(ends.1)}", on: "x\n\(rows)", holds: true,
          value: value),
        Example(
          "\(id): {exclusive_max: \(value - below)}", on: "x\n\(rows)", holds: false,
          value: value),
        Example("\(id): {record: true}", on: "x\n\(rows)", holds: nil, value: value),
      ]
    ) { question throws(Diagnostic) in
      if let column = question.column, column.kind == .timestamp, !id.hasPrefix("distinct") {
        throw Diagnostic(
          "'\(column.name)' holds moments (\(column.declared)), and '\(id)' is of numbers",
          hint: "bound moments by 'between'")
      }
      if let column = question.column, column.kind == .string, isOfNumbers {
        throw .wantedNumbers(column, by: id)
      }
      // Truth counts as 1 and 0, as it does in most tools.
      var x = question.column?.kind == .boolean ? "CAST(\(question.x) AS INTEGER)" : question.x
      if id == "variance" || id == "stdev" { x = question.fromSmallest(x) }
      return .figure(question, what) { aggregate(x, $0) }
    }
  }

  /// A quantile of the values.
  static let quantile = SchemaCheck(
    "quantile", "A quantile of the values lies between bounds.",
    aliases: ["expect_column_quantile_values_to_be_between", "percentile"], of: .column,
    parameters: [
      Parameter("level", "From 0 (the smallest) to 1.", .number(0...1), required: true),
      Parameter(
        "interpolation",
        "Between two values: on the line, the lower, higher or nearest, the middle.",
        .choice(["linear", "lower", "higher", "nearest", "midpoint"]), standard: "linear"),
      Parameter(
        "tolerance",
        "How far beyond a bound still passes, as a share of it (and 1e-8 where it is not 0).",
        .number(0...1),
        standard: "0"),
    ], kind: .figure,
    examples: [
      Example(
        "quantile: {level: 0.25, min: 1, max: 2}", on: "x\n1\n2\n3\n\n", holds: true, value: 1.5),
      Example(
        "quantile: {level: 0.25, interpolation: nearest, min: 2}", on: "x\n1\n2\n3\n", holds: false,
        value: 1),
      Example(
        "quantile: {level: 0.5, max: 1.99999, tolerance: 0.0001}", on: "x\n1\n2\n3\n", holds: true,
        value: 2),
    ]
  ) { question throws(Diagnostic) in
    if let column = question.column, column.kind == .string {
      throw .wantedNumbers(column, by: "quantile")
    }
    let level = question["level"]?.number ?? 0.5
    let kind = question["interpolation"]?.text ?? "linear"
    let x = question.x
    let filter = question["where"]?.text.map { " FILTER (WHERE \n\($0)\n)" } ?? ""
    if kind == "linear" {
      return .figure(question, "the quantile \(level.brief)") {
        "quantile_cont(\(x), \(level))\($0)"
      }
    }
    // The two values about the place are told apart by the number of values.
    return .asking([.number("count(\(x))\(filter)")]) { answers throws(Diagnostic) in
      guard let count = answers[0].number, count > 0 else {
        throw Diagnostic("the quantile is undefined: there are no values")
      }
      let place = level * (count - 1)
      let ends = [place.rounded(.down), place.rounded(.up)].map { rank in
        Query.number("list_extract(list_sort(list(\(x))\(filter)), \(Int(rank) + 1))")
      }
      return .asking(ends) { answers in
        let (low, high) = (answers[0].number ?? 0, answers[1].number ?? 0)
        let value =
          switch kind {
          case "lower": low
          case "higher": high
          case "midpoint": (low + high) / 2
          default: place.rounded(.toNearestOrEven) == place.rounded(.down) ? low : high
          }
        return .answered(
          Bounds(question.rule).finding(value, what: "the quantile \(level.brief)", n: Int(count)))
      }
    }
  }
}

extension CheckContext {
  /// A column's distance from its smallest value: squares of large numbers that lie close together would lose it.
  fileprivate func fromSmallest(_ x: String) -> String {
    let isFloating = ["FLOAT", "DOUBLE"].contains(column?.declared)
    let finite = isFloating ? " FILTER (WHERE isfinite(\(x)))" : ""
    return "(\(x) - (SELECT min(\(x))\(finite) FROM \(table.name.sqlName)))"
  }
}
