package import GateCore
import Glibc

/// Writes a file whole or not at all, making the folders it stands in; a device such as a terminal is written to
/// directly.
///
/// The bytes go to a temporary name in the same folder that is renamed when all of them are on disk. A folder, a pipe
/// or a symbolic link in the file's place is refused. Throws a diagnostic with the path and the reason.
package func writeWhole(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
  try bytes.withUnsafeBufferPointer { (bytes) throws(Diagnostic) in
    try writeWhole(UnsafeRawBufferPointer(bytes), to: path)
  }
}

/// The same, from memory that is not an array.
func writeWhole(_ bytes: UnsafeRawBufferPointer, to path: String) throws(Diagnostic) {
  guard !path.isEmpty, !path.hasSuffix("/"), !path.utf8.contains(0) else {
    throw Diagnostic("cannot write '\(path)': it is not the name of a file", hint: "name a file")
  }
  var mode: mode_t?
  var found = stat()
  if lstat(path, &found) == 0 {
    switch found.st_mode & S_IFMT {
    case S_IFREG: mode = found.st_mode & 0o777
    case S_IFCHR: return try writeDirectly(bytes, to: path)
    case S_IFIFO:
      throw Diagnostic(
        "cannot write '\(path)': it is a pipe, whose reader may never come",
        hint: "name a file, or '-' for standard output")
    case S_IFDIR:
      throw Diagnostic("cannot write '\(path)': it is a folder", hint: "name a file in it")
    case S_IFLNK:
      throw Diagnostic(
        "cannot write '\(path)': it is a symbolic link",
        hint: "name the file it points to, or '-' for standard output")
    default: throw Diagnostic("cannot write '\(path)': it is not a file", hint: "name a file")
    }
  }
  let folder = folder(of: path)
  try makeFolder(folder, for: path)
  try writeBeside(bytes, to: path, in: folder, mode: mode)
}

/// Writes a new file that need not outlast this run; throws where something of that name is there.
package func writeNew(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
  let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
  guard number >= 0 else { throw cannotWrite(path) }
  let descriptor = Descriptor(number)
  try bytes.withUnsafeBufferPointer { (bytes) throws(Diagnostic) in
    try write(UnsafeRawBufferPointer(bytes), to: descriptor, path: path)
  }
}

/// Writes a temporary file in `folder` and gives it the name `path`; removes it when that fails.
private func writeBeside(
  _ bytes: UnsafeRawBufferPointer, to path: String, in folder: String, mode: mode_t?
) throws(Diagnostic) {
  let random = String(UInt64.random(in: 0 ... .max), radix: 36)
  let temporary = "\(folder)/.gatewright-\(getpid())-\(random).tmp"
  let number = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
  guard number >= 0 else { throw cannotWrite(path) }
  let descriptor = Descriptor(number)
  do throws(Diagnostic) {
    try write(bytes, to: descriptor, path: path)
    if let mode, fchmod(number, mode) != 0 { throw cannotWrite(path) }
    guard fsync(number) == 0 else { throw cannotWrite(path) }
    guard rename(temporary, path) == 0 else { throw cannotWrite(path) }
  } catch {
    unlink(temporary)
    throw error
  }
  // The name itself reaches the disk with its folder; some file systems cannot sync one, and the file is whole.
  let holder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  if holder >= 0 {
    fsync(holder)
    close(holder)
  }
}

/// Writes to a device, which cannot be replaced.
private func writeDirectly(_ bytes: UnsafeRawBufferPointer, to path: String) throws(Diagnostic) {
  let number = open(path, O_WRONLY | O_CLOEXEC)
  guard number >= 0 else { throw cannotWrite(path) }
  try write(bytes, to: Descriptor(number), path: path)
}

/// Writes all of the bytes, however many calls that takes.
package func write(
  _ bytes: UnsafeRawBufferPointer, to descriptor: borrowing Descriptor, path: String
) throws(Diagnostic) {
  var rest = bytes
  while !rest.isEmpty {
    let count = write(descriptor.number, rest.baseAddress, rest.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw cannotWrite(path) }
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
  }
}

/// Makes the folder that a file is to stand in, and those above it; `place` is the file's absolute path and `path` what
/// messages call it.
package func makeFolder(of place: String, for path: String) throws(Diagnostic) {
  try makeFolder(folder(of: place), for: path)
}

/// Makes a folder and those it stands in; `path` is what is to be written there.
private func makeFolder(_ folder: String, for path: String) throws(Diagnostic) {
  if status(folder)?.isFolder == true { return }
  let above = GateSystem.folder(of: folder)
  if above != folder { try makeFolder(above, for: path) }
  guard mkdir(folder, 0o777) == 0 || status(folder)?.isFolder == true else {
    // Something is there, and it is no folder.
    throw cannotWrite(path, errno == EEXIST ? ENOTDIR : errno)
  }
}

/// That a file could not be written, in the system's words for `code`, with what usually helps.
private func cannotWrite(_ path: String, _ code: Int32 = errno) -> Diagnostic {
  let hint: String? =
    switch code {
    case EACCES, EPERM, EROFS: "write to a folder that the user that runs this may write to"
    case ENOSPC, EDQUOT: "make room on the disk"
    case ENOTDIR: "a part of the path is a file where a folder is wanted"
    default: nil
    }
  return Diagnostic("cannot write '\(path)': \(systemError(code))", hint: hint)
}
