import GateCore

extension Manifest {
  /// The family of each gate's limits; of those without error control none.
  func errorFamilies(_ evidence: Evidence) -> [String: ErrorFamily] {
    var shared = 0
    for entry in gates where entry.errorControl == nil { shared += entry.gate.limits(evidence) }
    var families: [String: ErrorFamily] = [:]
    for entry in gates {
      let control = entry.errorControl ?? errorControl
      guard control != .none else { continue }
      families[entry.id] = ErrorFamily(
        control: control,
        limits: entry.errorControl == nil ? shared : entry.gate.limits(evidence))
    }
    return families
  }
}
