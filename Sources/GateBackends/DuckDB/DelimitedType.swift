internal import CDelimited
internal import CDuckDB

/// A type that cells of delimited text are read as: the engine's word for it, and how its values are made.
struct DelimitedType {
  let declared: String
  let id: duckdb_type
  let column: delimited_column

  /// The types that are read from the cell's own text; `nil` for those that the engine makes of a text.
  init?(_ declared: String, isStated: Bool) {
    guard let (id, type, bytes, range) = Self.known[declared] else { return nil }
    self.declared = declared
    self.id = id
    column = delimited_column(
      type: type, bytes: bytes, low: range.lowerBound, high: range.upperBound, is_stated: isStated)
  }

  /// Text.
  static let text = DelimitedType(
    "VARCHAR", DUCKDB_TYPE_VARCHAR, delimited_column(type: DELIMITED_AS_TEXT))
  /// Text as long as no value is seen.
  static let nothing = DelimitedType(
    "VARCHAR", DUCKDB_TYPE_VARCHAR, delimited_column(type: DELIMITED_AS_NOTHING))

  private init(_ declared: String, _ id: duckdb_type, _ column: delimited_column) {
    (self.declared, self.id, self.column) = (declared, id, column)
  }

  /// The narrowest that holds every cell whose kinds are these.
  init(kinds: UInt32) {
    let moments = DELIMITED_DATE | DELIMITED_MOMENT
    let word: String? =
      switch Int(kinds) {
      case 0: nil
      case DELIMITED_INTEGER: "BIGINT"
      case DELIMITED_NUMBER, DELIMITED_NUMBER | DELIMITED_INTEGER: "DOUBLE"
      case DELIMITED_FLAG: "BOOLEAN"
      case DELIMITED_DATE: "DATE"
      case DELIMITED_MOMENT, moments: "TIMESTAMP"
      case let kinds where kinds & ~(moments | DELIMITED_ZONED) == 0: "TIMESTAMP WITH TIME ZONE"
      case let kinds where kinds & ~(moments | DELIMITED_NANOSECONDS) == 0: "TIMESTAMP_NS"
      default: "VARCHAR"
      }
    self = word.map { DelimitedType($0, isStated: false) ?? .text } ?? .nothing
  }

  private typealias Entry = (duckdb_type, delimited_type, UInt8, ClosedRange<Int64>)

  /// Of integers their bytes and range as well.
  private static let known: [String: Entry] = [
    "VARCHAR": (DUCKDB_TYPE_VARCHAR, DELIMITED_AS_TEXT, 0, 0...0),
    "BOOLEAN": (DUCKDB_TYPE_BOOLEAN, DELIMITED_AS_BOOLEAN, 0, 0...0),
    "TINYINT": (DUCKDB_TYPE_TINYINT, DELIMITED_AS_INTEGER, 1, -128...127),
    "SMALLINT": (DUCKDB_TYPE_SMALLINT, DELIMITED_AS_INTEGER, 2, -32768...32767),
    "INTEGER": (DUCKDB_TYPE_INTEGER, DELIMITED_AS_INTEGER, 4, -2_147_483_648...2_147_483_647),
    "BIGINT": (DUCKDB_TYPE_BIGINT, DELIMITED_AS_INTEGER, 8, .min ... .max),
    "UTINYINT": (DUCKDB_TYPE_UTINYINT, DELIMITED_AS_INTEGER, 1, 0...255),
    "USMALLINT": (DUCKDB_TYPE_USMALLINT, DELIMITED_AS_INTEGER, 2, 0...65535),
    "UINTEGER": (DUCKDB_TYPE_UINTEGER, DELIMITED_AS_INTEGER, 4, 0...4_294_967_295),
    "FLOAT": (DUCKDB_TYPE_FLOAT, DELIMITED_AS_FLOAT, 0, 0...0),
    "DOUBLE": (DUCKDB_TYPE_DOUBLE, DELIMITED_AS_DOUBLE, 0, 0...0),
    "DATE": (DUCKDB_TYPE_DATE, DELIMITED_AS_DATE, 0, 0...0),
    "TIMESTAMP": (DUCKDB_TYPE_TIMESTAMP, DELIMITED_AS_MOMENT, 0, 0...0),
    "TIMESTAMP_NS": (DUCKDB_TYPE_TIMESTAMP_NS, DELIMITED_AS_NANOSECONDS, 0, 0...0),
    "TIMESTAMP WITH TIME ZONE": (DUCKDB_TYPE_TIMESTAMP_TZ, DELIMITED_AS_ZONED, 0, 0...0),
  ]
}

extension delimited_column {
  /// A column that needs no range.
  fileprivate init(type: delimited_type) {
    self.init(type: type, bytes: 0, low: 0, high: 0, is_stated: false)
  }
}
