package import GateCore
package import GateSystem
import GateTables
import Glibc

/// Runs plugins: each from a copy of its files, on copies of what it is handed, held to both.
package struct PluginHost: Sendable {
  /// The manifest's folder.
  let folder: String
  let temporary: TemporaryFolder
  /// This program, which guards those of plugins.
  let executable: String
  /// Whether a plugin without a lock is refused, and one that cannot be held to its files.
  let policy: PluginPolicy
  /// Says what is being done.
  let progress: @Sendable (String) -> Void
  /// What of the kernel holds programs.
  package var sandbox = Sandbox.here
  /// Whether plugins.lock says which files may run.
  package var readsLock = true

  /// Takes where it runs.
  package init(
    folder: String, temporary: TemporaryFolder, executable: String,
    policy: PluginPolicy = PluginPolicy(), progress: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    (self.folder, self.temporary, self.executable) = (folder, temporary, executable)
    (self.policy, self.progress) = (policy, progress)
  }

  /// The same, which says what is being done.
  func telling(_ progress: @escaping @Sendable (String) -> Void) -> PluginHost {
    PluginHost(
      folder: folder, temporary: temporary, executable: executable, policy: policy,
      progress: progress)
  }

  /// Runs a plugin once and reads its answer.
  ///
  /// - Throws: A `Diagnostic` on the plugin: of its files, of what it was to be handed, of how it ended, and of an
  ///   answer that is none.
  package func run(_ call: PluginCall) throws -> PluginResult {
    switch try attempt(call) {
    case .answered(let result): return result
    case .gaveUp(_, let reason): throw reason
    }
  }

  /// What came of a run in which the program ended by itself.
  enum Attempt {
    case answered(PluginResult)
    /// It said by its status that it cannot answer.
    case gaveUp(Int32, Diagnostic)
  }

  /// The same; what the program says by its status is no error here.
  func attempt(_ call: PluginCall) throws -> Attempt {
    let place = try PluginPlace(call.plugin, in: temporary)
    defer { place.remove() }
    let record = try prepare(call.plugin, in: place)
    let request = try hand(over: call, in: place)
    try writeNew(Array(request.text.utf8), to: place.request)
    let ended = try program(call.plugin, in: place).run(
      executable: executable, folder: place.folder)
    do throws(Diagnostic) {
      try Self.check((ended.ending, ended.log), of: call.plugin)
    } catch {
      if case .exited(let status) = ended.ending { return .gaveUp(status, error) }
      throw error
    }
    let answer = try place.answer(call.plugin)
    let file = try answer.file.map { (path) throws(Diagnostic) in try keep(path, of: call.plugin) }
    var result = PluginResult(answer: answer.json, record: record)
    result.file = file
    // What a source gives may be no table.
    result.table =
      call.plugin.kind == .source
      ? try? file.map { try table($0, of: call.plugin) }
      : try file.map { try table($0, of: call.plugin) }
    result.log = Self.end(of: ended.log)
    result.peakMemory = ended.peak > 0 ? ended.peak : nil
    return .answered(result)
  }

  /// Makes what the plugin needs before it can run: the environment of its packages.
  ///
  /// - Throws: What `run` throws of its files and packages.
  package func install(_ plugin: Plugin) throws {
    let place = try PluginPlace(plugin, in: temporary)
    defer { place.remove() }
    _ = try prepare(plugin, in: place)
    _ = try program(plugin, in: place)
  }

  /// Copies the plugin's files, holds them against the lock, and says what is run.
  private func prepare(_ plugin: Plugin, in place: PluginPlace) throws -> [JSON.Member] {
    let tree = try FileTree(
      copying: absolute(plugin.folder, from: folder), to: place.program, written: plugin.folder)
    let own = try readFile("\(place.program)/\(plugin.kind.file)", limit: 1 << 20)
    let text = Source(name: "", text: String(decoding: own, as: UTF8.self))
    guard text.lines == plugin.mark.source.lines else {
      throw Diagnostic(
        "'\(plugin.folder)/\(plugin.kind.file)' changed while this ran", hint: "run again")
    }
    let lock = readsLock ? try PluginLock(in: folder) : nil
    try lock?.check(tree.files, of: plugin.folder)
    if lock == nil, policy.isLocked {
      throw Diagnostic(
        "the plugin '\(plugin.folder)' is pinned by no plugins.lock, and 'plugins.locked' wants one",
        hint: "write it: gatewright plugin lock")
    }
    if policy.needsSandbox, let missing = sandbox.missing {
      throw Diagnostic(
        "the plugin '\(plugin.folder)' cannot be kept from \(missing), and 'plugins.sandbox' is required",
        hint: "run on a kernel that has both, or remove 'plugins.sandbox'")
    }
    return [
      JSON.Member("use", .string(plugin.folder)), JSON.Member("version", .string(plugin.version)),
      JSON.Member("sha256", .string(try tree.sha256)),
      JSON.Member("pinned", .bool(lock != nil)),
      JSON.Member("sandbox", sandbox.record(network: plugin.network)),
    ]
  }

  /// Writes what the plugin is handed, and what it is asked.
  private func hand(over call: PluginCall, in place: PluginPlace) throws -> JSON {
    var parameters = call.parameters
    for (name, path) in call.paths {
      let target = try place.input(named: fileName(of: path), in: name)
      _ = try FileTree(copying: absolute(path, from: folder), to: target, written: path)
      parameters.append(JSON.Member(name, .string(target)))
    }
    let files = try PluginCall.Handed.Group.allCases.map { group in
      JSON.Member(
        group.rawValue,
        .object(
          try call.handed.filter { $0.group == group }.map {
            JSON.Member($0.name, .string(try write($0, call.plugin.format, in: place)))
          }))
    }
    let models = call.models.map { role, artifact in
      JSON.Member(
        role.rawValue,
        .object([
          JSON.Member("path", .string(artifact.path)), JSON.Member("uri", .string(artifact.uri)),
          JSON.Member("sha256", .string(artifact.sha256)),
        ]))
    }
    place.handed += call.models.map(\.artifact.path)
    return .object(
      [
        JSON.Member("protocol", .string("gatewright/plugin@1")),
        JSON.Member("kind", .string(call.plugin.kind.rawValue)),
        JSON.Member("parameters", .object(parameters)),
        JSON.Member("seed", .integer(call.seed)), JSON.Member("models", .object(models)),
        JSON.Member("scratch", .string(place.scratch)),
      ] + files + call.question)
  }

  /// Writes rows that are handed over; gives the file's path.
  private func write(
    _ handed: PluginCall.Handed, _ format: Plugin.Format, in place: PluginPlace
  ) throws -> String {
    let path = "\(place.input)/\(handed.group.rawValue)-\(handed.name).\(format.rawValue)"
    try RowsWriter.write(path) { append in
      switch handed.rows {
      case .columns(let columns): try append(columns)
      case .table(let table, let columns):
        try table.scan(columns.map(\.sql), batch: 65_536) { read in
          try append(zip(read, columns).map { $0.named($1.name) })
        }
      }
    }
    return path
  }

  /// The program with what it may reach and use.
  private func program(_ plugin: Plugin, in place: PluginPlace) throws(Diagnostic) -> GuardedProgram
  {
    var readable = [place.program, place.input, place.request] + place.handed
    var folders = ["/usr/local/bin", "/usr/bin", "/bin"]
    if let file = plugin.requirements {
      let list = try readFile(
        "\(place.program)/\(file)", limit: 8 << 20, written: "\(plugin.folder)/\(file)")
      let python = try PythonEnvironment(
        requirements: list, of: (plugin.folder, place.program), file: file, progress: progress)
      folders = [python.folder + "/bin"] + folders
      readable.append(python.folder)
    } else if let path = getenv("PATH") {
      folders = String(cString: path).split(separator: ":").map(String.init)
    }
    let found = Python.behind(try Self.find(plugin, in: place, folders))
    readable += Self.home(of: found) + Self.virtualEnvironments(folders)
    var environment = [
      "PATH": folders.joined(separator: ":"), "HOME": place.scratch, "TMPDIR": place.scratch,
      "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0",
      "GATEWRIGHT_ANSWER": place.answer,
    ]
    for name in plugin.environment {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    var program = GuardedProgram(
      command: [found] + plugin.command.dropFirst(), environment: environment,
      directory: place.program, input: place.request, readable: readable,
      writable: [place.scratch], seconds: plugin.limits.seconds, memory: plugin.limits.memory,
      fileSize: plugin.limits.file, processes: plugin.limits.processes)
    program.network = plugin.network
    program.sandbox = sandbox
    return program
  }

  /// Where the plugin's program is: beside its own file, in its environment, or on PATH.
  private static func find(
    _ plugin: Plugin, in place: PluginPlace, _ folders: [String]
  ) throws(Diagnostic) -> String {
    let name = plugin.command[0]
    let own = "\(place.program)/\(name)"
    if !name.hasPrefix("/"), status(own)?.isFile == true {
      guard access(own, X_OK) == 0 else {
        throw Diagnostic(
          "'\(plugin.folder)/\(name)' may not be run: it is not executable",
          hint: "chmod +x \(plugin.folder)/\(name)")
      }
      return own
    }
    if name.contains("/") {
      if name.hasPrefix("/"), access(name, X_OK) == 0 { return name }
      throw Diagnostic("the plugin '\(plugin.folder)' has no program '\(name)'")
    }
    for candidate in name == "python" ? ["python", "python3"] : [name] {
      for folder in folders {
        let path = "\(folder)/\(candidate)"
        if access(path, X_OK) == 0, status(path)?.isFile == true { return path }
      }
    }
    throw Diagnostic(
      "the program '\(name)' of the plugin '\(plugin.folder)' is neither beside its \(plugin.kind.file) nor on PATH",
      hint: "install it, or put it into \(plugin.folder)")
  }

  /// The folder of an interpreter that stands outside of the system's own folders, with its libraries.
  private static func home(of program: String) -> [String] {
    guard let real = realPath(program) else { return [] }
    let home = GateSystem.folder(of: GateSystem.folder(of: real))
    let isOne = status("\(home)/lib")?.isFolder == true && home.split(separator: "/").count > 1
    return isOne && home != getenv("HOME").map({ String(cString: $0) }) ? [home] : [real]
  }

  /// The virtual environments whose programs are in these folders, each with the Python that it was made of.
  private static func virtualEnvironments(_ folders: [String]) -> [String] {
    folders.compactMap { realPath($0).map(GateSystem.folder(of:)) }
      .filter { status("\($0)/pyvenv.cfg")?.isFile == true }
      .flatMap { [$0] + home(of: "\($0)/bin/python3") }
  }

  /// The last lines of what a program wrote, without what could pass for anything but text.
  private static func end(of log: String) -> String {
    log.split(whereSeparator: \.isNewline).suffix(40).map { String($0.suffix(500)).visible }
      .joined(separator: "\n")
  }

  /// Refuses every ending but a good one, with the end of what the program wrote.
  private static func check(
    _ ended: (ending: GuardedProgram.Ending, log: String), of plugin: Plugin
  ) throws(Diagnostic) {
    let name = "the plugin '\(plugin.folder)'"
    let log = end(of: ended.log).split(separator: "\n").suffix(5).joined(separator: " / ")
    let said = log.isEmpty ? "; it wrote nothing" : "; it wrote: \(log.suffix(2000))"
    let limits = plugin.limits
    switch ended.ending {
    case .exited(0): return
    case .exited(let status): throw Diagnostic("\(name) ended with status \(status)\(said)")
    case .signalled(let signal):
      throw Diagnostic("\(name) \(Subprocess.Termination.signalled(signal))\(said)")
    case .timedOut:
      throw Diagnostic(
        "\(name) did not finish in \(limits.seconds.brief)s\(said)",
        hint: "raise 'limits.time' in its \(plugin.kind.file), or hand it fewer rows",
        temporary: true)
    case .outOfMemory:
      throw Diagnostic(
        "\(name) used more than the \(limits.memory.bytesText) of memory it may\(said)",
        hint: "raise 'limits.memory' in its \(plugin.kind.file)")
    case .tooManyProcesses:
      throw Diagnostic(
        "\(name) started more than \(limits.processes) processes\(said)",
        hint: "raise 'limits.processes' in its \(plugin.kind.file)")
    case .outlived:
      throw Diagnostic(
        "\(name) left a process running behind it, which was ended\(said)",
        hint: "have it wait for what it starts")
    case .notConfined(let reason):
      throw Diagnostic("\(name) could not be held to its files: \(reason)")
    case .notStarted(let reason): throw Diagnostic("\(name) could not be started: \(reason)")
    case .stopped: throw Diagnostic("\(name) was stopped", temporary: true)
    }
  }
}
