package import GateCore
package import GateGit
import GateSystem
import GateYAML

/// A YAML file of a commit by its path from a folder of the repository, as `readYAML` reads one of this machine.
///
/// A path that leads out of the repository is read from this machine, since no commit can have it.
package func readYAML(
  _ path: String, in folder: String, of commit: GitCommit
) throws(Diagnostics) -> (node: Node, file: DataFile) {
  guard
    let place = commit.path(of: absolute(path, from: absolute(folder, from: commit.root)).plainPath)
  else { return try readYAML(path, from: absolute(folder, from: commit.root), beside: "") }
  let limits = YAMLLimits(bytes: 16 << 20, nodes: 1_000_000)
  let uri = "git:\(commit.id):\(place)"
  let bytes: [UInt8]
  let file: DataFile
  do throws(Diagnostic) {
    bytes = try readGit(uri, from: commit.root, limit: limits.bytes).bytes
    file = DataFile(
      path: commit.root + "/" + place, name: path, bytes: bytes.count, sha256: try sha256(bytes))
  } catch { throw Diagnostics([error]) }
  return (try parseYAML(bytes, name: "\(commit.ref):\(place)", limits: limits), file)
}

/// The digests of `plugins.lock` in a folder of a commit; nil: there is none.
package func pluginDigests(
  in folder: String, of commit: GitCommit
) throws(Diagnostic) -> [String: String]? {
  let place = folder.isEmpty ? PluginLock.name : "\(folder)/\(PluginLock.name)"
  guard try commit.entry(at: place) != nil else { return nil }
  let content = try readGit("git:\(commit.id):\(place)", from: commit.root, limit: 8 << 20)
  return try PluginLock(text: String(decoding: content.bytes, as: UTF8.self)).digests
}

extension String {
  /// An absolute path without `.` and `..`, by its words alone.
  package var plainPath: String {
    var parts: [Substring] = []
    for part in split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
