import GateBackends
import GateCore
import GateKit
import GateSystem
import Glibc

extension Command {
  /// Makes, tests and pins plugins.
  static let plugin = Command(
    "plugin", "make, test, list, install or pin plugins: programs of your own",
    details: Action.ofPlugins.map { "\($0.name): \($0.summary)" } + [
      "A plugin is a folder with one YAML file and a program in any language.",
      "'test' exits with 1 when the plugin does not do what it must.",
    ],
    arguments: [
      Action.argument(Action.ofPlugins),
      Argument(
        "WORD", "the new plugin's name, or a plugin's folder", completion: .files,
        isOptional: true, isRepeated: true),
    ],
    flags: Action.flags(Action.ofPlugins),
    examples: [
      (
        "gatewright plugin new business-rules --kind gate --language python",
        "make a plugin to start from in gates/business-rules"
      ),
      ("gatewright plugin test gates/business-rules", "run it on its own example"),
      ("gatewright plugin lock", "pin the files of the manifest's plugins"),
    ]
  ) { try await Action.run($0, among: Action.ofPlugins) }
}

extension Flag {
  /// What a new plugin gives.
  fileprivate static let kind = Flag(
    "kind", "what it gives: \(Plugin.Kind.allCases.map(\.rawValue).alternatives)", value: "KIND",
    completion: .words { Plugin.Kind.allCases.map(\.rawValue) })
  /// What a new plugin's program is written in.
  fileprivate static let language = Flag(
    "language",
    "what it is written in: \(PluginTemplate.Language.allCases.map(\.rawValue).alternatives)",
    value: "LANGUAGE", completion: .words { PluginTemplate.Language.allCases.map(\.rawValue) })
}

extension Action {
  /// Makes a plugin to start from.
  static let making = Action(
    name: "new", summary: "make a plugin to start from, which passes its own test",
    flags: [.kind, .language, .output]
  ) { invocation in
    guard invocation.arguments.count == 2 else {
      throw invocation.command.wrong("'plugin new' takes one name")
    }
    let name = invocation.arguments[1]
    guard Plugin.isName(name) else {
      throw invocation.command.wrong(
        "a plugin's name is of letters, digits, '-' and '_', found '\(name)'")
    }
    let kind: Plugin.Kind = try invocation.choice(.kind)
    let template = PluginTemplate(
      kind: kind, language: try invocation.choice(.language), name: name)
    let folder = invocation.output ?? "\(kind.rawValue)s/\(name)"
    try Output.wantNew(folder, flag: "--output")
    for (path, text) in template.files {
      try Output.create(text, at: "\(folder)/\(path)", flag: "--output")
    }
    return try Output.print(
      "made '\(folder.visible)'; 'gatewright plugin test \(folder.visible)' tries it\n")
  }

  /// Runs plugins on their own examples.
  static let testing = Action(
    name: "test",
    summary: "run a plugin on its own example, on no rows, on nulls alone and on one row", flags: []
  ) { invocation in
    let folders = invocation.arguments.dropFirst()
    guard !folders.isEmpty else {
      throw invocation.command.wrong("'plugin test' takes the folder of a plugin")
    }
    let temporary = try temporary()
    defer { temporary.remove() }
    var areGood = true
    for folder in folders {
      let example = try PluginExample(of: folder)
      let plugin = example.plugin
      try Output.print(
        "\(plugin.kind.rawValue) \(plugin.id) \(plugin.version) (\(folder))\n".visibleLine)
      let trial = PluginTrial(
        example, temporary, executable: try SignalHandling.executable())
      try trial.run { step in
        areGood = areGood && step.isGood
        try Output.print(
          "  \(step.isGood ? "ok    " : "FAILED") \(step.name): \(step.result.visible)\n")
      }
    }
    return areGood ? ExitCode.done : Verdict.failed.exitCode
  }

