package import GateCore

/// How long the candidate takes, by itself and against the champion.
package struct LatencyGate: Gate {
  package static let id = "latency"
  package static let summary =
    "Times single rows of both models side by side, and limits quantiles and their ratio to the champion's."
  package static let example = """
    - gate: latency
      single_row:
        p99_ms: {max: 5}
        vs_champion: {max_ratio: 1.2}
      load_ms: {max: 2000}
    """

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    let most = Shape.record([
      Parameter("max", "The most milliseconds.", .number(0...1e9), required: true)
    ])
    return [
      Parameter(
        "single_row", "What scoring one row takes.",
        .record(
          LatencyFigure.quantiles.map { Parameter($0.id, $0.summary, most) } + [
            Parameter(
              "vs_champion", "Against the champion.",
              .record([
                Parameter(
                  "max_ratio", "The largest ratio of the quantiles.",
                  .number(0.01...1000), required: true),
                Parameter(
                  "quantile", "Which quantile is compared.",
                  .choice(LatencyFigure.quantiles.map { String($0.id.dropLast(3)) }),
                  standard: "p50"),
              ]))
          ])),
      Parameter("load_ms", "Until the process has started and the model is open.", most),
      Parameter("first_row_ms", "The very first row, which what is lazy pays for.", most),
      Parameter(
        "confidence", "How sure a verdict on single rows must be.", .number(0.5...0.9999),
        standard: "0.95"),
      Parameter(
        "rows", "Rows that are scored one by one.", .integer(10...10_000),
        standard: "200"),
      Parameter(
        "rounds", "How often each model scores them.",
        .integer(5...10_000), standard: "40"),
    ]
  }

  private let id: String
  private let requests: [LatencyRequest]
  private let level: Double
  private let timing: TimingPlan
  private let hasChampion: Bool
  private let mark: Mark

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    hasChampion = settings.hasChampion
    let node = settings.node
    mark = node.mark
    level = node["confidence"]?.number ?? 0.95
    timing = TimingPlan(
      rounds: node["rounds"]?.integer ?? 40, rows: node["rows"]?.integer ?? 200, seed: 20_261_120)
    requests = LatencyRequest.read(node)
    var mistakes: [Diagnostic] = []
    if requests.isEmpty {
      mistakes.append(
        Diagnostic(
          "the gate '\(id)' has no limit, so it would judge nothing", at: node.mark,
          hint: "add one, as single_row: {p99_ms: {max: 5}}"))
    }
    if !hasChampion, let ratio = requests.first(where: { $0.figure.comparesModels }) {
      mistakes.append(
        Diagnostic(
          "'vs_champion' compares with a champion, and 'models' names none", at: ratio.mark,
          hint: "add 'models.champion', or bound a quantile by 'max'"))
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
  }

  package var needs: Needs {
    Needs(
      tables: ["holdout"], models: false,
      runs: [
        "times \(timing.rows) rows one by one, \(timing.rounds) times with each model"
      ])
  }

  package var plan: [String] {
    requests.map { "\($0.name): max \($0.bound.brief)" }
  }

  package func measure(on bench: Workbench) async throws -> [Role: ModelTimes] {
    let roles: [Role] = hasChampion ? [.champion, .candidate] : [.candidate]
    let sources = try roles.map { (role) throws(Diagnostic) in
      guard let source = try bench.source(role) else {
        throw Diagnostic(
          "the \(role.rawValue)'s scores were made elsewhere, and its time takes the model itself",
          at: bench.mark(of: role), hint: "name its file under 'from', or leave the gate out")
      }
      if let plugin = source.plugin {
        throw Diagnostic(
          "the \(role.rawValue) is run by '\(plugin.plugin.folder)', whose single rows are not timed",
          at: bench.mark(of: role), hint: "leave the gate out")
      }
      return source
    }
    return try bench.backends.time(sources, timing, try bench.table("holdout"))
  }

  package func judge(_ times: [Role: ModelTimes], in family: ErrorFamily?) -> [Check] {
    guard let candidate = times[.candidate] else { return [] }
    return requests.map { request in
      request.judge(
        gate: id, candidate, champion: times[.champion], level: level, seed: timing.seed)
    }
  }
}
