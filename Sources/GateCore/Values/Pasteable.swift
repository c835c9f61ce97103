/// Keys of a manifest as a hint gives them, for a person to paste.
package enum Pasteable {
  /// The type that a column is read as: `types: {zip: VARCHAR}`.
  package static func types(_ column: String, _ type: String = "VARCHAR") -> String {
    "types: {\(column.yaml): \(type.yaml)}"
  }

  /// A column as SQL over the row: `derive: {zip_text: 'CAST("zip" AS VARCHAR)'}`.
  package static func derive(_ column: String, _ sql: String) -> String {
    "derive: {\(column.yaml): \(sql.singleQuotedYAML)}"
  }
}
