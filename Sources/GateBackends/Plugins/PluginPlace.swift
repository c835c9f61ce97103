import GateCore
import GateSystem
import Glibc

/// The folders of one run of a plugin, removed with all that is in them.
final class PluginPlace {
  /// The guard's own.
  let folder: String
  /// The copy of the plugin.
  let program: String
  /// What it is handed.
  let input: String
  /// What it may write.
  let scratch: String
  /// Further paths that it may read.
  var handed: [String] = []
  private let own: TemporaryFolder

  /// The file with the request.
  var request: String { folder + "/request.json" }
  /// Where it writes its answer.
  var answer: String { scratch + "/answer.json" }

  /// Makes the folders below the run's own.
  init(_ plugin: Plugin, in temporary: TemporaryFolder) throws(Diagnostic) {
    own = try TemporaryFolder(in: temporary.path)
    folder = own.path
    (program, input, scratch) = (folder + "/program", folder + "/input", folder + "/scratch")
    for path in [input, scratch] where mkdir(path, 0o700) != 0 {
      throw Diagnostic("cannot make a folder for '\(plugin.folder)': \(systemError())")
    }
  }

  /// Removes all of it.
  func remove() { own.remove() }

  /// A place for a file that a parameter names.
  func input(named name: String, in parameter: String) throws(Diagnostic) -> String {
    let folder = "\(input)/\(parameter)"
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw Diagnostic("cannot make the folder '\(folder)': \(systemError())")
    }
    return "\(folder)/\(name)"
  }

  /// The answer, and the file that it names, once the program and all it started have ended.
  func answer(_ plugin: Plugin) throws(Diagnostic) -> (json: JSON, file: String?) {
    let name = "the plugin '\(plugin.folder)'"
    let bytes = try content(answer, limit: plugin.limits.output, of: plugin) {
      Diagnostic(
        "\(name) ended without an answer",
        hint: "have it write one JSON object to the file that GATEWRIGHT_ANSWER names")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Diagnostic("\(name) answered with bytes that are not UTF-8")
    }
    let json: JSON
    do throws(Diagnostic) { json = try JSON(parsing: text, name: "answer.json") } catch {
      // Without the line that is wrong, which may be as long as the answer.
      let place = error.location.map { " (line \($0.line), column \($0.column))" } ?? ""
      throw Diagnostic("\(name) answered with text that is not JSON\(place): \(error.message)")
    }
    guard case .object(let members) = json,
      let file = members.first(where: { $0.key == "file" })?.value
    else { return (json, nil) }
    guard let file = file.string, !file.isEmpty, !file.contains("/"), file != "..", file != "."
    else {
      throw Diagnostic(
        "\(name) answered \(file.found) under 'file', wanted the name of a file in its scratch folder"
      )
    }
    let path = "\(scratch)/\(file)"
    try check(path, limit: plugin.limits.file, of: plugin) {
      Diagnostic("\(name) named the file '\(file)', and there is none in its scratch folder")
    }
    return (json, path)
  }

  /// Refuses what is no file of its own of at most `limit` bytes.
  private func check(
    _ path: String, limit: Int, of plugin: Plugin, orElse missing: () -> Diagnostic
  ) throws(Diagnostic) {
    var found = stat()
    guard lstat(path, &found) == 0 else { throw missing() }
    let name = fileName(of: path)
    guard found.isFile, found.st_nlink == 1 else {
      throw Diagnostic(
        "the plugin '\(plugin.folder)' left '\(name)' as a link or a device, not a file")
    }
    guard found.st_size <= limit else {
      throw Diagnostic(
        "the plugin '\(plugin.folder)' wrote \(Int(found.st_size).bytesText) to '\(name)', more than the \(limit.bytesText) it may",
        hint: "raise 'limits' in its \(plugin.kind.file), or have it write less")
    }
  }

  private func content(
    _ path: String, limit: Int, of plugin: Plugin, orElse missing: () -> Diagnostic
  ) throws(Diagnostic) -> [UInt8] {
    try check(path, limit: limit, of: plugin, orElse: missing)
    return try readFile(path, limit: limit, written: fileName(of: path))
  }
}

extension Int {
  /// A size in the largest unit that leaves no fraction worth telling: `8MB`.
  var bytesText: String {
    for (unit, size) in [("GB", 1e9), ("MB", 1e6), ("KB", 1e3)] where Double(self) >= size {
      return (Double(self) / size).brief + unit
    }
    return "\(self) bytes"
  }
}
