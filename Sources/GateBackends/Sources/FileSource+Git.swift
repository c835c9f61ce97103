import GateCore
import GateGit
import GateKit
import GateSystem
import Glibc

extension FileSource {
  /// The object database of the repository that holds the manifest's folder.
  static let git = FileSource(
    scheme: "git",
    summary: "A file of a git commit, read out of the object database without a checkout.",
    form: "git:<ref>:<path>", subject: "a file of a git commit",
    examples: ["git:origin/main:models/champion.onnx", "git:HEAD~1:holdout.parquet"],
    isMeant: { path in path.firstIndex(of: ":").map { isRef(path[..<$0]) } ?? false },
    check: { (uri) throws(Diagnostic) in _ = try GitAddress(uri) },
    resolve: resolveGit)
}

/// The most bytes a model may have when it is read out of a repository.
private let largest = 2 << 30

/// Whether a text before a colon is a ref, as git itself writes them, and no folder of a path.
private func isRef(_ text: Substring) -> Bool {
  ["origin/", "upstream/", "refs/"].contains { text.hasPrefix($0) }
    || ["HEAD~", "HEAD^"].contains { text.hasPrefix($0) }
}

/// Writes a file of a commit to the temporary folder while it is hashed.
private func resolveGit(
  _ uri: String, _ context: SourceContext
) throws(Diagnostic) -> Artifact {
  let address = try GitAddress(uri)
  let path = try context.temporary.place(for: address.path)
  let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
  guard number >= 0 else { throw Diagnostic("cannot write '\(path)': \(systemError())") }
  let target = Descriptor(number)
  var digest = try SHA256Stream()
  var count = 0
  let origin = try streamGit(address, from: context.folder, limit: largest) {
    (chunk) throws(Diagnostic) in
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
