import GateCore

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
      "data_asset_type", "data_asset_name", "ge_cloud_id", "suite_parameters",
      "evaluation_parameters",
    ] {
      _ = keys.take(key)
    }
    for gap in keys.unknown { schema.leave("a part of the suite", gap, at: root.mark) }
    for (index, node) in expectations.enumerated() {
      let type = (node["type"] ?? node["expectation_type"])?.text ?? "an expectation without type"
      let mark = (node["type"] ?? node["expectation_type"])?.mark ?? node.mark
      do throws(ImportGap) {
        if let one = node["type"]?.text, let other = node["expectation_type"]?.text, one != other {
          throw ImportGap("it has two types, '\(one)' and '\(other)'")
        }
        let resolved = try SuiteParameters(root).resolved(node)
        try Expectation(resolved, type: type, place: "expectations[\(index)]", source).add(
          to: &schema, at: mark)
      } catch { schema.leave(Expectation.named(type, node), error, at: mark) }
    }
    return schema
  }
}

/// One expectation of a suite.
struct Expectation {
  /// A check that comes of it, and the column it is of.
  package struct Draft {
    package let column: String?
    /// Nil: there is nothing to judge or to measure.
    package let check: String?
    package let parameters: [SchemaText.Member]
    /// What people should know of it: 'is recorded, not judged: it has no bound'.
    package var remark: String?

    /// A check of a column; nil: of the table.
    package init(_ column: String?, _ check: String?, _ parameters: [SchemaText.Member?] = []) {
      self.column = column
      self.check = check
      self.parameters = parameters.compactMap(\.self)
    }

    /// A figure that is told and not judged, since the expectation asks for nothing.
    static func recording(
      _ column: String?, _ check: String?, _ parameters: [SchemaText.Member?] = [],
      because reason: String
    ) -> Draft {
      var draft = Draft(column, check, parameters + [.init("record", .flag(true))])
      draft.remark = "\(check == nil ? "is not judged" : "is recorded, not judged"): \(reason)"
      return draft
    }

    /// Whether it is told and not judged.
    var isRecorded: Bool { parameters.contains { $0.key == "record" } }
  }

  /// What makes checks of an expectation's arguments.
  typealias Making = @Sendable (inout ImportArguments, ImportSource) throws(ImportGap) -> [Draft]

  /// Arguments that say how a result is told, not what it is.
  private static let remarks = [
    "result_format", "include_config", "catch_exceptions", "batch_id", "auto", "meta",
    "profiler_config", "output_strftime_format", "windows",
  ]

  private let type: String
  private let place: String
  private let drafts: [Draft]
  private let condition: String?
  private let mostly: SchemaText?
  private let meta: [(key: String, value: String)]
  private let column: String?

  /// Reads an expectation; throws why it has no counterpart.
  package init(
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
    guard let making = Self.all[type.folded] else { throw ImportGap("it is not known here") }
    var arguments = ImportArguments(node["kwargs"] ?? Node(.mapping([]), at: node.mark))
    condition = try Self.condition(&arguments)
    mostly = try arguments.number("mostly")
    meta += arguments.notes(Self.remarks)
    column = node["kwargs"]?["column"]?.text
    drafts = try making(&arguments, source)
    try arguments.finish()
    self.meta = meta
  }

  /// What a message calls an expectation: its type, and the column it is of.
  package static func named(_ type: String, _ node: Node) -> String {
    let column = node["kwargs"]?["column"]?.text
    return "'\(type)'\(column.map { " of '\($0)'" } ?? "")"
  }

  /// Adds its checks; its column is named even where it asks for nothing but that.
  package func add(to schema: inout ImportedSchema, at mark: Mark) throws(ImportGap) {
    var checks: [(ImportedCheck, String?)] = []
    for draft in drafts {
      if let check = try imported(draft) { checks.append((check, draft.column)) }
    }
    if let column { _ = schema.column(column) }
    for (check, column) in checks { schema.add(check, to: column, at: mark) }
    let name = "'\(type)'\(column.map { " of '\($0)'" } ?? "")"
    for remark in drafts.compactMap(\.remark).unique {
      schema.remark("\(name) \(remark)", at: mark)
    }
  }

  /// The check of a draft; nil: there is nothing to judge or to measure.
  private func imported(_ draft: Draft) throws(ImportGap) -> ImportedCheck? {
    guard let id = draft.check else { return nil }
    guard let definition = SchemaChecks.named(id, draft.column == nil ? .table : .column)
    else { throw ImportGap("there is no check '\(id)'") }
    var check = ImportedCheck(id, draft.parameters, source: type, place: place)
    check.meta += meta
    if draft.isRecorded { check.isBlocking = false }
    if let mostly, definition.kind == .rows {
      guard Double(mostly.sql) != 0 else {
        throw ImportGap("with 'mostly' 0 it holds whatever the rows are")
      }
      check.parameters.append(.init("mostly", mostly))
    } else if let mostly, id == "of_type" {
      // The type is of the whole column, so that no share of it has another.
      check.meta.append(("mostly", mostly.sql))
    } else if let mostly, Double(mostly.sql) != 1 {
      throw ImportGap("'mostly' is of rows")
    }
    if let condition {
      guard definition.kind != .other else {
        throw ImportGap("a condition on rows is not to be had with '\(id)'")
      }
      check.parameters.append(.init("where", .text(condition)))
    }
    // Great Expectations holds what no row takes part in.
    if definition.kind == .rows { check.parameters.append(.init("allow_empty", .flag(true))) }
    return check
  }

  /// Every expectation by its type.
  /// By their names without case and underscores: `expect_…_A_…` is the same as `expect_…_a_…`.
  private static let all: [String: Making] = Dictionary(
    [ofTables, ofValues, ofFigures, ofTexts, ofSeveral].flatMap { family in
      family.map { ($0.key.folded, $0.value) }
    }
  ) { $1 }
}
