import GateBackends
import GateCore
import GateKit
import GateSystem
import GateYAML

/// How `init` comes to a manifest: it looks, drafts, and runs each draft until one can be judged.
struct Start {
  /// Where the manifest will stand; absolute.
  let folder: String
  let temporary: TemporaryFolder
  let wishes: Findings.Wishes

  /// The drafts that are run before it is given up.
  private static let mostDrafts = 16
  /// Models that are opened.
  static let mostModels = 20

  /// The text, what is said of it, and what was left out of it; throws what was said on the command line and cannot be.
  func manifest() async throws -> (text: String, words: String, left: String) {
    var unused: [(path: String, reason: String)] = []
    var tried: [(path: String, reason: String)] = []
    let findings = try look(&unused)
    try findings.refuseWishes()
    var best: Draft?
    for draft in findings.drafts.prefix(Self.mostDrafts) {
      if let best, draft.doubt > best.doubt { break }
      switch try await judged(draft) {
      case .success(let draft):
        if !draft.isWorse || best == nil { best = draft }
      case .failure(let reason):
        let path = draft.paths[reason.message.hasPrefix("champion") ? draft.paths.count - 1 : 0]
        if !tried.contains(where: { $0.path == path }) { tried.append((path, reason.sentence)) }
      }
      if best?.isWorse == false { break }
    }
    if var best {
      let isKnown = { (path: String) in
        best.paths.contains(path) || best.left.contains { $0.path == path }
          || [best.holdout.path, best.reference?.path].contains(path)
      }
      for found in tried + findings.idle + unused where !isKnown(found.path) {
        best.left.append(found)
      }
      let warning =
        best.isWorse
        ? "; the candidate is WORSE THAN GUESSING on this label, and its gate fails: read why in it"
        : ""
      let left = best.left.map { "not used: '\($0.path.visible)': \($0.reason.visible)\n" }
      return (
        best.yaml, "\(warning); read its comments, then run 'gatewright check'", left.joined()
      )
    }
    unused += tried.filter { tried in !unused.contains { $0.path == tried.path } }
    unused += findings.idle.filter { idle in !unused.contains { $0.path == idle.path } }
    try refuse(unused)
    let (text, words) = template(findings, unused)
    return (text, words, "")
  }

  /// Throws where a model that was named cannot be used.
  private func refuse(_ unused: [(path: String, reason: String)]) throws {
    let named = [("--candidate", wishes.candidate), ("--champion", wishes.champion)]
    let mistakes = named.compactMap { flag, path -> Diagnostic? in
      guard let path, let found = unused.first(where: { $0.path == path }) else { return nil }
      return Diagnostic("'\(path)' of '\(flag)' cannot be used: \(found.reason)")
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    guard wishes.candidate == nil, wishes.champion == nil else {
      let others = unused.map { "'\($0.path)': \($0.reason)" }.joined(separator: "; ")
      throw Diagnostic(
        "\(named.compactMap(\.1).map { "'\($0)'" }.joined(separator: " and ")) cannot be used on the rows that were found"
          + (others.isEmpty ? "" : ": \(others)"), hint: "name the rows with '--data'")
    }
  }

  /// The manifest to fill in, with what was found and why it was not enough.
  private func template(
    _ findings: Findings, _ unused: [(path: String, reason: String)]
  ) -> (text: String, words: String) {
    let known = findings.known
    let text = Starter.manifest(
      wishes.task ?? known?.task ?? .binary, name: findings.name, known: known, unused: unused)
    let found =
      findings.tables.isEmpty
      ? unused.isEmpty ? "no table was found" : "no table could be read"
      : "nothing that answers for the rows was found"
    let reasons = unused.prefix(20).map { "\n  '\($0.path.visible)': \($0.reason.visible)" }
    return (
      text,
      ": \(found); fill in its paths, then run 'gatewright validate'" + reasons.joined()
    )
  }

  /// The draft with limits from a run of it; else why it cannot be judged.
  private func judged(_ draft: Draft) async throws -> Result<Draft, Diagnostic> {
    var draft = draft
    let constant = temporary.path + "/guess-\(draft.doubt).csv"
    var guesses: [Check] = []
    if let answer = draft.constant, let guessing = draft.guessing(from: constant) {
      try writeWhole(Array(answer.csv.utf8), to: constant)
      guesses = try await run(guessing).get()
    }
    for _ in 0..<4 {
      let checks: [Check]
      switch try await run(draft) {
      case .success(let found): checks = found
      case .failure(let reason): return .failure(reason)
      }
      guard let next = draft.mended(by: checks, guesses: guesses) else {
        return .failure(Self.reason(checks, "performance"))
      }
      if wishes.champion != nil, next.draft.champion == nil {
        return .failure(Self.reason(checks, "champion"))
      }
      draft = next.draft
      guard next.isSound else { continue }
      // What is written was run as it is written.
      switch try await run(draft) {
      case .success(let last):
        if last.contains(where: { $0.outcome == .error }) {
          return .failure(Self.reason(last, nil))
        }
        return .success(draft)
      case .failure(let reason): return .failure(reason)
      }
    }
    return .failure(Diagnostic("its checks give no figure that a limit could be set on"))
  }

  /// Why the checks of a gate could not be judged.
  private static func reason(_ checks: [Check], _ gate: String?) -> Diagnostic {
    let errors = checks.filter { $0.outcome == .error }
    let own = errors.first { $0.gate == gate } ?? errors.first
    return Diagnostic(own?.message ?? "nothing of it could be judged")
  }

  /// The checks of a run of a draft, or why its manifest is not accepted.
  private func run(_ draft: Draft) async throws -> Result<[Check], Diagnostic> {
    let bytes = Array(draft.yaml.utf8)
    let manifest: Manifest
    do {
      manifest = try Manifest(try parseYAML(bytes, name: ManifestFile.standard), in: .live)
    } catch {
      return .failure(error.all.first ?? Diagnostic("its manifest is not accepted"))
    }
    let backends = Backends.live(
      folder: folder, temporary: temporary, executable: try SignalHandling.executable())
    let record = Report.ManifestRecord(
      name: draft.name, path: ManifestFile.standard, sha256: try sha256(bytes),
      source: .init(kind: "worktree"))
    let (report, mistakes) = await GateKit.run(
      manifest, record: record, tool: Report.Tool(name: "gatewright", version: Main.version),
      with: backends)
    SignalHandling.waitIfBegun()
    if report.checks.isEmpty, let mistake = mistakes.first { return .failure(mistake) }
    return .success(report.checks)
  }
}
