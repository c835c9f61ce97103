import GateCore

extension SchemaCheck {
  /// Texts that are JSON of a form.
  package static let jsonSchema = SchemaCheck(
    "json_schema",
    "Every value is JSON that keeps to a JSON Schema (a part of draft 2020-12).",
    aliases: ["expect_column_values_to_match_json_schema"], of: .column,
    parameters: [
      Parameter("schema", "The JSON Schema as a text.", .text, required: true)
    ], main: "schema", kind: .rows,
    refuse: refuseNoSchema,
    examples: [
      Example(
        "json_schema: '{\"type\": \"object\", \"required\": [\"a\"]}'",
        on: "x\n\"{\"\"a\"\": 1}\"\n{}\n[\n\n", holds: false, value: 2),
      Example(
        "json_schema: '{\"properties\": {\"a\": {\"type\": \"integer\", \"maximum\": 3}}}'",
        on: "x\n\"{\"\"a\"\": 1.0}\"\n{}\n", holds: true, value: 0),
      Example(
        "json_schema: {schema: '{\"enum\": [1, \"a\"]}', mostly: 0.5}", on: "x\n1.0\n2\n",
        holds: true, value: 1),
      Example(
        "json_schema: '{\"not\": {\"pattern\": \"^a\"}, \"format\": \"date\"}'",
        on: "x\n\"\"\"2026-01-31\"\"\"\n\"\"\"a\"\"\"\n\"\"\"2026-02-30\"\"\"\n7\n", holds: false,
        value: 3),
    ]
  ) { question throws(Diagnostic) in
    let schema = try JSONSchema(question.rule)
    let among = "\(question.x) IS NOT NULL"
    let filter = question["where"]?.text.map { "\(among) AND coalesce(\n\($0)\n, false)" } ?? among
    let texts =
      "SELECT \(question.text) AS value, count(*) AS n FROM \(question.table.name.sqlName) "
      + "WHERE \(filter) GROUP BY 1 ORDER BY 2 DESC, 1"
    return .asking([.rows(texts)]) { answers throws(Diagnostic) in
      let values = answers[0].columns.first?.textsOrNull.compactMap(\.self) ?? []
      let counts = answers[0].columns.last?.doubles.map(Array.init) ?? []
      return try told(values, by: schema, JSONSchema.Results()) { accepted throws(Diagnostic) in
        let bad = values.indices.filter { !accepted[$0] }
        let part = RowCount(
          question, good: "true", among: nil, shown: nil, what: "are no such JSON")
        return try part.judge(
          among: counts.reduce(0, +), bad: bad.reduce(0) { $0 + counts[$1] },
          examples: [
            Column(name: "value", texts: bad.prefix(10).map { String(values[$0].prefix(200)) }),
            Column(name: "count", values: .doubles(bad.prefix(10).map { counts[$0] })),
          ], sql: texts)
      }
    }
  }

  /// Asks the engine for what only it can tell, until no text needs more.
  private static func told(
    _ values: [String], by schema: JSONSchema, _ answers: JSONSchema.Results,
    _ judge: @escaping @Sendable ([Bool]) throws(Diagnostic) -> QueryPlan
  ) throws(Diagnostic) -> QueryPlan {
    var now = answers
    let accepted = values.map { schema.accepts($0, &now) }
    let open = now.open
    if open.isEmpty { return try judge(accepted) }
    let known = now.known
    let groups = Dictionary(grouping: open) { $0.sql("gatewright_text") }.sorted { $0.key < $1.key }
    let probes = groups.map { sql, questions in
      let texts = questions.map { String(decoding: $0.text, as: UTF8.self).sqlText }
      return Query.rows(
        "SELECT gatewright_place FROM (SELECT unnest([\(texts.joined(separator: ", "))]) AS "
          + "gatewright_text, unnest(range(\(texts.count))) AS gatewright_place) WHERE \(sql)")
    }
    return .asking(probes) { found throws(Diagnostic) in
      var next = JSONSchema.Results(known: known)
      for (group, answer) in zip(groups, found) {
        let places = Set(answer.columns.first?.doubles?.map { Int($0) } ?? [])
        for (place, question) in group.value.enumerated() {
          next.known[question] = places.contains(place)
        }
      }
      return try told(values, by: schema, next, judge)
    }
  }

  /// The schema must be JSON, and of what is known here.
  private static let refuseNoSchema: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    do throws(Diagnostic) { _ = try JSONSchema(rule) } catch {
      return Diagnostic(error.message, at: rule["schema"]?.mark, hint: error.hint)
    }
    return nil
  }
}

extension JSONSchema {
  /// The schema of a rule.
  fileprivate init(_ rule: SchemaRule) throws(Diagnostic) {
    try self.init(JSON(parsing: rule["schema"]?.text ?? "", name: "schema"))
  }
}

extension Column {
  /// A column of texts.
  fileprivate init(name: String, texts: [String]) {
    self.init(
      name: name, values: .strings(codes: texts.indices.map { Int32($0) }, dictionary: texts))
  }
}
