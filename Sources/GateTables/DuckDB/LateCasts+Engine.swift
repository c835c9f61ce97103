import GateCore

extension LateCasts {
  /// Refuses an expression that casts such a column of `schema` to text.
  static func refuse(
    in expression: String, of schema: [ColumnType], on connection: DuckDBConnection,
    doing what: String
  ) throws(Diagnostic) {
    let bent = Dictionary(schema.filter { $0.bentCell != nil }.map { ($0.name.lowercased(), $0) }) {
      first, _ in first
    }
    guard !bent.isEmpty else { return }
    let words = expression.lowercased()
    guard bent.keys.contains(where: { words.contains($0) }) else { return }
    for name in names(in: try SQLUses.tree(of: expression, on: connection, doing: what)) {
      guard let column = bent[name.lowercased()], let cell = column.bentCell else { continue }
      throw mistake(column, cell, doing: what)
    }
  }

  /// The engine's words for text.
  private static let texts: Set<String> = [
    "varchar", "text", "string", "char", "bpchar", "nvarchar",
  ]

  /// The columns that are cast to text in a tree, but for those that a function gets: it may make the text whole.
  private static func names(in whole: JSON) -> [String] {
    var names: [String] = []
    var open = [whole]
    while let part = open.popLast() {
      switch part {
      case .array(let items): open += items.reversed()
      case .object(let members):
        if case .string("FUNCTION")? = value("class", of: members) { continue }
        if let name = cast(members) {
          names.append(name)
        } else {
          open += members.reversed().map(\.value)
        }
      default: break
      }
    }
    return names
  }

  /// The column that a node casts to text, if it does.
  private static func cast(_ members: [JSON.Member]) -> String? {
    guard case .string("CAST")? = value("class", of: members),
      case .object(let type)? = value("type_expr", of: members),
      case .string(let word)? = value("type_name", of: type), texts.contains(word.lowercased()),
      case .object(let child)? = value("child", of: members),
      case .array(let path)? = value("column_names", of: child), case .string(let name)? = path.last
    else { return nil }
    return name
  }

  /// The value under a key.
  private static func value(_ key: String, of members: [JSON.Member]) -> JSON? {
    members.first { $0.key == key }?.value
  }
}
