import GateCore
import GateSystem
import Glibc

/// The files of a folder, or one file, copied and hashed in one reading: what was hashed is what is run.
struct FileTree {
  /// Each file's path below the folder with its SHA-256, in byte order.
  private(set) var files: [(path: String, sha256: String)] = []
  private var bytes = 0

  /// More than a plugin or its input has.
  private static let most = (files: 10_000, bytes: 1 << 30, depth: 16)

  /// Copies what stands at `source` to `target`; `written`: what the user calls it.
  ///
  /// - Throws: A `Diagnostic` for a link, a pipe or a device, and for more than a folder may hold.
  init(
    copying source: String, to target: String, written: String
  ) throws(Diagnostic) {
    guard let found = status(source) else { throw missing(source, written: written) }
    if found.isFolder {
      try add(folder: source, below: "", to: target, written: written, depth: 0)
    } else {
      try copy(source, as: fileName(of: source), to: target, written: written)
    }
  }

  /// The digest of all files and their names: the file's own where there is one alone.
  var sha256: String {
    get throws(Diagnostic) {
      if files.count == 1 { return files[0].sha256 }
      let list = files.map { "\($0.sha256)  \($0.path)\n" }.joined()
      return try GateSystem.sha256(Array(list.utf8))
    }
  }

  private mutating func add(
    folder: String, below: String, to target: String, written: String, depth: Int
  ) throws(Diagnostic) {
    guard depth <= Self.most.depth else {
      throw Diagnostic("'\(written)' has folders more than \(Self.most.depth) deep")
    }
    guard mkdir(target, 0o700) == 0 else {
      throw Diagnostic("cannot make a folder for '\(written)': \(systemError())")
    }
    for name in try names(in: folder) where name != "__pycache__" && name != ".git" {
      var found = stat()
      let path = "\(folder)/\(name)"
      guard lstat(path, &found) == 0 else {
        throw Diagnostic("cannot look at '\(written)/\(name)': \(systemError())")
      }
      if found.isFolder {
        try add(
          folder: path, below: below + name + "/", to: "\(target)/\(name)",
          written: "\(written)/\(name)", depth: depth + 1)
      } else if found.isFile {
        try copy(
          path, as: below + name, to: "\(target)/\(name)", written: "\(written)/\(name)",
          mode: found.st_mode)
      } else {
        throw Diagnostic(
          "'\(written)/\(name)' is a link, a pipe or a device", hint: "put the file itself there")
      }
    }
  }

  private mutating func copy(
    _ source: String, as path: String, to target: String, written: String, mode: mode_t = 0o400
  ) throws(Diagnostic) {
    let content = try readFile(source, limit: Self.most.bytes, written: written)
    bytes += content.count
    guard files.count < Self.most.files, bytes <= Self.most.bytes else {
      throw Diagnostic(
        "'\(written)' is one of more than \(Self.most.files) files, or of more than 1 GB of them",
        hint: "name a folder that holds only what is needed")
    }
    let number = open(
      target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      mode & 0o100 != 0 ? 0o500 : 0o400)
    guard number >= 0 else { throw Diagnostic("cannot copy '\(written)': \(systemError())") }
    let descriptor = Descriptor(number)
    try content.withUnsafeBufferPointer { (bytes) throws(Diagnostic) in
      try write(UnsafeRawBufferPointer(bytes), to: descriptor, path: target)
    }
    files.append((path, try GateSystem.sha256(content)))
  }
}
