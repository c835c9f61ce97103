import GateCore

/// Names of types in the engines that schemas and suites are written for, as the engine here declares them.
enum EngineTypes {
  /// What a type is declared as here; nil: the name is not known.
  ///
  /// Parameters, as of `VARCHAR(20)`, are passed over, but for a time zone, as of `datetime64[ns, UTC]`.
  package static func declared(_ name: String) -> [String]? {
    if let types = exact[name] { return types }
    if isZoned(name) { return ["TIMESTAMP WITH TIME ZONE"] }
    // Types of ClickHouse say so themselves where a value may be missing.
    for wrapper in ["Nullable(", "LowCardinality("] where name.hasPrefix(wrapper) {
      return declared(String(name.dropFirst(wrapper.count).dropLast()))
    }
    let bare = name.prefix { !"([<".contains($0) }.trimmed
    if let types = exact[bare] { return types }
    let upper = bare.uppercased()
    return sql[upper] ?? sql[upper.replacing("_", with: " ")]
  }

  /// The same, where the name is one of SQL.
  static func declaredInSQL(_ name: String) -> [String]? {
    sql[name.prefix { $0 != "(" }.trimmed.uppercased()] ?? declared(name)
  }

  /// Whether it is a time stamp of pandas, Arrow or Polars with a time zone.
  private static func isZoned(_ name: String) -> Bool {
    if name.hasPrefix("DatetimeTZDtype") { return true }
    guard let types = exact[name.prefix { !"([<".contains($0) }.trimmed],
      types == moments || types == naive
    else { return false }
    return name.hasPrefix("datetime64[") && name.contains(",")
      || ["tz=", "time_zone='", "time_zone=\""].contains {
        name.contains($0) && !name.contains("tz=None")
      }
  }

  private static let moments = ["timestamp"]
  /// Without a time zone, in each unit.
  private static let naive = ["TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S"]
  /// What pandas keeps as Python's own objects.
  private static let objects = [
    "VARCHAR", "DATE", "TIME", "DECIMAL", "BLOB", "UUID", "list", "STRUCT", "MAP",
  ]

  /// Names of numpy, pandas, Python, Polars and Spark, which tell capitals from small letters.
  private static let exact: [String: [String]] = [
    "int": ["BIGINT"], "int_": ["BIGINT"], "int64": ["BIGINT"], "Int64": ["BIGINT"],
    "int32": ["INTEGER"], "Int32": ["INTEGER"], "int16": ["SMALLINT"], "Int16": ["SMALLINT"],
    "int8": ["TINYINT"], "Int8": ["TINYINT"], "uint": ["UBIGINT"], "uint64": ["UBIGINT"],
    "UInt64": ["UBIGINT"], "uint32": ["UINTEGER"], "UInt32": ["UINTEGER"],
    "uint16": ["USMALLINT"], "UInt16": ["USMALLINT"], "uint8": ["UTINYINT"],
    "UInt8": ["UTINYINT"], "float": ["DOUBLE"], "float_": ["DOUBLE"], "float64": ["DOUBLE"],
    "Float64": ["DOUBLE"], "float32": ["FLOAT"], "Float32": ["FLOAT"], "float16": ["FLOAT"],
    "bool": ["BOOLEAN"], "bool_": ["BOOLEAN"], "boolean": ["BOOLEAN"], "Boolean": ["BOOLEAN"],
    "str": ["VARCHAR"], "str_": ["VARCHAR"], "string": ["VARCHAR"], "String": ["VARCHAR"],
    "Utf8": ["VARCHAR"], "unicode": ["VARCHAR"], "object": objects, "object_": objects,
    "O": objects, "dtype('O')": objects, "bytes": ["BLOB"], "Binary": ["BLOB"],
    "list": ["list"], "tuple": ["list"], "ndarray": ["list"], "List": ["list"],
    "dict": ["STRUCT", "MAP"], "Decimal": ["DECIMAL"], "Date": ["DATE"], "date": ["DATE"],
    "Time": ["TIME"], "time": ["TIME"], "datetime64": naive, "datetime": moments,
    "Datetime": moments, "Timestamp": moments, "timestamp": moments, "datetime_": moments,
    "timedelta64": ["INTERVAL"], "timedelta": ["INTERVAL"], "Timedelta": ["INTERVAL"],
    "Duration": ["INTERVAL"], "UUID": ["UUID"],
    "ByteType": ["TINYINT"], "ShortType": ["SMALLINT"], "IntegerType": ["INTEGER"],
    "LongType": ["BIGINT"], "FloatType": ["FLOAT"], "DoubleType": ["DOUBLE"],
    "DecimalType": ["DECIMAL"], "StringType": ["VARCHAR"], "VarcharType": ["VARCHAR"],
    "CharType": ["VARCHAR"], "BinaryType": ["BLOB"], "BooleanType": ["BOOLEAN"],
    "DateType": ["DATE"], "TimestampType": moments, "TimestampNTZType": moments,
    "ArrayType": ["list"], "MapType": ["MAP"], "StructType": ["STRUCT"],
  ]

