package import GateCore
package import GateGit
package import GateKit
import GateSystem

/// A file, a folder or a glob of the work tree that a manifest names, beside the candidate.
private struct NamedFiles {
  /// The keys that name it.
  let place: String
  let uri: String
  let mark: Mark
}

extension Manifest {
  /// What it names by paths from its folder; a candidate is what a proposal may bring, so it is not among them.
  private var named: [NamedFiles] {
    let tables = data.tables.map { name, origin in
      NamedFiles(place: "data.\(name).path", uri: origin.uri, mark: origin.mark)
    }
    let champion = models[.champion].map { model in
      let key = if case .model = model.source { "from" } else { "predictions" }
      return NamedFiles(place: "models.champion.\(key)", uri: model.source.uri, mark: model.mark)
    }
    let plugins = used + programs.values.map(\.plugin) + sources.values.map(\.plugin)
    return (tables + [champion].compactMap(\.self)).filter { !FileSources.isAddress($0.uri) }
      + plugins.map { NamedFiles(place: "plugins.\($0.folder)", uri: $0.folder, mark: mark) }
  }

  /// What differs between a commit and the work tree of the files that this manifest names, each as a change that loosens:
  /// nothing tells what else other rows, or another program, let pass. Files that git does not track are not compared.
  ///
  /// `folder`: the manifest's, of the work tree.
  package func fileChanges(
    since commit: GitCommit, in folder: String
  ) throws(Diagnostic) -> [PolicyChange] {
    var changes: [PolicyChange] = []
    for file in named {
      guard let path = commit.path(of: absolute(file.uri.fixedPart, from: folder).plainPath) else {
        continue
      }
      for changed in try commit.changed(under: path) {
        let old = try commit.entry(at: changed) == nil ? nil : "that of \(commit.id.prefix(12))"
        let now = status(commit.root + "/" + changed)?.isFile == true
        let new = now ? "sha256 \(try sha256(file: commit.root + "/" + changed).sha256)" : nil
        changes.append(
          PolicyChange(
            "\(file.place) (\(changed))", from: old.map { .init($0, at: file.mark) },
            to: new.map { .init($0, at: file.mark) }, .loosens,
            "the file '\(changed)' is not that of the commit"))
      }
    }
    return changes
  }

  /// The same manifest with the champion and the tables of a commit, where they are files that the work tree has otherwise.
  package func reading(from commit: GitCommit, in folder: String) throws(Diagnostic) -> Manifest {
    /// Where the file is read from.
    func held(_ uri: String) throws(Diagnostic) -> String {
      if let rest = uri.afterHead { return "git:\(commit.id)\(rest)" }
      guard !FileSources.isAddress(uri),
        let path = commit.path(of: absolute(uri, from: folder).plainPath),
        try commit.entry(at: path) == .file, try !commit.changed(under: path).isEmpty
      else { return uri }
      return "git:\(commit.id):\(path)"
    }
    var manifest = self
    manifest.data.holdout.uri = try held(data.holdout.uri)
    if let uri = data.reference?.uri { manifest.data.reference?.uri = try held(uri) }
    if let uri = data.current?.uri { manifest.data.current?.uri = try held(uri) }
    if let champion = models[.champion] {
      manifest.models[.champion]?.source = champion.source.at(try held(champion.source.uri))
    }
    return manifest
  }

  /// The same manifest with the candidate's file of another, where both give a model or both give predictions.
  package func judging(candidateOf other: Manifest) -> Manifest {
    guard let mine = models[.candidate], let theirs = other.models[.candidate] else { return self }
    var manifest = self
    switch (mine.source, theirs.source) {
    case (.model, .model), (.predictions, .predictions):
      manifest.models[.candidate]?.source = mine.source.at(theirs.source.uri)
      manifest.models[.candidate]?.sha256 = theirs.sha256
      manifest.models[.candidate]?.mark = theirs.mark
    default: break
    }
    return manifest
  }
}

extension Manifest.Model.Source {
  /// The same at another address.
  fileprivate func at(_ uri: String) -> Self {
    switch self {
    case .model(_, let runtime): .model(uri: uri, runtime: runtime)
    case .predictions(_, let columns): .predictions(uri: uri, columns)
    }
  }
}

extension String {
  /// The part of a path that no glob has a say in: the whole of it, or the folder above its first pattern.
  fileprivate var fixedPart: String {
    guard let first = firstIndex(where: { "*?[{".contains($0) }) else { return self }
    return self[..<first].lastIndex(of: "/").map { String(self[..<$0]) } ?? "."
  }

  /// What follows `git:HEAD`, which is another commit in a proposal; nil: it does not begin so.
  fileprivate var afterHead: String? {
    let start = "git:HEAD"
    guard hasPrefix(start), let next = dropFirst(start.count).first, ":~^".contains(next) else {
      return nil
    }
    return String(dropFirst(start.count))
  }
}
