internal import CDelimited

/// A type that cells of delimited text are read as: the engine's word for it, and how its values are made.
struct DelimitedType {
  let declared: String
  let column: delimited_column

  /// The types that are read from the cell's own text; `nil` for those that the engine makes of a text.
  init?(_ declared: String, isStated: Bool) {
    guard let (type, bytes, range) = Self.known[declared] else { return nil }
    self.declared = declared
    column = delimited_column(
      type: type, bytes: bytes, low: range.lowerBound, high: range.upperBound, is_stated: isStated)
  }

  /// Text.
  static let text = DelimitedType(
    "VARCHAR", delimited_column(type: DELIMITED_AS_TEXT))
  /// Text as long as no value is seen.
  static let nothing = DelimitedType(
    "VARCHAR", delimited_column(type: DELIMITED_AS_NOTHING))

  private init(_ declared: String, _ column: delimited_column) {
    (self.declared, self.column) = (declared, column)
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

  private typealias Entry = (delimited_type, UInt8, ClosedRange<Int64>)

  /// Of integers their bytes and range as well.
  private static let known: [String: Entry] = [
    "VARCHAR": (DELIMITED_AS_TEXT, 0, 0...0),
    "BOOLEAN": (DELIMITED_AS_BOOLEAN, 0, 0...0),
    "TINYINT": (DELIMITED_AS_INTEGER, 1, -128...127),
    "SMALLINT": (DELIMITED_AS_INTEGER, 2, -32768...32767),
    "INTEGER": (DELIMITED_AS_INTEGER, 4, -2_147_483_648...2_147_483_647),
    "BIGINT": (DELIMITED_AS_INTEGER, 8, .min ... .max),
    "UTINYINT": (DELIMITED_AS_INTEGER, 1, 0...255),
    "USMALLINT": (DELIMITED_AS_INTEGER, 2, 0...65535),
    "UINTEGER": (DELIMITED_AS_INTEGER, 4, 0...4_294_967_295),
    "FLOAT": (DELIMITED_AS_FLOAT, 0, 0...0),
    "DOUBLE": (DELIMITED_AS_DOUBLE, 0, 0...0),
    "DATE": (DELIMITED_AS_DATE, 0, 0...0),
    "TIMESTAMP": (DELIMITED_AS_MOMENT, 0, 0...0),
    "TIMESTAMP_NS": (DELIMITED_AS_NANOSECONDS, 0, 0...0),
    "TIMESTAMP WITH TIME ZONE": (DELIMITED_AS_ZONED, 0, 0...0),
  ]
}

extension delimited_column {
  /// A column that needs no range.
  fileprivate init(type: delimited_type) {
    self.init(type: type, bytes: 0, low: 0, high: 0, is_stated: false)
  }
}
