package import GateCore

/// Rows told apart by a hash of 64 bits over some columns.
///
/// Two rows that differ share one with a chance of 1 in 2^64 a pair: about 3 in 100 million for any pair of a million
/// rows.
enum RowKeys {
  /// The hash of a row as SQL; nulls are equal to each other.
  package static func hash(_ columns: [ColumnType]) -> String {
    "hash(\(columns.map(\.name.sqlName).joined(separator: ", ")))"
  }

  /// The same of two tables, so that equal values have equal hashes though their types differ.
  static func hashes(
    _ columns: [(ColumnType, ColumnType)]
  ) -> (String, String) {
    func side(_ chosen: (ColumnType, ColumnType) -> ColumnType) -> String {
      let parts = columns.map { mine, theirs in
        let name = chosen(mine, theirs).name.sqlName
        if mine.declared == theirs.declared { return name }
        let areNumbers = [mine, theirs].allSatisfy { $0.kind == .number || $0.kind == .integer }
        let own = chosen(mine, theirs)
        let key = own.key(beside: chosen(theirs, mine))
        if key != name { return key }
        return "CAST(\(name) AS \(areNumbers ? "DOUBLE" : "VARCHAR"))"
      }
      return "hash(\(parts.joined(separator: ", ")))"
    }
    return (side { mine, _ in mine }, side { _, theirs in theirs })
  }

  /// The hash of a row whose numbers are rounded to significant digits and whose texts lose case and punctuation.
  package static func near(_ columns: [ColumnType], digits: Int) -> String {
    let parts = columns.flatMap { column -> [String] in
      let x = column.name.sqlName
      switch column.kind {
      case .string: return [TextProfile.plain(x)]
      case .number:
        let scale =
          "CASE WHEN \(x) = 0 OR NOT isfinite(\(x)) THEN 0 ELSE floor(log10(abs(\(x)))) END"
        return [scale, "round(\(x) / pow(10, \(scale)), \(digits - 1))"]
      default: return [x]
      }
    }
    return "hash(\(parts.joined(separator: ", ")))"
  }
}

extension CheckContext {
  /// The columns that a model may look at: those the check names, else all but the label and the id.
  package func features() throws(Diagnostic) -> [ColumnType] {
    var left: Set<String> = Set([labelName, roles.id].compactMap(\.self))
    for node in self["except"]?.items ?? [] { left.insert(try named(node).name) }
    guard let items = self["columns"]?.items else {
      return table.columns.filter { !left.contains($0.name) }
    }
    var columns: [ColumnType] = []
    for node in items { columns.append(try named(node)) }
    return columns.filter { !left.contains($0.name) }
  }

  /// The label's name: what the check says, else the manifest.
  var labelName: String? { self["label"]?.text ?? roles.label }

  /// The label's column; nil: there is none.
  package func label() throws(Diagnostic) -> ColumnType? {
    if let node = self["label"] { return try named(node) }
    return roles.label.flatMap(table.column)
  }

  /// A SELECT of the rows whose key has several, or groups of which something else holds.
  package func rows(
    repeating key: String, among: String = "true", having: String = "count(*) > 1"
  ) -> String {
    let name = table.name.sqlName
    return "SELECT * FROM \(name) WHERE \(among) AND \(key) IN "
      + "(SELECT \(key) FROM \(name) WHERE \(among) GROUP BY 1 HAVING \(having))"
  }

  /// Which label a check is about.
  package static let label = Parameter(
    "label", "The label's column; default: the manifest's.", .text)
}
