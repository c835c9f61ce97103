import GateCore

/// The two notes of a Parquet footer on what a column's values are: one that old files have, and a newer one.
///
/// The engine goes by the older one and other readers by the newer one, so that notes which differ give other values.
enum ParquetNotes {
  /// Names of the older note, whose place is its number.
  private static let names = [
    "UTF8", "MAP", "MAP_KEY_VALUE", "LIST", "ENUM", "DECIMAL", "DATE", "TIME_MILLIS", "TIME_MICROS",
    "TIMESTAMP_MILLIS", "TIMESTAMP_MICROS", "UINT_8", "UINT_16", "UINT_32", "UINT_64", "INT_8",
    "INT_16", "INT_32", "INT_64", "JSON", "BSON", "INTERVAL",
  ]

  /// Refuses an element whose notes differ, or that lacks the one by which the engine would read what was written.
  static func check(_ element: ParquetSchema.Element) throws {
    let name = element.name
    let isDecimal = element.converted == 5 || element.logical?.member == 5
    guard isDecimal || (element.precision ?? 0) <= 0 else {
      throw ParquetDamage(
        "it says how many digits '\(name)' has, and not that they are those of a decimal")
    }
    guard let logical = element.logical, logical.member > 0 else { return }
    guard fits(logical, element) else {
      throw ParquetDamage("it says that '\(name)' holds \(word(logical)), which its type cannot")
    }
    guard let converted = element.converted else {
      guard !needsConverted(logical) else {
        throw Diagnostic(
          "column '\(name)' holds what the older of Parquet's two notes on a column does not say, by "
            + "which alone the engine reads it",
          hint: "write the file anew with pyarrow, Spark, Polars or DuckDB, which write both notes")
      }
      return
    }
    guard converted == 5, logical.member == 5 else {
      guard equals(of: logical).contains(converted) else {
        throw ParquetDamage(
          "it says in two places what '\(name)' holds, which differ: \(word(converted)) and "
            + word(logical))
      }
      return
    }
    guard element.scale ?? 0 == logical.scale, element.precision ?? 0 == logical.precision else {
      throw ParquetDamage("it says in two places how many digits '\(name)' has, which differ")
    }
  }

  /// The older notes that say what a newer one does; those of texts are read alike.
  private static func equals(of logical: ParquetSchema.Logical) -> [Int] {
    switch logical.member {
    case 1, 4, 12: [0, 4, 19]
    case 2: [1, 2]
    case 3: [3]
    case 6: [6]
    // There is none for nanoseconds, which both go by the newer note for.
    case 7: logical.unit == 1 ? [7] : logical.unit == 2 ? [8] : [7, 8]
    case 8: logical.unit == 1 ? [9] : logical.unit == 2 ? [10] : [9, 10]
    case 10: width(logical).map { [(logical.isSigned ? 15 : 11) + $0] } ?? []
    case 13: [20]
    default: []
    }
  }

  /// Whether values of a column's physical type may be what the newer note says.
  private static func fits(
    _ logical: ParquetSchema.Logical, _ element: ParquetSchema.Element
  ) -> Bool {
    guard let type = element.type else { return true }
    switch logical.member {
    case 1, 4, 12, 13: return type == 6
    case 5: return [1, 2, 6, 7].contains(type)
    case 6: return type == 1
    case 7: return type == (logical.unit == 1 ? 1 : 2)
    case 8: return type == 2
    case 10: return type == (logical.bits == 64 ? 2 : 1)
    case 14: return type == 7 && element.length == 16
    case 15: return type == 7 && element.length == 2
    default: return true
    }
  }

  /// Whether values are read as others where the older note is lost: texts, decimals, dates, and numbers of all bits
  /// without a sign.
  private static func needsConverted(_ logical: ParquetSchema.Logical) -> Bool {
    switch logical.member {
    case 1, 4, 5, 6, 12: true
    case 10: !logical.isSigned && logical.bits >= 32
    default: false
    }
  }

  /// The place of a width among 8, 16, 32 and 64 bits.
  private static func width(_ logical: ParquetSchema.Logical) -> Int? {
    [8, 16, 32, 64].firstIndex(of: logical.bits)
  }

  private static func word(_ converted: Int) -> String {
    names.indices.contains(converted) ? names[converted] : "note \(converted)"
  }

  private static func word(_ logical: ParquetSchema.Logical) -> String {
    let units = [1: "MILLIS", 2: "MICROS", 3: "NANOS"]
    switch logical.member {
    case 7: return "TIME(\(units[logical.unit] ?? "?"))"
    case 8: return "TIMESTAMP(\(units[logical.unit] ?? "?"))"
    case 10: return "INTEGER(\(logical.bits), \(logical.isSigned ? "signed" : "unsigned"))"
    default:
      let words = [
        1: "STRING", 2: "MAP", 3: "LIST", 4: "ENUM", 5: "DECIMAL", 6: "DATE", 11: "UNKNOWN",
        12: "JSON", 13: "BSON", 14: "UUID", 15: "FLOAT16", 16: "VARIANT", 17: "GEOMETRY",
        18: "GEOGRAPHY",
      ]
      return words[logical.member] ?? "kind \(logical.member)"
    }
  }
}
