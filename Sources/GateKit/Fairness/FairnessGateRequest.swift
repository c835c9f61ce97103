/// What a manifest asks of the fairness gate.
struct FairnessGateRequest: Sendable {
  /// What the groups are of.
  let attributes: [Slice]
  let requests: [FairnessRequest]
  /// Metrics of the task that are judged on every group by themselves.
  let byGroup: [MetricRequest]
  /// The group that others are compared with, by attribute.
  let references: [String: (group: String, mark: Mark)]
  let minRows: Int
  let smallGroups: FairGroups.SmallGroups
  /// Whether a group in which a metric is undefined is left out.
  let skipsUndefined: Bool
  let hasChampion: Bool
  let mark: Mark

  /// Reads it; throws every mistake.
  init(_ settings: GateSettings) throws(Diagnostics) {
    let node = settings.node
    mark = node.mark
    hasChampion = settings.hasChampion
    var mistakes: [Diagnostic] = []
    attributes = settings.attributes(node["by"])
    minRows = node["min_rows"]?.integer ?? 1
    smallGroups = node["small_groups"]?.text.flatMap(FairGroups.SmallGroups.init) ?? .error
    skipsUndefined = node["undefined_groups"]?.text == "skip"
    references = Dictionary(
      (node["reference"]?.pairs ?? []).map {
        ($0.key.text ?? "", ($0.value.text ?? "", $0.key.mark))
      }
    ) { first, _ in first }
    let definitions = FairnessMetrics.all(task: settings.task, metrics: settings.metrics)
    let (own, byGroup) = try FairnessRequest.read(settings, definitions)
    requests = own
    let groups = attributes
    self.byGroup = byGroup.map { request in
      var request = request
      request.slices = groups
      return request
    }
    mistakes += settings.repeats(node["by"])
    mistakes += idle(node, settings)
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
  }

  /// What would not be looked at, and what is missing.
  private func idle(_ node: Node, _ settings: GateSettings) -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    let names = attributes.map(\.name)
    for (name, reference) in references.sorted(by: { $0.key < $1.key })
    where !names.contains(name) {
      mistakes.append(
        Diagnostic(
          "'reference' names '\(name)', which the gate does not compare", at: reference.mark,
          hint: name.nearest(in: names).map { "did you mean '\($0)'?" }
            ?? "it compares by: \(names.joined(separator: "; "))"))
    }
    for request in requests where request.wantsReference {
      for attribute in attributes where references[attribute.name] == nil {
        mistakes.append(
          Diagnostic(
            "'\(request.metric.id)' compares with a reference group, and '\(attribute.name)' has none",
            at: request.request.mark,
            hint: "add 'reference: {\(attribute.name): …}' to the gate, with one of its groups"))
      }
    }
    mistakes += requests.flatMap { $0.mistakes(attributes) }
    if node["small_groups"] != nil, node["min_rows"] == nil {
      mistakes.append(
        Diagnostic(
          "'small_groups' says what becomes of groups of fewer rows than 'min_rows', and there is no 'min_rows'",
          at: node.key("small_groups")?.mark, hint: "add 'min_rows'"))
    }
    if settings.hasChampion { return mistakes }
    for request in requests {
      for limit in request.request.limits where limit.kind.comparesModels {
        mistakes.append(
          Diagnostic(
            "'\(limit.kind.rawValue)' compares with a champion, and 'models' names none",
            at: request.request.mark, hint: "add 'models.champion', or bound it by 'min' or 'max'"))
      }
    }
    return mistakes
  }

  /// A line for everything that would be judged.
  var plan: [String] {
    let names = attributes.map(\.name).joined(separator: "; ")
    return requests.map { "\($0.request.plan), between the groups of \(names)" }
      + byGroup.map(\.plan)
  }

  var needs: Needs {
    var needs = byGroup.needs
    needs.slices +=
      attributes + requests.flatMap { $0.request.slices + [$0.control].compactMap { $0 } }
    needs.columns += requests.map(\.request).needs.columns
    needs.features = requests.contains(where: \.wantsFeatures)
    needs.counterfactuals = requests.flatMap {
      $0.questions(attributes, hasChampion: hasChampion)
    }
    return needs
  }
}

extension GateSettings {
  /// What a fairness gate's `by` names; a predicate's other rows are a group as well.
  func attributes(_ node: Node?) -> [Slice] {
    ((try? slices(node)) ?? []).map(\.splitting)
  }

  /// An attribute named twice.
  func repeats(_ node: Node?) -> [Diagnostic] {
    let names = attributes(node).map(\.name)
    return (node?.items ?? []).enumerated().compactMap { place, item in
      names.indices.contains(place) && names[..<place].contains(names[place])
        ? Diagnostic("'by' names '\(names[place])' twice", at: item.mark) : nil
    }
  }
}

extension Slice {
  /// The same with a predicate's other rows as a group of their own.
  fileprivate var splitting: Slice {
    switch self {
    case .predicate(let name, let sql): .condition(name: name, sql: sql)
    case .cross(let parts): .cross(parts.map(\.splitting))
    default: self
    }
  }
}
