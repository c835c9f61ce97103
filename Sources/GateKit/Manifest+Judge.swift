extension Manifest {
  /// Every gate's checks, in manifest order; a gate that throws, or gives no check, is an error.
  func judge(_ evidence: Evidence) async -> [Check] {
    var checks: [Check] = []
    for entry in gates {
      let blank = Check(
        id: entry.id, gate: entry.id, outcome: .error, message: "", location: entry.mark.location)
      var judged: [Check]
      do {
        judged = try await entry.gate.judge(evidence)
        if judged.isEmpty {
          judged = [blank.failing(.error, Diagnostic("the gate judged nothing"))]
        }
      } catch { judged = [blank.failing(.error, .of(error))] }
      for index in judged.indices {
        judged[index].blocking = judged[index].blocking && entry.blocking
      }
      checks += judged
    }
    return checks.refusingRepeats
  }

  /// The checks with the waivers that cover them.
  func waive(_ checks: [Check], today: String) -> [Check] {
    let unused = waivers.filter { waiver in !checks.contains(where: waiver.covers) }
    return checks.map { check in waivers.reduce(check) { $1.applied(to: $0, today: today) } }
      + unused.map(\.unused)
  }
}
