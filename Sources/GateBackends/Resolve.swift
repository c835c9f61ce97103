package import GateCore
import GateKit
import Glibc

/// The most bytes a model may have when it is read out of a repository.
private let largest = 2 << 30

/// The file a manifest names, found, with its digest: a path from `folder`, or `git:<ref>:<path>`.
///
/// What comes out of git is written to `temporary` under its own name. Throws a diagnostic without location.
package func resolve(
  _ uri: String, from folder: String, in temporary: TemporaryFolder
) throws(Diagnostic) -> Artifact {
  guard !uri.isEmpty else { throw Diagnostic("no file is named", hint: "write its path") }
  switch scheme(of: uri) {
  case "git"?: return try resolveGit(uri, from: folder, in: temporary)
  case let scheme?:
    throw unknownScheme(scheme, of: uri, isFile: status(absolute(uri, from: folder)) != nil)
  case nil:
    let path = absolute(uri, from: folder)
    let file: DataFile
    do throws(Diagnostic) {
      file = try hashed(
        path, written: uri, name: named(located(path), from: realPath(folder) ?? folder))
    } catch {
      guard status(path) == nil, uri.contains(":") else { throw error }
      throw Diagnostic(
        error.message, hint: "for a file of a git commit write 'git:\(uri)'")
    }
    try refusePointer(path, written: uri, bytes: file.bytes)
    return Artifact(
      uri: uri, path: file.path, sha256: file.sha256, bytes: file.bytes, files: [file])
  }
}

/// Refuses a file in whose place Git LFS has left its pointer, which no reader would name for what it is.
func refusePointer(_ path: String, written: String, bytes: Int) throws(Diagnostic) {
  guard bytes < 1024 else { return }
  let text = try readFile(path, limit: 1024, written: written)
  guard let pointer = text.withUnsafeBytes({ LFSPointer($0) }) else { return }
  throw Diagnostic(
    "'\(written)' is a Git LFS pointer to \(pointer.bytes) bytes, not the file itself",
    hint: "run 'git lfs pull' first; in CI, set 'lfs: true' for actions/checkout")
}

/// The word before a `:` that makes a URI of a text; nil for a path.
func scheme(of uri: String) -> String? {
  guard let colon = uri.firstIndex(of: ":"), let first = uri.utf8.first else { return nil }
  let word = uri[..<colon]
  let allowed = word.utf8.allSatisfy { byte in
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "+-.".utf8.contains(byte)
  }
  return allowed && (0x61...0x7A).contains(first | 0x20) ? String(word) : nil
}

/// Writes a file of a commit to the temporary folder while it is hashed.
private func resolveGit(
  _ uri: String, from folder: String, in temporary: TemporaryFolder
) throws(Diagnostic) -> Artifact {
  let address = try GitAddress(uri)
  let path = try temporary.place(for: address.path)
  let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
  guard number >= 0 else { throw Diagnostic("cannot write '\(path)': \(systemError())") }
  let target = Descriptor(number)
  var digest = try SHA256Stream()
  var count = 0
  let origin = try streamGit(address, from: folder, limit: largest) { (chunk) throws(Diagnostic) in
    try digest.update(chunk)
    try write(chunk, to: target, path: path)
    count += chunk.count
  }
  // Nobody else may write to the temporary folder, so that nothing tells whether it was changed.
  let file = DataFile(path: path, name: uri, bytes: count, sha256: try digest.finish())
  return Artifact(
    uri: uri, path: path, sha256: file.sha256, bytes: count, provenance: origin.provenance,
    files: [file])
}
