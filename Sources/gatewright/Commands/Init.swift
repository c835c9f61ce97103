import GateBackends
import GateCore
import GateKit
import GateSystem

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
      "What a flag says is used, or the reason why it cannot be is an error and nothing is written.",
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
    let isPrinted = path == "-"
    if !isPrinted { try Output.wantNew(path) }
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    try SignalHandling.watchSignals()
    let start = Start(
      folder: GateSystem.folder(of: Output.place(isPrinted ? ManifestFile.standard : path)),
      temporary: temporary,
      wishes: wishes)
    let (text, words, left) = try await start.manifest()
    Output.note(left)
    if isPrinted { return try Output.print(text) }
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
