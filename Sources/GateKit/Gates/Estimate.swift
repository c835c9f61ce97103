package import GateCore

/// What the candidate's metrics are expected to be on rows that have no labels yet.
package struct EstimateGate: Gate {
  package static let id = "estimate"
  package static let summary =
    "Limits what metrics are expected to be on rows without labels."
  package static let example = """
    - gate: estimate
      confidence: 0.95
      metrics:
        roc_auc: {min: 0.8, max_drop: 0.05}
        recall: {min: 0.6}
    """

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    let most = Double.greatestFiniteMagnitude
    return [
      Parameter(
        "metrics", "Metrics with their limits.",
        .map(
          keys: "metric",
          .record([
            Parameter("min", "The smallest value that passes.", .number(-most...most)),
            Parameter("max", "The largest value that passes.", .number(-most...most)),
            Parameter(
              "max_drop",
              "How much worse than on the reference.",
              .number(0...most)),
          ])), required: true),
      Parameter(
        "table", "The rows that are estimated.", .choice(["current", "holdout"]),
        standard: "current"),
      Parameter(
        "calibration",
        "How scores become probabilities.",
        .choice(["isotonic", "none"]), standard: "isotonic"),
      Parameter(
        "max_outside",
        "The largest share of scores beyond the reference's.",
        .number(0...1), standard: "0.05"),
      FlipShare.confidence,
    ]
  }

  /// One metric with its limits.
  struct Request: Sendable {
    let metric: Metric
    let bounds: [(limit: LimitName, bound: Double)]
    let mark: Mark
  }

  let id: String
  private let requests: [Request]
  private let table: String
  private let isCalibrated: Bool
  let maxOutside: Double
  private let confidence: Double?

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    let node = settings.node
    table = node["table"]?.text ?? "current"
    isCalibrated = node["calibration"]?.text != "none"
    maxOutside = node["max_outside"]?.number ?? 0.05
    confidence = node["confidence"]?.number
    var mistakes: [Diagnostic] = []
    if settings.task != .binary {
      mistakes.append(
        Diagnostic(
          "the gate '\(settings.id)' is for binary tasks; this one is \(settings.task.rawValue)",
          at: node.mark, hint: "leave the gate out"))
    }
    if let tables = settings.tables, !tables.contains("reference") {
      mistakes.append(
        Diagnostic(
          "the gate '\(settings.id)' learns from rows with labels, and there is no 'data.reference'",
          at: node.mark, hint: "add it: reference: {path: data/train.parquet}"))
    }
    var requests: [Request] = []
    for pair in node["metrics"]?.pairs ?? [] {
      do throws(Diagnostic) { requests.append(try Self.request(pair, settings)) } catch {
        mistakes.append(error)
      }
    }
    if requests.isEmpty, mistakes.isEmpty {
      mistakes.append(
        Diagnostic(
          "the gate '\(settings.id)' has no metric, so it would judge nothing", at: node.mark,
          hint: "add one, as metrics: {roc_auc: {min: 0.8}}"))
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    self.requests = requests
  }

  /// One metric; throws where its estimate is not known or nothing is asked of it.
  private static func request(
    _ pair: Node.Pair, _ settings: GateSettings
  ) throws(Diagnostic) -> Request {
    let name = pair.key.text ?? ""
    let known = settings.metrics.filter {
      $0.task == .binary && !$0.comparesModels && $0.program == nil
    }
    guard let metric = known.first(where: { $0.id == name }) else {
      throw Diagnostic(
        settings.metrics.contains { $0.id == name }
          ? "'\(name)' cannot be estimated" : "there is no metric '\(name)'", at: pair.key.mark,
        hint: name.nearest(in: known.map(\.id)).map { "did you mean '\($0)'?" }
          ?? "name a binary metric of one model")
    }
    let bounds = ["min", "max", "max_drop"].compactMap { key in
      pair.value[key]?.number.map { (limit: LimitName(key), bound: $0) }
    }
    if bounds.isEmpty {
      throw Diagnostic(
        "'\(name)' has no limit, so it would hold whatever its value", at: pair.key.mark,
        hint: "add one of: min, max, max_drop")
    }
    if metric.direction == .neither, let key = pair.value.key("max_drop") {
      throw Diagnostic(
        "'max_drop' asks for a better '\(name)', and neither a higher nor a lower one is better",
        at: key.mark, hint: "bound it by 'min' and 'max'")
    }
    return Request(metric: metric, bounds: bounds, mark: pair.key.mark)
  }

  package var needs: Needs {
    Needs(
      tables: ["reference", table],
      runs: ["scores the candidate on the reference and on the rows of '\(table)'"])
  }

  package var plan: [String] {
    requests.map { request in
      "\(request.metric.id): "
        + request.bounds.map { "\($0.limit.rawValue) \($0.bound.brief)" }.joined(separator: ", ")
    }
  }

  /// The estimate, and the interval of each metric's where that is asked.
  package struct Measurement: Sendable {
    let estimate: PerformanceEstimate
    let intervals: [Result<ConfidenceInterval, Undefined>?]
  }

  package func measure(on bench: Workbench) async throws -> Measurement {
    let estimate = try await bench.estimate(on: table, isCalibrated: isCalibrated)
    var intervals: [Result<ConfidenceInterval, Undefined>?] = []
    for request in requests {
      guard let confidence else {
        intervals.append(nil)
        continue
      }
      do throws(Undefined) {
        intervals.append(
          .success(try await estimate.interval(request.metric, confidence: confidence)))
      } catch { intervals.append(.failure(error)) }
    }
    return Measurement(estimate: estimate, intervals: intervals)
  }

  package func judge(_ measured: Measurement, in family: ErrorFamily?) -> [Check] {
    zip(requests, measured.intervals).map { judge($0, measured.estimate, $1) }
  }
}

