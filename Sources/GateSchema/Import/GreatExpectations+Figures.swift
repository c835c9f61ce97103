import GateCore

extension Expectation {
  /// Expectations of a figure of a column.
  static let ofFigures: [String: Making] = [
    "expect_column_mean_to_be_between": figure("mean"),
    "expect_column_median_to_be_between": figure("median"),
    "expect_column_sum_to_be_between": figure("sum"),
    "expect_column_stdev_to_be_between": figure("stdev"),
    "expect_column_min_to_be_between": extreme("minimum", "min"),
    "expect_column_max_to_be_between": extreme("maximum", "max"),
    "expect_column_unique_value_count_to_be_between": figure("distinct_count"),
    "expect_column_proportion_of_unique_values_to_be_between": figure("distinct_share"),
    "expect_column_proportion_of_non_null_values_to_be_between": figure("non_null_share"),
    "expect_column_quantile_values_to_be_between": { arguments, _ throws(ImportGap) in
      try quantiles(&arguments)
    },
    "expect_column_kl_divergence_to_be_less_than": { arguments, _ throws(ImportGap) in
      [try divergence(&arguments)]
    },
  ]

  /// A figure between bounds that are numbers.
  private static func figure(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in
      [try arguments.figure(try arguments.text("column"), check)]
    }
  }

  /// The smallest or largest value between bounds, which may be moments or texts.
  private static func extreme(_ check: String, _ function: String) -> Making {
    { arguments, _ throws(ImportGap) in
      let isParsed = try arguments.parsing() != nil
      let column = try arguments.text("column")
      let bounds = try arguments.boundsOrNone()
      if bounds.isEmpty { return [.recording(column, check, because: "it has no bound")] }
      if bounds.allSatisfy(\.value.isPlain) { return [Draft(column, check, bounds)] }
      let signs = ["min": ">=", "max": "<=", "exclusive_min": ">", "exclusive_max": "<"]
      let read = isParsed ? "TRY_CAST(\(column.sqlName) AS TIMESTAMP)" : column.sqlName
      let value = "\(function)(\(read))"
      var parts: [String] = []
      for bound in bounds {
        if isParsed { try wantMoment(bound.value) }
        let literal = isParsed ? "CAST(\(bound.value.sql) AS TIMESTAMP)" : bound.value.sql
        parts.append("\(value) \(signs[bound.key] ?? "=") \(literal)")
      }
      let sql =
        "SELECT \(value) FROM {table} HAVING (\(parts.joined(separator: " AND "))) IS NOT TRUE"
      return [parsed(Draft(nil, "no_rows", [.init("sql", .text(sql))]), isParsed)]
    }
  }

  /// A check a quantile.
  private static func quantiles(_ arguments: inout ImportArguments) throws(ImportGap) -> [Draft] {
    let column = try arguments.text("column")
    var ranges = ImportArguments(try arguments.want("quantile_ranges"))
    let levels = try ranges.items("quantiles")
    let bounds = try ranges.items("value_ranges")
    try ranges.finish()
    guard levels.count == bounds.count else {
      throw ImportGap("it has \(levels.count) quantiles and \(bounds.count) ranges")
    }
    let kind = try interpolation(arguments.take("allow_relative_error"))
    var drafts: [Draft] = []
    for (level, range) in zip(levels, bounds) {
      guard level.number != nil, let ends = range.items, ends.count == 2,
        ends.allSatisfy({ $0.isNull || $0.number != nil })
      else { throw ImportGap("found \(range.found), wanted two bounds", at: range.mark) }
      let place: [SchemaText.Member] = [
        .init("level", SchemaText(level)), .init("interpolation", .text(kind)),
      ]
      if ends.allSatisfy(\.isNull) {
        drafts.append(.recording(column, "quantile", place, because: "a quantile has no bound"))
        continue
      }
      drafts.append(
        Draft(
          column, "quantile",
          place + [
            .init("tolerance", .plain("0.0001")),
            ends[0].isNull ? nil : .init("min", SchemaText(ends[0])),
            ends[1].isNull ? nil : .init("max", SchemaText(ends[1])),
          ]))
    }
    return drafts
  }

  /// Which value a quantile is between two; engines that may be off by a share are not held to it: here it is exact.
  private static func interpolation(_ error: Node?) throws(ImportGap) -> String {
    guard let error, error.boolean == nil, error.number == nil else { return "nearest" }
    let kind = error.text ?? ""
    guard ["linear", "lower", "higher", "midpoint", "nearest"].contains(kind) else {
      throw ImportGap("'allow_relative_error' is \(error.found)", at: error.mark)
    }
    return kind
  }

  /// The divergence from a partition.
  private static func divergence(_ arguments: inout ImportArguments) throws(ImportGap) -> Draft {
    let column = try arguments.text("column")
    let threshold = try arguments.number("threshold")
    guard arguments.node["partition_object"]?.isNull == false else {
      if threshold != nil { throw ImportGap("'partition_object' is missing") }
      for key in ["partition_object", "bucketize_data", "tail_weight_holdout"] {
        _ = arguments.take(key)
      }
      _ = arguments.take("internal_weight_holdout")
      return .recording(column, nil, because: "it has no partition and no threshold")
    }
    var partition = ImportArguments(try arguments.want("partition_object"))
    let isBinned = partition.node["bins"] != nil
    let cells = try partition.items(isBinned ? "bins" : "values")
    let weights = try partition.items("weights")
    let tails = partition.take("tail_weights")
    try partition.finish()
    if let bucketize = arguments.take("bucketize_data"), bucketize.boolean != true {
      throw ImportGap("'bucketize_data' is \(bucketize.found)", at: bucketize.mark)
    }
    let tail = try arguments.number("tail_weight_holdout")
    let inner = try arguments.number("internal_weight_holdout")
    let parameters: [SchemaText.Member?] = [
      .init(isBinned ? "bins" : "values", .list(cells.map(SchemaText.init))),
      .init("weights", .list(weights.map(SchemaText.init))),
      tails.map { .init("tail_weights", SchemaText($0)) },
      tail.map { .init("tail_holdout", $0) },
      inner.map { .init("internal_holdout", $0) },
    ]
    guard let threshold else {
      return .recording(column, "kl_divergence", parameters, because: "it has no threshold")
    }
    return Draft(column, "kl_divergence", parameters + [.init("max", threshold)])
  }
}

extension SchemaText {
  /// Whether it is a number, truth or null.
  package var isPlain: Bool { if case .plain = self { true } else { false } }

  /// A scalar in SQL.
  package var sql: String {
    switch self {
    case .plain(let text): text
    case .text(let text): text.sqlText
    case .list, .map: "NULL"
    }
  }
}
