package import GateCore

/// What is wrong with how a manifest names its models and tables, as far as that can be told without looking at any of
/// them.
package func sourceMistakes(in manifest: Node) -> [Diagnostic] {
  var named: [Node] = []
  for role in Role.allCases {
    let model = manifest["models"]?[role.rawValue]
    named += [model?["from"], model?["predictions"]].compactMap(\.self)
  }
  for table in ["holdout", "reference", "current"] {
    if let path = manifest["data"]?[table]?["path"] { named.append(path) }
  }
  return named.compactMap { node in
    do throws(Diagnostic) {
      try checkSource(node.text ?? "")
      return nil
    } catch { return error.at(node.mark) }
  }
}

/// Refuses what names neither a path nor a file of a commit.
private func checkSource(_ uri: String) throws(Diagnostic) {
  if let scheme = scheme(of: uri) {
    guard scheme == "git" else { throw unknownScheme(scheme, of: uri) }
    _ = try GitAddress(uri)
  } else if let colon = uri.firstIndex(of: ":"), isRef(uri[..<colon]) {
    throw Diagnostic(
      "'\(uri)' names a file of a git commit without 'git:'", hint: "write 'git:\(uri)'")
  }
}

/// Whether a text before a colon is a ref, as git itself writes them, and no folder of a path.
private func isRef(_ text: Substring) -> Bool {
  ["origin/", "upstream/", "refs/"].contains { text.hasPrefix($0) }
    || ["HEAD~", "HEAD^"].contains { text.hasPrefix($0) }
}

/// Says that a scheme is none that this version reads.
func unknownScheme(_ scheme: String, of uri: String, isFile: Bool = false) -> Diagnostic {
  Diagnostic(
    "'\(uri)' has the scheme '\(scheme):', which this version does not support",
    hint: isFile ? "for the file of that name write './\(uri)'" : hint(uri, scheme))
}

/// What to write in place of a URI whose scheme is not known: a ref and a path where it may be that.
private func hint(_ uri: String, _ scheme: String) -> String {
  let rest = uri.dropFirst(scheme.utf8.count + 1)
  if scheme.lowercased() == "git" { return "write 'git:\(rest)'" }
  let stores = ["dvc", "mlflow", "models", "runs", "file", "hdfs", "http", "https", "s3", "gs"]
  return stores.contains(scheme.lowercased()) || rest.hasPrefix("//")
    ? "fetch the file first and write its path, or 'git:<ref>:<path>' for a file of a git commit"
    : "for a file of a git commit write 'git:\(uri)'; for a file whose name holds ':' write './\(uri)'"
}
