import GateKit

/// What a table's files are, once looked at: the FROM clause that reads them, and their columns.
struct FileReader {
  /// Reads every row in file order.
  var sql: String
  /// The columns it gives, in order, with the engine's types.
  var columns: [(name: String, type: String)]

  /// Looks at the files of a table.
  static func open(
    _ source: TableSource, files all: [DataFile], on connection: DuckDBConnection
  ) throws -> FileReader {
    // A file that is held open is read by another path than its own, whose name says the format.
    let files = all.map { $0.state?.place ?? $0.path }
    guard let first = files.first else {
      throw Diagnostic(
        "\(source.name): no file was found at '\(source.path)'",
        hint: "mend the path; a glob must match at least one file")
    }
    let format = try format(of: first, source: source)
    for file in files where try Self.format(of: file, source: source) != format {
      throw Diagnostic(
        "\(source.name): '\(file)' and '\(first)' are of different formats; one was wanted",
        hint: "narrow the path, or set 'format'")
    }
    switch format {
    case .parquet: return try ParquetReader(source, all, connection).open()
    case _ where all.contains { !$0.partitions.isEmpty }:
      throw Diagnostic(
        "\(source.name): 'partitions' is for parquet, and '\(first)' is \(format)",
        hint: "write the column into the files, or write them as parquet")
    case .csv: return try CSVReader(source, files, connection).open()
    case .json:
      return try typed(
        source, files, connection, function: "read_json", options: json(source, files))
    }
  }

  /// A format of files.
  private enum Format { case csv, parquet, json }

  /// The options that make json lines strict, with the types found in all rows.
  private static func json(_ source: TableSource, _ files: [String]) -> String {
    let lines = !files.allSatisfy { $0.withoutGzip.hasSuffix(".json") }
    return ", format = '\(lines ? "newline_delimited" : "auto")', sample_size = -1"
      + ", maximum_object_size = 67108864, map_inference_threshold = -1, records = true"
      + ", dateformat = '%Y-%m-%d', union_by_name = true, hive_partitioning = false"
  }

  /// The format the manifest says, or the file's name.
  private static func format(
    of file: String, source: TableSource
  ) throws(Diagnostic) -> Format {
    switch source.format?.lowercased() {
    case "csv", "tsv": return .csv
    case "parquet": return .parquet
    case "json", "jsonl", "ndjson", "json lines", "jsonlines": return .json
    case .some(let other):
      throw Diagnostic(
        "\(source.name): the format is '\(other)'; csv, parquet or jsonl was wanted",
        hint: other.nearest(in: ["csv", "parquet", "jsonl"]).map { "did you mean '\($0)'?" })
    case nil: break
    }
    switch DataFormat(name: file) {
    case .csv, .tsv: return .csv
    case .parquet: return .parquet
    case .json: return .json
    case nil:
      throw Diagnostic(
        "\(source.name): the format of '\(file)' does not follow from its name; \(DataFormat.endings) "
          + "was wanted", hint: "set 'format' to csv, parquet or json")
    }
  }

  /// Files that carry their columns' types, each of which must have the same columns.
  private static func typed(
    _ source: TableSource, _ files: [String], _ connection: DuckDBConnection, function: String,
    options: String
  ) throws -> FileReader {
    var first: (file: String, columns: [(name: String, type: String)])?
    for file in files {
      let found = try columns(
        of: "\(function)([\(file.sqlText)]\(options))", connection,
        doing: "\(source.name): reading '\(file)'")
      if let first {
        try compare(found, of: file, with: first.columns, of: first.file, source: source)
      } else {
        first = (file, found)
      }
    }
    let list = "[\(files.map(\.sqlText).joined(separator: ", "))]"
    let found =
      files.count == 1
      ? first?.columns ?? []
      : try Self.columns(
        of: "\(function)(\(list)\(options))", connection,
        doing: "reading the files of \(source.name)")
    // The types are stated, so that no later query infers them again.
    let columns = try overridden(found, source)
    let types = columns.map { "\($0.name.sqlText): \($0.type.sqlText)" }
    return FileReader(
      sql: "\(function)(\(list)\(options), auto_detect = false"
        + ", columns = {\(types.joined(separator: ", "))})", columns: columns)
  }

  /// The columns with the types the manifest sets for some of them.
  static func overridden(
    _ columns: [(name: String, type: String)], _ source: TableSource
  ) throws(Diagnostic) -> [(name: String, type: String)] {
    for name in source.types.keys.sorted() where !columns.contains(where: { $0.name == name }) {
      throw Diagnostic(
        "\(source.name) has no column '\(name)' to set the type of",
        hint: name.nearest(in: columns.map(\.name)).map { "did you mean '\($0)'?" })
    }
    return columns.map { ($0.name, source.types[$0.name] ?? $0.type) }
  }

  /// The columns of a FROM clause.
  static func columns(
    of from: String, _ connection: DuckDBConnection, doing what: String
  ) throws -> [(name: String, type: String)] {
    let statement = try connection.prepare(
      "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(from))", doing: what)
    let found = try statement.run(doing: what).collect(capacity: 0).map(\.texts)
    return Array(zip(found[0], found[1]))
  }

  /// Refuses a file whose columns are not those of the first file.
  static func compare(
    _ found: [(name: String, type: String)], of file: String,
    with wanted: [(name: String, type: String)], of first: String, source: TableSource
  ) throws(Diagnostic) {
    try compareNames(found.map(\.name), of: file, with: wanted.map(\.name), of: first, source)
    let types = Dictionary(wanted.map { ($0.name, $0.type) }) { first, _ in first }
    for (name, type) in found where source.types[name] == nil {
      guard let other = types[name], type != other else { continue }
      if isNumber(type), isNumber(other) { continue }
      throw Diagnostic(
        "\(source.name): column '\(name)' is \(type) in '\(file)' and \(other) in '\(first)'",
        hint: "write the files with one type, or set it under 'types'")
    }
  }

  /// Refuses a file that lacks a column of the first file or has one more.
  static func compareNames(
    _ found: [String], of file: String, with wanted: [String], of first: String,
    _ source: TableSource
  ) throws(Diagnostic) {
    let (here, there) = (Set(found), Set(wanted))
    for name in wanted where !here.contains(name) {
      throw Diagnostic(
        "\(source.name): '\(file)' lacks the column '\(name)' that '\(first)' has",
        hint: "every file of a table must have the same columns")
    }
    for name in found where !there.contains(name) {
      throw Diagnostic(
        "\(source.name): '\(file)' has a column '\(name)' that '\(first)' lacks",
        hint: "every file of a table must have the same columns")
    }
  }

  /// Whether a type of the engine is a number, so that files may differ in its width.
  private static func isNumber(_ type: String) -> Bool {
    [
      "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
      "UBIGINT", "FLOAT", "DOUBLE",
    ].contains(type) || type.hasPrefix("DECIMAL")
  }
}

extension String {
  /// A file's name in lower case without `.gz`.
  fileprivate var withoutGzip: String {
    let name = lowercased()
    return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }
}

extension Column {
  /// The texts by row; empty for other kinds.
  var texts: [String] {
    guard case .strings(let codes, let dictionary) = values else { return [] }
    return codes.enumerated().map { isNull($0) ? "" : dictionary[Int($1)] }
  }
}
