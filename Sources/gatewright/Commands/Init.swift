import GateBackends
import GateKit

extension Flag {
  /// Which manifest to write.
  fileprivate static let task = Flag(
    "task",
    "what is predicted: \(TaskKind.allCases.map(\.rawValue).joined(separator: ", ")) (default: as the "
      + "label's values say)", value: "TASK",
    completion: .words { TaskKind.allCases.map(\.rawValue) })
  /// Which rows are judged.
  fileprivate static let data = Flag(
    "data", "the table of the rows to judge on (default: the likeliest that is found)",
    value: "PATH", completion: .files)
  /// What is judged.
  fileprivate static let candidate = Flag(
    "candidate", "the model to judge, or a file of its scores", value: "PATH", completion: .files)
  /// What it is compared with.
  fileprivate static let champion = Flag(
    "champion", "the model in production, or a file of its scores", value: "PATH",
    completion: .files)
}

extension Command {
  /// Writes a manifest to begin with.
  static let `init` = Command(
    "init", "look at the files of this folder and write a manifest to begin with",
    details: [
      "Finds tables, labels, ids, files of scores and models, tries what fits, and writes what 'gatewright "
        + "check' can judge at once, with the reasons as comments. Where too little is found it writes a "
        + "commented manifest to fill in.",
      "A file that is there already is never overwritten.",
    ],
    flags: [.manifest, .data, .label, .candidate, .champion, .task],
    examples: [
      ("gatewright init", "write gatewright.yaml from what is found"),
      ("gatewright init --data data/test.csv --label churned", "say what is known"),
    ]
  ) { invocation in
    let path = invocation.value(.manifest) ?? ManifestFile.standard
    let wishes = try Findings.Wishes(invocation)
    try Output.wantNew(path)
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    try Ending.watchSignals()
    let start = Start(
      folder: GateBackends.folder(of: Output.place(path)), temporary: temporary, wishes: wishes)
    let (text, words) = try await start.manifest()
    try Output.create(text, at: path)
    return try Output.print("wrote '\(path.visible)'\(words)\n")
  }
}

extension Findings.Wishes {
  /// What the command line says, with paths from where the manifest stands.
  fileprivate init(_ invocation: Invocation) throws(Usage) {
    var task: TaskKind?
    if let text = invocation.value(.task) {
      task = TaskKind(rawValue: text)
      if task == nil {
        let names = TaskKind.allCases.map(\.naming)
        throw Usage(
          "'--task' is '\(text)', wanted \(names.map(\.id).joined(separator: ", "))",
          hint: text.hint(among: names, explained: false))
      }
    }
    self.init(
      data: invocation.value(.data), label: invocation.value(.label),
      candidate: invocation.value(.candidate), champion: invocation.value(.champion), task: task)
  }
}

/// How `init` comes to a manifest: it looks, drafts, and runs each draft until one can be judged.
struct Start {
  /// Where the manifest will stand; absolute.
  let folder: String
  let temporary: TemporaryFolder
  let wishes: Findings.Wishes

  /// The text, and what is said of it.
  func manifest() async throws -> (text: String, words: String) {
    let survey = Survey(of: folder)
    var paths = survey.tables
    let said = [wishes.data, wishes.candidate, wishes.champion].compactMap(\.self)
    for path in said
    where !paths.contains(path) && !survey.models.contains(where: { $0.path == path }) {
      paths.append(path)
    }
    var models = survey.models
    var tables: [FoundTable] = []
    var unread: (any Error)?
    for path in paths {
      do {
        tables.append(try FoundTable(try open(path), path: path))
      } catch {
        guard said.contains(path) else {
          unread = unread ?? error
          continue
        }
        // What is no table may be a model that stands elsewhere.
        guard path != wishes.data,
          let runtime = try? Runtimes.detect(
            path: absolute(path, from: folder), uri: path)
        else { throw error }
        models.append(.init(path: path, runtime: runtime))
      }
    }
    let name = folder.split(separator: "/").last.map(String.init) ?? "model"
    let findings = Findings(tables: tables, models: models, wishes: wishes, name: name)
    if let label = wishes.label,
      let table = findings.tables.first(where: { $0.path == wishes.data })
    {
      try table.want(label)
    }
    for draft in findings.drafts.prefix(12) {
      if let text = try await judged(draft) {
        return (text, "; read its comments, then run 'gatewright check'")
      }
    }
    let template = Starter.manifest(wishes.task ?? .binary, known: findings.known)
    let found =
      if !tables.isEmpty {
        "nothing that answers for the rows was found"
      } else if let unread {
        "no table could be read (\(Self.reason(unread)))"
      } else {
        "no table was found"
      }
    return (template, ": \(found); fill in its paths, then run 'gatewright validate'")
  }

  /// What an error says first.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case let many as Diagnostics: many.all.first?.message ?? "\(error)"
    case let one as Diagnostic: one.message
    default: "\(error)"
    }
  }

  private func open(_ path: String) throws -> any Table {
    let source = TableSource(name: "found", path: absolute(path, from: folder))
    let database = try DuckDBDatabase.open(
      [source], files: ["found": try expand(source.path).files], resources: Resources(),
      temporary: temporary.path)
    return try database.table("found")
  }

  /// The draft's text with limits from a run of it; nil where it cannot be judged.
  private func judged(_ draft: Draft) async throws -> String? {
    var draft = draft
    for _ in 0..<4 {
      guard let checks = try await run(draft), let next = draft.mended(by: checks) else {
        return nil
      }
      draft = next.draft
      guard next.isSound else { continue }
      // What is written was run as it is written.
      guard let last = try await run(draft), !last.contains(where: { $0.outcome == .error })
      else { return nil }
      return draft.yaml
    }
    return nil
  }

  /// The checks of a run of a draft; nil where its manifest is not accepted.
  private func run(_ draft: Draft) async throws -> [Check]? {
    let bytes = Array(draft.yaml.utf8)
    guard let manifest = try? Manifest(try parseYAML(bytes, name: ManifestFile.standard)) else {
      return nil
    }
    let backends = Backends.live(
      folder: folder, temporary: temporary, executable: try Ending.executable())
    let record = Report.ManifestRecord(
      name: draft.name, path: ManifestFile.standard, sha256: try sha256(bytes),
      source: .init(kind: "worktree"))
    let (report, _) = await GateKit.run(
      manifest, record: record, tool: Report.Tool(name: "gatewright", version: Main.version),
      with: backends)
    Ending.waitIfBegun()
    return report.checks
  }
}
