import GateBackends
import GateCore
import GateGit
import GateKit
import GateSystem

/// What a check judges by: the manifest of the work tree, or that of a commit which the work tree cannot change.
struct GuardedManifest {
  /// Whose record the report has.
  private(set) var file: ManifestFile
  private(set) var manifest: Manifest
  /// What is said of the manifest itself.
  private(set) var checks: [Check] = []

  /// Finds it by `--policy-ref`, or by what the CI system says of its pull request.
  init(_ file: ManifestFile, _ proposed: Manifest, _ invocation: Invocation) throws {
    (self.file, manifest) = (file, proposed)
    guard let (commit, labels) = try Self.base(invocation, from: file.folder) else { return }
    guard let path = try Self.path(of: file.path, in: commit) else {
      Output.note(
        "gatewright: commit \(commit.id.prefix(12)) ('\(commit.ref.visible)') has no '\(file.path.visible)' yet, so "
          + "the work tree's manifest is judged by, which nobody has approved\n")
      return
    }
    let base = try ManifestFile(path, of: commit)
    try hold(base, against: proposed, of: file, labels)
  }

  /// The path of the commit's manifest, by its words, so that a link that a proposal puts there leads to no other; nil: the
  /// commit has none. Throws where the file lies outside of the repository, or behind a link to what the commit lacks.
  private static func path(of file: String, in commit: GitCommit) throws(Diagnostic) -> String? {
    guard let real = commit.path(of: GateSystem.realPath(file) ?? file) else {
      throw Diagnostic(
        "'\(file)' is not in the repository '\(commit.root)', whose commit '\(commit.ref)' is to say what holds",
        hint: "name a manifest of the repository, or leave '--policy-ref' out")
    }
    let written = written(file, in: commit)
    let entry = try written.map { (path) throws(Diagnostic) in try commit.entry(at: path) } ?? nil
    if let written, entry == .file { return written }
    guard written == real, entry == nil else {
      throw Diagnostic(
        "'\(file)' leads by a link to '\(real)', so nothing says which manifest of commit '\(commit.ref)' held before",
        hint: "name the manifest by its own path, and not by a link")
    }
    return nil
  }

  /// A path from the repository's root by its words alone; nil: no folder of it is that root.
  private static func written(_ file: String, in commit: GitCommit) -> String? {
    let whole = absolute(file, from: GateSystem.realPath(".") ?? "/").plainPath
    let parts = whole.split(separator: "/" as Character)
    let root = GateSystem.realPath(commit.root) ?? commit.root
    for count in parts.indices.dropFirst()
    where GateSystem.realPath("/" + parts.prefix(count).joined(separator: "/")) == root {
      return parts.dropFirst(count).joined(separator: "/")
    }
    return nil
  }

  /// Judges by the base, or, where what the proposal loosens is approved, by the proposal.
  private mutating func hold(
    _ base: ManifestFile, against proposed: Manifest, of file: ManifestFile, _ labels: [String]
  ) throws {
    guard let commit = base.commit else { return }
    let policy = try base.manifest()
    let changes =
      try base.changes(to: file) + policy.fileChanges(since: commit, in: file.folder)
    let digest = try sha256(Array(changes.loosening.identity.utf8))
    let label = policy.approval?.label(for: digest)
    let approved = label.flatMap { labels.contains($0) ? "the label '\($0)'" : nil }
    let advice =
      label.map { "to approve just these changes, give the pull request the label '\($0)'" }
      ?? "the policy names no way to approve it: change it where no pull request is checked, or give the base "
      + "'policy: {label: gate-change}' first"
    checks = changes.checks(advice: advice, approvedBy: approved)
    if let approved {
      return Output.note(
        "gatewright: judged by the work tree's manifest, approved by \(approved.visible)\n")
    }
    self.file = base
    manifest = try policy.judging(candidateOf: proposed).reading(from: commit, in: file.folder)
    manifest.reports = proposed.reports
    let loosened = checks.isEmpty ? "" : ", which the work tree's loosens: see 'policy' below"
    Output.note("gatewright: judged by '\(base.path.visible)'\(loosened)\n")
  }

  /// The commit whose manifest holds, and the labels of the pull request; nil: the work tree's holds.
  private static func base(
    _ invocation: Invocation, from folder: String
  ) throws(Diagnostic) -> (commit: GitCommit, labels: [String])? {
    let request = PullRequest.here
    let labels = invocation.values(.approvalLabel) + (request?.labels ?? [])
    if let ref = invocation.value(.policyRef) {
      return ref == "none" ? nil : (try GitCommit(ref, from: folder), labels)
    }
    guard let request else { return nil }
    let target = try GitCommit(request.target, from: folder)
    let commit = try target.mergeBase(with: try GitCommit("HEAD", from: folder))
    Output.note(
      "gatewright: a pull request by \(request.system) into '\(request.target.visible)', so the manifest of commit "
        + "\(commit.id.prefix(12)) holds ('--policy-ref none' takes the work tree's)\n")
    return (commit, labels)
  }
}

extension Flag {
  /// Whose manifest holds.
  static let policyRef = Flag(
    "policy-ref",
    "judge by the manifest of that commit, and fail for what the work tree's loosens; none: by the work tree's "
      + "(default: the commit a pull request was branched off, else none)", value: "REF")
  /// What a pull request is labelled with.
  static let approvalLabel = Flag(
    "label", "a label of the pull request, which may approve what it loosens", value: "LABEL",
    isRepeated: true)
}
