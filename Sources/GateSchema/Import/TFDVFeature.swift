import GateCore

/// One feature of a TFDV schema.
struct TFDVFeature {
  package let message: ProtoText
  private let mark: Mark
  private let place: String
  package let name: String
  /// The schema's own domains, which features name.
  package let shared: ProtoText
  private let environments: [String]
  private let defaults: [String]
  private var checks: [ImportedCheck] = []
  /// Parts of a field that have no counterpart, where the rest of it has.
  package var gaps: [(what: String, gap: ImportGap)] = []
  package var notes: [(key: String, value: String)] = []

  /// A feature among the environments of its schema.
  package init(
    _ message: ProtoText, mark: Mark, place: String, shared: ProtoText, environments: [String],
    defaults: [String]
  ) {
    self.message = message
    self.mark = mark
    self.place = place
    self.shared = shared
    self.environments = environments
    self.defaults = defaults
    name = message["name"].first?.scalar ?? ""
  }

  /// Lifecycle stages of which TFDV checks nothing.
  private static let idle: Set<String> = [
    "PLANNED", "ALPHA", "DEBUG_ONLY", "DEPRECATED", "DISABLED",
  ]

  /// Adds its column and checks.
  package mutating func add(to schema: inout ImportedSchema) {
    guard !name.isEmpty else {
      schema.leave("'\(place)'", ImportGap("it has no name"), at: mark)
      return
    }
    let column = schema.column(name)
    schema.columns[column].presence = .optional
    schema.columns[column].environments = inEnvironments
    if message["type"].contains(where: { ["STRUCT", "4"].contains($0.scalar) }) {
      schema.leave(
        "the feature '\(name)'",
        ImportGap("it is a STRUCT, whose features are of no flat table"), at: mark)
      return
    }
    for field in message.fields {
      do throws(ImportGap) { try add(field, to: &schema.columns[column]) } catch {
        schema.leave("'\(field.name)' of '\(name)'", error, at: field.mark)
      }
    }
    for (what, gap) in gaps { schema.leave("\(what) of '\(name)'", gap, at: mark) }
    for var check in checks {
      check.meta += notes
      schema.add(check, to: name, at: mark)
    }
  }

  /// The environments that have it; nil: all.
  private var inEnvironments: [String]? {
    let inside = message["in_environment"].compactMap(\.scalar)
    let outside = message["not_in_environment"].compactMap(\.scalar)
    let mine = environments.filter {
      inside.contains($0) || defaults.contains($0) && !outside.contains($0)
    }
    // Where the schema names no environment as the usual one, a feature without a word of them is in all.
    if defaults.isEmpty, inside.isEmpty, outside.isEmpty { return nil }
    return mine == environments ? nil : mine
  }

  package mutating func check(
    _ id: String, _ parameters: [SchemaText.Member], from source: ProtoText.Field,
    _ part: String? = nil
  ) {
    let parameters =
      SchemaChecks.named(id, .column)?.kind == .rows
      ? parameters + [.init("allow_empty", .flag(true))] : parameters
    let source = source.name + (part.map { ".\($0)" } ?? "")
    checks.append(ImportedCheck(id, parameters, source: source, place: "\(place).\(name)"))
  }

  /// Adds what one field says.
  private mutating func add(
    _ field: ProtoText.Field, to column: inout ImportedColumn
  ) throws(ImportGap) {
    switch field.name {
    case "name", "in_environment", "not_in_environment": return
    case "unique_constraints" where isList, "drift_comparator" where isList,
      "distribution_constraints" where isList:
      throw ImportGap("it is measured over the values of all lists", hint: "say it by 'query'")
    case "distribution_constraints":
      if message["domain"].isEmpty, message["string_domain"].isEmpty {
        throw ImportGap("the feature has no domain of words")
      }
    case "deprecated":
      if field.scalar == "true" { column.deprecated = "marked so in TFDV" }
    case "lifecycle_stage":
      let stage = field.scalar ?? ""
      if Self.idle.contains(stage) { column.deprecated = "TFDV's lifecycle stage is \(stage)" }
      notes.append(("lifecycle_stage", stage))
    case "presence": try addPresence(field, to: &column)
    case "type": try addType(field)
    case "value_count", "shape":
      if field.name == "shape", !isAlwaysPresent { check("not_null", [], from: field) }
      isList ? try addLength(field) : try addCount(field)
    case "value_counts": throw ImportGap("a row has lists within a list")
    case "unique_constraints": try addBounds(field, "distinct_count")
    case "int_domain", "float_domain": try addRange(field)
    case "bool_domain": try addTruth(field)
    case "string_domain": try addWords(field)
    case "domain": try addShared(field)
    case "drift_comparator": try addDrift(field)
    case "skew_comparator":
      throw ImportGap(
        "it compares with serving rows", hint: "use the gate 'drift' on the table 'current'")
    case "annotation", "semantic_type", "url_domain", "mid_domain", "time_domain",
      "time_of_day_domain":
      // What the values mean, of which TFDV checks nothing.
      notes.append((field.name, field.scalar ?? "given"))
    case "natural_language_domain", "image_domain":
      throw ImportGap("it is measured by statistics of TFDV's own")
    default: throw ImportGap("the field is not known, or is of no flat table")
    }
  }

