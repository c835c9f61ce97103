/// Every kind of check a schema may ask; a new one is a line here.
public enum SchemaChecks {
  /// In the order of the reference.
  public static let all: [SchemaCheck] = columns + tables

  /// Of one column.
  static let columns: [SchemaCheck] = [
    SchemaCheck.between,
    SchemaCheck.mean,
    SchemaCheck.notNull,
  ]

  /// Of the table as a whole.
  static let tables: [SchemaCheck] = [
    SchemaCheck.rowCount
  ]

  /// The check of that name.
  static func named(_ id: String, _ subject: SchemaCheck.Subject) -> SchemaCheck? {
    all.first { $0.id == id && $0.subject == subject }
  }
}
