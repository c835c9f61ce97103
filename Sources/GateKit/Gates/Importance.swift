package import GateCore

/// What the candidate's metric rests on, feature by feature.
package struct ImportanceGate: Gate {
  package static let id = "importance"
  package static let summary =
    "Permutes each input, and limits the features' shares in the drop of a metric."
  package static let example = """
    - gate: importance
      metric: roc_auc
      repeats: 10
      max_share: 0.6
      sensitive: {features: [age], max_share: 0.1}
      max_unused: 2
      min_rank_correlation: 0.8
    """

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter("metric", "The metric whose drop is measured.", .text, required: true),
      Parameter(
        "repeats", "Permutations of each input.", .integer(2...1000), standard: "5"),
      Parameter(
        "max_share", "The largest share of the sum of all drops.",
        .number(0...1)),
    ] + shareParameters + [
      Parameter(
        "max_unused", "How many features may show no drop.",
        .integer(0...1_000_000)),
      Parameter(
        "min_rank_correlation",
        "The smallest rank correlation with the champion's drops.",
        .number(-1...1)),
      FlipShare.confidence,
    ]
  }

  /// How a manifest asks for shares of named features.
  private static let shareParameters = [
    Parameter(
      "features", "Limits on single features.",
      .map(
        keys: "feature",
        .record([
          Parameter(
            "max_share", "The largest share of the sum of all drops.", .number(0...1),
            required: true)
        ]))),
    Parameter(
      "sensitive", "A limit on some features together.",
      .record([
        Parameter("features", "Their names.", .list(.text), required: true),
        Parameter(
          "max_share", "The largest share of the sum of all drops.", .number(0...1),
          required: true),
      ])),
  ]

  /// Some features that may have so much together.
  struct Share: Sendable {
    /// The part of the check's id after the gate's.
    let name: String
    let features: [String]
    let bound: Double
    let mark: Mark
  }

  let id: String
  let metric: Metric
  private let repeats: Int
  /// Of any one feature that has none of its own.
  private let maxShare: (bound: Double, mark: Mark)?
  private let shares: [Share]
  private let unused: (bound: Int, mark: Mark)?
  private let correlation: (bound: Double, mark: Mark)?
  let confidence: Double?

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    let node = settings.node
    repeats = node["repeats"]?.integer ?? 5
    confidence = node["confidence"]?.number
    maxShare = node["max_share"].flatMap { node in node.number.map { ($0, node.mark) } }
    unused = node["max_unused"].flatMap { node in node.integer.map { ($0, node.mark) } }
    correlation = node["min_rank_correlation"].flatMap { node in
      node.number.map { ($0, node.mark) }
    }
    shares = Self.shares(node)
    let (found, mistakes) = Self.mistakes(settings, shares, hasChampionLimit: correlation != nil)
    let hasLimit = maxShare != nil || !shares.isEmpty || unused != nil || correlation != nil
    let idle =
      hasLimit
      ? []
      : [
        Diagnostic(
          "the gate '\(settings.id)' has no limit, so it would judge nothing", at: node.mark,
          hint: "add one, as max_share: 0.6")
      ]
    guard let found, mistakes.isEmpty, idle.isEmpty else { throw Diagnostics(mistakes + idle) }
    metric = found
  }

  /// What is asked of named features.
  private static func shares(_ node: Node) -> [Share] {
    var shares = (node["features"]?.pairs ?? []).compactMap { pair -> Share? in
      guard let name = pair.key.text, let bound = pair.value["max_share"]?.number else {
        return nil
      }
      return Share(name: "share/\(name)", features: [name], bound: bound, mark: pair.key.mark)
    }
    if let key = node.key("sensitive"), let sensitive = node["sensitive"],
      let bound = sensitive["max_share"]?.number
    {
      shares.append(
        Share(
          name: "sensitive_share", features: sensitive["features"]?.items?.compactMap(\.text) ?? [],
          bound: bound, mark: key.mark))
    }
    return shares
  }

  /// The metric, and what is wrong with what is asked.
  private static func mistakes(
    _ settings: GateSettings, _ shares: [Share], hasChampionLimit: Bool
  ) -> (metric: Metric?, mistakes: [Diagnostic]) {
    let node = settings.node
    var mistakes: [Diagnostic] = []
    let name = node["metric"]?.text ?? ""
    let known = settings.metrics.filter {
      $0.task == settings.task && !$0.comparesModels && $0.program == nil
        && $0.direction != .neither
    }
    let metric = known.first { $0.id == name }
    if metric == nil {
      let isOther = settings.metrics.contains { $0.id == name }
      mistakes.append(
        Diagnostic(
          isOther
            ? "'\(name)' has no drop that could be measured in a \(settings.task.rawValue) task"
            : "there is no metric '\(name)'", at: node["metric"]?.mark,
          hint: name.nearest(in: known.map(\.id)).map { "did you mean '\($0)'?" }
            ?? "name a metric of one model that is better higher, or better lower"))
    }
    mistakes += Self.mistakes(shares)
    if hasChampionLimit, !settings.hasChampion {
      mistakes.append(
        Diagnostic(
          "'min_rank_correlation' compares with a champion, and 'models' names none",
          at: node.key("min_rank_correlation")?.mark,
          hint: "add 'models.champion', or remove 'min_rank_correlation'"))
    }
    return (metric, mistakes)
  }

  /// What is wrong with what is asked of named features.
  private static func mistakes(_ shares: [Share]) -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    for share in shares where share.features.unique.count < share.features.count {
      mistakes.append(
        Diagnostic("'features' names one twice", at: share.mark, hint: "remove one of them"))
    }
    return mistakes
  }

  package var needs: Needs {
    let models = correlation == nil ? "the candidate" : "both models"
    return Needs(
      tables: ["holdout"],
      runs: [
        "permutes every input of \(models) \(repeats.counted("time")) and scores the holdout each time"
      ])
  }

  package var plan: [String] {
    [
      maxShare.map {
        "share of any feature in the drop of \(metric.id): max_share \($0.bound.brief)"
      }
    ]
    .compactMap(\.self)
      + shares.map { "\($0.name): max_share \($0.bound.brief)" }
      + [
        unused.map { "unused: max_unused \($0.bound)" },
        correlation.map { "rank_correlation: min_rank_correlation \($0.bound.brief)" },
      ].compactMap(\.self)
  }

  package func measure(on bench: Workbench) async throws -> [Role: FeatureImportances] {
    var measured: [Role: FeatureImportances] = [:]
    for role in correlation == nil ? [Role.candidate] : [.candidate, .champion] {
      measured[role] = try await bench.importances(of: role, metric, repeats: repeats)
    }
    return measured
  }

  package func judge(
    _ measured: [Role: FeatureImportances], in family: ErrorFamily?
  ) -> [Check] {
    guard let mine = measured[.candidate] else { return [] }
    let own = Set(shares.flatMap { $0.name.hasPrefix("share/") ? $0.features : [] })
    let each = maxShare.map { limit in
      mine.features.filter { !own.contains($0) }.map {
        Share(name: "share/\($0)", features: [$0], bound: limit.bound, mark: limit.mark)
      }
    }
    return ((each ?? []) + shares).map { judge($0, mine) }
      + [unused.map { judgeUnused($0, mine) }].compactMap(\.self)
      + [correlation.map { judgeRanks($0, mine, measured[.champion]) }].compactMap(\.self)
  }
}
