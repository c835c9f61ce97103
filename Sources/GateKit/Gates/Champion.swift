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

  public var hasConfidence: Bool { requests.contains { $0.certainty != nil } }

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
      let now = candidate.rightByPlace
      let before = champion.rightByPlace.at(candidate.places(in: champion))
      let places = now.indices.filter { before[$0] && !now[$0] }
      let weights = candidate.rowWeightsByPlace
      let flipped = places.reduce(0) { $0 + (weights?[$1] ?? 1) }
      let rows = places.map { Int(candidate.rows[$0]) + 1 }.sorted().prefix(10)
      let rate = flipped / candidate.totalWeight
      check.value = rate
      check.n = now.count
      check.evidence["rows"] = .array(rows.map { .integer($0) })
      check.outcome = rate <= limit.bound ? .passed : .failed
      check.message =
        "\(rate.brief(unlike: limit.bound)) of the rows were right and are wrong now, "
        + "\(rate <= limit.bound ? "at most" : "above") max_negative: \(limit.bound.brief)"
      return check
    } catch { return check.failing(.error, error) }
  }
}
