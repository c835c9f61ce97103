import GateCore

extension ManifestReader {
  /// Refuses thresholds that nothing is held against: the manifest's where every model has one of its own, and all where
  /// no gate reads what the models answer.
  ///
  /// Of gates with mistakes it is not known what they read, so a manifest with others is not looked at.
  mutating func refuseIdleThresholds(
    _ node: Node, of models: [Role: Manifest.Model], _ gates: [Manifest.GateEntry]
  ) {
    guard mistakes.isEmpty, task.hasThreshold else { return }
    let written = node["decision"]?.key("threshold")
    guard gates.contains(where: \.gate.needs.models) else {
      let own = Role.allCases.map { node["models"]?[$0.rawValue]?.key("threshold") }
      for key in ([written] + own).compactMap(\.self) {
        refuse(
          "'threshold' is not used: no gate reads what the models answer", key,
          hint: "remove it, or add a gate that reads decisions, such as 'performance'")
      }
      return
    }
    guard let written, !models.isEmpty, models.values.allSatisfy({ $0.threshold != nil }) else {
      return
    }
    refuse(
      "'threshold' is not used: every model has one of its own", written,
      hint: "remove it here, or there")
  }
}
