import GateKit

/// Reads csv strictly: a header, one dialect, as many cells in each row, types found in all rows.
struct CSVReader {
  private let source: TableSource
  private let files: [String]
  private let connection: DuckDBConnection

  init(_ source: TableSource, _ files: [String], _ connection: DuckDBConnection) {
    self.source = source
    self.files = files
    self.connection = connection
  }

  /// Bytes a row may have, and what a reading buffer is given for that.
  private static let longestRow = 67_108_864

  /// Rows looked at before all are, to see which columns are text.
  private static let sample = 4096

  /// Files with the same header, which one call can read.
  private struct Group {
    var separator: Character
    var names: [String]
    var files: [String]
  }

  /// Reads the headers, infers the types, and gives the clause that reads with both.
  func open() throws -> FileReader {
    var groups: [Group] = []
    for file in files {
      let line = try header(of: file)
      let separator = separator(of: file, line)
      let names = try names(in: line, separator, file)
      if let first = groups.first {
        try FileReader.compareNames(
          names, of: file, with: first.names, of: first.files[0], source)
      }
      if let last = groups.last, last.names == names, last.separator == separator {
        groups[groups.count - 1].files.append(file)
      } else {
        groups.append(Group(separator: separator, names: names, files: [file]))
      }
    }
    let names = groups[0].names
    let text = try FileReader.overridden(names.map { ($0, "VARCHAR") }, source, on: connection)
    let types = try infer(names.filter { source.types[$0] == nil }, groups)
    let columns = text.map { ($0.name, source.types[$0.name] ?? types[$0.name] ?? $0.type) }
    return FileReader(sql: clause(groups, columns), columns: columns)
  }

  /// The first line of a file.
  private func header(of file: String) throws -> String {
    let what = "reading the header of '\(file)'"
    let statement = try connection.prepare(
      "SELECT line FROM read_csv([\(file.sqlText)], columns = {'line': 'VARCHAR'}, "
        + "delim = '\u{1}', quote = '', escape = '', header = false, auto_detect = false, "
        + "max_line_size = \(Self.longestRow)) LIMIT 1", doing: what)
    guard let line = try statement.run(doing: what).collect(capacity: 1).first?.texts.first else {
      throw Diagnostic(
        "\(source.name): '\(file)' is empty; a header line with the columns' names was wanted")
    }
    return line
  }

  /// What separates the cells: a tab in .tsv, else what is most frequent in the header.
  private func separator(of file: String, _ line: String) -> Character {
    let name = file.lowercased()
    if source.format == "tsv" || name.hasSuffix(".tsv") || name.hasSuffix(".tsv.gz") { return "\t" }
    var counts: [Character: Int] = [:]
    var quoted = false
    for character in line {
      if character == "\"" { quoted.toggle() }
      if !quoted { counts[character, default: 0] += 1 }
    }
    var best: Character = ","
    for other: Character in [";", "\t", "|"]
    where counts[other, default: 0] > counts[best, default: 0] {
      best = other
    }
    return best
  }

  /// The columns' names in a header line, each once.
  private func names(
    in line: String, _ separator: Character, _ file: String
  ) throws(Diagnostic) -> [String] {
    var names = [""]
    var quoted = false
    var afterQuote = false
    for character in line {
      if character == "\"" {
        if afterQuote { names[names.count - 1].append("\"") }
        quoted.toggle()
        afterQuote = !quoted
        continue
      }
      afterQuote = false
      if character == separator, !quoted {
        names.append("")
      } else {
        names[names.count - 1].append(character)
      }
    }
    guard !quoted else {
      throw Diagnostic("\(source.name): the header of '\(file)' has a quote that is not closed")
    }
    var seen: Set<String> = []
    for index in names.indices {
      if names[index].allSatisfy(\.isWhitespace) { names[index] = "column\(index)" }
      guard seen.insert(names[index].lowercased()).inserted else {
        throw Diagnostic(
          "\(source.name): '\(file)' has two columns '\(names[index])'; names that differ in more "
            + "than upper and lower case were wanted")
      }
    }
    return names
  }

  /// The call that reads all groups, in file order.
  private func clause(_ groups: [Group], _ columns: [(name: String, type: String)]) -> String {
    let types = Dictionary(columns) { first, _ in first }
    let calls = groups.map { group in
      let list = group.names.map { "\($0.sqlText): \((types[$0] ?? "VARCHAR").sqlText)" }
      return "read_csv([\(group.files.map(\.sqlText).joined(separator: ", "))], "
        + "columns = {\(list.joined(separator: ", "))}, delim = \(String(group.separator).sqlText), "
        + "quote = '\"', escape = '\"', header = true, auto_detect = false, nullstr = '', "
        + "null_padding = false, strict_mode = true, hive_partitioning = false, "
        + "max_line_size = \(Self.longestRow))"
    }
    if calls.count == 1 { return calls[0] }
    let all = calls.map { "SELECT * FROM \($0)" }.joined(separator: " UNION ALL BY NAME ")
    return "(\(all))"
  }

