import GateCore
import GateSystem
import Glibc

/// A Python with the packages that a plugin needs, made once for every list of packages and kept in the user's cache.
struct PythonEnvironment {
  /// Its folder; absolute.
  let folder: String

  /// The interpreter.
  var python: String { folder + "/bin/python" }

  /// Says that an environment is whole; holds the digest of the list.
  private static let mark = ".gatewright-complete"

  /// The environment for a list of packages; made where it is not there yet.
  ///
  /// - Parameters:
  ///   - requirements: The list, as pip reads it, every package with its hashes.
  ///   - plugin: The plugin's folder as the user wrote it, and the copy that is run.
  ///   - progress: Says that packages are being installed.
  /// - Throws: A `Diagnostic` when there is no Python, or the packages could not be installed.
  init(
    requirements: [UInt8], of plugin: (written: String, copy: String), file: String,
    progress: (String) -> Void
  ) throws(Diagnostic) {
    let (interpreter, key, cache) = try Self.place(requirements, for: plugin.written)
    folder = "\(cache)/\(key.prefix(32))"
    let lock = open("\(folder).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw Diagnostic(
        "cannot write to '\(cache)': \(systemError())",
        hint: "set XDG_CACHE_HOME to a folder that can be written to")
    }
    let held = Descriptor(lock)
    while flock(held.number, LOCK_EX) != 0, errno == EINTR {}
    if status("\(folder)/\(Self.mark)") != nil { return }
    progress("installing the packages of \(plugin.written) (once)")
    try make(with: interpreter, plugin, file)
    try writeWhole(Array("\(key)\n".utf8), to: "\(folder)/\(Self.mark)")
  }

  /// Whether the environment for a list of packages is there already.
  static func isMade(_ requirements: [UInt8], for plugin: String) throws(Diagnostic) -> Bool {
    let (_, key, cache) = try place(requirements, for: plugin)
    return status("\(cache)/\(key.prefix(32))/\(mark)") != nil
  }

  /// Which Python a list of packages is for, the digest of both, and the folder of all environments.
  private static func place(
    _ requirements: [UInt8], for plugin: String
  ) throws(Diagnostic) -> (interpreter: String, key: String, cache: String) {
    let interpreter = try interpreter(for: plugin)
    let version = try run([interpreter, "--version"], in: "/", seconds: 60)
    let key = try sha256(requirements + Array("\n\(interpreter)\n\(version.log)".utf8))
    return (interpreter, key, try cache())
  }

  /// Makes the environment and installs the packages; what an earlier try left is removed.
  private func make(
    with interpreter: String, _ plugin: (written: String, copy: String), _ file: String
  ) throws(Diagnostic) {
    let list = "\(plugin.copy)/\(file)"
    let wheels = "\(plugin.copy)/wheelhouse"
    let offline =
      status(wheels)?.isFolder == true ? ["--no-index", "--find-links", wheels] : []
    let uv = Self.lookUp("uv")
    let steps =
      uv.map { uv in
        [
          [uv, "venv", "--clear", "--python", interpreter, folder],
          [uv, "pip", "install", "--python", python, "--require-hashes", "-r", list] + offline,
        ]
      } ?? [
        [interpreter, "-m", "venv", "--clear", folder],
        [
          python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
          "--require-hashes", "-r", list,
        ] + offline,
      ]
    for step in steps {
      let (ending, log) = try Self.run(step, in: plugin.copy, seconds: 1800)
      guard ending == .exited(0) else {
        let last = log.split(separator: "\n").suffix(12).joined(separator: "\n")
        throw Diagnostic(
          "the packages of '\(plugin.written)' could not be installed ('\(step.prefix(4).joined(separator: " "))' \(ending)): \(last)",
          hint:
            "every line of \(file) needs its version and its hashes, as pip-compile --generate-hashes writes them",
          temporary: ending == .timedOut)
      }
    }
  }

  /// The Python that environments are made of.
  private static func interpreter(for plugin: String) throws(Diagnostic) -> String {
    let named = getenv("GATEWRIGHT_PYTHON").map { String(cString: $0) }
    guard let path = (named ?? lookUp("python3") ?? lookUp("python")).map(Python.behind) else {
      throw Diagnostic(
        "the plugin '\(plugin)' needs Python, and there is none on PATH",
        hint: "install Python 3, or set GATEWRIGHT_PYTHON to it")
    }
    return path
  }

  /// The folder of all environments.
  private static func cache() throws(Diagnostic) -> String {
    let said = getenv("XDG_CACHE_HOME").map { String(cString: $0) } ?? ""
    let home = getenv("HOME").map { String(cString: $0) } ?? ""
    guard said.hasPrefix("/") || home.hasPrefix("/") else {
      throw Diagnostic(
        "there is no folder to keep Python packages in: neither HOME nor XDG_CACHE_HOME is set",
        hint: "set XDG_CACHE_HOME to a folder that can be written to")
    }
    let folder = (said.hasPrefix("/") ? said : home + "/.cache") + "/gatewright/python"
    try makeFolder(of: folder + "/any", for: folder)
    return folder
  }

  /// The absolute path of a program on PATH.
  static func lookUp(_ name: String) -> String? {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").lazy.map { "\($0)/\(name)" }
      .first { access($0, X_OK) == 0 && status($0)?.isFile == true }
  }

  /// Runs one step of an installation, with the variables that say where packages come from.
  private static func run(
    _ words: [String], in folder: String, seconds: Double
  ) throws(Diagnostic) -> (ending: Subprocess.Termination, log: String) {
    var environment = Subprocess.plainEnvironment
    for variable in Variables.all {
      let isOfInstallers = ["PIP_", "UV_", "SSL_", "REQUESTS_"].contains {
        variable.name.hasPrefix($0)
      }
      let isOfProxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"].contains(
        variable.name.uppercased())
      if isOfInstallers || isOfProxies { environment[variable.name] = variable.value }
    }
    let process = try Subprocess(
      Subprocess.Program(
        executable: words[0], arguments: Array(words.dropFirst()), environment: environment,
        directory: folder, seconds: seconds))
    let ending = process.finish(keep: 1 << 16)
    return (ending, process.errorText + String(decoding: process.remaining, as: UTF8.self))
  }
}
