package import GateCore
import GateGit
package import GateSystem

/// The file a manifest names, found, with its digest: a path from `folder`, or what another source has at its address.
///
/// What is no file of this machine is written to `temporary` under its own name. Throws a diagnostic without location.
package func resolve(
  _ uri: String, from folder: String, in temporary: TemporaryFolder, beside own: [FileSource] = [],
  sha256: String? = nil
) throws(Diagnostic) -> Artifact {
  guard !uri.isEmpty else { throw Diagnostic("no file is named", hint: "write its path") }
  let source: FileSource
  do throws(UnknownScheme) { source = try FileSources.named(by: uri, beside: own) } catch {
    throw error.diagnostic(of: uri, isFile: status(absolute(uri, from: folder)) != nil)
  }
  return try source.resolve(
    uri, SourceContext(folder: folder, temporary: temporary, sha256: sha256))
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
