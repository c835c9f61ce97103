import GateKit

/// Loads files of JSON into a table of the engine, from bytes that are those the run has hashed.
struct JSONTable {
  private let source: TableSource
  private let files: [DataFile]
  private let connection: DuckDBConnection

  init(_ source: TableSource, _ files: [DataFile], _ connection: DuckDBConnection) {
    (self.source, self.files, self.connection) = (source, files, connection)
  }

  /// Reads all files into the table `files.<name>`; `look` gives what reads them.
  func load(_ look: (TableSource) throws -> FileReader) throws -> FileReader {
    let digests = try files.map(digest)
    let table = "files.\(source.name.sqlName)"
    let what = "reading \(source.name)"
    // What a stated type is made of is the value's own text.
    var asText = source
    var stated: [(name: String, type: String)] = []
    for (name, type) in source.types.sorted(by: { $0.key < $1.key }) {
      let type = try StatedTypes.canonical(type, of: name, source, connection)
      if type != "VARCHAR" { stated.append((name, type)) }
      asText.types[name] = "VARCHAR"
    }
    let keys = try keys()
    let reader = try look(asText)
    try ColumnNames.check(keys, source.path, of: source.name)
    try connection.execute(
      "CREATE OR REPLACE TABLE \(table) AS SELECT * FROM \(reader.sql)", doing: what)
    for (file, digest) in zip(files, digests) {
      try FileDigest.compare(
        try self.digest(of: file), with: digest, of: file.place, in: source.name)
    }
    var columns = reader.columns
    var types = StatedTypes(source, table: table, connection)
    for (name, type) in stated {
      try types.convert(name, to: type, dialect: TextDialect())
      for place in columns.indices where columns[place].name == name { columns[place].type = type }
    }
    return FileReader(sql: table, columns: columns)
  }

  /// The digest of a file, whose gzip sums are checked on the way.
  private func digest(of recorded: DataFile) throws -> String {
    let file = recorded.place
    let isPacked = file.lowercased().hasSuffix(".gz")
    let digest =
      try isPacked
      ? FileDigest.ofPacked(file, in: source.name) : sha256(file: file, written: file).sha256
    try FileDigest.compare(
      digest, with: recorded.digest, of: file, in: source.name)
    return digest
  }

  /// The keys of all rows, in the order of their bytes; refuses rows that are no objects.
  private func keys() throws -> [String] {
    let what = "reading the keys of \(source.name)"
    let lines = files.allSatisfy {
      !$0.place.lowercased().hasSuffix(".json") && !$0.place.lowercased().hasSuffix(".json.gz")
    }
    let list = files.map(\.place.sqlText).joined(separator: ", ")
    let objects =
      "read_json_objects([\(list)], format = '\(lines ? "newline_delimited" : "auto")', "
      + "maximum_object_size = 67108864)"
    let statement = try connection.prepare(
      "SELECT DISTINCT unnest(CASE json_type(json) WHEN 'OBJECT' THEN json_keys(json) ELSE [NULL] END) "
        + "AS key FROM \(objects)", doing: what)
    let keys = try statement.run(doing: what).collect(capacity: 0).first
    if let keys, (0..<keys.count).contains(where: { keys.isNull($0) }) {
      throw try noObject(in: objects, isLine: lines)
    }
    return (keys?.texts ?? []).map { ExactText($0) }.sorted().map(\.text)
  }

  /// That a row is no object, with the first such.
  private func noObject(in objects: String, isLine: Bool) throws -> Diagnostic {
    let what = "reading \(source.name)"
    let found = try connection.prepare(
      "SELECT n, json::VARCHAR FROM (SELECT row_number() OVER () AS n, json FROM \(objects)) "
        + "WHERE json_type(json) <> 'OBJECT' ORDER BY n LIMIT 1", doing: what
    ).run(doing: what).collect(capacity: 1)
    let text = found.last?.texts.first ?? ""
    var number = ""
    if case .integers(let rows)? = found.first?.values {
      number = rows.first.map { " \($0)" } ?? ""
    }
    return Diagnostic(
      "\(source.name): row\(number) of '\(source.path)' is '\(text.shortened)'; an object was wanted",
      hint: "write every row as {\"column\": value}\(isLine ? " on a line of its own" : "")")
  }
}
