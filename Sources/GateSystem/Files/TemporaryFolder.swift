internal import CProcess
package import GateCore
import Glibc
import Synchronization

/// A folder of one run that nobody else may look into; goes away with the last reference to it.
package final class TemporaryFolder: Sendable {
  /// Absolute, without symbolic links.
  package let path: String

  /// Held locked for as long as this process lives, by which its folder is told from those of dead ones.
  private let lock: Int32

  /// Every folder that still has to be removed.
  private static let all = Mutex<Set<String>>([])
  /// How names of such folders begin, and how many characters come after.
  private static let name = (start: "gatewright-", rest: "XXXXXX")

  /// Makes the folder, mode 0700, in `parent` (default: `TMPDIR`, or `/tmp`).
  package init(in parent: String? = nil) throws(Diagnostic) {
    let template = (parent ?? Self.parent) + "/" + Self.name.start + Self.name.rest
    var name = Array(template.utf8CString)
    guard mkdtemp(&name) != nil else {
      let reason = systemError()
      throw Diagnostic(
        "cannot make a temporary folder in '\(folder(of: template))': \(reason)",
        hint: "set TMPDIR to a folder that can be written to")
    }
    let made = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = realPath(made) ?? made
    lock = Self.locked(path)
    _ = Self.all.withLock { [path] in $0.insert(path) }
    process_remove_in_crash(path, 1)
  }

  /// Removes what runs have left that were ended by SIGKILL or with their machine: folders of this user whose lock
  /// nobody holds.
  package static func sweep(in parent: String? = nil) {
    let parent = parent ?? Self.parent
    let length = name.start.utf8.count + name.rest.utf8.count
    for name in (try? names(in: parent)) ?? []
    where name.hasPrefix(Self.name.start) && name.utf8.count == length {
      let path = parent + "/" + name
      var found = stat()
      guard lstat(path, &found) == 0, found.isFolder, found.st_uid == geteuid(),
        found.st_mode & 0o077 == 0
      else { continue }
      let lock = open(path + "/.lock", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard lock >= 0 else { continue }
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { removeTree(path) }
      close(lock)
    }
  }

  /// Where folders are made unless another place is named.
  private static var parent: String {
    let said = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return said.isEmpty ? "/tmp" : said
  }

  /// Makes the lock of a folder, which has its name only once it is held; less than 0 where that cannot be.
  private static func locked(_ folder: String) -> Int32 {
    let made = folder + "/.lock-new"
    let number = open(made, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard number >= 0 else { return -1 }
    if flock(number, LOCK_EX | LOCK_NB) != 0 || rename(made, folder + "/.lock") != 0 {
      unlink(made)
      close(number)
      return -1
    }
    return number
  }

  deinit {
    remove()
    if lock >= 0 { close(lock) }
  }

  /// Removes the folder and what is in it; links are removed and not followed.
  package func remove() {
    _ = Self.all.withLock { $0.remove(path) }
    removeTree(path)
    process_remove_in_crash(path, 0)
  }

  /// Removes the folders of the whole process; for the thread that ends it on a signal.
  package static func removeAll() {
    let paths = all.withLock { paths in
      defer { paths = [] }
      return paths
    }
    for path in paths { removeTree(path) }
  }

  /// A new path in the folder that ends in `name`, so that the extension stays.
  package func place(for name: String) throws(Diagnostic) -> String {
    var template = Array("\(path)/XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Diagnostic("cannot make a folder in '\(path)': \(systemError())")
    }
    let made = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    return made + "/" + fileName(of: name)
  }
}
