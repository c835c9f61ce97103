package import GateCore

/// One run of the gate, by as many threads as the manifest allows; the mistakes are what kept checks from being judged.
///
/// `policy`: checks of the manifest itself, which no waiver covers.
package func run(
  _ manifest: Manifest, record: Report.ManifestRecord, tool: Report.Tool, policy: [Check] = [],
  with backends: Backends
) async -> (report: Report, mistakes: [Diagnostic]) {
  await Crew.of(manifest.resources.threads) {
    await pipeline(manifest, record: record, tool: tool, policy: policy, with: backends)
  }
}

/// The whole pipeline, in order.
private func pipeline(
  _ manifest: Manifest, record: Report.ManifestRecord, tool: Report.Tool, policy: [Check],
  with backends: Backends
) async -> (report: Report, mistakes: [Diagnostic]) {
  var watch = Stopwatch(backends)
  let found = watch.time("resolve") { Artifacts(manifest, backends) }
  let (tables, artifacts) = watch.time("open") { found.opened(manifest, backends) }
  let truth = watch.time("read") { tables.truth(manifest) }
  let answers = await watch.time("score") {
    await ModelOutputs(manifest, artifacts, tables, truth, backends)
  }
  let bench = Workbench(
    manifest, artifacts, tables, truth, answers, backends, now: watch.started)
  let evidence = await watch.time("slice") { await bench.evidence(manifest.needs) }
  let measured = await watch.time("measure") { await manifest.measure(on: bench, backends.clock) }
  var gates = watch
  let (judged, multipleTesting) = await watch.time("judge") {
    await manifest.judge(measured, &gates)
  }
  watch.take(gates)
  let changes = watch.time("confirm") { artifacts.changed(backends) }
  let told = judged + tables.unread(manifest) + evidence.unread(manifest)
  let read = told + tables.unreadNames(manifest, artifacts, beside: told)
  let checks =
    policy
    + manifest.waive(
      (read + answers.unread(manifest, artifacts, beside: read)).undone(by: changes),
      today: String(watch.started.prefix(10)))
  let report = Report(
    tool: tool, verdict: Verdict(of: checks), manifest: record,
    models: answers.records(manifest, artifacts),
    data: tables.records(manifest, artifacts, changed: !changes.isEmpty),
    checks: checks, multipleTesting: changes.isEmpty ? multipleTesting : [], timings: watch.timings)
  return (report, tables.mistakes(manifest) + evidence.mistakes + changes)
}
