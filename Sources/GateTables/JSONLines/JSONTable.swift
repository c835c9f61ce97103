import GateCore
import GateSystem

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
    for name in source.types.names {
      let type = try StatedTypes.canonical(
        source.types[name] ?? "", of: name, source, connection)
      if type != "VARCHAR" { stated.append((name, type)) }
      asText.types[name] = "VARCHAR"
    }
    let (keys, long) = try JSONRows(source, files, connection).keys()
    let odd = try texts(of: long, &asText)
    let reader = try look(asText)
    try ColumnNames.check(keys, source.path, of: source.name)
    try connection.execute(
      "CREATE OR REPLACE TABLE \(table) AS SELECT * FROM \(reader.sql)", doing: what)
    for (file, digest) in zip(files, digests) {
      try FileDigest.compare(
        try self.digest(of: file), with: digest, of: file.place, in: source.name)
    }
    try refuseColumns(reader)
    var columns = reader.columns
    for place in columns.indices where asText.types[columns[place].name] == nil {
      columns[place].type = try JSONMoments.convert(
        columns[place].name, to: columns[place].type, of: table, connection, doing: what)
    }
    var types = StatedTypes(source, table: table, connection)
    for (name, type) in stated {
      try types.convert(name, to: type, dialect: TextDialect())
      for place in columns.indices where columns[place].name == name { columns[place].type = type }
    }
    return FileReader(sql: table, columns: columns, oddCells: odd)
  }

  /// Reads columns of numbers that no number type holds as text, as those of delimited text are; within a list or an
  /// object there is no text for them.
  private func texts(
    of long: [JSONRows.LongNumber], _ asText: inout TableSource
  ) throws(Diagnostic) -> [String: (odd: OddCell?, bent: OddCell?)] {
    var odd: [String: (odd: OddCell?, bent: OddCell?)] = [:]
    for number in long where asText.types[number.key] == nil {
      if number.isNested {
        throw Diagnostic(
          "\(source.name): '\(number.key)' holds \(number.cell.place), a whole number of more than 64 bits, of "
            + "which not every digit would be kept",
          hint: "read the column as text: \(Pasteable.types(number.key))")
      }
      asText.types[number.key] = "VARCHAR"
      odd[number.key] = (number.cell, nil)
    }
    return odd
  }

  /// Refuses a file that is one object whose columns hold all rows, which would be read as one row.
  private func refuseColumns(_ reader: FileReader) throws {
    guard !reader.columns.isEmpty, files.count == 1,
      reader.columns.allSatisfy({ reader.type($0.name, $0.type).isNested })
    else { return }
    let what = "counting the rows of \(source.name)"
    let counted = try connection.texts(
      "SELECT CAST(count(*) AS VARCHAR) FROM files.\(source.name.sqlName)", doing: what)
    guard counted == ["1"] else { return }
    throw Diagnostic(
      "\(source.name): '\(files[0].name)' holds one object of columns, each with the values of all rows, as "
        + "pandas writes it; an object a row was wanted",
      hint: "write it with df.to_json(path, orient=\"records\")")
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
}
