package import GateCore

/// The rows of every group as one model answered them.
package struct GroupSamples: Sendable {
  /// By group.
  package let groups: [Sample]
  /// The group the others are compared with; nil: none is named.
  package let reference: Int?

  /// Takes them.
  package init(_ groups: [Sample], reference: Int? = nil) {
    (self.groups, self.reference) = (groups, reference)
  }
}

/// How a function of the groups' samples would vary with the rows: the bootstrap of the rows, a draw for all groups.
struct SampleDistribution: Sendable {
  package let body: @Sendable (GroupSamples, Arguments) throws(Undefined) -> Double
  package let arguments: Arguments
  package let part: FairnessPart
  package let certainty: Certainty

  /// The intervals of what `basis` says.
  func curve(_ basis: ConfidenceInterval.Subject) async throws(Undefined) -> ConfidenceCurve {
    if basis != .value, let champion = try? part.champion?.get(),
      part.candidate.isSame(as: champion)
    {
      throw Undefined(
        "no row's answer differs, so the rows do not show how far off the change may be")
    }
    let (mine, others) = part.samples(.groups)
    let models = basis == .value ? [mine] : [mine, others ?? []]
    var clustered = certainty
    clustered.clusters = part.clusters
    let all = part.candidate.partitioned(by: part.groups.codes.map { min($0, 0) }, groups: 1)[0]
    let values = try await clustered.resampled(groups: models, of: all) { models in
      func value(_ groups: [Sample]) -> Double? {
        try? body(GroupSamples(groups, reference: part.reference), arguments)
      }
      guard let mine = value(models[0]) else { return nil }
      if basis == .value { return mine }
      guard let other = value(models[1]) else { return nil }
      return basis == .relativeDifference ? (mine - other) / abs(other) : mine - other
    }
    return ConfidenceCurve(values, paired: basis != .value)
  }
}

extension FairnessMetric {
  /// The counts that a function of classes takes.
  package func classes(_ part: FairnessPart, _ arguments: Arguments) -> ClassCounts {
    ClassCounts(
      RowClasses(
        part.candidate, try? part.champion?.get(), ofLabels: isOfLabels(arguments),
        threshold: arguments["threshold"]), part)
  }

  /// Whether the labels are measured, not what the model decided.
  func isOfLabels(_ arguments: Arguments) -> Bool {
    let standard = parameters.first { $0.id == Parameter.of.id }?.standard
    return (arguments.text("of") ?? standard ?? "label") == "label"
  }

  /// What is measured, by a metric's arguments: of labels the shares of positive rows stand for those decided so.
  package func measure(_ arguments: Arguments) -> Measure {
    guard case .algebra(let measures, let aggregate, let split) = measure,
      parameters.contains(where: { $0.id == Parameter.of.id }), isOfLabels(arguments)
    else { return measure }
    return .algebra(
      measures.map { $0.id == GroupMeasure.selectionRate.id ? .baseRate : $0 }, aggregate, split)
  }

  /// Throws where rows have weights that the metric's definition knows nothing of.
  func refuseWeights(of sample: Sample) throws(Diagnostic) {
    guard let reason = weightless, sample.rowWeightsByPlace != nil else { return }
    throw Diagnostic("\(id) does not take rows with weights: \(reason)")
  }
}
