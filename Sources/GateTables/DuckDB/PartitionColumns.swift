import GateCore
import GateSystem

/// The columns that the folders of a table's files give to its rows.
struct PartitionColumns {
  /// A column, and what each file gives of it.
  struct Given {
    var name: String
    var type: String
    var values: [String?]

    /// The value of a file, by SQL that says its place from 0.
    func sql(of file: String) -> String {
      let list = values.map { $0?.sqlText ?? "NULL" }.joined(separator: ", ")
      return "CAST([\(list)][CAST(\(file) AS BIGINT) + 1] AS \(type)) AS \(name.sqlName)"
    }
  }

  let given: [Given]
  private let source: TableSource

  init(_ files: [DataFile], _ source: TableSource) {
    self.source = source
    given = (files.first?.partitions ?? []).enumerated().map { place, partition in
      let (type, values) = partitionValues(files, at: place)
      return Given(name: partition.name, type: type, values: values)
    }
  }

  /// The table without the types that it states of these columns.
  var plain: TableSource {
    var plain = source
    for column in given { plain.types[column.name] = nil }
    return plain
  }

  /// Refuses columns that the files have themselves.
  func check(beside own: [String]) throws(Diagnostic) {
    for column in given
    where own.contains(where: { $0.lowercased() == column.name.lowercased() }) {
      throw Diagnostic(
        "\(source.name): the files have a column '\(column.name)', and their folders give another",
        hint: "remove 'partitions', or write the files without it")
    }
  }

  /// A table of the engine that holds the rows of the files one after another, with these columns.
  ///
  /// `rows`: how many of each file it holds.
  func added(
    to reader: FileReader, rows: [Int], on connection: DuckDBConnection
  ) throws -> FileReader {
    try check(beside: reader.columns.map(\.name))
    if reader.columns.contains(where: { $0.name.lowercased() == "rowid" }) {
      throw Diagnostic(
        "\(source.name): the files have a column 'rowid', beside which 'partitions' gives none",
        hint: "write the columns of the folders into the files, or write them as parquet")
    }
    var ends: [String] = []
    var end = 0
    for (place, count) in rows.enumerated() where count > 0 {
      end += count
      ends.append("WHEN rowid < \(end) THEN \(place)")
    }
    var whole = reader
    whole.columns += given.map { ($0.name, $0.type) }
    if !ends.isEmpty {
      let file = "CASE \(ends.joined(separator: " ")) END"
      let items = given.map { $0.sql(of: file) }.joined(separator: ", ")
      whole.sql = "(SELECT *, \(items) FROM \(reader.sql))"
    } else {
      let items = given.map { "CAST(NULL AS \($0.type)) AS \($0.name.sqlName)" }
      whole.sql = "(SELECT *, \(items.joined(separator: ", ")) FROM \(reader.sql))"
    }
    var stated = source
    stated.types = ByName(
      given.compactMap { column in source.types[column.name].map { (column.name, $0) } })
    let wanted = try FileReader.overridden(whole.columns, stated, on: connection)
    return try whole.casting(to: wanted, stated, on: connection)
  }
}
