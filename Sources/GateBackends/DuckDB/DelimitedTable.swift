internal import CDelimited
import GateKit

/// Loads files of delimited text into a table of the engine: types follow from every cell, values from its own text.
///
/// Cells are read as what the first rows look like. Where a later cell is something else the rest is looked at as well,
/// and all is read once more, as what then holds every cell.
struct DelimitedTable {
  private let source: TableSource
  private let files: [DataFile]
  private let connection: DuckDBConnection
  private let threads: Int
  private var columns: [Column] = []
  private var digests: [ExactText: String] = [:]
  private var isStale = false

  /// A column, and what is known of its cells.
  private struct Column {
    var name: String
    /// The type the manifest states, as the engine calls it.
    var stated: String?
    var kinds: UInt32 = 0
    var odd: OddCell?
    var bent: OddCell?

    /// What its cells are read as: those of a type that only the engine knows as text.
    var type: DelimitedType {
      stated.map { DelimitedType($0, isStated: true) ?? .text } ?? DelimitedType(kinds: kinds)
    }
  }

  init(
    _ source: TableSource, _ files: [DataFile], _ connection: DuckDBConnection, threads: Int
  ) {
    (self.source, self.files, self.connection) = (source, files, connection)
    self.threads = threads
  }

  /// Reads all files into the table `files.<name>`.
  mutating func load() throws -> FileReader {
    do {
      try refuseCommentAsHeader()
      repeat {
        isStale = false
        try readAll()
      } while isStale
    } catch let misfit as Misfit {
      throw mistake(misfit)
    } catch let mistake as Diagnostic { throw commented(mistake) }
    let table = "files.\(source.name.sqlName)"
    var types = StatedTypes(source, table: table, connection)
    for column in columns {
      if let stated = column.stated, column.type.declared != stated {
        try types.convert(column.name, to: stated, dialect: source.csv)
      }
    }
    return FileReader(
      sql: table, columns: columns.map { ($0.name, $0.stated ?? $0.type.declared) },
      oddCells: Dictionary(columns.map { ($0.name, (odd: $0.odd, bent: $0.bent)) }) { first, _ in
        first
      }, mayBeNaN: false, dialect: source.csv)
  }

  /// Refuses a first line that is one name beginning as comments do, where several names stand behind it.
  private func refuseCommentAsHeader() throws(Diagnostic) {
    guard source.csv.comment == nil, let path = files.first?.place else { return }
    let names = try DelimitedFile(path, of: source).names
    guard names.count == 1, let mark = names[0].utf8.first, "#%".utf8.contains(mark) else { return }
    var commented = source
    commented.csv.comment = mark
    guard let behind = try? DelimitedFile(path, of: commented).names, behind.count > 1 else {
      return
    }
    throw Diagnostic(
      "\(source.name): the first line of '\(path)' is '\(names[0].prefix(40))' and holds no names")
  }

  /// A mistake of reading, with the key to write where the file is read when lines of comment are left out.
  private func commented(_ mistake: Diagnostic) -> Diagnostic {
    guard source.csv.comment == nil, !mistake.temporary else { return mistake }
    if !source.types.isEmpty {
      var plain = source
      plain.types = [:]
      var table = DelimitedTable(plain, files, connection, threads: threads)
      // A mistake about a type is none of the lines.
      if (try? table.load()) != nil { return mistake }
    }
    for mark in [UInt8(ascii: "#"), UInt8(ascii: "%")] {
      var plain = source
      (plain.types, plain.csv.comment) = ([:], mark)
      var table = DelimitedTable(plain, files, connection, threads: threads)
      guard let reader = try? table.load() else { continue }
      let rows = reader.text(on: connection)
      var dialect = plain.csv
      // What else is odd in the file is said at once, as far as it tells.
      for column in rows.columns where column.oddCell != nil {
        if case .say(let whole)? = DialectAdvice(for: column, in: rows) { dialect = whole }
      }
      var said = mistake
      said.hint =
        "lines that begin with '\(Unicode.Scalar(mark))' may hold no rows; "
        + DialectAdvice.say(dialect).hint(table: source.name, written: source.csv)
      return said
    }
    return mistake
  }

  /// A cell that does not survive as the type that the manifest states of its column.
  private struct Misfit: Error {
    let cell: OddCell
    let column: String
    let type: String
  }

