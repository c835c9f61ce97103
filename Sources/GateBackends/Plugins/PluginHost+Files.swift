import GateCore
import GateSystem
import GateTables
import Glibc

extension PluginHost {
  /// Moves a file of a plugin to where it stays until the run ends.
  func keep(_ path: String, of plugin: Plugin) throws(Diagnostic) -> String {
    let kept = try temporary.place(for: fileName(of: path))
    guard rename(path, kept) == 0 else {
      throw Diagnostic("cannot keep the answer of '\(plugin.folder)': \(systemError())")
    }
    return kept
  }

  /// The rows of a file that an answer names.
  func table(_ path: String, of plugin: Plugin) throws -> any Table {
    try DuckDBDatabase.open(
      [TableSource(name: "answer", path: path)],
      files: ["answer": [DataFile(path: path, name: fileName(of: path), bytes: 0, sha256: "")]],
      resources: Resources(), temporary: temporary.path
    ).table("answer")
  }
}
