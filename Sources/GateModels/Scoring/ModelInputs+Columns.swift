import GateCore

extension ModelInputs {
  /// What each input is given, as SQL over the row: what its derive says, or the column that is called as it.
  static func columns(
    of names: [String], _ kinds: [InputKind], _ description: ModelDescription, _ model: ModelSource,
    in table: any Table
  ) throws(Diagnostic) -> [String] {
    let schema = table.schema
    let columns = Dictionary(schema.map { (ExactText($0.name), $0) }) { first, _ in first }
    var expressions: [String] = []
    var missing: [String] = []
    for (place, (name, kind)) in zip(names, kinds).enumerated() {
      if let derived = model.derive.last(where: { $0.name.isSame(as: name) }) {
        expressions.append(derived.sql)
        continue
      }
      let said = model.features.flatMap { $0.count == names.count ? $0[place] : nil } ?? name
      let twins = schema.filter { description.writes($0.name, as: name) }
      guard let column = columns[ExactText(said)] ?? columns[ExactText(name)] ?? twins.first else {
        missing.append(name)
        continue
      }
      if twins.count > 1, !column.name.isSame(as: said) {
        throw ambiguity(name, twins.map(\.name), model.role)
      }
      // Of a column that is called otherwise nothing is said where others are missing.
      if missing.isEmpty { try refuse(column, name, kind, model.role, in: table) }
      expressions.append(column.name.sqlName)
    }
    if !missing.isEmpty { throw absence(of: missing, among: schema.map(\.name), model.role) }
    return expressions
  }

  /// Refuses a column of another type than the input's.
  private static func refuse(
    _ column: ColumnType, _ name: String, _ kind: InputKind, _ role: Role, in table: any Table
  ) throws(Diagnostic) {
    guard let mistake = mistake(column.kind, kind) else { return }
    var what = mismatch(role, name, column.name.sqlName, column.declared, kind, mistake)
    if column.kind == .string, !casts(column.name, mistake, in: table) {
      what.hint = encoding(role)
    }
    if kind == .string || kind == .textCategory, let cell = column.bentCell {
      throw LateCasts.mistake(column, cell, doing: what.message)
    }
    throw table.explaining(what, of: column.name)
  }

  /// That two columns may be the one that is meant.
  private static func ambiguity(_ name: String, _ columns: [String], _ role: Role) -> Diagnostic {
    Diagnostic(
      "\(role) takes '\(name)', which LightGBM writes for the columns \(list(columns, atMost: 10)) alike",
      hint: "say which of them is meant: add to models.\(role): derive: {\(name.yaml): "
        + "\((columns.first ?? name).sqlName.yaml)}")
  }

  /// That inputs have no column: all of them at once.
  private static func absence(
    of names: [String], among columns: [String], _ role: Role
  ) -> Diagnostic {
    Diagnostic(
      "\(role) takes \(list(names, atMost: 10)), and the rows have no such column"
        + (names.count == 1 ? "" : "s"),
      hint: making(names, of: columns, for: role))
  }

  /// How inputs are made that no column is called as: many libraries put other characters in place of blanks.
  private static func making(
    _ names: [String], of columns: [String], for role: Role
  ) -> String {
    let twins = names.compactMap { name in
      columns.first { $0.folded == name.folded }.map { (name: name, column: $0) }
    }.prefix(10)
    if !twins.isEmpty {
      let pairs = twins.map { "\($0.name.yaml): \($0.column.sqlName.yaml)" }
      let meant = twins.map { "'\($0.column)'" }.joined(separator: ", ")
      return
        "if \(twins.count == 1 ? "it is the column" : "they are the columns") \(meant), add to "
        + "models.\(role): derive: {\(pairs.joined(separator: ", "))}"
    }
    let near = names.count == 1 ? names[0].meant(among: columns).map { "\($0) " } : nil
    return (near ?? "")
      + "models.\(role).derive can make \(names.count == 1 ? "it" : "them") from others"
  }
}

extension ModelDescription {
  /// Whether the model's library writes a column's name as an input's: LightGBM has `_` for blanks.
  func writes(_ column: String, as input: String) -> Bool {
    runtime == Runtime.lightgbm.id && column.blanksUnderlined.isSame(as: input)
  }

  /// The name of an input that `features` calls as the column it was trained on.
  func named(_ feature: String, among inputs: [String]) -> String {
    guard !inputs.has(feature) else { return feature }
    return inputs.first { writes(feature, as: $0) } ?? feature
  }
}
