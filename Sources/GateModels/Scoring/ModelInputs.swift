import GateCore

/// What each input of a model is given: checked against the model, the manifest and the table.
struct ModelInputs {
  /// The inputs' names in the model's order.
  let names: [String]
  /// What each takes.
  let kinds: [InputKind]
  /// What each is given, as SQL over the row.
  let expressions: [String]
  private let role: Role

  /// Fits the table's columns to the model's inputs.
  ///
  /// - Throws: A `Diagnostic` that names the inputs that are missing, unexpected, out of order or of another type.
  init(
    _ description: ModelDescription, model: ModelSource, of table: any Table
  ) throws(Diagnostic) {
    role = model.role
    (names, kinds) = try Self.named(description, model)
    guard !names.isEmpty else { throw Diagnostic("\(model.role) has no inputs") }
    var seen: Set<ExactText> = []
    if let twice = names.first(where: { !seen.insert(ExactText($0)).inserted }) {
      throw Diagnostic(
        "\(model.role) names its input '\(twice)' twice, so it is not known which column each is",
        hint: "train it on columns of different names, or save or fetch it again")
    }
    let known = Set(names.map { ExactText($0) })
    if let extra = model.derive.first(where: { !known.contains(ExactText($0.name)) }) {
      let near = extra.name.nearest(in: names).map { "did you mean '\($0)'? " } ?? ""
      throw Diagnostic(
        "\(model.role) has no input '\(extra.name)', which its derive names",
        hint: near + "its inputs are " + Self.list(names))
    }
    expressions = try Self.columns(of: names, kinds, description, model, in: table)
  }

  /// The names of the inputs, from the model or from `features`.
  private static func named(
    _ description: ModelDescription, _ model: ModelSource
  ) throws(Diagnostic) -> ([String], [InputKind]) {
    var inputs = description.inputs
    if let features = model.features {
      let repeated = features.first { name in features.count { $0.isSame(as: name) } > 1 }
      if let repeated {
        throw Diagnostic("the features of \(model.role) name '\(repeated)' twice")
      }
      // The one input of any width has what the others leave.
      let more = features.count - inputs.count + 1
      if more > 0, inputs.count(where: { $0.kind == .numbers }) == 1,
        let place = inputs.firstIndex(where: { $0.kind == .numbers })
      {
        let columns = [ModelInput](repeating: ModelInput(name: nil, kind: .number), count: more)
        inputs.replaceSubrange(place...place, with: columns)
      }
      if inputs.contains(where: { $0.name == nil }) || (inputs.count == 1 && features.count == 1) {
        guard features.count == inputs.count else {
          throw Diagnostic(
            "\(model.role) takes \(inputs.count) inputs, and features names \(features.count)",
            hint: "name them in the order the model was trained with")
        }
        return (features, inputs.map(\.kind))
      }
      let own = inputs.compactMap(\.name)
      try compare(features.map { description.named($0, among: own) }, own, model.role)
    }
    let names = inputs.compactMap(\.name)
    guard names.count == inputs.count, !inputs.contains(where: { $0.kind == .numbers }) else {
      let count = inputs.contains { $0.kind == .numbers } ? "its" : "its \(inputs.count)"
      throw Diagnostic(
        "\(model.role) does not name \(count) inputs",
        hint: "name them in the order it was trained with: models.\(model.role).features: [a, b, …]"
      )
    }
    return (names, inputs.map(\.kind))
  }

  /// Says how `features` differs from what the model names.
  private static func compare(
    _ features: [String], _ names: [String], _ role: Role
  ) throws(Diagnostic) {
    guard !features.elementsEqual(names, by: { $0.isSame(as: $1) }) else { return }
    let missing = names.filter { !features.has($0) }
    let unexpected = features.filter { !names.has($0) }
    var parts: [String] = []
    if !missing.isEmpty { parts.append("missing \(list(missing))") }
    if !unexpected.isEmpty { parts.append("unexpected \(list(unexpected))") }
    if parts.isEmpty,
      let (found, wanted) = zip(features, names).first(where: { !$0.isSame(as: $1) })
    {
      parts.append("out of order: '\(found)' stands where the model has '\(wanted)'")
    }
    throw Diagnostic(
      "features is not what \(role) takes: " + parts.joined(separator: "; "),
      hint: "the model names its inputs, so features may be left out")
  }

