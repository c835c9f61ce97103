extension MetricRequest<Metric> {
  /// What stands under `metrics` in a manifest: a mapping by metric, or a list when one is used twice.
  ///
  /// `metrics`: those of the task and the manifest's own. Without a task, as for an editor, any other name may be one
  /// of the manifest's own. `kind`: what one is called in messages; `common`: what stands beside every metric's limits.
  package static func shape(
    task: TaskKind?, metrics: [any JudgedMetric], limits: [Limit.Kind], kind: String = "metric",
    common: [Parameter] = common
  ) -> Shape {
    var byID: [Shape.Option] = []
    let known = metrics.filter { metric in
      (task == nil || metric.task == task) && (task != nil || takes(metric, limits))
    }
    for metric in known where !byID.contains(where: { $0.id == metric.id }) {
      let same = known.filter { $0.id == metric.id }
      byID.append(
        Shape.Option(
          metric.id, metric.summary,
          parameters(of: same, task: task),
          beside: beside(Limit.parameters(kinds(of: metric, task: task, among: limits)) + common),
          aliases: aliases(of: same), words: same.flatMap(\.definition.words)))
    }
    if let task { byID += strangers(to: task, among: metrics, beside: byID) }
    let id = Parameter("id", "The check's name, where a metric is used twice.", .text)
    let listed = byID.map {
      Shape.Option(
        $0.id, $0.summary, $0.own, beside: beside([id] + ($0.beside?.parameters ?? [])),
        aliases: $0.aliases, words: $0.words, refusal: $0.refusal)
    }
    let own = [Parameter.threshold] + Limit.parameters(limits) + common
    return .either([
      .entries(kind: kind, byID, others: task == nil ? own : nil),
      .list(
        .tagged(
          key: "metric", kind: kind, listed, others: task == nil ? [id] + own : nil)),
    ])
  }

  /// What stands beside the own parameters of every metric of a gate.
  private static func beside(_ parameters: [Parameter]) -> Shape.Beside {
    Shape.Beside(
      parameters,
      names: ["metric", "id"] + Limit.Kind.allCases.map(\.rawValue) + common.map(\.id))
  }

  /// The metrics of other tasks, each with what its name may not stand here for.
  private static func strangers(
    to task: TaskKind, among metrics: [any JudgedMetric], beside known: [Shape.Option]
  ) -> [Shape.Option] {
    let others = metrics.filter { metric in
      metric.task != task && !known.contains { $0.id == metric.id }
    }
    var seen: Set<String> = []
    return others.filter { seen.insert($0.id).inserted }.map { metric in
      let same = others.filter { $0.id == metric.id }
      let tasks = same.map(\.task.rawValue).joined(separator: " and ")
      // A name that leads to a metric of this task leads nowhere else.
      let aliases = aliases(of: same).filter { alias in
        !known.contains { $0.aliases.contains(alias) }
      }
      return Shape.Option(
        metric.id, metric.summary, [], aliases: aliases,
        refusal: "is for \(tasks) tasks; this one is \(task.rawValue)")
    }
  }

  /// The other names of metrics of one name, each once.
  private static func aliases(of metrics: [any JudgedMetric]) -> [String] {
    var seen: Set<String> = []
    return metrics.flatMap(\.aliases).filter { seen.insert($0).inserted }
  }

  /// Every parameter of metrics of one name, each once; of several tasks none is required by all.
  private static func parameters(of metrics: [any JudgedMetric], task: TaskKind?) -> [Parameter] {
    var unique: [Parameter] = []
    for parameter in metrics.flatMap(\.parameters) {
      if let place = unique.firstIndex(where: { $0.id == parameter.id }) {
        unique[place].shape = unique[place].shape.joined(with: parameter.shape)
        continue
      }
      unique.append(
        task == nil
          ? Parameter(
            parameter.id, parameter.summary, parameter.shape, standard: parameter.standard)
          : parameter)
    }
    return unique
  }

  /// Whether a gate of these limits can judge the metric: one of both models wants a gate that compares.
  private static func takes(_ metric: any JudgedMetric, _ limits: [Limit.Kind]) -> Bool {
    !metric.comparesModels || limits.contains(where: \.comparesModels)
  }

  /// The limits that may stand beside a metric; with a task those too that are refused with what to do instead.
  private static func kinds(
    of metric: any JudgedMetric, task: TaskKind?, among limits: [Limit.Kind]
  ) -> [Limit.Kind] {
    guard metric.comparesModels else { return limits }
    return task == nil ? [.min, .max] : Limit.Kind.allCases
  }

  /// The limits that bound a metric; throws where the gate, or a limit, is not for a metric of both models.
  package static func kinds(
    of metric: Metric, _ name: Node, _ body: Node, _ settings: GateSettings,
    among limits: [Limit.Kind]
  ) throws(Diagnostic) -> [Limit.Kind] {
    guard metric.comparesModels else { return limits }
    guard takes(metric, limits) else {
      throw Diagnostic(
        "'\(metric.id)' compares both models, and the gate '\(settings.id)' judges the candidate",
        at: name.mark, hint: "put it under the metrics of a gate of kind champion")
    }
    for kind in Limit.Kind.allCases where kind.comparesModels {
      guard let key = body.key(kind.rawValue) else { continue }
      throw Diagnostic(
        "'\(kind.rawValue)' compares with the champion's value, and '\(metric.id)' is one value of "
          + "both models", at: key.mark, hint: "bound it by 'min' and 'max'")
    }
    return [.min, .max]
  }

  /// What stands beside a metric's limits, whatever the gate.
  package static let common = [
    GateSettings.sliceParameter,
    Certainty.parameter,
    Parameter(
      "min_rows", "A slice of fewer rows is skipped; fewer rows altogether are inconclusive.",
      .integer(1...Int.max)),
  ]
}

extension Definition {
  /// What a manifest gives for its parameters, and the columns that stand for some.
  package func arguments(
    _ body: Node
  ) -> (arguments: Arguments, columns: [String: RowColumn]) {
    var arguments = Arguments()
    var columns: [String: RowColumn] = [:]
    for parameter in parameters {
      guard let node = body[parameter.id], let text = node.text else { continue }
      if parameter.shape.isNumber, let number = node.number {
        arguments.numbers[parameter.id] = number
      } else if let content = parameter.shape.rowContent {
        columns[parameter.id] = RowColumn(sql: text, content: content, mark: node.mark)
      } else if case .boolean = parameter.shape, let boolean = node.boolean {
        arguments.texts[parameter.id] = boolean ? "true" : "false"
      } else {
        arguments.texts[parameter.id] = text
      }
    }
    return (arguments, columns)
  }
}

extension GateSettings {
  /// The metric of that name: of the task, or the manifest's own.
  package func metric(_ id: String) -> Metric? {
    metrics.first { $0.id == id && $0.task == task }
  }
}

extension Shape {
  /// Whether a number may stand here.
  package var isNumber: Bool {
    switch self {
    case .number, .integer: true
    case .either(let shapes): shapes.contains(where: \.isNumber)
    default: false
    }
  }

  /// What SQL over the row that may stand here must give; nil: none may.
  var rowContent: RowColumn.Content? {
    switch self {
    case .sql: .numbers
    case .codes: .codes
    case .either(let shapes): shapes.lazy.compactMap(\.rowContent).first
    default: nil
    }
  }
}
