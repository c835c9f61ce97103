import GateBackends
import GateCore
import GateKit
import GateSystem

extension Command {
  /// The main job.
  static let check = Command(
    "check", "judge the candidate by the manifest",
    details: [
      "Reads the manifest, resolves both models, scores them on the same rows, runs every gate, "
        + "writes the reports and exits with the verdict's code.",
      "In a job of \(CISystem.all.map(\.name).joined(separator: ", ")) it also writes what that system "
        + "reads, and says where.",
      "stdout has the table, or the one report asked for with '-'; stderr has diagnostics.",
    ],
    flags: [.manifest, .report, .noTimings, .threads, .color, .all, .quiet, .noCI],
    examples: [
      ("gatewright check", "judge by gatewright.yaml of this folder"),
      (
        "gatewright check --report junit=build/gatewright.xml --report json=build/report.json",
        "write what a CI system shows, and the record"
      ),
    ]
  ) { invocation in
    var outputs = try ReportOutputs(invocation)
    let (file, manifest) = try outputs.settling { outputs throws in
      let threads = try invocation.count(.threads)
      let file = try ManifestFile(invocation.value(.manifest) ?? ManifestFile.standard)
      outputs.expect(file.mentionedReports)
      var manifest = try file.manifest()
      if let threads { manifest.resources.threads = threads }
      for report in file.reports(of: manifest) { try outputs.add(report) }
      try outputs.spare(file.inputs(of: manifest))
      try outputs.removeEarlier()
      return (file, manifest)
    }
    for note in manifest.notes { Output.note(note + "\n") }
    try SignalHandling.watchSignals()
    TemporaryFolder.sweep()
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    var backends = Backends.live(
      folder: file.folder, temporary: temporary, executable: try SignalHandling.executable(),
      for: manifest)
    let progress = Progress(isWanted: !invocation.has(.quiet))
    backends.progress = { progress.show($0) }
    var (report, mistakes) = await GateKit.run(
      manifest, record: try file.record(name: manifest.name),
      tool: Report.Tool(name: "gatewright", version: Main.version), with: backends)
    SignalHandling.waitIfBegun()
    progress.clear()
    for mistake in mistakes { Output.note(mistake.rendered + "\n") }
    if invocation.has(.noTimings) { report.timings = nil }
    let code = outputs.conclude(report)
    if !invocation.has(.noCI) { CISystem.here?.deliver(report, beside: file.folder) }
    return code
  }
}
