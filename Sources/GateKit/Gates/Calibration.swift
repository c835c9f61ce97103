package import GateCore
import GateMetrics

/// Whether the candidate's probabilities come true as often as they say.
package struct CalibrationGate: Gate {
  package static let id = "calibration"
  package static let summary =
    "Holds how far probabilities are from what comes true, on all rows and on groups, with the bins for a plot."
  package static let example = """
    - gate: calibration
      by: [sex, [sex, region]]
      min_rows: 200
      metrics:
        expected_calibration_error: {max: 0.05}
        calibration_slope: {min: 0.8, max: 1.25}
        overconfidence_error: {max_increase: 0.01}
    """
  package static let limits = Limit.Kind.allCases
  /// The tasks whose predictions are probabilities of classes.
  private static let tasks: [TaskKind] = [.binary, .multiclass]
  /// What is asked where nothing is: that scores are not off by much, and that they are not off by less in a way that a
  /// line shows.
  private static let standard = [
    (metric: "expected_calibration_error", max: "0.05"),
    (metric: "logistic_calibration_error", max: "0.025"),
  ]
  /// How each of them is judged, so that calibrated scores fail either in at most 5 of 100 runs.
  private static let standardLevel = 0.975

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter(
        "metrics",
        "Metrics of calibration with their limits; without any, an \(standard[0].metric) of at most "
          + "\(standard[0].max) and a \(standard[1].metric) of at most \(standard[1].max), both judged "
          + "with 'consistency: \(standardLevel)'.",
        MetricRequest.shape(
          task: task, metrics: metrics.filter(isKnown), limits: limits, kind: "calibration metric")),
      Parameter(
        "by", "Groups to judge every metric on besides all rows: slices, columns, crosses of them.",
        GateSettings.sliceParameter.shape),
      Parameter(
        "min_rows", "As a metric's own, for all that have none.", .integer(1...Int.max)),
      Parameter(
        "consistency",
        "Judge the max of a calibration error by what chance gives in this share of such "
          + "holdouts: calibrated scores, and for an error over bins scores off by the max.",
        .number(0.5...0.9999)),
      Parameter("bins", "The bins of the plot.", .integer(1...10_000), standard: "10"),
      Parameter(
        "binning", "Bins of one width (uniform), or of one number of rows each (quantile).",
        .choice(["uniform", "quantile"]), standard: "uniform"),
    ] + Certainty.parameters
  }

  /// Whether a metric may be asked for here: one of calibration, or the manifest's own.
  private static func isKnown(_ metric: Metric) -> Bool {
    tasks.contains(metric.task) && (metric.calibration != nil || metric.isDerived)
  }

  private let id: String
  private let requests: [MetricRequest<Metric>]
  private let diagram: ReliabilityDiagram

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    let node = settings.node
    guard Self.tasks.contains(settings.task) else {
      throw Diagnostics([
        Diagnostic(
          "the gate '\(id)' judges probabilities of classes, and the task is "
            + settings.task.rawValue, at: node.mark,
          hint: "remove the gate; intervals and quantiles have their own metrics of calibration")
      ])
    }
    requests = try Self.requests(settings)
    diagram = ReliabilityDiagram(
      bins: node["bins"]?.integer ?? 10,
      strategy: node["binning"]?.text.flatMap(BinStrategy.init(rawValue:)) ?? .uniform,
      level: node["confidence"]?.number ?? 0.95,
      metrics: settings.metrics.filter { $0.task == settings.task && $0.calibration != nil })
  }

  /// What is written under `metrics`, or the standard, with what the gate says for all of them.
  private static func requests(
    _ settings: GateSettings
  ) throws(Diagnostics) -> [MetricRequest<Metric>] {
    let node = settings.node
    var requests =
      node["metrics"] == nil
      ? try standardRequests(settings) : try MetricRequest.read(settings, limits: limits)
    var mistakes = Certainty.mistakes(node, node["metrics"] == nil ? requests : [])
    do throws(Diagnostic) {
      let by = try settings.slices(node["by"], key: "by")
      let minRows = node["min_rows"]?.integer
      for index in requests.indices {
        requests[index].slices = (requests[index].slices + by.map(\.slice)).unique
        requests[index].sliceMarks.merge(by.map { ($0.slice, $0.mark) }) { own, _ in own }
        requests[index].minRows = requests[index].minRows ?? minRows
      }
    } catch { mistakes.append(error) }
    mistakes += settings.withoutChampion(requests)
    mistakes += settings.giveConsistency(
      to: &requests, standard: node["metrics"] == nil ? standardLevel : nil)
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    return requests
  }

  /// The requests of a gate that writes none.
  private static func standardRequests(
    _ settings: GateSettings
  ) throws(Diagnostics) -> [MetricRequest<Metric>] {
    let mark = settings.node.mark
    func scalar(_ text: String) -> Node { Node(.scalar(text, quoted: false), at: mark) }
    var requests: [MetricRequest<Metric>] = []
    for (metric, max) in standard {
      let limit = Node.Pair(key: scalar(Limit.Kind.max.rawValue), value: scalar(max))
      do throws(Diagnostic) {
        requests.append(
          try MetricRequest(
            name: scalar(metric), body: Node(.mapping([limit]), at: mark), settings,
            limits: limits))
      } catch { throw Diagnostics([error]) }
    }
    return requests
  }

  package var needs: Needs { requests.needs }

  package func limits(_ evidence: Evidence) -> Int { requests.limits(evidence) }

  package var hasConfidence: Bool {
    requests.contains { $0.certainty != nil || $0.isJudgedByChance }
  }

  package var plan: [String] {
    requests.map { request in
      request.plan
        + (request.consistency.flatMap {
          $0.decides
            ? ", judged by what chance gives in \(($0.level * 100).brief) of 100 holdouts" : nil
        } ?? "")
    }
  }

  package func measure(on bench: Workbench) async -> Evidence { await bench.evidence(needs) }

  package func judge(_ evidence: Evidence, in family: ErrorFamily?) async -> [Check] {
    await requests.judge(
      gate: id, evidence.corrected(in: family), comparing: false, evidenceOf: diagram.evidence)
  }
}
