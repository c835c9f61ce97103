package import GateCore

/// One thing that may drift: a feature, the label, or what the model predicts.
package struct DriftTarget: Sendable {
  package enum Place: Sendable, Hashable { case feature, prediction, label, table }

  package let place: Place
  /// The column; nil: there is but one prediction.
  package let name: String?
  package let kind: DriftKind
  package let origin: Origin
  /// Its share of what the model's features gain, where the model says.
  package var importance: Double?
  /// Whether the manifest names it.
  package var isNamed = false

  /// Where its values are.
  package enum Origin: Sendable {
    /// An expression over the row of both tables.
    case sql(String)
    /// Here already.
    case values(reference: DriftValues, current: DriftValues)
  }

  /// The end of a check's id, after the gate's.
  package func id(_ test: String) -> String {
    let end = name.map { "/\($0.idPart)" } ?? ""
    return switch place {
    case .feature: test + end
    case .prediction: "prediction/\(test)\(end)"
    case .label: "label/\(test)\(end)"
    case .table: test
    }
  }

  /// What a message begins with.
  package var title: String {
    switch place {
    case .feature: name ?? ""
    case .prediction: name.map { "prediction of \($0)" } ?? "prediction"
    case .label: name.map { "label \($0)" } ?? "label"
    case .table: "all features"
    }
  }
}

/// What is compared: the rows of the reference and of today.
package struct DriftTables: Sendable {
  package let reference: any Table
  package let current: any Table

  /// Both, with what a message calls them.
  package var both: [(table: any Table, title: String)] {
    [
      (reference, "the reference"),
      (current, current.name == "current" ? "the current rows" : "the holdout"),
    ]
  }

  /// The kind of a column, the same on both sides; nil where it is of types that nothing is measured on. Throws a
  /// `Diagnostic` where it is missing on one side, or of two kinds, be it that nothing is measured on one of them.
  package func kind(
    of sql: String, named name: String, written: DriftKind?
  ) throws(Diagnostic) -> DriftKind? {
    var types: [String] = []
    for (table, title) in both { types.append(try declared(sql, named: name, table, title)) }
    let known = types.map { DriftKind(declared: $0) }
    let kinds = known.compactMap(\.self)
    if kinds.isEmpty { return nil }
    guard kinds.count == 2 else {
      let shown = types.map { $0 == "\"NULL\"" ? "without a value in any row" : $0 }
      throw Diagnostic(
        "'\(name)' is \(shown[0]) in the reference and \(shown[1]) in \(both[1].title), which no drift test compares",
        hint: oneType(name, types))
    }
    guard kinds[0] == kinds[1] else {
      let mistake = Diagnostic(
        "'\(name)' is \(types[0]) in the reference and \(types[1]) in \(both[1].title)",
        hint: oneType(name, types))
      guard let text = kinds.firstIndex(of: .category), kinds.contains(.number) else {
        throw mistake
      }
      throw both[text].table.explaining(mistake, of: sql)
    }
    guard let written, written != kinds[0] else { return kinds[0] }
    switch (kinds[0], written) {
    case (.number, .category), (.category, .text): return written
    default:
      throw Diagnostic("'\(name)' is \(types[0]), and cannot be taken as \(written.plural)")
    }
  }

  /// What makes one type of two, to be pasted: true and false are read of 0 and 1, not the other way; else a column of
  /// another name is made of it on both sides.
  private func oneType(_ name: String, _ types: [String]) -> String {
    let places = ["data.reference", current.name == "current" ? "data.current" : "data.holdout"]
    if let flag = types.firstIndex(of: "BOOLEAN"),
      let other = types.indices.first(where: { $0 != flag }),
      DriftKind(declared: types[other]) == .number
    {
      return
        "where it is written as 0 and 1 write '\(Pasteable.types(name, "BOOLEAN"))' under \(places[other])"
    }
    return
      "make one type of both: write it under 'types' beside the path of either, or test a column of another name "
      + "that 'data.derive' makes of it"
  }

  /// The engine's word for the type of an expression.
  private func declared(
    _ sql: String, named name: String, _ table: any Table, _ title: String
  ) throws(Diagnostic) -> String {
    if let column = table.schema.first(where: { $0.name.sqlName == sql }) { return column.declared }
    if sql == name.sqlName {
      let names = table.schema.map(\.name)
      throw Diagnostic(
        "\(title) has no column '\(name)'",
        hint: name.nearest(in: names).map { "did you mean '\($0)'?" }
          ?? "it has: \(names.prefix(40).joined(separator: ", "))")
    }
    do {
      try table.check(sql, isSelect: false)
      let types = try table.query(
        "SELECT typeof((\n\(sql)\n)) AS type FROM \(table.name.sqlName) LIMIT 1")
      return types.first?.texts?.first ?? "of no type"
    } catch { throw Diagnostic.of(error) }
  }
}

extension DriftKind {
  /// Of a column the engine declares so; nil: no test is for it.
  package init?(declared type: String) {
    let word = type.prefix { $0 != "(" && $0 != "[" }
    if type.hasSuffix("]") {
      guard ["FLOAT", "DOUBLE", "DECIMAL"].contains(word) else { return nil }
      self = .embedding
      return
    }
    switch word {
    case "VARCHAR", "ENUM", "BOOLEAN", "UUID": self = .category
    case "DOUBLE", "FLOAT", "DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT",
      "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT":
      self = .number
    default: return nil
    }
  }
}
