import GateCore

extension Manifest {
  /// The family of each gate's limits; of those without error control none.
  func errorFamilies(_ measured: [MeasuredEntry]) -> [String: ErrorFamily] {
    let shared = measured.filter { $0.entry.errorControl == nil }.map(\.limits).reduce(0, +)
    var families: [String: ErrorFamily] = [:]
    for one in measured {
      let entry = one.entry
      let control = entry.errorControl ?? errorControl
      guard control != .none else { continue }
      families[entry.id] = ErrorFamily(
        control: control,
        limits: entry.errorControl == nil ? shared : one.limits)
    }
    return families
  }
}
