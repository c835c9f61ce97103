import GateCore

extension Importers {
  /// Whether a file is one of TFDV.
  private static let isTFDV: @Sendable (ImportSource) -> Bool = { source in
    let text = source.text.split(whereSeparator: \.isNewline).first { !$0.hasPrefix("#") } ?? ""
    let word = text.prefix { $0.isLetter || $0 == "_" }
    let after = text.dropFirst(word.count).first { $0 != " " }
    return TFDVSchema.fields.contains(String(word)) && after.map { "{<:".contains($0) } ?? false
      && (after != ":" || text.contains("\""))
  }

  /// Schemas of TensorFlow Data Validation in the text format of protocol buffers.
  static let tfdv = Importer(
    id: "tfdv", name: "TensorFlow Data Validation",
    recognises: isTFDV
  ) { source throws(Diagnostics) in
    do throws(Diagnostic) {
      return TFDVSchema(try ProtoText.read(source.text, name: source.name)).imported
    } catch { throw Diagnostics([error]) }
  }
}

/// A schema as TFDV has it.
struct TFDVSchema {
  /// The fields of a whole schema.
  package static let fields: Set<String> = [
    "feature", "string_domain", "float_domain", "int_domain", "default_environment",
    "dataset_constraints", "sparse_feature", "weighted_feature", "annotation",
    "tensor_representation_group", "represent_variable_length_as_ragged",
    "generate_legacy_feature_spec",
  ]

  /// What came of it.
  private(set) var imported = ImportedSchema(tool: "TensorFlow Data Validation")
  private let proto: ProtoText

  /// Imports a schema.
  package init(_ proto: ProtoText) {
    self.proto = proto
    let defaults = proto["default_environment"].compactMap(\.scalar)
    var environments = defaults
    for feature in proto["feature"] {
      for key in ["in_environment", "not_in_environment"] {
        environments += feature.message?[key].compactMap(\.scalar) ?? []
      }
    }
    environments = environments.unique
    imported.environments = environments
    // TFDV finds every column that its schema does not list.
    imported.isStrict = true
    for (index, field) in proto["feature"].enumerated() {
      guard let message = field.message else {
        imported.leave("'feature'", ImportGap("it is no message"), at: field.mark)
        continue
      }
      var feature = TFDVFeature(
        message, mark: field.mark, place: "feature[\(index)]", shared: proto,
        environments: environments, defaults: defaults)
      feature.add(to: &imported)
    }
    for field in proto.fields { addRest(field) }
  }

  /// Everything but features.
  private mutating func addRest(_ field: ProtoText.Field) {
    switch field.name {
    case "feature", "string_domain", "float_domain", "int_domain", "default_environment": return
    // How rows become tensors, and remarks: nothing that TFDV judges.
    case "annotation", "tensor_representation_group", "represent_variable_length_as_ragged",
      "generate_legacy_feature_spec":
      return
    case "dataset_constraints": addConstraints(field)
    default:
      let name = field.message?["name"].first?.scalar.map { " '\($0)'" } ?? ""
      imported.leave(
        "'\(field.name)'\(name)",
        ImportGap(
          Self.fields.contains(field.name)
            ? "it is put together from several features of a row" : "the field is not known"),
        at: field.mark)
    }
  }

  /// Rows, and rows against the reference's.
  private mutating func addConstraints(_ field: ProtoText.Field) {
    func bound(_ key: String, _ part: ProtoText.Field) -> [SchemaText.Member] {
      if let text = part.scalar, Double(text)?.isFinite ?? false {
        return [.init(key, .plain(text))]
      }
      imported.leave("'\(part.name)'", ImportGap("it is no number"), at: part.mark)
      return []
    }
    func check(_ id: String, _ bounds: [SchemaText.Member]) {
      for bound in bounds {
        imported.add(
          ImportedCheck(
            id, [bound], source: "\(field.name).\(bound.key)", place: "dataset_constraints"),
          to: nil, at: field.mark)
      }
    }
    var rows: [SchemaText.Member] = []
    for part in field.message?.fields ?? [] {
      switch part.name {
      case "min_examples_count": rows += bound("min", part)
      case "max_examples_count": rows += bound("max", part)
      case "num_examples_drift_comparator":
        var bounds: [SchemaText.Member] = []
        for end in part.message?.fields ?? [] {
          switch end.name {
          case "min_fraction_threshold": bounds += bound("min", end)
          case "max_fraction_threshold": bounds += bound("max", end)
          default:
            imported.leave("'\(end.name)'", ImportGap("the field is not known"), at: end.mark)
          }
        }
        check("row_count_ratio", bounds)
      default:
        imported.leave(
          "'\(part.name)'",
          ImportGap("a run compares with one reference, which is the previous span"), at: part.mark)
      }
    }
    check("row_count", rows)
  }
}
