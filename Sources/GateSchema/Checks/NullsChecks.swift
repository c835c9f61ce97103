import GateCore

extension SchemaCheck {
  /// No nulls.
  static let notNull = SchemaCheck(
    "not_null", "Every row has a value.",
    aliases: [
      "expect_column_values_to_not_be_null", "notna", "no_nulls", "required", "completeness",
    ], of: .column, kind: .rows,
    examples: [
      Example("not_null: true", on: "x,y\n1,a\n,b\n", holds: false, value: 1),
      Example("not_null: {mostly: 0.5}", on: "x,y\n1,a\n,b\n", holds: true, value: 1),
      Example("not_null: {where: \"y = 'a'\"}", on: "x,y\n1,a\n,b\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    .rows(question, good: "\(question.x) IS NOT NULL", among: "true", what: "have no value")
  }

  /// Nulls only.
  package static let isNull = SchemaCheck(
    "is_null", "No row has a value.", aliases: ["expect_column_values_to_be_null"], of: .column,
    kind: .rows,
    examples: [
      Example("is_null: true", on: "x,y\n,a\n,b\n", holds: true, value: 0),
      Example("is_null: {max_count: 0}", on: "x,y\n1,a\n,b\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    .rows(question, good: "\(question.x) IS NULL", among: "true", what: "have a value")
  }

  /// How many nulls.
  static let nullCount = SchemaCheck(
    "null_count", "The number of rows without a value lies between bounds.",
    aliases: ["missing_count"], of: .column,
    kind: .figure,
    examples: [
      Example("null_count: {max: 1}", on: "x,y\n1,a\n,b\n", holds: true, value: 1),
      Example("null_count: {equal: 0}", on: "x,y\n1,a\n,b\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    .figure(question, "the number of nulls") { "count(*)\($0) - count(\(question.x))\($0)" }
  }.counting("row")

  /// How large a share is null.
  static let nullShare = SchemaCheck(
    "null_share", "The share of rows without a value lies between bounds.",
    aliases: ["missing_percent", "null_percentage"], of: .column,
    kind: .figure,
    examples: [
      Example("null_share: {max: 0.5}", on: "x,y\n1,a\n,b\n", holds: true, value: 0.5),
      Example("null_share: {max: 0.4}", on: "x,y\n1,a\n,b\n", holds: false, value: 0.5),
      Example("null_share: {max: 0.4, where: y = 'c'}", on: "x,y\n1,a\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    .figure(question, "the share of nulls") {
      "(count(*)\($0) - count(\(question.x))\($0)) / nullif(count(*)\($0), 0)"
    }
  }.asShare()

  /// How large a share is not null.
  static let nonNullShare = SchemaCheck(
    "non_null_share", "The share of rows with a value lies between bounds.",
    aliases: ["expect_column_proportion_of_non_null_values_to_be_between"], of: .column,
    kind: .figure,
    examples: [
      Example("non_null_share: {min: 0.5}", on: "x,y\n1,a\n,b\n", holds: true, value: 0.5),
      Example("non_null_share: {min: 0.6}", on: "x,y\n1,a\n,b\n", holds: false, value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    .figure(question, "the share of values") {
      "count(\(question.x))\($0) / nullif(count(*)\($0), 0)"
    }
  }.asShare()
}
