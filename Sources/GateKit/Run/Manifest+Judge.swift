package import GateCore

extension Manifest {
  /// What every gate measures, in manifest order: several at a time, since each waits for tables and models.
  package func measure(
    on bench: Workbench, _ clock: @escaping @Sendable () -> Double
  ) async -> [MeasuredEntry] {
    await gates.concurrentMap { entry in
      let start = clock()
      let measured: Result<MeasuredGate, Diagnostic>
      do { measured = .success(try await entry.gate.measured(on: bench)) } catch {
        measured = .failure(.of(error))
      }
      return MeasuredEntry(entry: entry, measured: measured, seconds: clock() - start)
    }
  }

  /// Every gate's checks, in manifest order, and the corrections of the families whose error is controlled; a gate that
  /// throws, or gives no check, is an error.
  package func judge(
    _ measured: [MeasuredEntry], _ watch: inout Stopwatch
  ) async -> (checks: [Check], multipleTesting: [MultipleTestingReport]) {
    var checks: [Check] = []
    let families = errorFamilies(measured)
    for one in measured {
      let family = families[one.entry.id]
      var judged = await watch.time(gate: one.entry.id, before: one.seconds) {
        await one.judge(in: family)
      }
      for index in judged.indices {
        judged[index].blocking = judged[index].blocking && one.entry.blocking
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

/// A gate of a manifest with what it measured, or why it could not.
package struct MeasuredEntry: Sendable {
  let entry: Manifest.GateEntry
  let measured: Result<MeasuredGate, Diagnostic>
  let seconds: Double

  /// How many limits are judged with confidence.
  var limits: Int { (try? measured.get())?.limits ?? 0 }

  /// Its checks; a gate that throws, or gives no check, is an error.
  fileprivate func judge(in family: ErrorFamily?) async -> [Check] {
    let blank = Check(
      id: entry.id, gate: entry.id, outcome: .error, message: "", location: entry.mark.location)
    do {
      let judged = try await measured.get().judge(family)
      return judged.isEmpty
        ? [blank.failing(.error, Diagnostic("the gate judged nothing"))] : judged
    } catch { return [blank.failing(.error, .of(error))] }
  }
}