extension Workbench {
  /// The candidate's scores on the reference with its labels, and on a table without; throws why there are none.
  func estimate(
    on name: String, isCalibrated: Bool
  ) async throws(Diagnostic) -> PerformanceEstimate {
    _ = try scoredModel(.candidate, for: "scoring rows of several tables")
    let own = try await answers(.candidate)
    func scores(_ table: String) async throws(Diagnostic) -> [Double] {
      let columns = try await predictions(of: table)
      guard case .numbers(let scores)? = columns.first?.values, columns.count == 1 else {
        throw Diagnostic("the candidate answers no scores, and an estimate is made of them")
      }
      return scores
    }
    let (old, new) = (try await scores("reference"), try await scores(name))
    let threshold = threshold(of: .candidate)
    return PerformanceEstimate(
      reference: (old, try positives(of: "reference")), scores: new,
      threshold: own.isSingle ? Double(Float(threshold)) : threshold, isCalibrated: isCalibrated)
  }

  /// Whether each row of a table has the positive class; throws for a label that is missing, or no class.
  private func positives(of name: String) throws(Diagnostic) -> [Bool] {
    guard let label = roles.label, classes.count == 2 else {
      throw Diagnostic("the classes of the label are not known")
    }
    let table = try table(name)
    let read = try Result {
      try table.columns(["CAST(\(label.sqlName) AS VARCHAR)"])[0]
    }.located(at: nil).get()
    let texts = read.texts ?? []
    var positives: [Bool] = []
    for row in 0..<read.count {
      guard !read.isNull(row), texts.indices.contains(row) else {
        throw Diagnostic(
          "the label '\(label)' of '\(name)' is missing in row \(row + 1)",
          hint: "take rows without a label out of it")
      }
      let text = texts[row].hasSuffix(".0") ? String(texts[row].dropLast(2)) : texts[row]
      guard let place = classes.firstIndex(where: { $0.isSame(as: text) }) else {
        throw Diagnostic(
          "the label '\(label)' of '\(name)' is '\(text)' in row \(row + 1), and the classes are "
            + classes.joined(separator: ", "))
      }
      positives.append(place == 1)
    }
    return positives
  }
}
