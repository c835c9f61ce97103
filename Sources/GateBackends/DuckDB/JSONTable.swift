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
    let reader = try look(asText)
    try refuseRepeatedKeys()
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

  /// Refuses rows that have a key twice, and keys that differ in case alone, of which the engine makes others.
  private func refuseRepeatedKeys() throws {
    let what = "reading the keys of \(source.name)"
    let lines = files.allSatisfy {
      !$0.place.lowercased().hasSuffix(".json") && !$0.place.lowercased().hasSuffix(".json.gz")
    }
    let list = files.map(\.place.sqlText).joined(separator: ", ")
    let statement = try connection.prepare(
      "SELECT DISTINCT unnest(json_keys(json)) AS key FROM read_json_objects([\(list)], format = "
        + "'\(lines ? "newline_delimited" : "auto")', maximum_object_size = 67108864)", doing: what)
    var seen: [String: String] = [:]
    for key in try statement.run(doing: what).collect(capacity: 0).first?.texts ?? [] {
      guard let other = seen.updateValue(key, forKey: key.lowercased()), other != key else {
        continue
      }
      let names = [key, other].sorted()
      throw Diagnostic(
        "\(source.name): '\(source.path)' has keys '\(names[0])' and '\(names[1])'; names that "
          + "differ in more than upper and lower case were wanted",
        hint: "rename one of them in the file")
    }
  }
}
