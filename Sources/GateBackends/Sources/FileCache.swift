import GateCore
import GateSystem
import Glibc

/// Files that were fetched, by their digests, in the user's cache: shared between runs, bounded, safe for several at a time.
enum FileCache {
  /// The most bytes that are kept: `GATEWRIGHT_CACHE_GB`, or 20 GB.
  private static var most: Int {
    let said = getenv("GATEWRIGHT_CACHE_GB").flatMap { Double(String(cString: $0)) } ?? 20
    return Int(max(0, min(said, 1e6)) * 1e9)
  }

  /// The folder; nil where there is no place for one.
  private static var folder: String? {
    let said = getenv("XDG_CACHE_HOME").map { String(cString: $0) } ?? ""
    let home = getenv("HOME").map { String(cString: $0) } ?? ""
    if said.hasPrefix("/") { return said + "/gatewright/files" }
    return home.hasPrefix("/") ? home + "/.cache/gatewright/files" : nil
  }

  /// The file of a digest, hashed anew, since anybody may have written there; nil where there is none, or another.
  static func file(_ sha256: String) throws(Diagnostic) -> DataFile? {
    guard let folder, sha256.utf8.count == 64 else { return nil }
    let path = "\(folder)/\(sha256)"
    var found = stat()
    guard lstat(path, &found) == 0, found.isFile, found.st_uid == geteuid() else { return nil }
    guard let digest = try? GateSystem.sha256(file: path), digest.sha256 == sha256 else {
      unlink(path)
      return nil
    }
    utimensat(AT_FDCWD, path, nil, 0)
    return DataFile(path: path, name: sha256, bytes: digest.bytes, sha256: sha256)
  }

  /// Keeps a copy of a file whose digest is known; a cache that cannot be written is none.
  static func keep(_ path: String, _ sha256: String) {
    guard let folder, let size = status(path).map({ Int($0.st_size) }), size <= most / 2,
      (try? makeFolder(of: "\(folder)/\(sha256)", for: folder)) != nil
    else { return }
    prune(folder, to: most - size)
    let part = "\(folder)/.\(sha256)-\(getpid())"
    unlink(part)
    if link(path, part) != 0, !copy(path, to: part) {
      unlink(part)
      return
    }
    if rename(part, "\(folder)/\(sha256)") != 0 { unlink(part) }
  }

  /// Removes the files that were not used for longest until the rest has at most so many bytes.
  private static func prune(_ folder: String, to most: Int) {
    var files = ((try? names(in: folder)) ?? []).compactMap { name in
      status("\(folder)/\(name)").map {
        (path: "\(folder)/\(name)", size: Int($0.st_size), used: $0.st_mtim.tv_sec)
      }
    }
    files.sort { $0.used < $1.used }
    var total = files.reduce(0) { $0 + $1.size }
    for file in files where total > most {
      unlink(file.path)
      total -= file.size
    }
  }

  /// Copies a file to another file system.
  private static func copy(_ source: String, to target: String) -> Bool {
    guard let from = try? openFile(source, written: source) else { return false }
    let number = open(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard number >= 0 else { return false }
    let to = Descriptor(number)
    do throws(Diagnostic) {
      try readChunks(from, written: source) { (chunk) throws(Diagnostic) in
        try write(chunk, to: to, path: target)
      }
      return true
    } catch { return false }
  }
}
