package import GateCore
package import Glibc

/// A file descriptor that closes itself.
package struct Descriptor: ~Copyable {
  package let number: Int32
  /// How long the file was when it was opened to be read.
  package let bytes: Int

  /// Takes an open descriptor over.
  package init(_ number: Int32, bytes: Int = 0) {
    self.number = number
    self.bytes = bytes
  }

  deinit { close(number) }
}

/// The system's words for its last error, or for `code`.
package func systemError(_ code: Int32 = errno) -> String {
  String(cString: strerror(code)).lowercased()
}

/// The path as the file system takes it: absolute as it is, otherwise from `folder`.
package func absolute(_ path: String, from folder: String) -> String {
  if path.hasPrefix("/") || folder.isEmpty || folder == "." && !path.isEmpty { return path }
  return folder.hasSuffix("/") ? folder + path : folder + "/" + path
}

/// The path without symbolic links, `.` and `..`; nil when nothing is there.
package func realPath(_ path: String) -> String? {
  guard let found = realpath(path, nil) else { return nil }
  defer { free(found) }
  return String(cString: found)
}

/// The folder a path stands in: `.` for a bare name.
package func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The path with its folder's links resolved and its own name kept, since the name says what is in the file.
package func located(_ path: String) -> String {
  guard let folder = realPath(folder(of: path)) else { return path }
  return folder == "/" ? "/" + fileName(of: path) : folder + "/" + fileName(of: path)
}

/// A place as the record shows it: from `folder` where it stands in it.
package func named(_ place: String, from folder: String) -> String {
  let prefix = folder.hasSuffix("/") ? folder : folder + "/"
  return place.hasPrefix(prefix) ? String(place.dropFirst(prefix.count)) : place
}

/// The last part of a path.
package func fileName(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

/// The names in a folder in byte order, without `.` and `..`.
package func names(in folder: String) throws(Diagnostic) -> [String] {
  func refused() -> Diagnostic {
    let code = errno
    return Diagnostic(
      "cannot read the folder '\(folder)': \(systemError(code))",
      hint: code == EACCES ? "let the user that runs this read it" : nil)
  }
  guard let stream = opendir(folder) else { throw refused() }
  defer { closedir(stream) }
  var names: [String] = []
  while true {
    errno = 0
    guard let entry = readdir(stream) else {
      guard errno == 0 else { throw refused() }
      break
    }
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// What stands at a path, links followed; nil when nothing does.
package func status(_ path: String) -> stat? {
  var found = stat()
  return stat(path, &found) == 0 ? found : nil
}

extension stat {
  /// Whether this is a folder.
  package var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  /// Whether this is a regular file.
  package var isFile: Bool { st_mode & S_IFMT == S_IFREG }
}

/// That a file is not there, with the nearest name in the deepest folder that is.
package func missing(_ path: String, written: String) -> Diagnostic {
  let parts = path.split(separator: "/").map(String.init)
  var here = path.hasPrefix("/") ? "/" : "."
  for part in parts {
    let next = here == "/" ? "/" + part : here + "/" + part
    if status(next)?.isFolder == true {
      here = next
      continue
    }
    if status(next) != nil, part != parts.last {
      return Diagnostic(
        "'\(written)' cannot be there: '\(part)' is a file, not a folder", hint: "correct the path")
    }
    if part == parts.last, status(next) != nil, written.hasSuffix("/") {
      return Diagnostic(
        "'\(written)' cannot be there: '\(part)' is a file, not a folder",
        hint: "leave out the '/' at the end")
    }
    let shown = written.hasPrefix("/") || here == "." ? here : fileName(of: here)
    if written.hasPrefix("~") || written.contains("$") {
      return Diagnostic(
        "no file '\(written)': '~' and '$' stand for themselves in a path",
        hint: "write the folder's own path, or one that starts at the manifest's folder")
    }
    let hint = part.nearest(in: (try? names(in: here)) ?? []).map {
      "did you mean '\($0)' in '\(shown)'?"
    }
    return Diagnostic(
      "no file '\(written)': there is no '\(part)' in '\(shown)'",
      hint: hint ?? "correct the path, or make the file before this runs")
  }
  return Diagnostic("no file '\(written)'", hint: "correct the path")
}

/// Opens a regular file to read it; `written` is the path as the user has it.
package func openFile(_ path: String, written: String) throws(Diagnostic) -> Descriptor {
  if path.utf8.contains(0) {
    throw Diagnostic("a path holds a NUL character", hint: "correct the path")
  }
  // Without O_NONBLOCK, opening a pipe would wait for a writer that may never come.
  let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard number >= 0 else {
    let code = errno
    if code == ENOENT || code == ENOTDIR { throw missing(path, written: written) }
    throw Diagnostic(
      "cannot open '\(written)': \(systemError(code))",
      hint: code == EACCES ? "let the user that runs this read it" : nil)
  }
  var found = stat()
  guard fstat(number, &found) == 0 else {
    let reason = systemError()
    close(number)
    throw Diagnostic("cannot look at '\(written)': \(reason)")
  }
  let descriptor = Descriptor(number, bytes: Int(found.st_size))
  guard found.isFile else {
    throw Diagnostic(
      "'\(written)' is \(found.isFolder ? "a folder" : "not a regular file"), and a file is wanted",
      hint: found.isFolder ? "name a file in it" : "write it to a file first")
  }
  return descriptor
}

/// Hands the rest of an open file to `body` in chunks; throws what reading or `body` throws.
package func readChunks(
  _ descriptor: borrowing Descriptor, written: String,
  _ body: (UnsafeRawBufferPointer) throws(Diagnostic) -> Void
) throws(Diagnostic) {
  let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
  defer { chunk.deallocate() }
  while true {
    let count = read(descriptor.number, chunk.baseAddress, chunk.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw Diagnostic("cannot read '\(written)': \(systemError())") }
    if count == 0 { return }
    try body(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
  }
}

/// A regular file's bytes, at most `limit` of them; `written` is the path as the user has it.
package func readFile(
  _ path: String, limit: Int, written: String? = nil
) throws(Diagnostic) -> [UInt8] {
  let name = written ?? path
  let descriptor = try openFile(path, written: name)
  let tooLong = Diagnostic(
    "'\(name)' has more than the \(limit) bytes it may have", hint: "name the right file")
  guard descriptor.bytes <= limit else { throw tooLong }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(descriptor.bytes)
  try readChunks(descriptor, written: name) { (chunk) throws(Diagnostic) in
    guard bytes.count + chunk.count <= limit else { throw tooLong }
    bytes.append(contentsOf: chunk)
  }
  return bytes
}
