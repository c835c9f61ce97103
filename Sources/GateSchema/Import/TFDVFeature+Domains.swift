import GateCore

extension TFDVFeature {
  /// A check a bound, as TFDV tells one anomaly a bound.
  mutating func addBounds(
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
  mutating func addRange(_ field: ProtoText.Field) throws(ImportGap) {
    var bounds: [SchemaText.Member] = []
    var isFinite = false
    for part in field.message?.fields ?? [] {
      switch part.name {
      case "name": continue
      // An infinite bound is none.
      case "min" where part.scalar == "-inf", "max" where part.scalar == "inf": continue
      case "min", "max": bounds.append(.init(part.name, try number(part)))
      case "is_categorical": notes.append((part.name, part.scalar ?? ""))
      case "disallow_inf": isFinite = part.scalar == "true"
      case "disallow_nan" where part.scalar == "true":
        gaps.append(
          (
            "'disallow_nan'",
            ImportGap(
              "a NaN is a missing value here", at: part.mark, hint: "'not_null' refuses it")
          ))
      case "disallow_nan": continue
      default: throw ImportGap("'\(part.name)' is not known", at: part.mark)
      }
    }
    if ["BYTES", "1"].contains(message["type"].first?.scalar) {
      guard bounds.isEmpty, !isFinite, field.name == "int_domain", !isList else {
        throw ImportGap("its texts are numbers with bounds", hint: "give the column a type")
      }
      check("format", [.init("kind", .text("integer"))], from: field)
      return
    }
    for bound in bounds { checkBound(bound, from: field) }
    if isFinite, isList {
      checkList("len(list_filter(\(name.sqlName), lambda v: isinf(v))) = 0", from: field)
    } else if isFinite {
      check(
        "not_regex", [.init("pattern", .text("-?inf")), .init("match", .text("full"))], from: field)
    }
  }

  /// A domain of the schema's own list.
  mutating func addShared(_ field: ProtoText.Field) throws(ImportGap) {
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
  mutating func addTruth(_ field: ProtoText.Field) throws(ImportGap) {
    switch message["type"].first?.scalar {
    case "INT", "2":
      for (key, bound) in [("min", "0"), ("max", "1")] {
        checkBound(.init(key, .plain(bound)), from: field)
      }
    case "FLOAT", "3":
      if isList { return checkList("list_has_all([0, 1], \(name.sqlName))", from: field) }
      check("in_set", [.init("values", .list([.plain("0"), .plain("1")]))], from: field)
    default: try addWords(field)
    }
  }

  /// The words a text may be, for a share of the values.
  mutating func addWords(_ field: ProtoText.Field) throws(ImportGap) {
    let parts = field.message?.fields ?? []
    let known = ["name", "value", "true_value", "false_value"]
    if let part = parts.first(where: { !known.contains($0.name) }) {
      throw ImportGap("'\(part.name)' is not known", at: part.mark)
    }
    let words = parts.filter { $0.name != "name" }.compactMap(\.scalar)
    guard !words.isEmpty else { throw ImportGap("its domain is empty") }
    if isList {
      let list = words.map(\.sqlText).joined(separator: ", ")
      checkList("list_has_all([\(list)], CAST(\(name.sqlName) AS VARCHAR[]))", from: field)
      return
    }
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
  mutating func addDrift(_ field: ProtoText.Field) throws(ImportGap) {
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
