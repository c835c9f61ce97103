import GateCore

extension Importers {
  /// Whether a file is one of SageMaker.
  private static let isSageMaker: @Sendable (ImportSource) -> Bool = { source in
    source.root?["features"]?.items?.contains { $0["inferred_type"] != nil } ?? false
  }

  /// Constraints of SageMaker Model Monitor as its page describes them.
  static let sageMaker = Importer(
    id: "sagemaker", name: "SageMaker Model Monitor",
    recognises: isSageMaker
  ) { source throws(Diagnostics) in
    guard let root = source.root, let features = root["features"]?.items else {
      throw Diagnostics([
        Diagnostic("'\(source.name)' has no list of 'features'", at: source.root?.mark)
      ])
    }
    let measured = ["numerical_statistics", "string_statistics"]
    if let feature = features.first(where: { one in measured.contains { one[$0] != nil } }) {
      throw Diagnostics([
        Diagnostic(
          "'\(source.name)' holds statistics, which constrain nothing", at: feature.mark,
          hint: "import the 'constraints.json' that was written beside it")
      ])
    }
    var schema = ImportedSchema(tool: "SageMaker Model Monitor")
    schema.isStrict = true
    var keys = ImportArguments(root)
    _ = keys.take("version")
    _ = keys.take("features")
    var limits = SageMakerLimits()
    if let common = keys.take("monitoring_config") {
      for gap in limits.read(common) {
        schema.leave("a part of 'monitoring_config'", gap, at: common.mark)
      }
    }
    for gap in keys.unknown { schema.leave("a part of the file", gap, at: root.mark) }
    guard limits.isJudged else {
      throw Diagnostics([
        Diagnostic(
          "'evaluate_constraints' is not Enabled, so nothing is judged",
          at: root["monitoring_config"]?.mark)
      ])
    }
    for (index, node) in features.enumerated() {
      var feature = SageMakerFeature(node, "features[\(index)]", limits)
      feature.add(to: &schema)
    }
    return schema
  }
}

/// One feature of SageMaker's constraints.
struct SageMakerFeature {
  private let node: Node
  private let place: String
  private let name: String
  private var limits: SageMakerLimits
  private var keys: ImportArguments

  /// A feature, and what the file says of all.
  package init(_ node: Node, _ place: String, _ common: SageMakerLimits) {
    self.node = node
    self.place = place
    name = node["name"]?.text ?? ""
    limits = common
    keys = ImportArguments(node)
  }

  /// Adds its column and each of its checks, or says why not.
  package mutating func add(to schema: inout ImportedSchema) {
    guard !name.isEmpty else {
      schema.leave("'\(place)'", ImportGap("it has no name"), at: node.mark)
      return
    }
    _ = schema.column(name)
    _ = keys.take("name")
    for key in ["monitoringConfigOverrides", "monitoring_config_overrides"] {
      guard let overrides = keys.take(key) else { continue }
      for gap in limits.read(overrides) {
        schema.leave("a part of '\(key)' of '\(name)'", gap, at: overrides.mark)
      }
    }
    guard limits.isJudged else {
      schema.remark(
        "'\(name)' is not judged: its 'evaluate_constraints' is not Enabled", at: node.mark)
      return
    }
    var feature = self
    schema.part("'completeness' of '\(name)'", at: node.mark) { schema throws(ImportGap) in
      guard let share = try feature.keys.number("completeness") else { return }
      feature.add("non_null_share", [.init("min", share)], from: "completeness", to: &schema)
    }
    schema.part("'inferred_type' of '\(name)'", at: node.mark) { schema throws(ImportGap) in
      try feature.addType(to: &schema)
    }
    schema.part("'num_constraints' of '\(name)'", at: node.mark) { schema throws(ImportGap) in
      try feature.addNumbers(to: &schema)
    }
    schema.part("'string_constraints' of '\(name)'", at: node.mark) { schema throws(ImportGap) in
      try feature.addWords(to: &schema)
    }
    for gap in feature.keys.unknown { schema.leave("a part of '\(name)'", gap, at: node.mark) }
  }

