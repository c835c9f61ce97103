import GateBackends
import GateCore
import GateGit
import GateKit
import GateSystem
import GateYAML
import Glibc

/// The manifest's file: read once, so that what is judged is what is recorded.
struct ManifestFile {
  /// The name when none is given.
  static let standard = "gatewright.yaml"

  /// As it was given.
  let path: String
  /// Where its paths start from; absolute.
  let folder: String
  /// Where it was read from; nil: the work tree.
  let commit: GitCommit?
  private let bytes: [UInt8]
  /// What it names and was read with it.
  private let read = FilesRead()

  /// The file of a commit, by its path from the repository's root; its paths start from the same folder of the work tree.
  init(_ path: String, of commit: GitCommit) throws(Diagnostic) {
    self.path = "\(commit.ref):\(path)"
    self.commit = commit
    bytes = try readGit(
      "git:\(commit.id):\(path)", from: commit.root, limit: YAMLLimits().bytes
    ).bytes
    let inner = GateSystem.folder(of: path)
    folder = inner == "." ? commit.root : "\(commit.root)/\(inner)"
  }

  /// The file that a word names: a path, or `REF:path` with or without `git:` before it, from the repository's root.
  init(named word: String) throws(Diagnostic) {
    let isCommit = word.hasPrefix("git:")
    guard isCommit || status(word) == nil && word.contains(":") else {
      try self.init(word)
      return
    }
    let address = try GitAddress(isCommit ? word : "git:" + word)
    try self.init(address.path, of: try GitCommit(address.ref, from: "."))
  }

  /// The file of the work tree.
  init(_ path: String) throws(Diagnostic) {
    self.path = path
    commit = nil
    do throws(Diagnostic) {
      bytes = try readFile(path, limit: YAMLLimits().bytes)
    } catch {
      throw path == Self.standard && access(path, F_OK) != 0
        ? Diagnostic(error.message, hint: "'gatewright init' writes one to start from") : error
    }
    folder = GateSystem.folder(of: realPath(path) ?? path)
  }

  /// What it says; throws every mistake in it.
  func manifest() throws(Diagnostics) -> Manifest {
    let (folder, name, read, commit) = (folder, path, read, commit)
    let node = try parseYAML(bytes, name: path)
    let named = sourceMistakes(in: node)
    do throws(Diagnostics) {
      let manifest = try Manifest(node, in: .live) { path throws(Diagnostics) in
        try read.node(path) { path throws(Diagnostics) in
          guard let commit else { return try readYAML(path, from: folder, beside: name) }
          return try readYAML(path, in: commit.path(of: folder) ?? "", of: commit)
        }
      }
      if !named.isEmpty { throw Diagnostics(named) }
      return manifest
    } catch { throw error.joined(with: named) }
  }

  /// What it says that a policy speaks of, with what it names; `manifest()` must have accepted it.
  func document() throws -> PolicyDocument {
    let digests =
      if let commit {
        try pluginDigests(in: commit.path(of: folder) ?? "", of: commit)
      } else {
        try PluginLock(in: folder)?.digests
      }
    return PolicyDocument(
      try parseYAML(bytes, name: path), schemas: read.nodes, plugins: digests)
  }

  /// The manifest as the report has it.
  func record(name: String) throws(Diagnostic) -> Report.ManifestRecord {
    if let commit {
      return Report.ManifestRecord(
        name: name, path: path, sha256: try sha256(bytes),
        source: .init(kind: "git", commit: commit.id, dirty: false),
        files: read.files.map { .init(path: $0.name, bytes: $0.bytes, sha256: $0.sha256) })
    }
    let tree = try? workTree(of: folder)
    return Report.ManifestRecord(
      name: name, path: path, sha256: try sha256(bytes),
      source: .init(kind: "worktree", commit: tree?.commit, dirty: tree?.dirty),
      files: read.files.map { .init(path: $0.name, bytes: $0.bytes, sha256: $0.sha256) })
  }

  /// The files of this machine that a run reads, as far as they are there: the manifest, the schemas, the data, the models.
  func inputs(of manifest: Manifest) -> [String] {
    let uris = manifest.data.tables.map(\.origin.uri) + manifest.models.values.map(\.source.uri)
    return [path] + read.files.map(\.path)
      + uris.flatMap { (try? expand(absolute($0, from: folder)).files) ?? [] }
  }

  /// Where the manifest wants reports, as far as that can be read whether or not it is accepted.
  var mentionedReports: [String] {
    let nodes = (try? parseYAML(bytes, name: path)).map { [$0] } ?? reportsAlone
    return nodes.flatMap { $0["reports"]?.pairs ?? [] }.compactMap(\.value.text)
      .filter { !$0.isEmpty && $0 != "-" }.map { absolute($0, from: folder) }
  }

  /// The parts under `reports:` alone, as far as they are YAML when the rest is not.
  private var reportsAlone: [Node] {
    var parts: [[UInt8]] = []
    var isInside = false
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let isIndented = line.first.map { " \t#".utf8.contains($0) } ?? true
      if line.starts(with: "reports:".utf8) {
        parts.append([])
        isInside = true
      } else if !isIndented {
        isInside = false
      }
      if isInside { parts[parts.count - 1] += Array(line) + [UInt8(ascii: "\n")] }
    }
    return parts.compactMap { try? parseYAML($0, name: path) }
  }

  /// The reports the manifest asks for, by paths from its folder.
  func reports(of manifest: Manifest) -> [ReportFile] {
    manifest.reports.compactMap { report in
      Reporters.named(report.format).map {
        ReportFile($0, path: absolute(report.path, from: folder))
      }
    }
  }
}
