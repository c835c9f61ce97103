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
    var schema = ImportedSchema(tool: "SageMaker Model Monitor")
    schema.isStrict = true
    var keys = ImportArguments(root)
    _ = keys.take("version")
    _ = keys.take("features")
    let common = keys.take("monitoring_config")
    do throws(ImportGap) { try keys.finish() } catch {
      schema.leave("the file", error, at: root.mark)
    }
    var limits = SageMakerLimits()
    if let common {
      for gap in limits.read(common) {
        schema.leave("a part of 'monitoring_config'", gap, at: common.mark)
      }
    }
    guard limits.isJudged else {
      throw Diagnostics([
        Diagnostic("'evaluate_constraints' is not Enabled, so nothing is judged", at: common?.mark)
      ])
    }
    for (index, feature) in features.enumerated() {
      let name = feature["name"]?.text ?? ""
      do throws(ImportGap) {
        try add(feature, name, "features[\(index)]", limits, to: &schema)
      } catch { schema.leave("'\(name)'", error, at: feature.mark) }
    }
    return schema
  }

  /// Adds one feature.
  private static func add(
    _ feature: Node, _ name: String, _ place: String, _ common: SageMakerLimits,
    to schema: inout ImportedSchema
  ) throws(ImportGap) {
    if name.isEmpty { throw ImportGap("it has no name") }
    var keys = ImportArguments(feature)
    _ = keys.take("name")
    var limits = common
    if let overrides = keys.take("monitoringConfigOverrides") {
      for gap in limits.read(overrides) {
        schema.leave("a part of the overrides of '\(name)'", gap, at: overrides.mark)
      }
    }
    let type = try keys.text("inferred_type")
    let share = try keys.number("completeness")
    var checks: [ImportedCheck] = []
    func check(_ id: String, _ parameters: [SchemaText.Member], _ source: String) {
      checks.append(ImportedCheck(id, parameters, source: source, place: place))
    }
    if let share { check("non_null_share", [.init("min", share)], "completeness") }
    let patterns = ["Integral": "[+-]?[0-9]+([.]0*)?", "Fractional": ""]
    if let pattern = patterns[type] {
      let kind: [SchemaText.Member] =
        pattern.isEmpty
        ? [.init("type", .text("number"))]
        : [.init("pattern", .text(pattern)), .init("match", .text("full"))]
      check(
        pattern.isEmpty ? "castable" : "regex",
        kind + [.init("mostly", .plain("\(1 - limits.types)")), .init("allow_empty", .flag(true))],
        "inferred_type \(type)")
    } else if type != "String", type != "Unknown" {
      throw ImportGap("its type '\(type)' is not known", at: feature["inferred_type"]?.mark)
    }
    checks += try domains(&keys, limits, place)
    try keys.finish()
    _ = schema.column(name)
    for check in checks { schema.add(check, to: name) }
  }

  /// What its numbers and texts may be.
  private static func domains(
    _ keys: inout ImportArguments, _ limits: SageMakerLimits, _ place: String
  ) throws(ImportGap) -> [ImportedCheck] {
    var checks: [ImportedCheck] = []
    func check(_ id: String, _ parameters: [SchemaText.Member], _ source: String) {
      checks.append(ImportedCheck(id, parameters, source: source, place: place))
    }
    if let node = keys.take("num_constraints") {
      var numbers = ImportArguments(node)
      if try numbers.flag("is_non_negative") {
        check(
          "between", [.init("min", .plain("0")), .init("allow_empty", .flag(true))],
          "is_non_negative")
        // It stands in the file, and no check that is documented reads it.
        checks[0].isBlocking = false
      }
      try numbers.finish()
    }
    if let node = keys.take("string_constraints") {
      var texts = ImportArguments(node)
      check(
        "in_set",
        [
          .init("values", try texts.set("domains")),
          .init("mostly", .plain("\(1 - limits.domains)")),
          .init("allow_empty", .flag(true)),
        ], "domains")
      try texts.finish()
    }
    return checks
  }
}

/// What `monitoring_config` says, as far as anything here reads it.
struct SageMakerLimits {
  /// The share of values that may be of another type.
  var types = 0.1
  /// The share of values that may be outside of the domain.
  var domains = 0.1
  /// Whether constraints are judged at all.
  var isJudged = true

  /// Takes over what a configuration says; returns what of it has no counterpart.
  mutating func read(_ node: Node) -> [ImportGap] {
    var gaps: [ImportGap] = []
    var keys = ImportArguments(node)
    if let text = keys.take("evaluate_constraints")?.text { isJudged = text == "Enabled" }
    _ = keys.take("emit_metrics")
    for (key, path) in [
      ("datatype_check_threshold", \SageMakerLimits.types),
      ("domain_content_threshold", \SageMakerLimits.domains),
    ] {
      guard let value = keys.take(key) else { continue }
      guard let share = value.number, share >= 0, share < 1 else {
        // Older copies of the page have 1, which would let every value pass.
        gaps.append(
          ImportGap("'\(key)' is \(value.found), wanted a share below 1", at: value.mark))
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
    do throws(ImportGap) { try keys.finish() } catch { gaps.append(error) }
    return gaps
  }
}
