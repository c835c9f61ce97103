import GateCore
import GateSystem

/// What a table's files are, once looked at: the FROM clause that reads them, and their columns.
struct FileReader {
  /// Reads every row in file order.
  var sql: String
  /// The columns it gives, in order, with the engine's types.
  var columns: [(name: String, type: String)]
  /// Of columns of delimited text, the first cell that is no number, and the first whose text its value does not keep.
  var oddCells: [String: (odd: OddCell?, bent: OddCell?)] = [:]
  /// Whether what it gives may be NaN: of delimited text that is a missing value when it is read.
  var mayBeNaN = true
  /// The columns in which a view puts null in place of NaN.
  var reals: [String] = []
  /// How delimited text was read; nil: it is none.
  var dialect: TextDialect?

  /// SHA-256 of the files of text that were hashed as they were read.
  var digests: [ExactText: String] = [:]

  /// A column of it, or of what is derived from it.
  func type(_ name: String, _ declared: String, isDerived: Bool = false) -> ColumnType {
    ColumnType(
      name: name, kind: VectorType.kind(declared: declared), declared: declared,
      oddCell: oddCells[name]?.odd, bentCell: oddCells[name]?.bent,
      dialect: isDerived ? nil : dialect)
  }

  /// What asks its rows how their text is written.
  func text(on connection: DuckDBConnection) -> DialectAdvice.Rows {
    DialectAdvice.Rows(
      source: sql, columns: columns.map { type($0.name, $0.type) },
      query: { try DuckDBQuery.rows($0, on: connection, doing: "looking at the cells") })
  }

  /// Looks at the files of a table; those of text are read into a table of the engine.
  static func open(
    _ source: TableSource, files all: [DataFile], on connection: DuckDBConnection,
    _ resources: Resources
  ) throws -> FileReader {
    // A file that is held open is read by another path than its own, whose name says the format.
    let files = all.map(\.place)
    guard let first = files.first else {
      throw Diagnostic(
        "\(source.name): no file was found at '\(source.path)'",
        hint: "correct the path; a glob must match at least one file")
    }
    let format = try format(of: first, source: source)
    for file in files where try Self.format(of: file, source: source) != format {
      throw Diagnostic(
        "\(source.name): '\(file)' and '\(first)' are of different formats; one was wanted",
        hint: "narrow the path, or set 'format'")
    }
    if format != .csv, source.csv != TextDialect() {
      throw Diagnostic(
        "\(source.name): 'csv' says how delimited text is written, and '\(first)' is none",
        hint: "leave 'csv' out where the files are \(format == .parquet ? "parquet" : "json")")
    }
    /// Reads some files, those of text into a table of the engine.
    func load(_ source: TableSource, _ files: [DataFile]) throws -> FileReader {
      switch format {
      case .parquet: return try ParquetReader(source, files, connection).open()
      case .csv:
        var table = DelimitedTable(source, files, connection, resources)
        return try table.load()
      case .json:
        let places = files.map(\.place)
        return try JSONTable(source, files, connection).load { source in
          try typed(
            source, places, connection, function: "read_json", options: json(source, places))
        }
      }
    }
    func rows(_ file: DataFile) throws -> Int { try count(file, of: source, on: connection, load) }
    try TwinFiles(source, rows: rows).refuse(all)
    if format == .parquet { return try load(source, all) }
    let partitions = PartitionColumns(all, source)
    let reader = try load(partitions.plain, all)
    if partitions.given.isEmpty { return reader }
    return try partitions.added(to: reader, rows: all.map(rows), on: connection)
  }

  /// The rows of one file, which are counted by a table of its own that goes again.
  private static func count(
    _ file: DataFile, of source: TableSource, on connection: DuckDBConnection,
    _ load: (TableSource, [DataFile]) throws -> FileReader
  ) throws -> Int {
    var part = TableSource(name: source.name + " in part", path: source.path, csv: source.csv)
    part.format = source.format
    var file = file
    file.partitions = []
    let own = try load(part, [file])
    let counted = try connection.prepare(
      "SELECT count(*) FROM \(own.sql)", doing: "counting rows"
    )
    .run(doing: "counting rows").collect(capacity: 1)
    if own.sql.hasPrefix("files.") {
      try connection.execute("DROP TABLE \(own.sql)", doing: "counting rows")
    }
    guard case .integers(let count)? = counted.first?.values else { return 0 }
    return Int(count.first ?? 0)
  }

