package import GateCore

/// What a model answers when each row's attribute is another of its values.
package struct Counterfactuals: Sendable {
  /// What the gate asks: of one model, about one attribute.
  package struct Question: Sendable, Hashable {
    /// A column, or a cross of columns.
    package let attribute: Slice
    package let role: Role

    /// Takes both.
    package init(_ attribute: Slice, _ role: Role) {
      (self.attribute, self.role) = (attribute, role)
    }
  }

  /// Outputs on every row of the holdout, in row order.
  package enum Outputs: Sendable {
    /// A score, or the predicted number.
    case numbers([Double])
    /// The class.
    case classes([Int32])
  }

  /// The attribute's values that occur in the holdout, in order: `female`; of a cross `female,north`.
  package let values: [String]
  /// Which of them each row of the holdout has; negative: it has none.
  package let codes: [Int32]
  /// The model's inputs that change with the attribute.
  package let inputs: [String]
  /// By value: what the model answers when that is every row's value; empty where no input changes.
  package let answers: [Outputs]

  /// Takes what was found.
  package init(values: [String], codes: [Int32], inputs: [String], answers: [Outputs]) {
    (self.values, self.codes, self.inputs, self.answers) = (values, codes, inputs, answers)
  }

  /// The most values that an attribute may have: each takes a scoring of all rows.
  package static let mostValues = 20
}

extension Slice {
  /// The columns of a column slice or of a cross of such; nil: it is of bins or of a condition.
  package var columnNames: [String]? {
    switch self {
    case .column(let column): return [column]
    case .cross(let parts):
      let names = parts.compactMap(\.columnNames)
      return names.count == parts.count ? names.flatMap { $0 } : nil
    case .bins, .predicate, .condition: return nil
    }
  }
}

/// The columns of an attribute with the values of every row, as text.
package struct CounterfactualAttribute: Sendable {
  package let columns: [ColumnType]
  /// The combinations that occur, in order; each has a text a column.
  package let values: [[String]]
  /// Which of them each row has; -1: one of its columns is null.
  package let codes: [Int32]

  /// Reads the columns; throws where one is not there, and for one value only or too many.
  package init(_ attribute: Slice, of table: any Table) throws {
    let names = attribute.columnNames ?? []
    columns = names.compactMap { name in table.schema.first { $0.name.isSame(as: name) } }
    guard columns.count == names.count, !names.isEmpty else {
      // The slice itself says which column is not there, and what is.
      _ = try attribute.rows(of: table)
      throw Diagnostic("'\(attribute.name)' is no column that could be set to another value")
    }
    let coded = try zip(names, table.columns(names.map { "CAST(\($0.sqlName) AS VARCHAR)" })).map {
      name, column in
      guard let coded = try column.coded(atMost: Slice.mostGroups) else {
        throw Self.tooMany("more than \(Slice.mostGroups)", of: name)
      }
      return coded
    }
    var found: [[Int32]: Int32] = [:]
    var codes = [Int32](repeating: -1, count: table.rows)
    for row in codes.indices {
      let key = coded.map { $0.codes[row] }
      if key.contains(where: { $0 < 0 }) { continue }
      let code = found[key] ?? Int32(truncatingIfNeeded: found.count)
      found[key] = code
      codes[row] = code
    }
    if found.count > Counterfactuals.mostValues {
      throw Self.tooMany("\(found.count)", of: attribute.name)
    }
    let order = found.keys.sorted { $0.lexicographicallyPrecedes($1) }
    guard order.count > 1 else {
      throw Diagnostic(
        "'\(attribute.name)' has no two values, so no row can be given another",
        hint: "name an attribute with two values at least")
    }
    var rank = [Int32](repeating: 0, count: order.count)
    for (place, key) in order.enumerated() {
      rank[Int(found[key] ?? 0)] = Int32(truncatingIfNeeded: place)
    }
    self.codes = codes.map { $0 < 0 ? -1 : rank[Int($0)] }
    values = order.map { key in zip(key, coded).map { $1.texts[Int($0)] } }
  }

  private static func tooMany(_ count: String, of name: String) -> Diagnostic {
    Diagnostic(
      "'\(name)' has \(count) values, and each takes a scoring of all rows: at most "
        + "\(Counterfactuals.mostValues) were expected",
      hint:
        "ask about an attribute of fewer values, or leave the counterfactual metric out of this gate"
    )
  }

  /// What the columns are set to for the value at a place.
  package func settings(_ place: Int) -> [(column: String, sql: String)] {
    zip(columns, values[place]).map { column, text in
      (column.name, "CAST(\(text.sqlText) AS \(column.declared))")
    }
  }

  /// What the value at a place is called.
  package func name(_ place: Int) -> String { values[place].joined(separator: ",") }
}
