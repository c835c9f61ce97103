internal import CDuckDB
import GateCore

/// One result column's type, as far as reading its vectors needs it.
struct VectorType: Sendable {
  /// The type of the column.
  var id: duckdb_type
  /// The type its values are stored as; differs for decimals only.
  var storage: duckdb_type
  /// How many digits of a decimal's stored integer stand behind the point.
  var scale = 0

  /// Whether vectors of this type are read as they are; other types are cast to text by the engine.
  static func isRead(_ id: duckdb_type) -> Bool { kind(id) != .other }

  /// Whether values of a type may be NaN, by the engine's word for it.
  static func isReal(_ declared: String) -> Bool { declared == "FLOAT" || declared == "DOUBLE" }

  /// Whether values of this type may be NaN.
  static func isReal(_ id: duckdb_type) -> Bool {
    id == DUCKDB_TYPE_FLOAT || id == DUCKDB_TYPE_DOUBLE
  }

  /// What values of a type become, by the engine's word for it.
  static func kind(declared: String) -> ColumnType.Kind {
    switch declared {
    case "BOOLEAN": .boolean
    case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
      "HUGEINT", "UHUGEINT":
      .integer
    case "FLOAT", "DOUBLE": .number
    case "VARCHAR": .string
    case "DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS",
      "TIMESTAMP WITH TIME ZONE":
      .timestamp
    default: declared.hasPrefix("DECIMAL(") && declared.hasSuffix(")") ? .number : .other
    }
  }

  /// What values of this type become.
  static func kind(_ id: duckdb_type) -> ColumnType.Kind {
    switch id {
    case DUCKDB_TYPE_BOOLEAN: .boolean
    case DUCKDB_TYPE_TINYINT, DUCKDB_TYPE_SMALLINT, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_BIGINT,
      DUCKDB_TYPE_UTINYINT, DUCKDB_TYPE_USMALLINT, DUCKDB_TYPE_UINTEGER, DUCKDB_TYPE_UBIGINT,
      DUCKDB_TYPE_HUGEINT, DUCKDB_TYPE_UHUGEINT:
      .integer
    case DUCKDB_TYPE_FLOAT, DUCKDB_TYPE_DOUBLE, DUCKDB_TYPE_DECIMAL: .number
    case DUCKDB_TYPE_VARCHAR: .string
    case DUCKDB_TYPE_DATE, DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_TIMESTAMP_S,
      DUCKDB_TYPE_TIMESTAMP_MS, DUCKDB_TYPE_TIMESTAMP_NS, DUCKDB_TYPE_TIMESTAMP_TZ:
      .timestamp
    default: .other
    }
  }
}
