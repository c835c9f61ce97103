import GateBackends
import GateCore
import GateKit
import GateSchema
import GateSystem

extension Command {
  /// Makes schema files.
  static let schema = Command(
    "schema", "make a schema file for the gate 'schema'",
    details: Action.ofSchema.map { "\($0.name): \($0.summary)" } + [
      "A file that is there already is never overwritten.",
      "What has no counterpart here is listed on stderr with its place, and is an error (exit code 2) "
        + "unless --allow-missing is given.",
    ],
    arguments: [
      Action.argument(Action.ofSchema),
      Argument("FILE", "the table or suite to read", completion: .files),
    ],
    flags: Action.flags(Action.ofSchema),
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
  ) { try await Action.run($0, among: Action.ofSchema) }
}

extension Flag {
  /// Whose suite it is.
  fileprivate static let from = Flag(
    "from", "whose suite it is (default: from its content)", value: "TOOL",
    completion: .words { Importers.all.map(\.id) })
  /// What has no counterpart is left out.
  fileprivate static let allowMissing = Flag(
    "allow-missing", "leave out what has no counterpart, and list it")
  /// Which of the suite's tables.
  fileprivate static let dataset = Flag(
    "dataset", "which of the suite's tables (default: each)", value: "NAME")
  /// Where a table is that the suite looks into.
  fileprivate static let table = Flag(
    "table", "where a table is that the suite looks into", value: "NAME=PATH", isRepeated: true)
}

extension Action {
  /// The most bytes a suite may have.
  private static let limit = 64 << 20

  /// Reads another tool's suite.
  static let importing = Action(
    name: "import",
    summary: "read a suite of \(Importers.all.map(\.name).joined(separator: ", "))",
    flags: [.from, .allowMissing, .output, .table, .dataset]
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
    var source = try readSuite(
      try readFile(path, limit: limit), name: path, tool: tool, tables: tables)
    source.dataset = invocation.value(.dataset)
    let all = try Importers.readAll(source, from: tool).map {
      (dataset: $0.dataset, schema: $0.schema.accepted(from: path))
    }
    let leftOver = all.flatMap(\.schema.leftOver)
    let isAllowed = invocation.has(.allowMissing)
    for gap in leftOver { Output.note((isAllowed ? gap.renderedNote : gap.rendered) + "\n") }
    for remark in all.flatMap(\.schema.remarks) { Output.note(remark.renderedNote + "\n") }
    guard leftOver.isEmpty || isAllowed else {
      Output.note(
        "\(leftOver.count.counted("part")) of '\(path.visible)' could not be imported; "
          + "nothing was written; '--allow-missing' leaves them out\n")
      return ExitCode.error
    }
    return try write(all.filter { !$0.schema.isEmpty }, of: path, to: invocation.output)
  }

  /// Writes a schema for each table: to stdout, to a file, or, where there are several, each to one of a folder.
  private static func write(
    _ all: [(dataset: String?, schema: ImportedSchema)], of path: String, to output: String?
  ) throws -> Int32 {
    var texts: [(dataset: String?, text: String, count: Int)] = []
    for (dataset, schema) in all {
      texts.append((dataset, try schema.checkedYAML(from: path), schema.count))
    }
    guard let output else {
      return try Output.print(
        texts.map { one in
          (texts.count > 1 ? "---\n# The schema of '\(one.dataset ?? "")'.\n" : "") + one.text
        }.joined())
    }
    if texts.count == 1, !output.hasSuffix("/") {
      try Output.create(texts[0].text, at: output, flag: "--output")
      return try Output.print(
        "wrote \(texts[0].count.counted("check")) to '\(output.visible)'\n")
    }
    guard output.hasSuffix("/") else {
      let names = texts.compactMap(\.dataset).joined(separator: ", ")
      throw Usage(
        "'\(path)' has checks for \(texts.count) tables, and '\(output)' is one file",
        hint: "write '-o \(output)/' for a file each, or choose one by '--dataset': \(names)")
    }
    for (dataset, text, count) in texts {
      let file = output + (dataset ?? "schema").replacing("/", with: "-") + ".yaml"
      try Output.create(text, at: file, flag: "--output")
      try Output.print("wrote \(count.counted("check")) to '\(file.visible)'\n")
    }
    return ExitCode.done
  }
}

extension Diagnostic {
  /// As `rendered`, for what is left out on purpose.
  fileprivate var renderedNote: String {
    rendered.replacing("error: \(message.visible)", with: "note: \(message.visible)")
  }
}
