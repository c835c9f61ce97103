/// The limits whose error is controlled together, as far as they are known before any is judged.
public struct ErrorFamily: Sendable, Hashable {
  /// How the p-values will be corrected.
  public var control: ErrorControl
  /// Limits judged with confidence, each on every group of its slices.
  public var limits: Int

  public init(control: ErrorControl, limits: Int) {
    (self.control, self.limits) = (control, limits)
  }

  /// The same certainty with draws enough for one limit of the family to be decided whatever the others say: 2 m / (1 - c)
  /// of m limits at confidence c; never fewer than asked for, never more than there may be.
  func enlarged(_ certainty: Certainty) -> Certainty {
    var certainty = certainty
    let wanted = control.wantedReplicates(certainty.level, limits)
    certainty.replicates = max(
      certainty.replicates, min(wanted, Certainty.mostReplicates))
    return certainty
  }
}

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

extension [MetricRequest] {
  /// Limits judged with confidence, each on all rows and on every group of its slices.
  func limits(_ evidence: Evidence) -> Int {
    reduce(0) { sum, request in
      guard request.certainty != nil else { return sum }
      let groups = request.slices.unique.reduce(1) {
        $0 + ((try? evidence.rows(of: $1).groups.count) ?? 0)
      }
      return sum + request.limits.count * groups
    }
  }
}

extension Check.Interval {
  /// Whether it rests on draws.
  var isOfBootstrap: Bool { method.hasPrefix("bootstrap") }
}
