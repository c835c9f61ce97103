package import GateCore
import GateSystem

/// A table that is opened without anybody having said how its text is written: that is looked for.
package struct LookedAtTable: Sendable {
  package let table: any Table
  /// How its text is written, as far as that was said or found.
  package let dialect: TextDialect
  /// What of its numbers the file does not tell, in words; nil: all is told.
  package let doubt: String?
  /// Opens a table and finds its separator, its comments and how its numbers are written.
  ///
  /// - Parameters:
  ///   - source: The table; what its dialect says already stays.
  ///   - files: Its files, absolute, in row order.
  ///   - resources: What the engine may use.
  ///   - temporary: The run's temporary folder.
  ///   - neighbours: How other tables are written, which may tell what this one does not.
  /// - Throws: A `Diagnostic` that says why it does not open as it is written.
  package init(
    finding source: TableSource, files: [DataFile], resources: Resources, temporary: String,
    neighbours: [TextDialect] = []
  ) throws {
    func open(_ dialect: TextDialect) throws -> any Table {
      var source = source
      source.csv = dialect
      return try DuckDBDatabase.open(
        [source], files: [source.name: files], resources: resources, temporary: temporary
      ).table(source.name)
    }
    let named: DataFormat? = files.first.flatMap { DataFormat(name: $0.path) }
    let isText = source.format.map { $0 == "csv" } ?? (named == .csv || named == .tsv)
    guard isText else {
      (table, dialect, doubt) = (try open(source.csv), source.csv, nil)
      return
    }
    let (shaped, shape) = try Self.shaped(source.csv, open)
    let (advice, columns) = try DialectAdvice.found(in: shaped) ?? (.say(shape), [])
    var told: TextDialect?
    switch advice {
    case .say(let dialect): told = dialect
    case .choose(_, let readings):
      let like = readings.map(\.dialect).filter { dialect in
        neighbours.contains { $0.decimal == dialect.decimal && $0.thousands == dialect.thousands }
      }
      told = like.count == 1 ? like[0] : nil
    }
    let read =
      columns.isEmpty ? nil : try told.flatMap { try Self.read($0, columns, shaped, open) }
    (table, dialect) = read ?? (shaped, shape)
    if told == nil, case .choose(let cell, let readings) = advice {
      let values = readings.map(\.value).joined(separator: " or ")
      doubt = "'\(cell)' may be \(values), and the file does not tell which"
    } else {
      doubt = nil
    }
  }

  /// The table as it is told apart into rows and cells: as usual, or else without comments, or with another separator.
  private static func shaped(
    _ said: TextDialect, _ open: (TextDialect) throws -> any Table
  ) throws -> (any Table, TextDialect) {
    let usual = Result { try open(said) }
    if case .success(let table) = usual, table.schema.count > 1 { return (table, said) }
    var tries: [TextDialect] = []
    for comment in [said.comment, UInt8(ascii: "#"), UInt8(ascii: "%")] {
      for hasLine in [false, true] {
        for separator in [said.separator, 0x3B, 0x09, 0x7C, 0x20, 0x3A] {
          var dialect = said
          (dialect.comment, dialect.sepLine) = (comment, said.sepLine || hasLine)
          dialect.separator = dialect.sepLine ? nil : separator
          if dialect != said, !tries.contains(dialect) { tries.append(dialect) }
        }
      }
    }
    for dialect in tries {
      if let table = try? open(dialect), table.schema.count > 1 { return (table, dialect) }
    }
    return (try usual.get(), said)
  }

  /// The table with its numbers read as they are written; nil where that would make texts of other numbers.
  private static func read(
    _ found: TextDialect, _ columns: [String], _ before: any Table,
    _ open: (TextDialect) throws -> any Table
  ) throws -> (any Table, TextDialect)? {
    var dialects = [found]
    if found.decimal == UInt8(ascii: ","), found.thousands == nil {
      // Numbers such as 1.234 were read as they stand before.
      dialects.append(found)
      dialects[1].thousands = UInt8(ascii: ".")
    }
    func numbers(_ table: any Table) -> Set<String> {
      Set(table.schema.filter { $0.kind == .number || $0.kind == .integer }.map(\.name))
    }
    let kept = numbers(before)
    for dialect in dialects {
      guard let table = try? open(dialect) else { continue }
      let now = numbers(table)
      if kept.isSubset(of: now), columns.contains(where: now.contains) { return (table, dialect) }
    }
    return nil
  }
}