  /// The columns of a batch as the worker wants them, in type and in name.
  func prepared(_ columns: [Column]) throws(Diagnostic) -> [Column] {
    guard columns.count == names.count else {
      throw Diagnostic("\(columns.count) columns came for \(names.count) inputs")
    }
    var prepared: [Column] = []
    for (place, column) in columns.enumerated() {
      let (name, kind) = (names[place], kinds[place])
      if let mistake = Self.mistake(column.kind, kind) {
        var what = Self.mismatch(
          role, name, expressions[place], column.kind.rawValue, kind, mistake)
        if mistake.hasPrefix("cast("), case .strings(_, let texts) = column.values,
          texts.contains(where: { Double($0.trimmed) == nil })
        {
          what.hint = Self.encoding(role)
        }
        throw what
      }
      let hasNulls = column.firstNull != nil
      let values: Column.Values
      switch (kind, column.values) {
      case (.number, _), (.numbers, _), (.numberCategory, _), (.category, .doubles),
        (.category, .integers):
        // A null is a NaN of the values.
        prepared.append(Column(name: name, values: .doubles(column.doubles ?? [])))
        continue
      case (.integer, .booleans(let flags)): values = .integers(flags.map { $0 ? 1 : 0 })
      default: values = column.values
      }
      prepared.append(
        Column(name: name, values: values, validity: hasNulls ? column.validity : nil))
    }
    return prepared
  }

  /// What to do about a column of one kind for an input of another; nil when it fits.
  static func mistake(_ found: ColumnType.Kind, _ wanted: InputKind) -> String? {
    switch (wanted, found) {
    case (.number, .number), (.number, .integer), (.number, .boolean), (.numbers, .number),
      (.numbers, .integer), (.numbers, .boolean), (.integer, .integer), (.integer, .boolean),
      (.boolean, .boolean), (.string, .string), (.textCategory, .string),
      (.numberCategory, .number), (.numberCategory, .integer), (.booleanCategory, .boolean),
      (.category, .string), (.category, .number), (.category, .integer), (.category, .boolean):
      nil
    case (.integer, .number): "cast(%s as bigint)"
    case (.boolean, _), (.booleanCategory, _): found == .string ? "%s = 'yes'" : "%s <> 0"
    case (.string, _), (.textCategory, _): "cast(%s as varchar)"
    case (_, .timestamp): "epoch(%s)"
    case (.integer, _): "cast(%s as bigint)"
    default: "cast(%s as double)"
    }
  }

  /// Whether every text of a column becomes what the SQL of a hint would make of it.
  static func casts(_ name: String, _ sql: String, in table: any Table) -> Bool {
    guard sql.hasPrefix("cast(") else { return true }
    let cast = ("try_" + sql).replacing("%s", with: name.sqlName)
    let left = try? table.query(
      "SELECT count(*) FROM \(table.name.sqlName) WHERE \(name.sqlName) IS NOT NULL AND \(cast) IS NULL"
    )
    guard case .integers(let counts)? = left?.first?.values else { return true }
    return counts.first == 0
  }

  /// What to do about texts that are no numbers.
  static func encoding(_ role: Role) -> String {
    "its texts are no numbers: give each the number that stood for it in training, by a CASE under "
      + "models.\(role).derive, or export the model with what encodes its texts"
  }

  /// Says that what an input is given, `source`, is of another type.
  static func mismatch(
    _ role: Role, _ name: String, _ source: String, _ found: String, _ wanted: InputKind,
    _ sql: String
  ) -> Diagnostic {
    Diagnostic(
      "\(role) takes '\(name)' as \(wanted.words), and the column is \(found)",
      hint: "change it for the model: add to models.\(role): derive: {\(name.yaml): "
        + "\(sql.replacing("%s", with: source).yaml)}")
  }

  /// Names as a list of YAML, for a hint.
  static func yaml(_ names: [String]) -> String {
    let words = names.map { name in
      !name.isEmpty
        && name.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        ? name : "'\(name.replacing("'", with: "''"))'"
    }
    return "[\(words.joined(separator: ", "))]"
  }

  /// The first of some names, for a message.
  static func list(_ names: [String], atMost most: Int = 8) -> String {
    let shown = names.prefix(most).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > most ? "\(shown) and \(names.count - most) more" : shown
  }
}

extension InputKind {
  /// What the input takes, in the words of a message.
  var words: String {
    switch self {
    case .number, .numbers: "a number"
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .string: "text"
    case .textCategory: "a category of text"
    case .numberCategory: "a category of numbers"
    case .booleanCategory: "a category of true and false"
    case .category: "a category"
    }
  }
}

extension Column {
  /// What the column holds, in the words of a schema.
  var kind: ColumnType.Kind {
    switch values {
    case .doubles: .number
    case .integers: .integer
    case .booleans: .boolean
    case .strings: .string
    case .timestamps: .timestamp
    }
  }
}
