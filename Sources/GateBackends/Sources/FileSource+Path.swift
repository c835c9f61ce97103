import GateCore
import GateKit
import GateSystem

extension FileSource {
  /// The file system.
  static let path = FileSource(
    scheme: nil, summary: "A file of this machine, from the manifest's folder.",
    form: "a path", subject: "a file", examples: ["models/candidate.onnx", "./main:x.csv"],
    check: { _ in }, resolve: resolvePath)
}

/// Hashes the file at a path where it stands.
private func resolvePath(
  _ uri: String, _ context: SourceContext
) throws(Diagnostic) -> Artifact {
  let folder = context.folder
  let path = absolute(uri, from: folder)
  let file: DataFile
  do throws(Diagnostic) {
    file = try hashed(
      path, written: uri, name: named(located(path), from: realPath(folder) ?? folder))
  } catch {
    guard status(path) == nil, uri.contains(":") else { throw error }
    throw Diagnostic(error.message, hint: FileSource.git.advice(for: uri))
  }
  try refusePointer(path, written: uri, bytes: file.bytes)
  return Artifact(
    uri: uri, path: file.path, sha256: file.sha256, bytes: file.bytes, files: [file])
}
