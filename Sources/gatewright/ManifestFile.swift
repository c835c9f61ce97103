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
  private let bytes: [UInt8]
  /// What it names and was read with it.
  private let read = FilesRead()

  init(_ path: String) throws(Diagnostic) {
    self.path = path
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
    let (folder, name, read) = (folder, path, read)
    let node = try parseYAML(bytes, name: path)
    let named = sourceMistakes(in: node)
    do throws(Diagnostics) {
      let manifest = try Manifest(node, in: .live) { path throws(Diagnostics) in
        try read.node(path) { path throws(Diagnostics) in
          try readYAML(path, from: folder, beside: name)
        }
      }
      if !named.isEmpty { throw Diagnostics(named) }
      return manifest
    } catch { throw error.joined(with: named) }
  }

  /// The manifest as the report has it.
  func record(name: String) throws(Diagnostic) -> Report.ManifestRecord {
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
