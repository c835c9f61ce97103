import GateBackends
import GateKit

extension Flag {
  /// Where a schema is written.
  static let output = Flag(
    "output", letter: "o", "where it is written (default: stdout)", value: "PATH",
    completion: .files)
  /// Which column is predicted.
  static let label = Flag("label", "the column that the model predicts", value: "COLUMN")
}

extension SchemaAction {
  /// Writes a schema to begin with.
  static let inferring = SchemaAction(
    name: "infer",
    summary:
      "look at a table (csv, parquet, json lines; a file, glob or folder) and write what it must "
      + "be, with the reasons as comments, for a person to read, mend and sign",
    flags: [.output, .label, .threads]
  ) { try SchemaInference.run($0) }
}

/// What `schema infer` does.
enum SchemaInference {
  /// Opens the table, looks at its columns and writes the schema.
  static func run(_ invocation: Invocation) throws -> Int32 {
    let threads = try invocation.count(.threads)
    try Ending.watchSignals()
    TemporaryFolder.sweep()
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    let path = invocation.arguments[1]
    let folder = realPath(".") ?? "."
    let source = TableSource(name: "data", path: absolute(path, from: folder))
    let database = try DuckDBDatabase.open(
      [source], files: ["data": try expand(source.path).files],
      resources: Resources(threads: threads),
      temporary: temporary.path)
    let yaml = try InferredSchema(
      try database.table("data"), label: invocation.value(.label)
    ).yaml()
    guard let target = invocation.value(.output) else { return try Output.print(yaml) }
    try Output.create(yaml, at: target, flag: "--output")
    return try Output.print(
      "wrote '\(target)'; read it, mend it, then name it in a 'schema' gate\n")
  }
}
