package import GateCore

/// What a table must be: a schema file, read and checked.
package struct TableSchema: Sendable {
  /// In the file's order.
  package var columns: [ColumnSchema]
  /// Whether a column that is not listed is a failure.
  package var isStrict: Bool
  /// Whether the listed columns must stand in this order.
  package var isOrdered: Bool
  /// Where rows are used; what differs between them names one.
  package var environments: [String]
  /// Further tables that checks look into, by the name they call them.
  package var tables: [(name: String, origin: TableOrigin)]
  /// What is asked of the table as a whole.
  package var rules: [SchemaRule]
  package var mark: Mark

  /// One column.
  package struct ColumnSchema: Sendable {
    package var name: String
    /// What its values are; nil: anything.
    package var type: ColumnKind?
    package var presence: Presence
    /// Why it is no longer looked at; nil: it is.
    package var deprecated: String?
    /// Environments that have it; nil: all.
    package var environments: [String]?
    package var rules: [SchemaRule]
    package var mark: Mark
  }

  /// Whether a column must be there.
  package enum Presence: String, Sendable, CaseIterable {
    case required, optional, forbidden
  }
}

/// What the values of a column are, in words that no engine owns, or a type as the engine declares it.
package enum ColumnKind: Sendable, Hashable {
  case number, integer, boolean, string, date, timestamp, list
  case declared(String)

  /// The words a schema may use.
  package static let words = [
    "number", "integer", "boolean", "string", "date", "timestamp", "list",
  ]

  /// Types as the engine declares them, without parameters.
  private static let engine: Set = [
    "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT",
    "UINTEGER", "UBIGINT",
    "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL", "VARCHAR", "BLOB", "BIT", "UUID", "DATE", "TIME",
    "TIME WITH TIME ZONE",
    "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE",
    "INTERVAL", "JSON", "STRUCT",
    "MAP", "UNION", "ENUM", "LIST",
  ]

  /// Reads a word, a type as the engine declares it, or one as SQL, pandas or Spark name it; nil: it is none that is known.
  package init?(_ text: String) {
    switch text {
    case "number", "float": self = .number
    case "integer", "int": self = .integer
    case "boolean", "bool": self = .boolean
    case "string", "str", "text": self = .string
    case "date": self = .date
    case "timestamp", "datetime": self = .timestamp
    case "list", "array": self = .list
    default:
      let upper = text.uppercased()
      let bare = upper.prefix { $0 != "(" }.trimmed
      // The names of a nested type's fields keep their case.
      if text.isNestedType {
        self = .declared(text)
      } else if upper.hasSuffix("]"), let element = ColumnKind(text.prefix { $0 != "[" }.trimmed) {
        self = .declared(
          (element.declaredWord ?? upper.prefix { $0 != "[" }.trimmed) + upper.drop { $0 != "[" })
      } else if Self.engine.contains(bare), bare != "VARCHAR" {
        self = .declared(upper)
      } else if let types = EngineTypes.declaredInSQL(text), types.count == 1 {
        self = Self.words.contains(types[0]) ? ColumnKind(types[0]) ?? .list : .declared(types[0])
      } else {
        return nil
      }
    }
  }

  /// The engine's type, where it is one.
  private var declaredWord: String? { if case .declared(let type) = self { type } else { nil } }

  /// Reads it of a schema; throws what is known where it is none.
  package init(_ node: Node) throws(Diagnostic) {
    let text = node.text ?? ""
    guard let kind = ColumnKind(text) else {
      let known = Self.words + Self.engine.sorted()
      throw Diagnostic(
        "unknown type \(node.found)", at: node.mark,
        hint: text.nearest(in: known).map { "did you mean '\($0)'?" }
          ?? "known are: \(Self.words.joined(separator: ", ")); and types as SQL names them, such as BIGINT or DECIMAL(10,2)"
      )
    }
    self = kind
  }

  /// As a schema has it.
  package var word: String {
    switch self {
    case .number: "number"
    case .integer: "integer"
    case .boolean: "boolean"
    case .string: "string"
    case .date: "date"
    case .timestamp: "timestamp"
    case .list: "list"
    case .declared(let type): type
    }
  }

  /// Whether a column that the engine declares so is of this kind; an integer is a number too.
  package func accepts(_ column: ColumnType) -> Bool {
    switch self {
    case .number: column.kind == .number || column.kind == .integer
    case .integer: column.kind == .integer
    case .boolean: column.kind == .boolean
    case .string: column.kind == .string
    case .date: column.declared == "DATE"
    case .timestamp: column.kind == .timestamp && column.declared != "DATE"
    case .list: column.declared.hasSuffix("]")
    // A bare name means the type whatever its parameters: DECIMAL is DECIMAL(10,2) too.
    case .declared(let type): column.declared == type || column.declared.hasPrefix(type + "(")
    }
  }
}

extension String {
  /// Whether it is an engine's type with names of its own in it.
  fileprivate var isNestedType: Bool {
    ["STRUCT(", "UNION(", "ENUM(", "MAP("].contains { contains($0) }
  }
}
