/// The limits whose error is controlled together, as far as they are known before any is judged.
package struct ErrorFamily: Sendable, Hashable {
  /// How the p-values will be corrected.
  package var control: ErrorControl
  /// Limits judged with confidence, each on every group of its slices.
  package var limits: Int

  package init(control: ErrorControl, limits: Int) {
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

extension ConfidenceInterval {
  /// Whether it rests on draws.
  var isOfBootstrap: Bool { method.hasPrefix("bootstrap") }
}
