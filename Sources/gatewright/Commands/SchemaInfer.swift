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

extension Command {
  /// Writes schemas.
  static let schema = Command(
    "schema", "write a schema: infer one from data",
    details: [
      "infer: looks at a table (csv, parquet, json lines; a file, glob or folder) and writes what it must be, "
        + "with the reasons as comments, for a person to read, mend and sign.",
      "The same data give the same bytes. A file that is there already is never overwritten.",
    ],
    arguments: [
      Argument("ACTION", "infer", completion: .words { ["infer"] }),
      Argument("DATA", "the table", completion: .files),
    ],
    flags: [.output, .label, .threads],
    examples: [
      (
        "gatewright schema infer data/train.parquet --label defaulted -o schemas/loan.yaml",
        "write a schema to begin with"
      )
    ]
  ) { invocation in
    _ = try invocation.word(0, of: ["infer"])
    return try SchemaInference.run(invocation)
  }
}

/// What `schema infer` does.
enum SchemaInference {
  /// Opens the table, looks at its columns and writes the schema.
  static func run(_ invocation: Invocation) throws -> Int32 {
    let threads = try invocation.count(.threads)
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    try Ending.watchSignals()
    let path = invocation.arguments[1]
    let folder = realPath(".") ?? "."
    let source = TableSource(name: "data", path: absolute(path, from: folder))
    let database = try DuckDBDatabase.open(
      [source], files: ["data": try expand(source.path)], resources: Resources(threads: threads),
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
