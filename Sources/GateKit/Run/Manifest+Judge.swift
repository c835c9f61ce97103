package import GateCore

extension Manifest {
  /// Every gate's checks, in manifest order, and the multipleTesting of the families whose error is controlled; a gate that throws,
  /// or gives no check, is an error.
  package func judge(
    _ evidence: Evidence, _ watch: inout Stopwatch
  ) async -> (checks: [Check], multipleTesting: [MultipleTestingReport]) {
    var checks: [Check] = []
    let families = errorFamilies(evidence)
    for entry in gates {
      var evidence = evidence
      evidence.family = families[entry.id]
      let read = evidence
      var judged = await watch.time(gate: entry.id) { await entry.judge(read) }
      for index in judged.indices {
        judged[index].blocking = judged[index].blocking && entry.blocking
      }
      checks += judged
    }
    checks = checks.refusingRepeats
    let multipleTesting = controlErrors(&checks)
    return (checks, multipleTesting)
  }

  /// The checks decided again where `error_control` asks for it: a gate's own are a family, those of all gates without one
  /// together the manifest's.
  private func controlErrors(_ checks: inout [Check]) -> [MultipleTestingReport] {
    let others = Set(gates.filter { $0.errorControl == nil }.map(\.id))
    var multipleTesting: [MultipleTestingReport] = []
    if let corrected = errorControl.apply(
      to: &checks, of: { others.contains($0.gate) }, named: "manifest")
    {
      multipleTesting.append(corrected)
    }
    for entry in gates {
      let corrected = entry.errorControl?.apply(
        to: &checks, of: { $0.gate == entry.id }, named: entry.id)
      if let corrected { multipleTesting.append(corrected) }
    }
    return multipleTesting
  }

  /// The checks with the waivers that cover them.
  func waive(_ checks: [Check], today: String) -> [Check] {
    let ids = Set(checks.map { ExactText($0.id) })
    let unused = waivers.filter { waiver in
      !checks.contains { waiver.covers($0, among: ids) }
    }
    return checks.map { check in
      waivers.filter { $0.covers(check, among: ids) }
        .reduce(check) { $1.applied(to: $0, today: today) }
    } + unused.map(\.unused)
  }
}

extension Manifest.GateEntry {
  /// Its checks; a gate that throws, or gives no check, is an error.
  fileprivate func judge(_ evidence: Evidence) async -> [Check] {
    let blank = Check(
      id: id, gate: id, outcome: .error, message: "", location: mark.location)
    do {
      let judged = try await gate.judge(evidence)
      return judged.isEmpty
        ? [blank.failing(.error, Diagnostic("the gate judged nothing"))] : judged
    } catch { return [blank.failing(.error, .of(error))] }
  }
}
