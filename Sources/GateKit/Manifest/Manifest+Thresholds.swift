import GateCore

extension ManifestReader {
  /// Refuses the manifest's threshold where every model has one of its own.
  mutating func refuseIdleThresholds(
    _ node: Node, of models: [Role: Manifest.Model]
  ) {
    guard mistakes.isEmpty, task.hasThreshold else { return }
    let written = node["decision"]?.key("threshold")
    guard let written, !models.isEmpty, models.values.allSatisfy({ $0.threshold != nil }) else {
      return
    }
    refuse(
      "'threshold' is not used: every model has one of its own", written,
      hint: "remove it here, or there")
  }
}
