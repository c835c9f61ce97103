/// The candidate against the champion, on the same rows.
public struct ChampionGate: Gate {
  public static let id = "champion"
  public static let summary =
    "Holds the candidate's metrics against the champion's, paired on the same rows."
  public static let example = """
    - gate: champion
      confidence: 0.95
      metrics:
        roc_auc: {max_drop: 0.005}
        average_precision: {min_gain: 0}
        accuracy: {max_drop: 0.01, slices: all, min_rows: 100}
      flips: {max_negative: 0.02}
    """
  static let limits = Limit.Kind.allCases.filter(\.comparesModels)

  public static func parameters(task: TaskKind?) -> [Parameter] {
    let metrics = Parameter(
      "metrics", "Metrics with their margins.", MetricRequest.shape(task: task, limits: limits))
    let flips = Parameter(
      "flips", "Rows whose decision the candidate changes.",
      .record([
        Parameter(
          "max_negative", "The largest share of rows that were right and are wrong now.",
          .number(0...1), required: true)
      ]))
    return [metrics] + (task == .regression ? [] : [flips]) + Certainty.parameters
  }

  private let id: String
  private let requests: [MetricRequest]
  private let flips: (bound: Double, mark: Mark)?

  public init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    let node = settings.node
    if !settings.hasChampion {
      throw Diagnostics([
        Diagnostic(
          "the gate '\(id)' compares with a champion, and 'models' names none", at: node.mark,
          hint: "add 'models.champion', or remove the gate")
      ])
    }
    requests = try MetricRequest.read(settings, limits: Self.limits)
    flips = node["flips"]?["max_negative"]?.number.flatMap { bound in
      node.key("flips").map { (bound, $0.mark) }
    }
    if requests.isEmpty, flips == nil {
      throw Diagnostics([
        Diagnostic(
          "the gate '\(id)' has neither 'metrics' nor 'flips', so it would judge nothing",
          at: node.mark)
      ])
    }
  }

  public var needs: Needs { Needs(slices: requests.flatMap(\.slices)) }

  public var plan: [String] {
    requests.map(\.plan) + (flips.map { ["flips: max_negative: \($0.bound.brief)"] } ?? [])
  }

  public func judge(_ evidence: Evidence) async throws -> [Check] {
    await requests.judge(gate: id, evidence, comparing: true)
      + (flips.map { [flip($0, evidence)] } ?? [])
  }

  /// The share of the weight of rows that the champion decided right and the candidate wrong.
  private func flip(_ limit: (bound: Double, mark: Mark), _ evidence: Evidence) -> Check {
    var check = Check(
      id: "\(id)/negative_flip_rate", gate: id, outcome: .error, message: "",
      metric: "negative_flip_rate", model: .candidate, limit: ["max": limit.bound],
      location: limit.mark.location)
    do throws(Diagnostic) {
      let champion = try evidence.sample(.champion)
      let candidate = try evidence.sample(.candidate)
      let before = champion.rightRows
      let now = candidate.rightRows
      let weights = candidate.rowWeights
      var flipped = 0.0
      var worst: [JSON] = []
      for row in before.indices where before[row] && !now[row] {
        flipped += weights?[row] ?? 1
        if worst.count < 10 { worst.append(.integer(row + 1)) }
      }
      let rate = flipped / candidate.totalWeight
      check.value = rate
      check.n = before.count
      check.evidence["rows"] = .array(worst)
      check.outcome = rate <= limit.bound ? .passed : .failed
      check.message =
        "\(rate.brief(unlike: limit.bound)) of the rows were right and are wrong now, "
        + "\(rate <= limit.bound ? "at most" : "above") max_negative: \(limit.bound.brief)"
      return check
    } catch { return check.failing(.error, error) }
  }
}

extension Sample {
  /// For every row of the holdout, whether the decision is right.
  var rightRows: [Bool] {
    switch self {
    case .binary(let sample):
      var right = [Bool](repeating: false, count: sample.count)
      for index in sample.rows.indices {
        right[Int(sample.rows[index])] =
          (sample.scores[index] >= sample.threshold) == sample.positives[index]
      }
      return right
    case .multiclass(let sample):
      return sample.labels.indices.map { sample.labels[$0] == sample.decisions[$0] }
    case .regression(let sample):
      return sample.targets.indices.map { sample.targets[$0] == sample.predictions[$0] }
    }
  }

  /// The weights in row order.
  var rowWeights: [Double]? {
    switch self {
    case .binary(let sample):
      guard let weights = sample.weights else { return nil }
      var byRow = [Double](repeating: 0, count: weights.count)
      for index in sample.rows.indices { byRow[Int(sample.rows[index])] = weights[index] }
      return byRow
    case .multiclass(let sample): return sample.weights
    case .regression(let sample): return sample.weights
    }
  }
}
