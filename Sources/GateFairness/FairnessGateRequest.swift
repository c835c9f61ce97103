package import GateCore

/// What a manifest asks of the fairness gate.
package struct FairnessGateRequest: Sendable {
  /// What the groups are of.
  package let attributes: [Slice]
  /// Where each is asked for.
  private let marks: [Slice: Mark]
  package let requests: [FairnessRequest]
  /// Metrics of the task that are judged on every group by themselves.
  package let byGroup: [MetricRequest<Metric>]
  /// The group that others are compared with, by attribute.
  package let references: [String: (group: String, mark: Mark)]
  package let minRows: Int
  let smallGroups: FairGroups.SmallGroups
  /// Whether a group in which a metric is undefined is left out.
  let skipsUndefined: Bool
  package let hasChampion: Bool
  /// Limits that a law or its practice knows, and where they are asked for.
  let preset: (definition: FairnessPreset, mark: Mark)?
  package let mark: Mark

  /// Reads it; throws every mistake.
  package init(_ settings: GateSettings) throws(Diagnostics) {
    let node = settings.node
    mark = node.mark
    hasChampion = settings.hasChampion
    preset = FairnessPreset(node["preset"]).map { ($0, node.key("preset")?.mark ?? node.mark) }
    var mistakes: [Diagnostic] = []
    var named: [(slice: Slice, mark: Mark)] = []
    do { named = try settings.attributes(node["by"]) } catch { mistakes.append(error) }
    attributes = named.map(\.slice)
    marks = Dictionary(named.map { ($0.slice, $0.mark) }) { first, _ in first }
    minRows = node["min_rows"]?.integer ?? 1
    smallGroups = node["small_groups"]?.text.flatMap(FairGroups.SmallGroups.init) ?? .error
    skipsUndefined = node["undefined_groups"]?.text == "skip"
    references = Dictionary(
      (node["reference"]?.pairs ?? []).map {
        ($0.key.text ?? "", ($0.value.text ?? "", $0.key.mark))
      }
    ) { first, _ in first }
    let definitions = FairnessMetrics.all(task: settings.task, metrics: settings.metrics)
    let (own, byGroup) = try FairnessRequest.read(settings.withPreset, definitions)
    requests = own
    let (groups, least, treatment, skips) = (attributes, minRows, smallGroups, skipsUndefined)
    self.byGroup = byGroup.map { request in
      var request = request
      request.slices = groups
      // A metric of one group needs no other, so that there is nothing to merge.
      request.minRows = least > 1 && treatment != .merge ? least : nil
      request.small = treatment == .error ? .error : .skipped
      request.undefined = skips ? .skipped : .error
      return request
    }
    mistakes += settings.presetMistakes(attributes)
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
            hint: "add 'reference: {\(attribute.name.yaml): …}' to the gate, with one of its groups"
          ))
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
  package var plan: [String] {
    let names = attributes.map(\.name).joined(separator: "; ")
    return requests.map { one in
      let questions = one.questions(attributes, hasChampion: hasChampion)
      return "\(one.request.plan), between the groups of \(names)"
        + (questions.isEmpty ? "" : ", by scoring all rows again with each of their values")
    }
      + byGroup.map(\.plan)
  }

  package var needs: Needs {
    var needs = byGroup.needs
    needs.slices +=
      attributes + requests.flatMap { $0.request.slices + [$0.control].compactMap { $0 } }
    needs.columns += requests.flatMap(\.request.columnsInOrder)
    if requests.contains(where: \.wantsFeatures) {
      needs.runs.append("asks the candidate which columns it takes")
    }
    needs.sliceMarks.merge(marks) { first, _ in first }
    for one in requests { needs.sliceMarks.merge(one.request.sliceMarks) { first, _ in first } }
    let controls = requests.compactMap { one in one.control.map { ($0, one.request.mark) } }
    needs.sliceMarks.merge(controls) { first, _ in first }
    return needs
  }
}

extension GateSettings {
  /// The same with the limits of the preset among those written.
  fileprivate var withPreset: GateSettings {
    guard let key = node.key("preset"), let preset = FairnessPreset(node["preset"]) else {
      return self
    }
    let added = preset.entries(at: key.mark)
    let written = node["metrics"]
    let metrics: Node
    if let items = written?.items {
      let listed = added.map { entry in
        let name = Node.Pair(
          key: Node(.scalar("metric", quoted: true), at: key.mark), value: entry.key)
        return Node(.mapping([name] + (entry.value.pairs ?? [])), at: key.mark)
      }
      metrics = Node(.sequence(items + listed), at: key.mark)
    } else {
      metrics = Node(.mapping((written?.pairs ?? []) + added), at: key.mark)
    }
    var settings = self
    let others = (node.pairs ?? []).filter { $0.key.text != "metrics" }
    let name = Node(.scalar("metrics", quoted: true), at: key.mark)
    settings.node = Node(.mapping(others + [Node.Pair(key: name, value: metrics)]), at: node.mark)
    return settings
  }

  /// A preset that does not fit, or nothing to judge.
  fileprivate func presetMistakes(_ attributes: [Slice]) -> [Diagnostic] {
    guard let key = node.key("preset"), let preset = FairnessPreset(node["preset"]) else {
      guard node["metrics"] == nil else { return [] }
      return [
        Diagnostic(
          "the gate '\(id)' has neither 'metrics' nor 'preset', so it would judge nothing",
          at: node.mark)
      ]
    }
    guard task == .binary else {
      return [
        Diagnostic(
          "the preset '\(preset.id)' is for decisions of two classes, and the task is \(task.rawValue)",
          at: key.mark, hint: "name its metrics and the class they are of under 'metrics'")
      ]
    }
    return preset.mistakes(attributes, at: key.mark)
  }

  /// What a fairness gate's `by` names, each with its place; a predicate's other rows are a group as well.
  package func attributes(_ node: Node?) throws(Diagnostic) -> [(slice: Slice, mark: Mark)] {
    try slices(node, key: "by").map { ($0.slice.splitting, $0.mark) }
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
