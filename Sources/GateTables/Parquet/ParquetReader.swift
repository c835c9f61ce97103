import GateCore

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

  /// Looks at every file's pages and columns.
  func open() throws -> FileReader {
    var all: [(file: DataFile, columns: [(name: String, type: String)])] = []
    for file in files {
      let what = "\(source.name): reading '\(file.name)'"
      try ParquetPages.check(file, doing: what)
      let found = try columns(of: reading([file]), doing: "reading '\(file.name)'")
      try ParquetDecimals.check(file, of: source, on: connection, doing: what)
      try ParquetDecimals.checkCells(found, of: reading([file]), on: connection, doing: what)
      try ColumnNames.ofParquet(file.path, on: connection, doing: what)
        .check(file.name, of: source.name)
      if let first = all.first {
        try FileReader.compare(
          found, of: file.name, with: first.columns, of: first.file.name, source: source)
      }
      all.append((file, found))
    }
    let own =
      files.count == 1
      ? all.first?.columns ?? []
      : try columns(of: reading(files), doing: "reading the files of \(source.name)")
    if files.count > 1 {
      let types = Dictionary(own) { first, _ in first }
      for (file, found) in all {
        try StrictCast.check(
          found.map { StrictCast(column: $0.name, from: $0.type, to: types[$0.name] ?? $0.type) },
          from: reading([file]), of: source.name, on: connection)
      }
    }
    let partitions = PartitionColumns(files, source)
    try partitions.check(beside: own.map(\.name))
    let given = partitions.given
    let known = own + given.map { ($0.name, $0.type) }
    let columns = try FileReader.overridden(known, source, on: connection)
    var sql = reading(files)
    if !given.isEmpty {
      let items = own.map(\.name.sqlName) + given.map { $0.sql(of: "file_index") }
      sql = "(SELECT \(items.joined(separator: ", ")) FROM \(sql))"
    }
    return try FileReader(sql: sql, columns: known).casting(to: columns, source, on: connection)
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