  /// Adds a check; one of rows holds where no row has a value.
  private func add(
    _ id: String, _ parameters: [SchemaText.Member?], from source: String, blocks: Bool = true,
    to schema: inout ImportedSchema
  ) {
    var parameters = parameters.compactMap(\.self)
    if SchemaChecks.named(id, .column)?.kind == .rows {
      parameters.append(.init("allow_empty", .flag(true)))
    }
    var check = ImportedCheck(id, parameters, source: source, place: place)
    check.isBlocking = blocks
    schema.add(check, to: name, at: node.mark)
  }

  /// The share that must match; all of them need not be said.
  private func mostly(_ share: Double) -> SchemaText.Member? {
    share == 1 ? nil : .init("mostly", .plain("\(share)"))
  }

  /// What the values can be read as.
  private mutating func addType(to schema: inout ImportedSchema) throws(ImportGap) {
    let type = try keys.text("inferred_type")
    let share = mostly(limits.types)
    switch type {
    case "Integral":
      let pattern = "[+-]?[0-9]+([.]0*)?"
      add(
        "regex", [.init("pattern", .text(pattern)), .init("match", .text("full")), share],
        from: "inferred_type \(type)", to: &schema)
    case "Fractional":
      add(
        "castable", [.init("type", .text("number")), share], from: "inferred_type \(type)",
        to: &schema)
    case "String", "Unknown":
      // Every value can be read as a text.
      return
    default:
      throw ImportGap("the type '\(type)' is not known", at: node["inferred_type"]?.mark)
    }
  }

  /// What stands in the file, and no check that is documented reads.
  private mutating func addNumbers(to schema: inout ImportedSchema) throws(ImportGap) {
    guard let part = keys.take("num_constraints") else { return }
    var numbers = ImportArguments(part)
    if try numbers.flag("is_non_negative") {
      add(
        "between", [.init("min", .plain("0"))], from: "is_non_negative", blocks: false,
        to: &schema)
    }
    for gap in numbers.unknown {
      schema.leave("a part of 'num_constraints' of '\(name)'", gap, at: part.mark)
    }
  }

  /// The values that it may have, which SageMaker compares as texts.
  private mutating func addWords(to schema: inout ImportedSchema) throws(ImportGap) {
    guard let part = keys.take("string_constraints") else { return }
    var texts = ImportArguments(part)
    let words = try texts.items("domains", orEmpty: true)
    for gap in texts.unknown {
      schema.leave("a part of 'string_constraints' of '\(name)'", gap, at: part.mark)
    }
    add(
      "in_set",
      [
        .init("values", .texts(words.compactMap(\.text))), .init("as", .text("text")),
        mostly(limits.domains),
      ], from: "domains", to: &schema)
  }
}

/// What `monitoring_config` says, as far as anything here reads it.
struct SageMakerLimits {
  /// The share of values that must be of the type: a violation says 'Expected match: 100.0%'.
  package var types = 1.0
  /// The share of values that must be in the domain.
  var domains = 1.0
  /// Whether constraints are judged at all.
  var isJudged = true

  /// Takes over what a configuration says; returns what of it has no counterpart.
  package mutating func read(_ node: Node) -> [ImportGap] {
    var gaps: [ImportGap] = []
    var keys = ImportArguments(node)
    if let text = keys.take("evaluate_constraints")?.text { isJudged = text == "Enabled" }
    _ = keys.take("emit_metrics")
    for (key, path) in [
      ("datatype_check_threshold", \SageMakerLimits.types),
      ("domain_content_threshold", \SageMakerLimits.domains),
    ] {
      guard let value = keys.take(key) else { continue }
      guard let share = value.number, (0...1).contains(share) else {
        gaps.append(
          ImportGap(
            "'\(key)' is \(value.found), wanted the share of values that must match",
            at: value.mark))
        continue
      }
      self[keyPath: path] = share
    }
    if keys.take("distribution_constraints") != nil {
      gaps.append(
        ImportGap(
          "'distribution_constraints' compare with the baseline's statistics, another file",
          at: node.key("distribution_constraints")?.mark, hint: "use the gate 'drift'"))
    }
    return gaps + keys.unknown
  }
}
