import GateKit

/// Reads the parquet files of a table, each of which must have the same columns, with the columns of its folders.
struct ParquetReader {
  private let source: TableSource
  private let files: [DataFile]
  private let connection: DuckDBConnection

  /// Looks at nothing yet.
  init(_ source: TableSource, _ files: [DataFile], _ connection: DuckDBConnection) {
    self.source = source
    self.files = files
    self.connection = connection
  }

  /// Looks at every file's columns.
  func open() throws -> FileReader {
    var first: (file: String, columns: [(name: String, type: String)])?
    for file in files {
      let found = try columns(of: reading([file]), doing: "reading '\(file.name)'")
      if let first {
        try FileReader.compare(
          found, of: file.name, with: first.columns, of: first.file, source: source)
      } else {
        first = (file.name, found)
      }
    }
    let own =
      files.count == 1
      ? first?.columns ?? []
      : try columns(of: reading(files), doing: "reading the files of \(source.name)")
    let given = try partitions(beside: own)
    let known = own + given.map { ($0.name, $0.type) }
    let columns = try FileReader.overridden(known, source)
    if given.isEmpty, source.types.isEmpty {
      return FileReader(sql: reading(files), columns: columns)
    }
    let values = own.map(\.name.sqlName) + given.map(\.sql)
    let items = zip(columns, values).map { column, value in
      let isGiven = source.types[column.name] != nil
      return (isGiven ? "CAST(\(value) AS \(column.type))" : value) + " AS \(column.name.sqlName)"
    }
    return FileReader(
      sql: "(SELECT \(items.joined(separator: ", ")) FROM \(reading(files)))", columns: columns)
  }

  /// The columns that the folders give, each as SQL over the number of a row's file.
  private func partitions(
    beside own: [(name: String, type: String)]
  ) throws(Diagnostic) -> [(name: String, type: String, sql: String)] {
    var given: [(name: String, type: String, sql: String)] = []
    for (place, partition) in (files.first?.partitions ?? []).enumerated() {
      let name = partition.name
      if own.contains(where: { $0.name.lowercased() == name.lowercased() }) {
        throw Diagnostic(
          "\(source.name): the files have a column '\(name)', and their folders give another",
          hint: "remove 'partitions', or write the files without it")
      }
      let (type, values) = partitionValues(files, at: place)
      let list = values.map { $0?.sqlText ?? "NULL" }.joined(separator: ", ")
      given.append(
        (name, type, "CAST([\(list)][CAST(file_index AS BIGINT) + 1] AS \(type))"))
    }
    return given
  }

  /// The function that reads files, kept to their own columns.
  private func reading(_ files: [DataFile]) -> String {
    let list = files.map(\.path.sqlText).joined(separator: ", ")
    return "read_parquet([\(list)], hive_partitioning = false, union_by_name = true)"
  }

  /// The columns of a FROM clause; a file that is held open is called by its own name in what the engine says.
  private func columns(
    of from: String, doing what: String
  ) throws -> [(name: String, type: String)] {
    do {
      return try FileReader.columns(of: from, connection, doing: "\(source.name): \(what)")
    } catch var error as Diagnostic {
      for file in files where error.message.contains(file.path) {
        error.message = error.message.replacing("'\(file.path)'", with: "'\(file.name)'")
      }
      throw error
    }
  }
}
