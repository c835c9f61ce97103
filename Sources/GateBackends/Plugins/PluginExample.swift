package import GateCore
import GateSystem
import GateTables
import GateYAML

/// What a plugin is handed for its own test: `example/example.yaml` of its folder, and the files that it names.
package struct PluginExample: Sendable {
  /// The plugin, from its own file.
  package let plugin: Plugin
  /// The folder with the example, as messages have it.
  let folder: String
  private let arguments: PluginArguments
  private let task: TaskKind
  private let classes: [String]
  private let tables: [(name: String, path: String)]
  private let predictions: [(role: Role, path: String)]
  private let models: [(role: Role, path: String)]
  private let uri: String?

  /// What may stand in an example.
  package static let parameters: [Parameter] = {
    let files = Role.allCases.map { role in
      Parameter(role.rawValue, "Its file, from the example's folder.", .text)
    }
    return [
      Parameter(
        "with", "What the plugin is told; paths are from the example's folder.",
        .map(keys: "parameter", .either([.value, .list(.value), .map(keys: "key", .value)]))),
      Parameter(
        "task", "The kind of task.", .choice(TaskKind.allCases.map(\.rawValue)), standard: "binary"),
      Parameter("classes", "The names of the classes or labels, in order.", .list(.text)),
      Parameter(
        "tables", "A file of rows for each table that the plugin needs.",
        .map(keys: "table", .text)),
      Parameter("predictions", "A file of answers for each model.", .record(files)),
      Parameter("models", "The models' files.", .record(files)),
      Parameter("uri", "What a source is asked for.", .text),
    ]
  }()

  /// Reads the plugin in a folder, and its example; throws every mistake in either.
  package init(of folder: String) throws(Diagnostics) {
    plugin = try Plugin(in: folder)
    self.folder = "\(folder)/example"
    let node = try Self.read("\(folder)/example/example.yaml")
    var mistakes = Shape.record(Self.parameters).mistakes(in: node)
    mistakes += plugin.mistakes(in: node["with"], at: node)
    guard mistakes.isEmpty else { throw Diagnostics(mistakes.inOrder) }
    arguments = PluginArguments(plugin, node["with"])
    task = node["task"]?.text.flatMap(TaskKind.init) ?? .binary
    classes = node["classes"]?.items?.compactMap(\.text) ?? []
    tables = (node["tables"]?.pairs ?? []).map { ($0.key.text ?? "", $0.value.text ?? "") }
    func files(_ key: String) -> [(role: Role, path: String)] {
      Role.allCases.compactMap { role in
        node[key]?[role.rawValue]?.text.map { (role: role, path: $0) }
      }
    }
    predictions = files("predictions")
    models = files("models")
    uri = node["uri"]?.text
    let unmet = unmet.map { Diagnostic($0.message, at: node.mark, hint: $0.hint) }
    if !unmet.isEmpty { throw Diagnostics(unmet) }
  }

  private static func read(_ path: String) throws(Diagnostics) -> Node {
    try readYAML(path, from: ".", beside: "").node
  }

  /// What the plugin is handed in a run, and the example does not have; and the other way round.
  private var unmet: [(message: String, hint: String)] {
    func compare(_ key: String, _ wanted: [String], _ found: [String]) -> [(String, String)] {
      wanted.filter { !found.contains($0) }.map {
        ("the example has no '\($0)' under '\(key)', which the plugin is handed", "add its file")
      }
        + found.filter { !wanted.contains($0) }.map {
          ("the example has '\($0)' under '\(key)', which the plugin is not handed", "remove it")
        }
    }
    let asked = predictions.map(\.role.rawValue)
    let (wantedTables, wantedPredictions, wantedModels): ([String], [String], [String]) =
      switch plugin.kind {
      case .gate:
        (
          plugin.needs.tables, plugin.needs.predictions.map(\.rawValue),
          plugin.needs.models.map(\.rawValue)
        )
      case .metric:
        (
          plugin.needs.tables, [asked.first ?? "candidate"], plugin.needs.models.map(\.rawValue)
        )
      case .runtime: (["rows"], [], [models.first?.role.rawValue ?? "candidate"])
      case .source: ([], [], [])
      }
    let hasURI = (uri != nil) == (plugin.kind == .source)
    return compare("tables", wantedTables, tables.map(\.name))
      + compare("predictions", wantedPredictions, asked)
      + compare("models", wantedModels, models.map(\.role.rawValue))
      + (hasURI
        ? [] : [("a source is asked for a 'uri', and no other plugin is", "mend the example")])
  }

  /// The run of the plugin on the example, with its rows as `rows` makes them of those of the files.
  func call(
    temporary: String, _ rows: (Column) -> Column
  ) throws -> (call: PluginCall, rows: Int) {
    var call = PluginCall(PluginUse(plugin, arguments))
    call.paths = call.paths.map { (name: $0.name, path: "\(folder)/\($0.path)") }
    var count = 0
    var files = tables.map { (PluginCall.Handed.Group.tables, $0.name, $0.path) }
    files += predictions.map { (PluginCall.Handed.Group.predictions, $0.role.rawValue, $0.path) }
    for (group, name, path) in files {
      let columns = try columns(of: path, temporary).map(rows)
      count = columns.first?.count ?? 0
      call.handed.append(PluginCall.Handed(group, name, .columns(columns)))
    }
    for (role, path) in models {
      let place = absolute("\(folder)/\(path)", from: realPath(".") ?? ".")
      let file = try hash(DataFile(unhashed: place))
      let artifact = Artifact(uri: path, path: place, sha256: file.sha256, bytes: file.bytes)
      call.models.append((role, artifact))
    }
    call.question = question(call.handed)
    return (call, count)
  }

  /// The rows of a file.
  private func columns(of path: String, _ temporary: String) throws -> [Column] {
    let place = absolute("\(folder)/\(path)", from: realPath(".") ?? ".")
    let table = try DuckDBDatabase.open(
      [TableSource(name: "example", path: place)], files: ["example": try expand(place).files],
      resources: Resources(), temporary: temporary
    ).table("example")
    return zip(try table.columns(table.schema.map(\.name.sqlName)), table.schema).map {
      $0.named($1.name)
    }
  }

  /// What the program is told beside what it is handed.
  private func question(_ handed: [PluginCall.Handed]) -> [JSON.Member] {
    if let uri { return [JSON.Member("uri", .string(uri))] }
    let roles = predictions.isEmpty ? models.map(\.role) : predictions.map(\.role)
    var members = [
      JSON.Member("task", .string(task.rawValue)),
      JSON.Member("classes", .array(classes.map(JSON.string))),
    ]
    if plugin.kind != .gate, let role = roles.first {
      members.append(JSON.Member("model", .string(role.rawValue)))
    }
    if plugin.kind == .runtime, case .columns(let columns)? = handed.first?.rows {
      members.append(JSON.Member("features", .array(columns.map { .string($0.name) })))
    }
    if task == .binary {
      members.append(
        JSON.Member(
          "thresholds", .object(roles.map { JSON.Member($0.rawValue, .number(0.5)) })))
    }
    return members
  }
}

extension Plugin {
  /// The plugin in a folder, whose kind its own file's name says; throws every mistake in that file.
  package init(in folder: String) throws(Diagnostics) {
    let kinds = Kind.allCases.filter { status("\(folder)/\($0.file)") != nil }
    guard let kind = kinds.first, kinds.count == 1 else {
      let files = Kind.allCases.map(\.file).joined(separator: ", ")
      throw Diagnostics([
        status(folder) == nil
          ? missing(folder, written: folder)
          : Diagnostic(
            "'\(folder)' is not the folder of one plugin: it has \(kinds.isEmpty ? "none" : "more than one") of \(files)",
            hint: "'gatewright plugin new' makes one to start from")
      ])
    }
    try self.init(
      kind, folder: folder, try readYAML("\(folder)/\(kind.file)", from: ".", beside: "").node)
  }
}
