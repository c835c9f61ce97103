package import GateCore

/// One fairness metric that a gate asks for, with its limits: a check an attribute.
package struct FairnessRequest: Sendable {
  package let metric: FairnessMetric
  /// Its limits, arguments, slices and certainty.
  package let request: MetricRequest
  /// The strata within which it is measured; nil: none.
  package let control: Slice?
  /// Columns that say which rows are alike, by name; empty: the metric reads none, or the usual ones.
  package let columns: [(name: String, mark: Mark)]

  /// Whether it compares with a group that the gate must name.
  package var wantsReference: Bool { metric.wantsReference(request.arguments) }

  /// The requests of a gate: of fairness metrics, and of the task's own metrics, which are judged on every group.
  package static func read(
    _ settings: GateSettings, _ definitions: [FairnessMetric]
  ) throws(Diagnostics) -> (own: [FairnessRequest], byGroup: [MetricRequest]) {
    var settings = settings
    settings.metrics = definitions.map(\.metric) + settings.metrics
    let all = try MetricRequest.read(settings, limits: Limit.Kind.allCases)
    var own: [FairnessRequest] = []
    var byGroup: [MetricRequest] = []
    for request in all {
      var request = request
      request.certainty = Self.certainty(request, settings)
      guard let metric = definitions.first(where: { $0.id == request.metric.id }) else {
        byGroup.append(request)
        continue
      }
      let control = try request.arguments.text("control").map { name throws(Diagnostics) in
        settings.slices.first { $0.name.isSame(as: name) } ?? .column(name)
      }
      let body = settings.node["metrics"]?.body(at: request.mark)
      let columns = (body?["columns"]?.items ?? []).map { ($0.text ?? "", $0.mark) }
      own.append(
        FairnessRequest(metric: metric, request: request, control: control, columns: columns))
    }
    return (own, byGroup)
  }

  /// How sure the verdict must be: 95% unless the manifest says otherwise, or none.
  private static func certainty(
    _ request: MetricRequest, _ settings: GateSettings
  ) -> Certainty? {
    if let certainty = request.certainty { return certainty }
    let gate = settings.node
    let body = gate["metrics"]?.body(at: request.mark)
    if (body?["confidence"] ?? gate["confidence"])?.text == "none" { return nil }
    return Certainty(
      confidence: 0.95, replicates: gate["replicates"]?.integer ?? 1000,
      seed: UInt64(gate["seed"]?.integer ?? 0))
  }

  /// Which rows and cells it is measured on.
  package var cut: FairnessCut? { metric.cut(request.arguments) }

  /// What the algebra does with these arguments; `reference` is the place of the group that others are compared with.
  func aggregate(_ aggregate: Aggregate, reference: Int?) -> Aggregate {
    aggregate.with(request.arguments, reference: reference)
  }
}

/// How rows become cells.
package enum FairnessCut: Sendable, Hashable {
  /// A score of at least this is a positive decision; nil: of each model's own threshold.
  case threshold(Double?)
  /// One class against all others.
  case `class`(String)
  /// Whether the answer is right.
  case right
  /// A score, or a predicted value, above the median of all rows that are compared.
  case aboveMedian

  /// As a metric's arguments say.
  package init(_ arguments: Arguments, isRight: Bool) {
    if isRight {
      self = .right
    } else if let name = arguments.text("class") {
      self = .class(name)
    } else {
      self = .threshold(arguments["threshold"])
    }
  }
}

extension Node {
  /// What stands beside the name at a mark, of a mapping by metric or a list of them.
  fileprivate func body(at mark: Mark) -> Node? {
    pairs?.first { $0.key.mark.location == mark.location }?.value
      ?? items?.first { $0["metric"]?.mark.location == mark.location }
  }
}