  /// The narrowest type that holds every cell of each column; text unless all cells fit another.
  private func infer(_ names: [String], _ groups: [Group]) throws -> [String: String] {
    let from = clause(groups, names.map { ($0, "VARCHAR") })
    let what = "reading \(source.name)"
    let sampled = try kinds(names, after: [:], "(SELECT * FROM \(from) LIMIT \(Self.sample))", what)
    let open = names.filter { !(sampled[$0] ?? .none).isText }
    let all = try kinds(open, after: sampled, from, what)
    return all.mapValues(\.type)
  }

  /// What the cells of each column look like.
  private func kinds(
    _ names: [String], after sampled: [String: CellKinds], _ from: String, _ what: String
  ) throws -> [String: CellKinds] {
    if names.isEmpty || names.count > Self.wide { return try kindsOfWide(names, from, what) }
    let items = names.map {
      "coalesce(bit_or(\(CellKinds.sql($0.sqlName, likely: sampled[$0]))), 0)::BIGINT"
    }
    let statement = try connection.prepare(
      "SELECT \(items.joined(separator: ", ")) FROM \(from)", doing: what)
    let row = try statement.run(doing: what).collect(capacity: 1)
    return Dictionary(
      uniqueKeysWithValues: zip(names, row).map { name, column in
        guard case .integers(let bits) = column.values, let first = bits.first else {
          return (name, .none)
        }
        return (name, CellKinds(bits: first))
      })
  }

  /// Columns from which on cells are looked at as rows of one column: the engine takes time by the
  /// square of the number of aggregates.
  private static let wide = 200

  /// The same for many columns.
  private func kindsOfWide(
    _ names: [String], _ from: String, _ what: String
  ) throws -> [String: CellKinds] {
    if names.isEmpty { return [:] }
    let list = names.map(\.sqlName).joined(separator: ", ")
    let statement = try connection.prepare(
      "SELECT name, bit_or(\(CellKinds.sql("value")))::BIGINT FROM "
        + "(UNPIVOT (SELECT \(list) FROM \(from)) ON COLUMNS(*) INTO NAME name VALUE value) "
        + "GROUP BY name", doing: what)
    let found = try statement.run(doing: what).collect(capacity: names.count)
    guard case .integers(let bits) = found[1].values else { return [:] }
    return Dictionary(uniqueKeysWithValues: zip(found[0].texts, bits.map(CellKinds.init(bits:))))
  }
}

/// The kinds of cell seen in a column, a bit each.
private struct CellKinds {
  let bits: Int64

  /// No cell seen.
  static var none: CellKinds { CellKinds(bits: 0) }

  /// The bit of a cell's kind; only forms that no two readers would take differently are recognised.
  static func sql(_ x: String, likely: CellKinds? = nil) -> String {
    """
    CASE WHEN \(x) IS NULL THEN 0 \(shortcut(x, likely))
    WHEN regexp_full_match(\(x), '[+-]?[0-9]+')
    THEN CASE WHEN TRY_CAST(\(x) AS BIGINT) IS NULL THEN 64 ELSE 1 END
    WHEN regexp_full_match(\(x), '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?(?i:nan|inf|infinity)')
    THEN CASE WHEN TRY_CAST(\(x) AS DOUBLE) IS NULL THEN 64 ELSE 2 END
    WHEN lower(\(x)) IN ('true', 'false') THEN 4
    WHEN regexp_full_match(\(x), '[0-9]{4}-[0-9]{2}-[0-9]{2}')
    THEN CASE WHEN TRY_CAST(\(x) AS DATE) IS NULL THEN 64 ELSE 8 END
    WHEN regexp_full_match(\(x), '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?')
    THEN CASE WHEN TRY_CAST(\(x) AS TIMESTAMP) IS NULL THEN 64 ELSE 16 END
    WHEN regexp_full_match(\(x), '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}(:?[0-9]{2})?)')
    THEN CASE WHEN TRY_CAST(\(x) AS TIMESTAMPTZ) IS NULL THEN 64 ELSE 32 END
    ELSE 64 END
    """
  }

  /// A cheaper test of the kind a sample showed, which holds for no cell that the full one takes
  /// otherwise.
  private static func shortcut(_ x: String, _ likely: CellKinds?) -> String {
    switch likely?.type {
    case "BIGINT": "WHEN TRY_CAST(\(x) AS BIGINT)::VARCHAR = \(x) THEN 1"
    case "DOUBLE":
      "WHEN length(\(x)) BETWEEN 1 AND 24 AND contains(\(x), '.') AND NOT contains(\(x), '_') "
        + "AND NOT contains(\(x), ' ') AND TRY_CAST(\(x) AS DOUBLE) IS NOT NULL THEN 2"
    case "DATE": "WHEN TRY_CAST(\(x) AS DATE)::VARCHAR = \(x) THEN 8"
    case "TIMESTAMP": "WHEN TRY_CAST(\(x) AS TIMESTAMP)::VARCHAR = \(x) THEN 16"
    default: ""
    }
  }

  /// Whether only text holds all of them.
  var isText: Bool { bits != 0 && type == "VARCHAR" }

  /// The type that holds all of them.
  var type: String {
    switch bits {
    case 1: "BIGINT"
    case 2, 3: "DOUBLE"
    case 4: "BOOLEAN"
    case 8: "DATE"
    case 16, 24: "TIMESTAMP"
    case 32, 48, 40, 56: "TIMESTAMP WITH TIME ZONE"
    default: "VARCHAR"
    }
  }
}
