package import GateCore

/// A schema written from a table, for a person to read, mend and sign.
///
/// What it says of each column follows from fixed rules, so that the same table gives the same bytes: the type; nulls
/// (hardly any, or one and a half times the share found); for texts of at most 50 values the values, else the form or
/// the lengths; for numbers the range and what `ColumnEnds.reach` says beyond it, a floor of 0 kept; for times a first
/// one and no last; for ids that they are unique. Another sample of the same rows as large as this one keeps to all of
/// it in 19 of 20 cases: see `Chance`.
package struct InferredSchema: Sendable {
  private let table: any Table
  private let label: String?

  /// A table of which a schema is wanted; throws when it has no rows, or not the label.
  package init(_ table: any Table, label: String? = nil) throws(Diagnostic) {
    guard table.rows > 0 else {
      throw Diagnostic("the table has no rows, so nothing can be said of it")
    }
    if let label, !table.schema.contains(where: { $0.name == label }) {
      throw Diagnostic(
        "there is no column '\(label)' to be the label",
        hint: label.meantColumn(among: table.schema.map(\.name))
          ?? "it has: \(table.schema.map(\.name).prefix(40).joined(separator: ", "))")
    }
    self.table = table
    self.label = label
  }

  /// The schema as YAML; throws what the engine throws.
  package func yaml() throws -> String {
    var lines = [
      "# What this table must be: written from \(table.rows.counted("row")), for a person to read, correct and sign.",
      "# Ranges reach beyond what was found as far as chance may go, and `mostly` is what another sample of as",
      "# many rows keeps to where nothing has changed; be stricter where you know better.",
      "version: 1",
    ]
    if label != nil { lines.append("environments: [training, serving]") }
    lines.append("columns:")
    let chance = Chance(columns: table.schema.count)
    for column in table.schema {
      let profile = try ColumnProfile(column, of: table)
      lines.append("  \(column.name.yaml):")
      let inferred = InferredColumn(profile, isLabel: column.name == label, chance: chance)
      lines += try inferred.lines().map { "    \($0)" }
    }
    let least = Self.floor(Double(table.rows) / 10)
    lines += [
      "table:",
      "  # A tenth of the rows found: fewer are a file cut short.",
      "  row_count: {min: \(max(1, least))}",
      "  # Duplicates, leakage, mixed writings and more, with their standard limits:",
      "  # hygiene: integrity",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The number with its first digit only.
  private static func floor(_ number: Double) -> Int {
    var scale = 1.0
    while number / scale >= 10 { scale *= 10 }
    return Int((number / scale).rounded(.down) * scale)
  }
}
