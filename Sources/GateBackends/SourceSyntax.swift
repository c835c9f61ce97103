package import GateCore
import GateWeb

/// What is wrong with how a manifest names its models and tables, as far as that can be told without looking at any of
/// them.
package func sourceMistakes(in manifest: Node) -> [Diagnostic] {
  var named: [(address: Node, digest: Node?)] = []
  for role in Role.allCases {
    let model = manifest["models"]?[role.rawValue]
    named += [model?["from"], model?["predictions"]].compactMap(\.self).map {
      ($0, model?["sha256"])
    }
  }
  for table in ["holdout", "reference", "current"] {
    let origin = manifest["data"]?[table]
    if let path = origin?["path"] { named.append((path, origin?["sha256"])) }
  }
  let own = (manifest["sources"]?.pairs ?? []).compactMap(\.key.text)
  return named.compactMap { node, digest in
    if let scheme = scheme(of: node.text ?? ""), own.contains(scheme) { return nil }
    do throws(Diagnostic) {
      try checkSource(node.text ?? "", isPinned: digest != nil)
      return nil
    } catch { return error.at(node.mark) }
  }
}

/// Refuses what no source would take.
private func checkSource(_ uri: String, isPinned: Bool) throws(Diagnostic) {
  let source: FileSource
  do throws(UnknownScheme) { source = try FileSources.named(by: uri) } catch {
    throw error.diagnostic(of: uri)
  }
  if source.scheme == nil, let meant = FileSources.all.first(where: { $0.isMeant(uri) }) {
    throw Diagnostic(
      "'\(uri)' names \(meant.subject) without '\(meant.id):'",
      hint: "write '\(meant.id):\(uri)'")
  }
  try source.check(uri)
  if source.needsDigest, !isPinned {
    throw Diagnostic(
      "'\(WebRequest.shown(uri))' may be another file tomorrow, and no 'sha256' says which is meant",
      hint: "add beside it: sha256: the file's SHA-256, as sha256sum prints it")
  }
}

extension UnknownScheme {
  /// Says that the scheme is none that this version reads.
  func diagnostic(of uri: String, isFile: Bool = false) -> Diagnostic {
    Diagnostic(
      "'\(uri)' has the scheme '\(scheme):', which this version does not support",
      hint: isFile ? "for the file of that name write './\(uri)'" : hint(uri))
  }

  /// What to write in place of the URI: a ref and a path where it may be that.
  private func hint(_ uri: String) -> String {
    let rest = uri.dropFirst(scheme.utf8.count + 1)
    if let known = FileSources.all.first(where: { $0.scheme == scheme.lowercased() }) {
      return "write '\(known.id):\(rest)'"
    }
    let stores = ["dvc", "mlflow", "models", "runs", "file", "hdfs"]
    guard stores.contains(scheme.lowercased()) || rest.hasPrefix("//") else {
      return FileSource.git.advice(for: uri) + "; for a file whose name holds ':' write './\(uri)'"
    }
    let others = FileSources.all.filter { $0.scheme != nil }
      .map { ", or '\($0.form)' for \($0.subject)" }
    return "fetch the file first and write its path" + others.joined()
  }
}
