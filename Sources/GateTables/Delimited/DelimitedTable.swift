internal import CDelimited
import GateCore

/// Loads files of delimited text into a table of the engine: types follow from every cell, values from its own text.
///
/// Cells are read as what the first rows look like. Where a later cell is something else the rest is looked at as well,
/// and all is read once more, as what then holds every cell.
struct DelimitedTable {
  private let source: TableSource
  private let files: [DataFile]
  private let connection: DuckDBConnection
  private let resources: Resources
  private var columns: [Column] = []
  /// SHA-256 of each file that was read, by its place.
  private(set) var digests: [ExactText: String] = [:]
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
    _ source: TableSource, _ files: [DataFile], _ connection: DuckDBConnection,
    _ resources: Resources
  ) {
    (self.source, self.files, self.connection) = (source, files, connection)
    self.resources = resources
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
      }, mayBeNaN: false, dialect: source.csv, digests: digests)
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
      var table = DelimitedTable(plain, files, connection, resources)
      // A mistake about a type is none of the lines.
      if (try? table.load()) != nil { return mistake }
    }
    for mark in [UInt8(ascii: "#"), UInt8(ascii: "%")] {
      var plain = source
      (plain.types, plain.csv.comment) = ([:], mark)
      var table = DelimitedTable(plain, files, connection, resources)
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
    var table = DelimitedTable(plain, files, connection, resources)
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
    let table = "files.\(source.name.sqlName)"
    let what = "reading \(source.name)"
    for (place, recorded) in files.enumerated() {
      let path = recorded.place
      let file = try DelimitedFile(path, of: source)
      if columns.isEmpty { try begin(with: file) }
      let order = try order(of: file)
      if place == 0 { try makeTable(table, doing: what) }
      var wanted = [delimited_column](repeating: DelimitedType.text.column, count: order.count)
      for (column, place) in zip(columns, order) { wanted[place] = column.type.column }
      let rows = try DelimitedRows(
        file, as: wanted, order: order, resources, connection.instance.time)
      if isStale {
        try rows.look(doing: what)
      } else {
        try rows.insert(into: table, on: connection, doing: what)
      }
      try note(rows, of: path)
      let digest = try file.finish()
      try FileDigest.compare(
        digest, with: digests[ExactText(path)] ?? recorded.digest, of: path, in: source.name)
      digests[ExactText(path)] = digest
    }
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
  private func makeTable(_ table: String, doing what: String) throws {
    let list = columns.map { "\($0.name.sqlName) \($0.type.declared)" }
    try connection.execute(
      "CREATE OR REPLACE TABLE \(table) (\(list.joined(separator: ", ")))", doing: what)
  }

  /// Takes in what a file's cells turned out to be.
  private mutating func note(_ rows: DelimitedRows, of path: String) throws(Misfit) {
    for place in columns.indices {
      let fact = rows.fact(of: place)
      columns[place].bent = columns[place].bent ?? fact.bent.cell(in: path)
      if fact.kinds == 0 || columns[place].stated != nil { continue }
      let before = columns[place].type.declared
      columns[place].kinds |= fact.kinds
      columns[place].odd = columns[place].odd ?? fact.odd.cell(in: path)
      // A cell that does not fit makes the column another, or it would be lost.
      if columns[place].type.declared == before, before != "VARCHAR" {
        columns[place].kinds |= UInt32(DELIMITED_TEXT)
      }
      isStale = true
    }
    guard let place = rows.misfit, let cell = rows.fact(of: place).odd.cell(in: path) else {
      return
    }
    let column = columns[place]
    throw Misfit(cell: cell, column: column.name, type: column.stated ?? "")
  }
}

extension delimited_cell {
  /// The cell with its place, when there is one.
  fileprivate func cell(in path: String) -> OddCell? {
    bytes == nil ? nil : OddCell(text: text, file: path, line: Int(line))
  }
}
