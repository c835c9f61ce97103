/// Casts to text of what was read as numbers or flags, where the file's own text is another: too late to have it back.
package enum LateCasts {
  /// What a cast of such a column to text would lose.
  package static func mistake(
    _ column: ColumnType, _ cell: OddCell, doing what: String
  ) -> Diagnostic {
    Diagnostic(
      "\(what): '\(column.name)' was read as \(column.declared), so its text \(cell.place) is not to be had "
        + "by a cast",
      hint: "read it as text: \(Pasteable.types(column.name))")
  }
}
