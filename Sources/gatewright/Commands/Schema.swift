import GateBackends
import GateKit

/// What `schema` can do: one word after the verb.
struct SchemaAction: Sendable {
  /// The word.
  let name: String
  /// One phrase, lower case.
  let summary: String
  /// The flags it takes.
  let flags: [Flag]
  /// What it does; returns the exit code.
  let run: @Sendable (Invocation) async throws -> Int32

  /// Every action; a new one is a line here.
  static let all: [SchemaAction] = [.inferring, .importing]
}

extension Command {
  /// Makes schema files.
  static let schema = Command(
    "schema", "make a schema file for the gate 'schema'",
    details: SchemaAction.all.map { "\($0.name): \($0.summary)" } + [
      "A file that is there already is never overwritten.",
      "What has no counterpart here is listed on stderr with its place, and is an error (exit code 2) "
        + "unless --allow-missing is given.",
    ],
    arguments: [
      Argument(
        "ACTION", SchemaAction.all.map(\.name).alternatives,
        completion: .words { SchemaAction.all.map(\.name) }),
      Argument("FILE", "the table or suite to read", completion: .files),
    ],
    flags: SchemaAction.all.flatMap(\.flags).reduce(into: []) { flags, flag in
      if !flags.contains(where: { $0.name == flag.name }) { flags.append(flag) }
    },
    examples: [
      (
        "gatewright schema infer data/train.parquet --label defaulted -o schemas/loan.yaml",
        "write a schema to begin with"
      ),
      (
        "gatewright schema import suite.json -o schemas/loan.yaml",
        "write the schema that says the same as a suite of another tool"
      ),
    ]
  ) { invocation in
    let name = try invocation.word(0, of: SchemaAction.all.map(\.name))
    guard let action = SchemaAction.all.first(where: { $0.name == name }) else {
      return ExitCode.bug
    }
    let taken = Set(action.flags.map(\.name) + [Flag.help.name])
    if let flag = invocation.flags.keys.sorted().first(where: { !taken.contains($0) }) {
      throw invocation.command.wrong("'--\(flag)' is not of 'schema \(name)'")
    }
    return try await action.run(invocation)
  }
}

extension Flag {
  /// Whose suite it is.
  fileprivate static let from = Flag(
    "from", "whose suite it is (default: from its content)", value: "TOOL",
    completion: .words { Importers.all.map(\.id) })
  /// What has no counterpart is left out.
  fileprivate static let allowMissing = Flag(
    "allow-missing", "leave out what has no counterpart, and list it")
  /// Where a table is that the suite looks into.
  fileprivate static let table = Flag(
    "table", "where a table is that the suite looks into", value: "NAME=PATH", isRepeated: true)
}

extension SchemaAction {
  /// The most bytes a suite may have.
  private static let limit = 64 << 20

  /// Reads another tool's suite.
  static let importing = SchemaAction(
    name: "import",
    summary: "read a suite of \(Importers.all.map(\.name).joined(separator: ", "))",
    flags: [.from, .allowMissing, .output, .table]
  ) { invocation in
    let path = invocation.arguments[1]
    var tables: [(name: String, path: String)] = []
    for text in invocation.values(.table) {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw invocation.command.wrong("'--table' is '\(text)', wanted NAME=PATH")
      }
      tables.append((parts[0], parts[1]))
    }
    let tool = invocation.value(.from)
    if let tool, !Importers.all.map(\.id).contains(tool) {
      throw Usage(
        "'--from' is '\(tool)', wanted \(Importers.all.map(\.id).joined(separator: ", "))",
        hint: tool.nearest(in: Importers.all.map(\.id)).map { "did you mean '\($0)'" })
    }
    let source = try readSuite(
      try readFile(path, limit: limit), name: path, tool: tool, tables: tables)
    let schema = try Importers.read(source, from: tool)
    let isAllowed = invocation.has(.allowMissing)
    for gap in schema.leftOver {
      Output.note((isAllowed ? gap.renderedNote : gap.rendered) + "\n")
    }
    guard schema.leftOver.isEmpty || isAllowed else {
      Output.note(
        "\(schema.leftOver.count.counted("part")) of '\(path.visible)' could not be imported; "
          + "nothing was written; '--allow-missing' leaves them out\n")
      return ExitCode.error
    }
    let text = try schema.checkedYAML(from: path)
    guard let output = invocation.value(.output) else { return try Output.print(text) }
    try Output.create(text, at: output, flag: "--output")
    return try Output.print(
      "wrote \(schema.count.counted("check")) to '\(output.visible)'\n")
  }
}

extension Diagnostic {
  /// As `rendered`, for what is left out on purpose.
  fileprivate var renderedNote: String {
    rendered.replacing("error: \(message.visible)", with: "note: \(message.visible)")
  }
}
