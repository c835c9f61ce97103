import GateBackends
import GateCore
import GateKit

extension Command {
  /// The main job.
  static let check = Command(
    "check", "judge the candidate by the manifest",
    details: [
      "Reads the manifest, resolves both models, scores them on the same rows, runs every gate, "
        + "writes the reports and exits with the verdict's code.",
      "stdout has the table, or the one report asked for with '-'; stderr has diagnostics.",
    ],
    flags: [.manifest, .report, .noTimings, .threads, .color, .all, .quiet],
    examples: [
      ("gatewright check", "judge by gatewright.yaml of this folder"),
      (
        "gatewright check --report junit=build/gatewright.xml --report json=build/report.json",
        "write what a CI system shows, and the record"
      ),
    ]
  ) { invocation in
    var publication = try Publication(invocation)
    let (file, manifest) = try publication.settling { publication throws in
      let threads = try invocation.count(.threads)
      let file = try ManifestFile(invocation.value(.manifest) ?? ManifestFile.standard)
      publication.expect(file.mentionedReports)
      var manifest = try file.manifest()
      if let threads { manifest.resources.threads = threads }
      for report in file.reports(of: manifest) { try publication.add(report) }
      try publication.spare(file.inputs(of: manifest))
      try publication.removeEarlier()
      return (file, manifest)
    }
    for note in manifest.notes { Output.note(note + "\n") }
    try Ending.watchSignals()
    TemporaryFolder.sweep()
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    var backends = Backends.live(
      folder: file.folder, temporary: temporary, executable: try Ending.executable())
    let progress = Progress(isWanted: !invocation.has(.quiet))
    backends.progress = { progress.show($0) }
    var (report, mistakes) = await GateKit.run(
      manifest, record: try file.record(name: manifest.name),
      tool: Report.Tool(name: "gatewright", version: Main.version), with: backends)
    Ending.waitIfBegun()
    progress.clear()
    for mistake in mistakes { Output.note(mistake.rendered + "\n") }
    if invocation.has(.noTimings) { report.timings = nil }
    return publication.conclude(report)
  }

  /// Reads the manifest only.
  static let validate = Command(
    "validate", "say whether the manifest is accepted, without reading data or models",
    flags: [.manifest]
  ) { invocation in
    let file = try ManifestFile(invocation.value(.manifest) ?? ManifestFile.standard)
    let manifest = try file.manifest()
    for note in manifest.notes { Output.note(note + "\n") }
    let gates = manifest.gates.count
    return try Output.print(
      "\(file.path) is accepted: \(manifest.task.rawValue) task '\(manifest.name.visible)', "
        + "\(gates) \(gates == 1 ? "gate" : "gates")\n")
  }

  /// Says what a check would do.
  static let plan = Command(
    "plan", "show what would be read, run and compared, without doing it",
    flags: [.manifest]
  ) { invocation in
    let file = try ManifestFile(invocation.value(.manifest) ?? ManifestFile.standard)
    return try Output.print(try file.manifest().plan)
  }

  /// Scores one model in a process of its own.
  static let worker = Command("worker", "score one model (used by check)", isHidden: true) { _ in
    Worker.run()
  }
}
