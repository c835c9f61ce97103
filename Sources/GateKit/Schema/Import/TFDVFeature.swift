/// One feature of a TFDV schema.
struct TFDVFeature {
  private let message: ProtoText
  private let mark: Mark
  private let place: String
  private let name: String
  /// The schema's own domains, which features name.
  private let shared: ProtoText
  private let environments: [String]
  private let defaults: [String]
  private var checks: [ImportedCheck] = []
  private var notes: [(key: String, value: String)] = []

  /// A feature among the environments of its schema.
  init(
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
  mutating func add(to schema: inout ImportedSchema) {
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
    for field in message.fields where !Self.isOfElements(field) || !isList {
      do throws(ImportGap) { try add(field, to: &schema.columns[column]) } catch {
        schema.leave("'\(field.name)' of '\(name)'", error, at: field.mark)
      }
    }
    if isList { addList(to: &schema) }
    for var check in checks {
      check.meta += notes
      schema.add(check, to: name)
    }
  }

  /// The environments that have it; nil: all.
  private var inEnvironments: [String]? {
    let inside = message["in_environment"].compactMap(\.scalar)
    let outside = message["not_in_environment"].compactMap(\.scalar)
    let mine = environments.filter {
      inside.contains($0) || defaults.contains($0) && !outside.contains($0)
    }
    return mine == environments ? nil : mine
  }

  private mutating func check(
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
    case "value_count", "shape": try addCount(field)
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
  private func number(_ field: ProtoText.Field) throws(ImportGap) -> SchemaText {
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
    if field.scalar == "TYPE_UNKNOWN" { return }
    guard let names = Self.types[field.scalar ?? ""] else {
      throw ImportGap("the type \(field.scalar ?? "of it") is of no flat table")
    }
    check("of_type", [.init("types", .texts(names))], from: field)
  }

  /// How many values a row has; nil: the feature does not say.
  private var counts: (low: Int, high: Int)? {
    for field in message.fields where ["value_count", "value_counts", "shape"].contains(field.name) {
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
  private var isList: Bool { counts.map { $0.low > 1 || $0.high < 1 } ?? false }

  /// Whether a field says something of each value, where a row has several.
  private static func isOfElements(_ field: ProtoText.Field) -> Bool {
    field.name == "type" || field.name == "domain" || field.name.hasSuffix("_domain")
      || ["value_count", "value_counts", "shape", "unique_constraints"].contains(field.name)
      || ["drift_comparator", "distribution_constraints"].contains(field.name)
  }

  /// A list a row; what is asked of its values and their number is listed.
  private mutating func addList(to schema: inout ImportedSchema) {
    let types = SchemaText.texts(["list"])
    checks.append(
      ImportedCheck(
        "of_type", [.init("types", types)], source: "value_count", place: "\(place).\(name)"))
    for field in message.fields where Self.isOfElements(field) && field.name != "type" {
      schema.leave(
        "'\(field.name)' of '\(name)'",
        ImportGap(
          "a row has a list of values, and only that it is one is judged",
          hint: "say it by 'condition', as 'list_min(\(name)) >= 1'"), at: field.mark)
    }
  }

  /// A row of a flat table has one value or none.
  private mutating func addCount(_ field: ProtoText.Field) throws(ImportGap) {
    let known = ["min", "max", "dim"]
    if let part = field.message?.fields.first(where: { !known.contains($0.name) }) {
      throw ImportGap("'\(part.name)' is not known", at: part.mark)
    }
    notes.append((field.name, "one value a row"))
  }

  /// A check a bound, as TFDV tells one anomaly a bound.
  private mutating func addBounds(
    _ field: ProtoText.Field, _ id: String
  ) throws(ImportGap) {
    for part in field.message?.fields ?? [] {
      guard part.name == "min" || part.name == "max" else {
        throw ImportGap("'\(part.name)' is not known", at: part.mark)
      }
      check(id, [.init(part.name, try number(part))], from: field, part.name)
    }
  }

  /// Bounds of numbers; of texts, that they are whole numbers between them.
  private mutating func addRange(_ field: ProtoText.Field) throws(ImportGap) {
    var bounds: [SchemaText.Member] = []
    var finite: [String] = []
    for part in field.message?.fields ?? [] {
      switch part.name {
      case "name": continue
      // An infinite bound is none.
      case "min" where part.scalar == "-inf", "max" where part.scalar == "inf": continue
      case "min", "max": bounds.append(.init(part.name, try number(part)))
      case "is_categorical": notes.append((part.name, part.scalar ?? ""))
      case "disallow_nan", "disallow_inf":
        if part.scalar == "true" { finite.append(part.name == "disallow_nan" ? "-?nan" : "-?inf") }
      default: throw ImportGap("'\(part.name)' is not known", at: part.mark)
      }
    }
    if message["type"].first?.scalar == "BYTES" {
      guard bounds.isEmpty, finite.isEmpty, field.name == "int_domain" else {
        throw ImportGap("its texts are numbers with bounds", hint: "give the column a type")
      }
      check("format", [.init("kind", .text("integer"))], from: field)
      return
    }
    for bound in bounds { check("between", [bound], from: field, bound.key) }
    for word in finite {
      check(
        "not_regex", [.init("pattern", .text(word)), .init("match", .text("full"))], from: field)
    }
  }

  private mutating func addShared(_ field: ProtoText.Field) throws(ImportGap) {
    let wanted = field.scalar ?? ""
    for domain in shared.fields
    where domain.name.hasSuffix("_domain")
      && domain.message?["name"].first?.scalar == wanted
    {
      if domain.name == "string_domain" { try addWords(domain) } else { try addRange(domain) }
      return
    }
    throw ImportGap("the schema has no domain '\(wanted)'")
  }

  /// 0 or 1 of numbers, two words of texts.
  private mutating func addTruth(_ field: ProtoText.Field) throws(ImportGap) {
    switch message["type"].first?.scalar {
    case "INT", "2":
      for (key, bound) in [("min", "0"), ("max", "1")] {
        check("between", [.init(key, .plain(bound))], from: field, key)
      }
    case "FLOAT", "3":
      check("in_set", [.init("values", .list([.plain("0"), .plain("1")]))], from: field)
    default: try addWords(field)
    }
  }

  /// The words a text may be, for a share of the values.
  private mutating func addWords(_ field: ProtoText.Field) throws(ImportGap) {
    let parts = field.message?.fields ?? []
    let known = ["name", "value", "true_value", "false_value"]
    if let part = parts.first(where: { !known.contains($0.name) }) {
      throw ImportGap("'\(part.name)' is not known", at: part.mark)
    }
    let words = parts.filter { $0.name != "name" }.compactMap(\.scalar)
    guard !words.isEmpty else { throw ImportGap("its domain is empty") }
    var parameters: [SchemaText.Member] = [
      .init("values", .texts(words)), .init("as", .text("text")),
    ]
    for part in message["distribution_constraints"].flatMap({ $0.message?.fields ?? [] }) {
      guard part.name == "min_domain_mass" else {
        throw ImportGap("'\(part.name)' is not known", at: part.mark)
      }
      parameters.append(.init("mostly", try number(part)))
    }
    check("in_set", parameters, from: field)
  }

  /// Changes against the reference, which stands for the previous span.
  private mutating func addDrift(_ field: ProtoText.Field) throws(ImportGap) {
    for part in field.message?.fields ?? [] {
      guard ["infinity_norm", "normalized_abs_difference"].contains(part.name) else {
        throw ImportGap(
          "'\(part.name)' is measured over quantile sketches of TFDV's own", at: part.mark,
          hint: "use 'jensen_shannon' of the gate 'drift'")
      }
      guard let threshold = part.message?["threshold"].first else {
        throw ImportGap("it has no threshold", at: part.mark)
      }
      check(part.name, [.init("max", try number(threshold))], from: part)
    }
  }
}
