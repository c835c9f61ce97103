extension SchemaCheck {
  /// No nulls.
  static let notNull = SchemaCheck(
    "not_null", "Every row has a value.", of: .column, kind: .rows,
    examples: [
      Example("not_null: true", on: "x,y\n1,a\n,b\n", holds: false, value: 1),
      Example("not_null: {mostly: 0.5}", on: "x,y\n1,a\n,b\n", holds: true, value: 1),
    ]
  ) { question throws(Diagnostic) in
    .rows(question, good: "\(question.x) IS NOT NULL", among: "true", what: "have no value")
  }
}
