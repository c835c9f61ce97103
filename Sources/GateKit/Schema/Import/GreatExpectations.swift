extension Importers {
  /// Whether a file is one of Great Expectations.
  private static let isGreatExpectations: @Sendable (ImportSource) -> Bool = {
    $0.root?["expectations"]?.items != nil
  }

  /// Suites of 1.x (`type`) and 0.18 (`expectation_type`) as JSON.
  static let greatExpectations = Importer(
    id: "great-expectations", name: "Great Expectations",
    recognises: isGreatExpectations
  ) { source throws(Diagnostics) in
    guard let root = source.root, let expectations = root["expectations"]?.items else {
      throw Diagnostics([
        Diagnostic(
          "'\(source.name)' has no list of 'expectations'", at: source.root?.mark,
          hint: "export the suite as JSON")
      ])
    }
    let version = root["meta"]?["great_expectations_version"]?.text
    var schema = ImportedSchema(tool: "Great Expectations" + (version.map { " \($0)" } ?? ""))
    var keys = ImportArguments(root)
    for key in [
      "expectations", "meta", "name", "expectation_suite_name", "id", "notes",
      "data_asset_type", "ge_cloud_id", "suite_parameters",
    ] {
      _ = keys.take(key)
    }
    if let parameters = root["suite_parameters"], parameters.pairs?.isEmpty == false {
      schema.leave(
        "'suite_parameters'", ImportGap("values are written in the schema"), at: parameters.mark)
    }
    do throws(ImportGap) { try keys.finish() } catch {
      schema.leave("the suite", error, at: root.mark)
    }
    for (index, node) in expectations.enumerated() {
      let type = (node["type"] ?? node["expectation_type"])?.text ?? "an expectation without type"
      do throws(ImportGap) {
        try Expectation(node, type: type, place: "expectations[\(index)]", source).add(to: &schema)
      } catch {
        schema.leave(
          "'\(type)'", error, at: (node["type"] ?? node["expectation_type"])?.mark ?? node.mark)
      }
    }
    return schema
  }
}

/// One expectation of a suite.
struct Expectation {
  /// A check that comes of it, and the column it is of.
  struct Draft {
    let column: String?
    let check: String
    let parameters: [SchemaText.Member]

    /// A check of a column; nil: of the table.
    init(_ column: String?, _ check: String, _ parameters: [SchemaText.Member?] = []) {
      self.column = column
      self.check = check
      self.parameters = parameters.compactMap(\.self)
    }
  }

  /// What makes checks of an expectation's arguments.
  typealias Making = @Sendable (inout ImportArguments, ImportSource) throws(ImportGap) -> [Draft]

  /// Arguments that say how a result is told, not what it is.
  private static let remarks = [
    "result_format", "include_config", "catch_exceptions", "batch_id", "auto", "meta",
  ]

  private let type: String
  private let place: String
  private let drafts: [Draft]
  private let condition: String?
  private let mostly: SchemaText?
  private let meta: [(key: String, value: String)]
  private let column: String?

  /// Reads an expectation; throws why it has no counterpart.
  init(
    _ node: Node, type: String, place: String, _ source: ImportSource
  ) throws(ImportGap) {
    self.type = type
    self.place = place
    var keys = ImportArguments(node)
    for key in ["type", "expectation_type", "kwargs"] { _ = keys.take(key) }
    var meta = keys.notes([
      "id", "description", "notes", "severity", "expectation_context", "rendered_content",
      "ge_cloud_id", "windows",
    ])
    for pair in keys.take("meta")?.pairs ?? [] {
      meta.append((pair.key.text ?? "", pair.value.text ?? pair.value.found))
    }
    try keys.finish()
    guard let making = Self.all[type] else { throw ImportGap("it is not known here") }
    var arguments = ImportArguments(node["kwargs"] ?? Node(.mapping([]), at: node.mark))
    condition = try Self.condition(&arguments)
    mostly = try arguments.number("mostly")
    meta += arguments.notes(Self.remarks)
    column = node["kwargs"]?["column"]?.text
    drafts = try making(&arguments, source)
    try arguments.finish()
    self.meta = meta
  }

  /// Adds its checks; its column is named even where it asks for nothing but that.
  func add(to schema: inout ImportedSchema) throws(ImportGap) {
    var checks: [(ImportedCheck, String?)] = []
    for draft in drafts {
      guard let definition = SchemaChecks.named(draft.check, draft.column == nil ? .table : .column)
      else { throw ImportGap("there is no check '\(draft.check)'") }
      var check = ImportedCheck(draft.check, draft.parameters, source: type, place: place)
      check.meta += meta
      if let mostly {
        guard definition.kind == .rows else { throw ImportGap("'mostly' is of rows") }
        check.parameters.append(.init("mostly", mostly))
      }
      if let condition {
        guard definition.kind != .other else {
          throw ImportGap("a condition on rows is not to be had with '\(draft.check)'")
        }
        check.parameters.append(.init("where", .text(condition)))
      }
      // Great Expectations holds what no row takes part in.
      if definition.kind == .rows { check.parameters.append(.init("allow_empty", .flag(true))) }
      checks.append((check, draft.column))
    }
    if let column { _ = schema.column(column) }
    for (check, column) in checks { schema.add(check, to: column) }
  }

  /// Every expectation by its type.
  private static let all: [String: Making] = ofTables.merging(ofValues) { $1 }
    .merging(ofFigures) { $1 }.merging(ofTexts) { $1 }.merging(ofSeveral) { $1 }
}
