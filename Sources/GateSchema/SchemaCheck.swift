package import GateCore

/// A kind of thing that a schema asks of a column or of a table.
///
/// A new one is one file (or a place in its family's), one line in `SchemaChecks.all`, and its examples.
package struct SchemaCheck: Defined {
  /// Its id, summary, the range of its value, and parameters.
  package var definition: Definition
  /// Of what it is asked.
  package let subject: Subject
  /// The parameter that may be written alone: `regex: ^A` for `regex: {pattern: ^A}`; nil: `true` alone.
  package let main: String?
  /// What its value counts, as one of them is called: a row, a column, a second; nil: it is no count.
  package private(set) var counted: String?
  /// What it counts or measures, which says what else may stand beside it.
  package let kind: Kind
  /// What a person writes as its `sql`, where it has one.
  package let sql: SQLForm
  /// Mistakes that the shape does not show, found before any data are read; nil: none.
  package let refuse: @Sendable (SchemaRule) -> Diagnostic?
  /// What must be asked of the engine, and what the answers mean.
  package let inquire: @Sendable (CheckContext) throws(Diagnostic) -> QueryPlan
  /// Run as tests, shown by `explain`.
  package let examples: [Example]

  /// Takes what a definition says of itself.
  package init(
    _ id: String, _ summary: String, aliases: [String] = [], of subject: Subject,
    parameters: [Parameter] = [],
    main: String? = nil, kind: Kind = .other, sql: SQLForm = .select,
    refuse: @escaping @Sendable (SchemaRule) -> Diagnostic? = { _ in nil },
    examples: [Example],
    inquire: @escaping @Sendable (CheckContext) throws(Diagnostic) -> QueryPlan
  ) {
    definition = Definition(
      id, summary, aliases: aliases,
      parameters: parameters + (kind == .figure ? Bounds.parameters : []))
    (self.subject, self.main) = (subject, main)
    (self.kind, self.sql) = (kind, sql)
    self.refuse = { rule in
      refuse(rule)
        ?? (kind == .figure ? Bounds.refuse(rule) : kind == .rows ? Self.idle(rule) : nil)
    }
    self.inquire = inquire
    self.examples = examples
  }

  /// The same with what its value counts; of a figure, one that cannot be below 0.
  package func counting(_ noun: String) -> SchemaCheck {
    var check = self
    check.counted = noun
    if kind == .figure { check.definition.range = 0 ... .infinity }
    return check
  }

  /// The same as a share of rows or values.
  func asShare() -> SchemaCheck {
    var check = self
    check.definition.range = 0...1
    return check
  }

  /// A share of no row that must hold lets every row break it.
  private static func idle(_ rule: SchemaRule) -> Diagnostic? {
    guard rule["mostly"]?.number == 0, rule["max_count"] == nil else { return nil }
    return Diagnostic(
      "'mostly: 0' lets every row break '\(rule.check.id)'", at: rule["mostly"]?.mark ?? rule.mark,
      hint:
        "write the share of rows that must hold, such as 'mostly: 0.95'; to be told only, add 'blocking: false'"
    )
  }

  /// Of what a check is asked.
  package enum Subject: String, Sendable {
    /// One column.
    case column
    /// The table as a whole, or several of its columns.
    case table
  }

  /// What a check counts or measures.
  package enum Kind: Sendable {
    /// Rows that break it: `mostly`, `max_count`, `where` and `allow_empty` apply.
    case rows
    /// A number, held between bounds: `min`, `max`, their exclusive forms, `equal` and `where` apply.
    case figure
    /// Anything else: it says its limits itself.
    case other
  }

  /// What SQL that a person writes for a check gives.
  package enum SQLForm: Sendable {
    /// Rows of its own; `{table}` stands for the table that is judged.
    case select
    /// Whether a row holds.
    case condition
    /// One number of all rows.
    case aggregate
  }

  /// A table, the check on it, and what must come of it.
  package struct Example: Sendable {
    /// The table as CSV with a header line.
    package let csv: String
    /// The reference's rows as CSV; nil: there is none.
    package let reference: String?
    /// The check as a schema has it under its column `x`, or under `table`: `between: {min: 0}`.
    package let yaml: String
    /// Nil: it cannot be judged on this table.
    package let holds: Bool?
    /// Rows that break it, where it counts rows; or the value it gives.
    package let value: Double?

    /// Takes the table, the check, and what comes of it.
    package init(
      _ yaml: String, on csv: String, reference: String? = nil, holds: Bool?, value: Double? = nil
    ) {
      self.csv = csv
      self.reference = reference
      self.yaml = yaml
      self.holds = holds
      self.value = value
    }
  }

  /// What may stand under its id in a schema.
  package var shape: Shape {
    let record = Shape.record(parameters + common)
    guard let main, let parameter = parameters.first(where: { $0.id == main }) else {
      return .either([.choice(["true"]), record])
    }
    return .either([parameter.shape, record])
  }

  /// What stands beside the parameters of every check.
  package var common: [Parameter] {
    [
      Parameter("id", "The check's name, where a check is used twice.", .text),
      Parameter("blocking", "Whether it can block the merge.", .boolean, standard: "true"),
      Parameter("meta", "Notes for people; the report shows them.", .map(keys: "name", .text)),
    ] + (kind == .other ? [] : [Self.among]) + (kind == .rows ? Self.ofRows : [])
  }

  /// The rows that take part, as every check of rows or of a figure takes them.
  package static let among = Parameter(
    "where", "Only rows for which this holds take part.", .sql)

  /// What stands beside checks that count rows.
  private static let ofRows = [
    Parameter(
      "mostly", "The share of rows that must hold, of those that take part.", .number(0...1),
      standard: "1"),
    Parameter(
      "max_count", "The number of rows that may break it, whatever their share.",
      .integer(0...Int.max)),
    Parameter(
      "allow_empty", "Whether it holds when no row takes part.", .boolean, standard: "false"),
  ]
}

/// One check as a schema asks it.
package struct SchemaRule: Sendable {
  package var check: SchemaCheck
  /// The end of the check's id: `between`, or its own `id`.
  package var name: String
  /// The column; nil: the table.
  package var column: String?
  /// What stands under its key.
  package var body: Node
  package var mark: Mark

  /// What was given for a parameter; one that may be written alone is found there too.
  package subscript(parameter: String) -> Node? {
    if body.pairs != nil { return body[parameter] }
    return parameter == check.main ? body : nil
  }

  /// Whether a parameter that is a flag is set.
  package func flag(_ name: String) -> Bool { self[name]?.boolean ?? false }

  /// The texts of a parameter that is a list, or one text.
  package func texts(_ name: String) -> [String] {
    self[name].map { node in node.items?.compactMap(\.text) ?? [node.text].compactMap(\.self) }
      ?? []
  }

  /// Its column, then every text of its parameters, which may name others.
  var namesOfColumns: [String] { [column].compactMap(\.self) + Self.texts(body) }

  /// Every text below a node that stands for a value.
  private static func texts(_ node: Node) -> [String] {
    (node.pairs?.map(\.value) ?? node.items ?? []).flatMap(texts)
      + [node.text].compactMap(\.self)
  }

  package var blocking: Bool { body["blocking"]?.boolean ?? true }
}