  /// The columns whose values do not keep the text of every cell.
  var bentColumns: [ColumnType] {
    columns.map { type($0.name, $0.type) }.filter { $0.bentCell != nil }
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
          + "was wanted", hint: hint(for: file))
    }
  }

  /// What to do with a file whose name is of no format: what its ending shows, or what it may be.
  private static func hint(for file: String) -> String {
    let name = file.lowercased()
    let hints: [(endings: [String], hint: String)] = [
      ([".xlsx", ".xls", ".ods"], "save the sheet as CSV"),
      ([".zst", ".zstd", ".xz", ".bz2", ".zip", ".7z", ".lz4"], "unpack it, or pack it with gzip"),
      (
        [".feather", ".arrow", ".avro", ".orc", ".sqlite", ".db", ".sav", ".dta", ".pkl", ".h5"],
        "write it as Parquet, as in pandas: df.to_parquet('data.parquet')"
      ),
    ]
    return hints.first { $0.endings.contains(where: name.hasSuffix) }?.hint
      ?? "set 'format' to csv, parquet or json"
  }

  /// Files that carry their columns' types, each of which must have the same columns.
  private static func typed(
    _ source: TableSource, _ files: [String], _ connection: DuckDBConnection, function: String,
    options: String
  ) throws -> FileReader {
    var all: [(file: String, columns: [(name: String, type: String)])] = []
    for file in files {
      let what = "\(source.name): reading '\(file)'"
      let found = try columns(
        of: "\(function)([\(file.sqlText)]\(options))", connection, doing: what
      ).map { (name: $0.name, type: JSONMoments.kept($0.type)) }
      if found.contains(where: { $0.name.contains("_") || $0.type.contains("_") }) {
        // The engine numbers names that it takes for the same, as in 'age_1': then the file is looked at.
        try ColumnNames.ofJSON(file, on: connection, doing: what).check(file, of: source.name)
      }
      if let first = all.first {
        try compare(found, of: file, with: first.columns, of: first.file, source: source)
      }
      all.append((file, found))
    }
    let list = "[\(files.map(\.sqlText).joined(separator: ", "))]"
    let found =
      files.count == 1
      ? all.first?.columns ?? []
      : try Self.columns(
        of: "\(function)(\(list)\(options))", connection,
        doing: "reading the files of \(source.name)"
      ).map { (name: $0.name, type: JSONMoments.kept($0.type)) }
    // The types are stated, so that no later query infers them again.
    let columns = try overridden(found, source, on: connection)
    let types = columns.map { column in
      let type = source.types[column.name] ?? JSONMoments.first(column.type)
      return "\(column.name.sqlText): \(type.sqlText)"
    }
    return FileReader(
      sql: "\(function)(\(list)\(options), auto_detect = false"
        + ", columns = {\(types.joined(separator: ", "))})", columns: columns)
  }

  /// The columns as the types wanted, where no value is lost by that.
  func casting(
    to wanted: [(name: String, type: String)], _ source: TableSource,
    on connection: DuckDBConnection
  ) throws -> FileReader {
    let casts = zip(columns, wanted).map { found, wanted in
      StrictCast(column: found.name, from: found.type, to: wanted.type)
    }.filter { $0.from != $0.to }
    if casts.isEmpty { return self }
    try StrictCast.check(casts, from: sql, of: source.name, on: connection)
    let items = casts.map { "\($0.sql) AS \($0.column.sqlName)" }
    return FileReader(
      sql: "(SELECT * REPLACE (\(items.joined(separator: ", "))) FROM \(sql))", columns: wanted)
  }

  /// The columns with the types the manifest sets for some of them.
  static func overridden(
    _ columns: [(name: String, type: String)], _ source: TableSource,
    on connection: DuckDBConnection
  ) throws(Diagnostic) -> [(name: String, type: String)] {
    for name in source.types.names
    where !columns.contains(where: { $0.name.isSame(as: name) }) {
      throw Diagnostic(
        "\(source.name) has no column '\(name)' to set the type of",
        hint: name.meant(among: columns.map(\.name)))
    }
    return try columns.map { column throws(Diagnostic) in
      guard let type = source.types[column.name] else { return column }
      let what = "\(source.name): the type of '\(column.name)'"
      return (column.name, try StrictCast.canonical(type, on: connection, doing: what))
    }
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