  /// Lists the plugins of a manifest.
  static let listing = Action(
    name: "list", summary: "list the manifest's plugins: whether they are pinned and installed",
    flags: [.manifest]
  ) { invocation in
    let (file, plugins) = try namedPlugins(invocation)
    let temporary = try temporary()
    defer { temporary.remove() }
    let host = PluginHost(
      folder: file.folder, temporary: temporary, executable: try SignalHandling.executable())
    let rows = try plugins.map { plugin in
      let state = try host.state(of: plugin)
      return (
        "\(plugin.kind.rawValue) \(plugin.folder)",
        "\(plugin.version), \(state.pin.rawValue), \(state.packages.rawValue)"
      )
    }
    return try Output.print(
      rows.isEmpty ? "'\(file.path)' names no plugins\n" : Help.rows(rows) + "\n")
  }

  /// Makes the environments of plugins ahead of a run.
  static let installing = Action(
    name: "install", summary: "install the Python packages of plugins (default: the manifest's)",
    flags: [.manifest]
  ) { invocation in
    var folder = realPath(".") ?? "."
    var plugins = try invocation.arguments.dropFirst().map { folder throws(Diagnostics) in
      try Plugin(in: folder)
    }
    if plugins.isEmpty {
      let (file, own) = try namedPlugins(invocation)
      (folder, plugins) = (file.folder, own)
    }
    let temporary = try temporary()
    defer { temporary.remove() }
    let host = PluginHost(
      folder: folder, temporary: temporary, executable: try SignalHandling.executable(),
      progress: { Output.note($0.visible + "\n") })
    for plugin in plugins {
      try host.install(plugin)
      try Output.print("\(plugin.kind.rawValue) \(plugin.folder): ready\n".visibleLine)
    }
    if plugins.isEmpty { try Output.print("there are no plugins to install\n") }
    return ExitCode.done
  }

  /// Pins the files of a manifest's plugins.
  static let locking = Action(
    name: "lock", summary: "pin the files of the manifest's plugins in plugins.lock, beside it",
    flags: [.manifest]
  ) { invocation in
    let (file, plugins) = try namedPlugins(invocation)
    guard !plugins.isEmpty else {
      throw Diagnostic("'\(file.path)' names no plugins", hint: "there is nothing to pin")
    }
    let temporary = try temporary()
    defer { temporary.remove() }
    let text = try PluginLock.text(
      of: plugins.map(\.folder), from: file.folder, in: temporary)
    let path = absolute(PluginLock.name, from: file.folder)
    try Output.write(text, to: path)
    let files = text.split(separator: "\n").count - 1
    return try Output.print(
      "pinned \(files.counted("file")) of \(plugins.count.counted("plugin")) in '\(PluginLock.name)'\n"
    )
  }

  /// The manifest that a command names, and its plugins.
  private static func namedPlugins(
    _ invocation: Invocation
  ) throws -> (file: ManifestFile, plugins: [Plugin]) {
    let file = try ManifestFile(invocation.value(.manifest) ?? ManifestFile.standard)
    return (file, try file.manifest().used)
  }

  /// A folder for what is copied, which a signal removes.
  private static func temporary() throws -> TemporaryFolder {
    try SignalHandling.watchSignals()
    TemporaryFolder.sweep()
    return try TemporaryFolder()
  }
}

extension Invocation {
  /// The value of a flag that must be one of a type's words.
  fileprivate func choice<T: CaseIterable & RawRepresentable<String>>(
    _ flag: Flag
  ) throws(Usage) -> T {
    let words = T.allCases.map(\.rawValue)
    guard let text = value(flag) else {
      throw command.wrong("'--\(flag.name)' is missing: \(words.joined(separator: ", "))")
    }
    guard let found = T(rawValue: text) else {
      throw Usage(
        "'--\(flag.name)' is '\(text)', wanted \(words.joined(separator: ", "))",
        hint: text.nearest(in: words).map { "did you mean '\($0)'" })
    }
    return found
  }
}

extension String {
  /// A line of which only the end is a new one.
  fileprivate var visibleLine: String { String(dropLast()).visible + "\n" }
}