  /// What is said of it: of numbers in another dialect how the file writes them, by all cells of the file, which is read
  /// once more without stated types.
  private func mistake(_ misfit: Misfit) -> Diagnostic {
    var plain = source
    plain.types = [:]
    var table = DelimitedTable(plain, files, connection, threads: threads)
    let advice = (try? table.load()).flatMap { reader -> DialectAdvice? in
      let rows = reader.text(on: connection)
      return rows.columns.first { $0.name == misfit.column }.flatMap {
        DialectAdvice(for: $0, in: rows)
      }
    }
    return StatedTypes.mistake(
      misfit.cell, of: misfit.column, as: misfit.type, source,
      hint: advice?.hint(table: source.name, written: source.csv))
  }

  /// Reads every file once, as what is known so far.
  private mutating func readAll() throws {
    var appender: DuckDBAppender?
    for recorded in files {
      let path = recorded.place
      let file = try DelimitedFile(path, of: source)
      if columns.isEmpty { try begin(with: file) }
      let order = try order(of: file)
      let open = try appender ?? makeTable()
      appender = open
      var wanted = [delimited_column](repeating: DelimitedType.text.column, count: order.count)
      for (column, place) in zip(columns, order) { wanted[place] = column.type.column }
      file.start(wanted, threads: threads)
      // Between blocks, so that the limit of time holds for text as it does for SQL.
      let time = connection.instance.time
      while let block = try time.within(
        "reading \(source.name)", { () throws(Diagnostic) in try file.next() })
      {
        try note(block, of: path, order)
        if !isStale { try open.append(block, order: order) }
      }
      let digest = try file.finish()
      try FileDigest.compare(
        digest, with: digests[ExactText(path)] ?? recorded.digest, of: path, in: source.name)
      digests[ExactText(path)] = digest
    }
    if !isStale { try appender?.close() }
  }

  /// Takes the columns of the first file, and what its first cells look like.
  private mutating func begin(with file: DelimitedFile) throws {
    let found = try FileReader.overridden(
      file.names.map { ($0, "VARCHAR") }, source, on: connection)
    let facts = try file.sample()
    for (place, name) in file.names.enumerated() {
      let written = source.types[name]
      var column = Column(name: found[place].name)
      column.stated = try written.map {
        try StatedTypes.canonical($0, of: name, source, connection)
      }
      column.kinds = facts[place].kinds
      if column.stated == nil { column.odd = facts[place].odd.cell(in: file.path) }
      columns.append(column)
    }
  }

  /// For each column its place in a file, which must have the same ones.
  private func order(of file: DelimitedFile) throws(Diagnostic) -> [Int] {
    let names = columns.map(\.name)
    if file.names.elementsEqual(names, by: { $0.isSame(as: $1) }) { return Array(names.indices) }
    try FileReader.compareNames(file.names, of: file.path, with: names, of: files[0].place, source)
    let places = Dictionary(zip(file.names, file.names.indices)) { first, _ in first }
    return names.map { places[$0] ?? 0 }
  }

  /// Makes the table anew.
  private func makeTable() throws -> DuckDBAppender {
    let what = "reading \(source.name)"
    let types = columns.map(\.type)
    let list = zip(columns, types).map { "\($0.name.sqlName) \($1.declared)" }
    try connection.execute(
      "CREATE OR REPLACE TABLE files.\(source.name.sqlName) (\(list.joined(separator: ", ")))",
      doing: what)
    return try DuckDBAppender(
      connection, table: source.name, types: types.map(\.id), doing: what)
  }

  /// Takes in what a block's cells turned out to be.
  private mutating func note(
    _ block: delimited_block, of path: String, _ order: [Int]
  ) throws(Misfit) {
    var first: (cell: OddCell, column: Int)?
    for (place, from) in order.enumerated() {
      let fact = block.columns[from].fact
      if columns[place].bent == nil { columns[place].bent = fact.bent.cell(in: path) }
      if fact.kinds == 0 { continue }
      let odd = fact.odd.cell(in: path)
      if columns[place].stated != nil {
        if let odd, first.map({ odd.line < $0.cell.line }) ?? true { first = (odd, place) }
        continue
      }
      let before = columns[place].type.declared
      columns[place].kinds |= fact.kinds
      columns[place].odd = columns[place].odd ?? odd
      // A cell that does not fit makes the column another, or it would be lost.
      if columns[place].type.declared == before, before != "VARCHAR" {
        columns[place].kinds |= UInt32(DELIMITED_TEXT)
      }
      isStale = true
    }
    guard let first else { return }
    let column = columns[first.column]
    throw Misfit(cell: first.cell, column: column.name, type: column.stated ?? "")
  }
}

extension delimited_cell {
  /// The cell with its place, when there is one.
  fileprivate func cell(in path: String) -> OddCell? {
    bytes == nil ? nil : OddCell(text: text, file: path, line: Int(line))
  }
}
