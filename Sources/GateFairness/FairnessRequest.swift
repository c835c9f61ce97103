package import GateCore

/// One fairness metric that a gate asks for, with its limits: a check an attribute.
package struct FairnessRequest: Sendable {
  /// The metric, its limits, arguments, slices and certainty.
  package let request: MetricRequest<FairnessMetric>
  /// The strata within which it is measured; nil: none.
  package let control: Slice?
  /// Columns that say which rows are alike, by name; empty: the metric reads none, or the usual ones.
  package let columns: [(name: String, mark: Mark)]

  /// Its definition.
  package var metric: FairnessMetric { request.metric }

  /// Whether it compares with a group that the gate must name.
  package var wantsReference: Bool { metric.wantsReference(request.arguments) }

  /// Reads one request; throws its first mistake.
  private init(
    _ metric: FairnessMetric, name: Node, body: Node, _ settings: GateSettings
  ) throws(Diagnostic) {
    var request = try MetricRequest(
      metric, name: name, body: body, settings, limits: Limit.Kind.allCases)
    request.certainty = request.certainty ?? Self.standardCertainty(body, settings.node)
    self.request = request
    control = request.arguments.text("control").map { name in
      settings.slices.first { $0.name.isSame(as: name) } ?? .column(name)
    }
    columns = (body["columns"]?.items ?? []).map { ($0.text ?? "", $0.mark) }
  }

  /// The requests of a gate: of fairness metrics, and of the task's own metrics, which are judged on every group.
  package static func read(
    _ settings: GateSettings, _ definitions: [FairnessMetric]
  ) throws(Diagnostics) -> (own: [FairnessRequest], byGroup: [MetricRequest<Metric>]) {
    var own: [FairnessRequest] = []
    var byGroup: [MetricRequest<Metric>] = []
    let mistakes = settings.readMetrics { name, body throws(Diagnostic) in
      if let metric = definitions.first(where: { $0.id == name.text }) {
        let one = try FairnessRequest(metric, name: name, body: body, settings)
        own.append(one)
        return one.request.id
      }
      var request = try MetricRequest(
        name: name, body: body, settings, limits: Limit.Kind.allCases)
      request.certainty = request.certainty ?? Self.standardCertainty(body, settings.node)
      byGroup.append(request)
      return request.id
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    return (own, byGroup)
  }

  /// How sure the verdict must be where nothing is said of it: 95%; nil: the manifest says `none`.
  private static func standardCertainty(_ body: Node, _ gate: Node) -> Certainty? {
    if (body["confidence"] ?? gate["confidence"])?.text == "none" { return nil }
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
