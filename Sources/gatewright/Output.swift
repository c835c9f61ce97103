import GateCore
import GateSystem
import Glibc

/// Where text goes.
enum Output {
  /// Writes to stdout; returns the code of a thing done, and throws when stdout is closed or full, so that
  /// what nobody could read is not a success.
  @discardableResult
  static func print(_ text: String) throws(Diagnostic) -> Int32 {
    if let code = write(text, to: STDOUT_FILENO) { throw failure("stdout", code) }
    return ExitCode.done
  }

  /// Writes to stderr; nothing can be done when that fails.
  static func note(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// What keeps a path from being the place of a report: a pipe or a socket, which may wait for ever, or a device that is no
  /// terminal and not the empty one; nil: nothing does.
  static func obstacle(at path: String) -> String? {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    switch found.st_mode & S_IFMT {
    case S_IFIFO: return isStandard(found) ? nil : "a pipe"
    case S_IFSOCK: return isStandard(found) ? nil : "a socket"
    case S_IFBLK: return "a device"
    case S_IFCHR: return isStandard(found) || place(path) == "/dev/null" ? nil : "a device"
    default: return nil
    }
  }

  /// Whether it is what the program has as standard output or error.
  private static func isStandard(_ found: stat) -> Bool {
    [STDOUT_FILENO, STDERR_FILENO].contains { descriptor in
      var own = stat()
      return fstat(descriptor, &own) == 0 && own.st_dev == found.st_dev
        && own.st_ino == found.st_ino
    }
  }

  /// What tells one regular file from every other, however many names it has; nil: none is there.
  static func identity(of path: String) -> [UInt64]? {
    var found = stat()
    guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
    return [UInt64(found.st_dev), UInt64(found.st_ino)]
  }

  /// Removes a regular file where there is one; a pipe, a device and a folder stay.
  static func removeFile(_ path: String) throws(Diagnostic) {
    var found = stat()
    guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return }
    guard unlink(resolved(path)) == 0 else { throw failure(path, errno) }
  }

  /// The first bytes of a regular file as text; nil when there is none that can be read.
  static func start(of path: String, bytes: Int) -> String? {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
    var start = [UInt8](repeating: 0, count: bytes)
    let count = Glibc.read(descriptor, &start, bytes)
    return count < 0 ? nil : String(decoding: start[..<count], as: UTF8.self)
  }

  /// Writes a file whole or not at all, and makes the folders it stands in; a link stays, and its file is written.
  ///
  /// A path that is a pipe or a device is written to as it is. Throws a `Diagnostic` with the cause.
  static func write(_ text: String, to path: String) throws(Diagnostic) {
    try writeWhole(Array(text.utf8), to: resolved(path))
  }

  /// Writes a new file and makes the folders it stands in; throws when something of that name is there, and which flag
  /// names another.
  static func create(
    _ text: String, at path: String, flag: String = "--manifest"
  ) throws(Diagnostic) {
    try makeFolder(of: place(path), for: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else {
      throw errno == EEXIST
        ? isThere(path, flag: flag)
        : failure(path, errno)
    }
    var code = write(text, to: descriptor)
    if close(descriptor) != 0, code == nil { code = errno }
    if let code {
      unlink(path)
      throw failure(path, code)
    }
  }

  /// Throws when something of that name is there, before any work is done for it.
  static func wantNew(_ path: String, flag: String = "--manifest") throws(Diagnostic) {
    var found = stat()
    if lstat(path, &found) == 0 { throw isThere(path, flag: flag) }
  }

  /// That a file would be overwritten, and which flag names another.
  private static func isThere(_ path: String, flag: String) -> Diagnostic {
    Diagnostic(
      "'\(path)' is there already", hint: "remove it, or name another file with '\(flag)'")
  }

  /// The text of a file, at most `limit` bytes.
  static func read(_ path: String, limit: Int = 256 << 20) throws(Diagnostic) -> String {
    String(decoding: try readFile(path, limit: limit), as: UTF8.self)
  }

  /// Writes all bytes; nil, or the code of what went wrong.
  private static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          descriptor, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return errno }
        rest = rest.dropFirst(count)
      }
      return nil
    }
  }

  /// Where a path leads, whether something is there or not: absolute, without links, `.` and `..`; a link to what is not
  /// there yet leads to where that will be.
  static func place(_ path: String) -> String {
    var place = path.hasPrefix("/") ? "" : realPath(".") ?? ""
    var parts = path.split(separator: "/").map(String.init).reversed() as [String]
    var links = 0
    while let part = parts.popLast() {
      if part == "." { continue }
      if part == ".." {
        place = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ""
        continue
      }
      let next = (place == "/" ? "" : place) + "/" + part
      if let real = realPath(next) {
        place = real
      } else if links < 40, let target = link(next) {
        links += 1
        if target.hasPrefix("/") { place = "" }
        parts += target.split(separator: "/").map(String.init).reversed()
      } else {
        place = next
      }
    }
    return place
  }

  /// What a symbolic link holds; nil where there is none.
  private static func link(_ path: String) -> String? {
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = target.withUnsafeMutableBytes { bytes in
      readlink(path, bytes.bindMemory(to: CChar.self).baseAddress!, bytes.count)
    }
    return count > 0 ? String(decoding: target[..<count], as: UTF8.self) : nil
  }

  /// The file behind a symbolic link, so that the link stays.
  private static func resolved(_ path: String) -> String { realPath(path) ?? path }

  /// What the system said, and what we were doing.
  private static func failure(
    _ path: String, _ code: Int32, _ doing: String = "written"
  ) -> Diagnostic {
    let cause = String(cString: strerror(code)).lowercased()
    return Diagnostic("'\(path)' could not be \(doing): \(cause)")
  }
}