  /// Names of SQL in its dialects, in capitals: PostgreSQL, Redshift, Snowflake, BigQuery, SQL Server, MySQL, SQLite.
  private static let sql: [String: [String]] = [
    "TINYINT": ["TINYINT"], "BYTEINT": ["TINYINT"], "INT1": ["TINYINT"],
    "SMALLINT": ["SMALLINT"], "INT2": ["SMALLINT"], "SMALLSERIAL": ["SMALLINT"],
    "INTEGER": ["INTEGER"], "INT": ["INTEGER"], "INT4": ["INTEGER"], "MEDIUMINT": ["INTEGER"],
    "SERIAL": ["INTEGER"], "BIGINT": ["BIGINT"], "INT8": ["BIGINT"], "INT64": ["BIGINT"],
    "LONG": ["BIGINT"], "BIGSERIAL": ["BIGINT"], "HUGEINT": ["HUGEINT"],
    "UBIGINT": ["UBIGINT"], "UINTEGER": ["UINTEGER"], "USMALLINT": ["USMALLINT"],
    "UTINYINT": ["UTINYINT"],
    "REAL": ["FLOAT"], "FLOAT4": ["FLOAT"], "FLOAT": ["DOUBLE"], "FLOAT8": ["DOUBLE"],
    "FLOAT64": ["DOUBLE"], "DOUBLE": ["DOUBLE"], "DOUBLE PRECISION": ["DOUBLE"],
    "NUMERIC": ["DECIMAL"], "DECIMAL": ["DECIMAL"], "DEC": ["DECIMAL"], "NUMBER": ["DECIMAL"],
    "BIGNUMERIC": ["DECIMAL"], "MONEY": ["DECIMAL"], "SMALLMONEY": ["DECIMAL"],
    "VARCHAR": ["VARCHAR"], "VARCHAR2": ["VARCHAR"], "NVARCHAR": ["VARCHAR"],
    "NVARCHAR2": ["VARCHAR"], "CHAR": ["VARCHAR"], "NCHAR": ["VARCHAR"], "BPCHAR": ["VARCHAR"],
    "CHARACTER": ["VARCHAR"], "CHARACTER VARYING": ["VARCHAR"], "TEXT": ["VARCHAR"],
    "NTEXT": ["VARCHAR"], "TINYTEXT": ["VARCHAR"], "MEDIUMTEXT": ["VARCHAR"],
    "LONGTEXT": ["VARCHAR"], "STRING": ["VARCHAR"], "CLOB": ["VARCHAR"], "CITEXT": ["VARCHAR"],
    "BOOLEAN": ["BOOLEAN"], "BOOL": ["BOOLEAN"], "BIT": ["BOOLEAN"],
    "DATE": ["DATE"], "DATE32": ["DATE"], "DATETIME64": moments, "TIME": ["TIME"],
    "DATETIME": moments, "DATETIME2": moments,
    "SMALLDATETIME": moments, "DATETIMEOFFSET": ["TIMESTAMP WITH TIME ZONE"],
    "TIMESTAMP": moments, "TIMESTAMP WITHOUT TIME ZONE": moments,
    "TIMESTAMP NTZ": ["TIMESTAMP"], "TIMESTAMP LTZ": ["TIMESTAMP WITH TIME ZONE"],
    "TIMESTAMP TZ": ["TIMESTAMP WITH TIME ZONE"], "TIMESTAMPTZ": ["TIMESTAMP WITH TIME ZONE"],
    "TIMESTAMP WITH TIME ZONE": ["TIMESTAMP WITH TIME ZONE"], "INTERVAL": ["INTERVAL"],
    "BINARY": ["BLOB"], "VARBINARY": ["BLOB"], "BYTEA": ["BLOB"], "BYTES": ["BLOB"],
    "BLOB": ["BLOB"], "UNIQUEIDENTIFIER": ["UUID"], "JSON": ["JSON"], "JSONB": ["JSON"],
    "ARRAY": ["list"], "STRUCT": ["STRUCT"], "RECORD": ["STRUCT"], "MAP": ["MAP"],
  ]
}
