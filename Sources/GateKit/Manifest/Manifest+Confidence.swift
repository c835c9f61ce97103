import GateCore

/// What a manifest says beside `confidence`, and what is a mistake without it.
extension ManifestReader {
  /// How the errors of all gates together are controlled; a mistake where none of them has any to control.
  mutating func errorControl(_ node: Node, of gates: [Manifest.GateEntry]) -> ErrorControl {
    guard let key = node.key("error_control") else { return .none }
    if !gates.isEmpty, !gates.contains(where: { $0.errorControl == nil && $0.gate.hasConfidence }) {
      mistakes.append(
        Diagnostic(
          "'error_control' is for limits judged with 'confidence', and no gate without one of its "
            + "own has such a limit", at: key.mark,
          hint: "add 'confidence: 0.95' to a gate or a metric, or remove 'error_control'"))
    }
    return node["error_control"]?.text.flatMap(ErrorControl.init) ?? .none
  }

  /// A gate without a limit judged with confidence would ignore what else it says of that.
  package mutating func refuseIdle(_ node: Node, _ gate: any Gate, _ id: String) {
    guard !gate.hasConfidence else { return }
    let hasOther = type(of: gate).parameters(task: nil, metrics: []).contains {
      $0.id == "consistency"
    }
    for name in Certainty.dependent {
      guard let key = node.key(name) else { continue }
      mistakes.append(
        Diagnostic(
          "'\(name)' is for limits judged with 'confidence'\(hasOther ? " or 'consistency'" : ""), and "
            + "the gate '\(id)' has none",
          at: key.mark,
          hint: "add 'confidence: 0.95' to the gate or a metric, "
            + "\(hasOther ? "or 'consistency: 0.95' to the gate, " : "")or remove '\(name)'"))
    }
  }

  /// Clusters are drawn whole, whatever the classes of their rows.
  mutating func refuseStrata(_ node: Node, hasClusters: Bool) {
    guard hasClusters else { return }
    for item in node["gates"]?.items ?? [] where item["resampling"]?.text == "stratified" {
      mistakes.append(
        Diagnostic(
          "'resampling: stratified' draws rows by class, and 'data.holdout.cluster' has them drawn "
            + "by cluster", at: item.key("resampling")?.mark,
          hint: "remove one of the two; rows that belong together want 'cluster'"))
    }
  }
}
