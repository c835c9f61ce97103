import GateBackends
import GateKit
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

  /// Where a path leads, whether something is there or not: absolute, without links, `.` and `..`.
  static func place(_ path: String) -> String {
    var place = path.hasPrefix("/") ? "" : realPath(".") ?? ""
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        place = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ""
      } else {
        let next = (place == "/" ? "" : place) + "/" + part
        place = realPath(next) ?? next
      }
    }
    return place
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
