/// A column as the engine declares it.
package struct ColumnType: Sendable, Hashable {
  package enum Kind: String, Sendable { case number, integer, boolean, string, timestamp, other }
  package var name: String
  package var kind: Kind
  /// The engine's own word, for messages: `BIGINT`, `VARCHAR`.
  package var declared: String
  /// The first cell of delimited text that is no number; nil: all are, or the file is none.
  package var oddCell: OddCell?
  /// The first cell of delimited text whose text its value does not keep: `00501`, `True`.
  package var bentCell: OddCell?
  /// How the delimited text it stands in was read; nil: it stands in none.
  package var dialect: TextDialect?

  package init(
    name: String, kind: Kind, declared: String, oddCell: OddCell? = nil, bentCell: OddCell? = nil,
    dialect: TextDialect? = nil
  ) {
    self.name = name
    self.kind = kind
    self.declared = declared
    self.oddCell = oddCell
    self.bentCell = bentCell
    self.dialect = dialect
  }
}

/// Rows of files, in file order; expressions are SQL over one row of it.
package protocol Table: Sendable {
  /// The name other queries know it by: `holdout`, `reference`, `current`.
  var name: String { get }
  var rows: Int { get }
  var schema: [ColumnType] { get }
  /// What queries select from where the order of rows matters, as it does for the last digits of a sum.
  var inOrder: String { get }

  /// The value of each expression for every row, in row order.
  ///
  /// Throws a `Diagnostic` without location that names the expression, when it does not parse, names a column
  /// that is not there (with the nearest that is) or fails on a row.
  func columns(_ expressions: [String]) throws -> [Column]

  /// The same, at most `batch` rows at a time, in row order.
  func scan(
    _ expressions: [String], batch: Int, _ body: ([Column]) throws -> Void) throws

  /// Throws a `Diagnostic` for SQL of a user's that does not give the same in every run, or, where it is no SELECT,
  /// that is not one value of one row.
  func check(_ sql: String, isSelect: Bool) throws

  /// Throws the same for an expression that is not one figure of the table, made of aggregates.
  func checkFigure(_ sql: String) throws

  /// The result of one SELECT over the tables of the same database.
  func query(_ sql: String) throws -> [Column]

  /// The columns that each expression reads, those that derived columns read for it with them.
  ///
  /// Throws a `Diagnostic` for an expression that does not parse.
  func columnsRead(by expressions: [String]) throws -> [Set<String>]

  /// The same rows as they would be were these columns another: each is what its SQL says for every row, and columns
  /// derived from it follow. Other queries know the table as it is.
  ///
  /// Throws a `Diagnostic` for a column that is not there; reading from it throws one for an expression that takes in
  /// other rows beside it by a window, of which it is not known what they would be.
  func setting(_ columns: [(column: String, sql: String)]) throws -> any Table
}

extension Table {
  /// Of a table that derives nothing: the column that it names.
  package func columnsRead(by expressions: [String]) throws -> [Set<String>] {
    let plain = Dictionary(schema.map { ($0.name.sqlName, $0.name) }) { first, _ in first }
    return expressions.map { expression in Set(plain[expression].map { [$0] } ?? []) }
  }

  /// What is not asked how many values it gives.
  package func checkFigure(_ sql: String) throws { try check("SELECT \(sql)", isSelect: true) }

  /// A table that is read in order anyway.
  package var inOrder: String { name.sqlName }

  /// Most tables are as they are.
  package func setting(_ columns: [(column: String, sql: String)]) throws -> any Table {
    throw Diagnostic("the columns of \(name) cannot be set")
  }
}

/// The tables of one run, which share an engine.
package protocol Database: Sendable {
  /// Throws the `Diagnostic` that kept the table from opening.
  func table(_ name: String) throws -> any Table
  /// SHA-256 of the files that were hashed as they were read, by their places.
  var digests: [ExactText: String] { get }
}

extension Database {
  package var digests: [ExactText: String] { [:] }
}

/// A table to open.
package struct TableSource: Sendable {
  package var name: String
  /// A file, glob or folder on disk; absolute.
  package var path: String
  /// csv, parquet or json lines; nil: from the file's name.
  package var format: String?
  /// Column types that override what the reader infers, by SQL name.
  package var types: ByName<String>
  /// How delimited text is written.
  package var csv: TextDialect
  /// Derived columns, name and SQL, in the manifest's order.
  package var derive: [(name: String, sql: String)]
  /// Where the manifest derives each.
  package var deriveMarks: ByName<Mark> = [:]
  /// Its files in row order, as they were hashed; empty: those the caller names.
  package var files: [DataFile]

  package init(
    name: String, path: String, format: String? = nil, types: ByName<String> = [:],
    csv: TextDialect = TextDialect(), derive: [(name: String, sql: String)] = [],
    files: [DataFile] = []
  ) {
    self.name = name
    self.path = path
    self.format = format
    self.types = types
    self.csv = csv
    self.derive = derive
    self.files = files
  }
}

/// What the engine may use.
package struct Resources: Sendable {
  /// Bytes; nil: 60% of the machine's (or the cgroup's) memory.
  package var memory: Int?
  /// Nil: all cores.
  package var threads: Int?
  /// Where sorts and joins larger than memory spill; nil: the run's own temporary folder.
  package var spill: String?
  /// Seconds of wall time in which tables are read and SQL runs.
  package var seconds: Double

  package init(
    memory: Int? = nil, threads: Int? = nil, spill: String? = nil, seconds: Double = 600
  ) {
    self.memory = memory
    self.threads = threads
    self.spill = spill
    self.seconds = seconds
  }
}

extension String {
  /// The text as a SQL identifier: quoted, quotes doubled.
  package var sqlName: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
  /// The text as a SQL string: quoted, quotes doubled.
  package var sqlText: String { "'" + replacing("'", with: "''") + "'" }
}
