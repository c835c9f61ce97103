import GateCore
import GateKit
import GateSchema
import GateSystem
import GateTables
import GateYAML

extension Flag {
  /// Where a schema is written.
  static let output = Flag(
    "output", letter: "o", "where it is written (default: stdout)", value: "PATH",
    completion: .files)
  /// How the table's text is written.
  fileprivate static let csv = Flag(
    "csv",
    "how the table's text is written, as under 'csv' in a manifest: 'decimal: \",\", nulls: [NA]'",
    value: "KEYS")
  /// What a folder or glob leaves out.
  fileprivate static let exclude = Flag(
    "exclude", "a glob of what a folder or glob leaves out", value: "GLOB", isRepeated: true)
  /// Which manifest says how the table is read.
  fileprivate static let readAs = Flag(
    "manifest", letter: "m",
    "a manifest that names the table: it is read with its csv, types, exclude and format",
    value: "PATH", completion: .files)
  /// Which column is predicted.
  static let label = Flag("label", "the column that the model predicts", value: "COLUMN")
}

extension Action {
  /// Writes a schema to begin with.
  static let inferring = Action(
    name: "infer",
    summary:
      "look at a table (csv, parquet, json lines; a file, glob or folder) and write what it must "
      + "be, with the reasons as comments, for a person to read, correct and sign",
    flags: [.output, .label, .csv, .exclude, .readAs, .threads]
  ) { try SchemaInference.run($0) }
}

/// What `schema infer` does.
enum SchemaInference {
  /// Opens the table, looks at its columns and writes the schema.
  static func run(_ invocation: Invocation) throws -> Int32 {
    let threads = try invocation.count(.threads)
    let output = invocation.output
    if let target = output { try Output.wantNew(target, flag: "--output") }
    let (source, choice) = try source(invocation)
    try SignalHandling.watchSignals()
    TemporaryFolder.sweep()
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    let database = try DuckDBDatabase.open(
      [source], files: ["data": try expand(source.path, choice).files],
      resources: Resources(threads: threads),
      temporary: temporary.path)
    let table = try database.table("data")
    let yaml = try InferredSchema(table, label: invocation.value(.label)).yaml()
    try warn(table, source)
    guard let target = output else { return try Output.print(yaml) }
    try Output.create(yaml, at: target, flag: "--output")
    return try Output.print(
      "wrote '\(target)'; read it, correct it, then name it in a 'schema' gate\n")
  }

  /// The table as the flags say it is read: by a manifest, and by what stands beside it.
  private static func source(
    _ invocation: Invocation
  ) throws -> (source: TableSource, choice: FileChoice) {
    let path = absolute(invocation.arguments[1], from: realPath(".") ?? ".")
    var source = TableSource(name: "data", path: path)
    var choice = FileChoice()
    if let manifest = invocation.value(.readAs) {
      let origin = try origin(of: path, in: ManifestFile(manifest))
      (source.format, source.types, source.csv) = (origin.format, origin.types, origin.csv)
      choice = FileChoice(
        exclude: origin.exclude, format: origin.format, partitions: origin.partitions)
    }
    choice.exclude += invocation.values(.exclude)
    if let text = invocation.value(.csv) {
      let isMapping = text.drop { $0.isWhitespace }.first == "{"
      source.csv = try TextDialect(
        said: try parseYAML(Array((isMapping ? text : "{\(text)}").utf8), name: "--csv"))
    }
    return (source, choice)
  }

  /// What a manifest says of the table at `path`: by its path, or of the only way in which it reads tables.
  private static func origin(of path: String, in file: ManifestFile) throws -> TableOrigin {
    let origins = try file.manifest().data.tables.map(\.origin)
    let place = Output.place(path)
    if let own = origins.first(where: {
      Output.place(absolute($0.uri, from: file.folder)) == place
    }) {
      return own
    }
    throw Diagnostic(
      "'\(file.path)' names no table '\(path)'",
      hint: "its tables are \(origins.map(\.uri).joined(separator: ", ")); for another, say '--csv'"
    )
  }

  /// Says which columns are texts here and would be numbers if the text were read in another way.
  private static func warn(_ table: any Table, _ source: TableSource) throws {
    guard let found = try DialectAdvice.found(in: table) else { return }
    func say(_ dialect: TextDialect) -> String {
      let keys = dialect.yaml.map { String($0.dropFirst().dropLast()) } ?? ""
      return "--csv '\(keys.replacing("'", with: "'\\''"))'"
    }
    let names = found.columns.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    let more = found.columns.count > 8 ? " and \(found.columns.count - 8) more" : ""
    let hint =
      switch found.advice {
      case .say(let dialect): "if they are numbers, say: \(say(dialect))"
      case .choose(let cell, let readings):
        "'\(cell)' may be "
          + readings.map { "\($0.value): then say \(say($0.dialect))" }.joined(separator: "; or ")
      }
    Output.note(
      "warning: read as texts, and they look like numbers written in another way: \(names)\(more)\n"
        + "  = \(hint)\n")
  }
}