  /// A number as it stands.
  package func number(_ field: ProtoText.Field) throws(ImportGap) -> SchemaText {
    guard case .word(let text) = field.value, let value = Double(text), value.isFinite else {
      throw ImportGap("'\(field.name)' is no number", at: field.mark)
    }
    return .plain(text)
  }

  private mutating func addPresence(
    _ field: ProtoText.Field, to column: inout ImportedColumn
  ) throws(ImportGap) {
    for part in field.message?.fields ?? [] {
      let bound = try number(part)
      if case .plain(let text) = bound, Double(text) == 0 { continue }
      column.presence = .required
      switch part.name {
      case "min_fraction": check("non_null_share", [.init("min", bound)], from: part)
      case "min_count": check("non_null_count", [.init("min", bound)], from: part)
      default: throw ImportGap("'\(part.name)' is not known", at: part.mark)
      }
    }
  }

  /// Whether every row must have it anyway, as TFDV asks of what has a shape.
  private var isAlwaysPresent: Bool {
    message["presence"].flatMap { $0.message?["min_fraction"] ?? [] }
      .contains { $0.scalar.flatMap(Double.init) == 1 }
  }

  /// The engine's types of TFDV's, by name and by number.
  private static let types: [String: [String]] = {
    let texts = ["string", "boolean", "date", "timestamp", "TIME"]
    return [
      "INT": ["integer"], "FLOAT": ["DOUBLE", "FLOAT"], "BYTES": texts, "1": texts,
      "2": ["integer"], "3": ["DOUBLE", "FLOAT"],
    ]
  }()

  /// Bytes are whatever TFDV reads from a text file that is no number.
  private mutating func addType(_ field: ProtoText.Field) throws(ImportGap) {
    if field.scalar == "TYPE_UNKNOWN" {
      if isList { check("of_type", [.init("types", .texts(["list"]))], from: field) }
      return
    }
    let types = isList ? listTypes : Self.types
    guard let names = types[field.scalar ?? ""] else {
      throw ImportGap("the type \(field.scalar ?? "of it") is of no flat table")
    }
    check("of_type", [.init("types", .texts(names))], from: field)
  }

  /// How many values a row has; nil: the feature does not say.
  package var counts: (low: Int, high: Int)? {
    for field in message.fields where ["value_count", "value_counts", "shape"].contains(field.name)
    {
      let parts = field.message?.fields ?? []
      // Values within values, or several dimensions, are no one number.
      if field.name == "value_counts" || parts.count(where: { $0.name == "dim" }) > 1 {
        return (2, .max)
      }
      let sizes = parts.filter { $0.name == "dim" }.flatMap { $0.message?["size"] ?? [] }
      if let size = sizes.first?.scalar.flatMap({ Int($0) }) { return (size, size) }
      guard field.name == "value_count" else { continue }
      return (
        parts.first { $0.name == "min" }?.scalar.flatMap { Int($0) } ?? 0,
        parts.first { $0.name == "max" }?.scalar.flatMap { Int($0) } ?? .max
      )
    }
    return nil
  }

  /// Whether a row has several values, which one value can never be.
  var isList: Bool { counts.map { $0.low > 1 || $0.high < 1 } ?? false }

  /// A row of a flat table has one value or none.
  private mutating func addCount(_ field: ProtoText.Field) throws(ImportGap) {
    let known = ["min", "max", "dim"]
    if let part = field.message?.fields.first(where: { !known.contains($0.name) }) {
      throw ImportGap("'\(part.name)' is not known", at: part.mark)
    }
    notes.append((field.name, "one value a row"))
  }
}
