extension SchemaCheck {
  /// The mean of the values.
  static let mean = SchemaCheck(
    "mean", "The mean of the values lies between bounds.", of: .column, kind: .figure,
    examples: [
      Example("mean: {min: 1, max: 2}", on: "x\n1\n2\n\n", holds: true, value: 1.5),
      Example("mean: {max: 1}", on: "x\n1\n2\n", holds: false, value: 1.5),
    ]
  ) { question throws(Diagnostic) in
    .figure(question, "the mean") { "avg(\(question.x))\($0)" }
  }

  /// Rows of the table.
  static let rowCount = SchemaCheck(
    "row_count", "The table has so many rows.", of: .table, kind: .figure,
    examples: [
      Example("row_count: {min: 1, max: 3}", on: "x\n1\n2\n", holds: true, value: 2),
      Example("row_count: {equal: 3}", on: "x\n1\n2\n", holds: false, value: 2),
    ]
  ) { question throws(Diagnostic) in
    .figure(question, "the number of rows") { "count(*)\($0)" }
  }
}
