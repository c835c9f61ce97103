public import GateKit
import Glibc
import Synchronization

/// A folder of one run that nobody else may look into; goes away with the last reference to it.
public final class TemporaryFolder: Sendable {
  /// Absolute, without symbolic links.
  public let path: String

  /// Every folder that still has to be removed.
  private static let all = Mutex<Set<String>>([])

  /// Makes the folder, mode 0700, in `parent` (default: `TMPDIR`, or `/tmp`).
  public init(in parent: String? = nil) throws(Diagnostic) {
    let parent = parent ?? getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let template = (parent.isEmpty ? "/tmp" : parent) + "/gatewright-XXXXXX"
    var name = Array(template.utf8CString)
    guard mkdtemp(&name) != nil else {
      let reason = systemError()
      throw Diagnostic(
        "cannot make a temporary folder in '\(folder(of: template))': \(reason)",
        hint: "set TMPDIR to a folder that can be written to")
    }
    let made = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = realPath(made) ?? made
    _ = Self.all.withLock { [path] in $0.insert(path) }
  }

  deinit { remove() }

  /// Removes the folder and what is in it; links are removed and not followed.
  public func remove() {
    _ = Self.all.withLock { $0.remove(path) }
    removeTree(path)
  }

  /// Removes the folders of the whole process; for the thread that ends it on a signal.
  public static func removeAll() {
    let paths = all.withLock { paths in
      defer { paths = [] }
      return paths
    }
    for path in paths { removeTree(path) }
  }

  /// A new path in the folder that ends in `name`, so that the extension stays.
  func place(for name: String) throws(Diagnostic) -> String {
    var template = Array("\(path)/XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Diagnostic("cannot make a folder in '\(path)': \(systemError())")
    }
    let made = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    return made + "/" + fileName(of: name)
  }
}

/// Removes a file, or a folder with all that is in it, as far as that is possible.
private func removeTree(_ path: String) {
  var found = stat()
  guard lstat(path, &found) == 0 else { return }
  guard found.isFolder else {
    unlink(path)
    return
  }
  chmod(path, 0o700)
  for name in names(in: path) ?? [] { removeTree(path + "/" + name) }
  rmdir(path)
}
