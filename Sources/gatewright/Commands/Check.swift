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
      "In a pull request of \(PullRequest.systems.joined(separator: ", ")) the manifest of the commit it was "
        + "branched off holds, and what the pull request loosens is a failed check.",
      "stdout has the table, or the one report asked for with '-'; stderr has diagnostics.",
    ],
    flags: [
      .manifest, .report, .noTimings, .threads, .color, .all, .quiet, .noCI, .policyRef,
      .approvalLabel,
    ],
    examples: [
      ("gatewright check", "judge by gatewright.yaml of this folder"),
      (
        "gatewright check --report junit=build/gatewright.xml --report json=build/report.json",
        "write what a CI system shows, and the record"
      ),
      (
        "gatewright check --policy-ref origin/main",
        "judge by the manifest of another branch, which a pull request cannot change"
      ),
    ]
  ) { invocation in
    var outputs = try ReportOutputs(invocation)
    let threads = try outputs.settling { _ throws in try invocation.count(.threads) }
    let guarded = try outputs.settling { outputs throws in
      let file = try ManifestFile(invocation.value(.manifest) ?? ManifestFile.standard)
      outputs.expect(file.mentionedReports)
      let manifest = try file.manifest()
      for report in file.reports(of: manifest) { try outputs.add(report) }
      try outputs.spare(file.inputs(of: manifest))
      try outputs.removeEarlier()
      return try GuardedManifest(file, manifest, invocation)
    }
    let file = guarded.file
    var manifest = guarded.manifest
    if let threads { manifest.resources.threads = threads }
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
      tool: Report.Tool(name: "gatewright", version: Main.version), policy: guarded.checks,
      with: backends)
    SignalHandling.waitIfBegun()
    progress.clear()
    for mistake in mistakes { Output.note(mistake.rendered + "\n") }
    if invocation.has(.noTimings) { report.timings = nil }
    let code = outputs.conclude(report)
    if !invocation.has(.noCI) { CISystem.here?.deliver(report, beside: file.folder) }
    return code
  }
}
