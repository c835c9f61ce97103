import GateCore
import Synchronization

/// The files that a manifest names and that are read with it, each once, whoever names it.
final class FilesRead: Sendable {
  private let known = Mutex<[(path: String, node: Node, file: DataFile)]>([])

  /// What a file holds, by its path as it is written; `read` reads it where nobody has.
  func node(
    _ path: String, _ read: (String) throws(Diagnostics) -> (node: Node, file: DataFile)
  ) throws(Diagnostics) -> Node {
    if let found = known.withLock({ $0.first { $0.path.isSame(as: path) } }) { return found.node }
    let (node, file) = try read(path)
    known.withLock { $0.append((path, node, file)) }
    return node
  }

  /// What the files hold, by their paths as they are written.
  var nodes: [String: Node] {
    known.withLock { known in
      Dictionary(known.map { ($0.path, $0.node) }) { first, _ in first }
    }
  }

  /// The files, in the order they were named in; one by two paths is one.
  var files: [DataFile] {
    known.withLock { known in
      known.map(\.file).reduce(into: []) { files, file in
        if !files.contains(file) { files.append(file) }
      }
    }
  }
}
