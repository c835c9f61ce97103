package import GateCore
import GateMetrics

extension Manifest {
  /// Reads a manifest; throws every mistake in it at once, in the order of the file.
  ///
  /// `world` has what it may name; `read` gives the files it names, such as schemas.
  package init(
    _ node: Node, in world: World, reading read: @escaping FileReading = GateSettings.noFiles
  ) throws(Diagnostics) {
    let task = node["task"]?.text.flatMap(TaskKind.init(rawValue:))
    let meant = task ?? Self.meantTask(node, in: world)
    plugins = PluginPolicy(plugins: node["plugins"], trust: node["trust"])
    var reader = ManifestReader(task: meant, world: world, plugins: plugins, read: read)
    // What a gate may ask for is known before the gates are looked at.
    let own = reader.metrics(node["metrics"])
    let shape = Self.shape(task: meant, in: world, own: own)
    let mistakes = shape.mistakes(in: node).map { Self.naming(node["task"], in: $0) }
    guard mistakes.isEmpty, let task, let data = node["data"], let models = node["models"] else {
      throw Diagnostics((mistakes + reader.soundMistakes(node, shape, own)).inOrder)
    }
    (metrics, self.task, mark) = (own, task, node.mark)
    name = reader.name(node)
    positive = reader.positive(node)
    classes = reader.classes(node)
    quotedClasses = node.quotedClasses
    threshold = node["decision"]?["threshold"]?.number ?? 0.5
    self.data = reader.data(data)
    self.models = reader.models(models, hasID: self.data.id != nil)
    reader.refuseID(self.data, as: node)
    let labels = task == .multilabel ? self.data.labels.map(\.name) : nil
    reader.refuseClasses(of: models, beside: labels ?? classes)
    let declared = reader.slices(node["slices"])
    slices = declared.map(\.slice)
    sliceMarks = Dictionary(declared.map { ($0.slice, $0.mark) }) { first, _ in first }
    gates = reader.gates(
      node["gates"], slices: slices, metrics: Metrics.all + own,
      hasChampion: self.models[.champion] != nil,
      classes: labels ?? (task == .multiclass ? classes ?? self.models.scoredClasses : nil),
      tables: Set(self.data.tables.map(\.name)))
    reader.refuseUnused(own, node["metrics"], by: node["gates"])
    (programs, sources) = (reader.programs, reader.sources(node["sources"]))
    errorControl = reader.errorControl(node, of: gates)
    reader.refuseStrata(node, hasClusters: self.data.cluster != nil)
    (waivers, reports) = (reader.waivers(node["waivers"]), reader.reports(node["reports"]))
    (resources, approval) = (reader.resources(node["limits"]), reader.approval(node["policy"]))
    reader.decision(node)
    reader.refuseIdleThresholds(node, of: self.models)
    if !reader.mistakes.isEmpty { throw Diagnostics(reader.mistakes.inOrder) }
  }
}

/// Reads the parts of a manifest that has the right shape, and gathers what the shape does not show.
struct ManifestReader {
  package let task: TaskKind
  package let world: World
  package let plugins: PluginPolicy
  package let read: FileReading
  /// The programs of the manifest's own metrics.
  var programs: [String: PluginUse] = [:]
  package var mistakes: [Diagnostic] = []

  package init(
    task: TaskKind, world: World, plugins: PluginPolicy = PluginPolicy(),
    read: @escaping FileReading
  ) {
    (self.task, self.world, self.plugins, self.read) = (task, world, plugins, read)
  }

  package mutating func refuse(_ message: String, _ node: Node?, hint: String? = nil) {
    mistakes.append(Diagnostic(message, at: node?.mark, hint: hint))
  }

  package mutating func name(_ node: Node) -> String {
    let name = node["name"]?.text ?? ""
    if name.allSatisfy(\.isWhitespace) { refuse("the name is empty", node["name"]) }
    return name
  }

  package mutating func positive(_ node: Node) -> String? {
    if let key = node.key("positive"), task != .binary {
      refuse("'positive' is for binary tasks; this one is \(task.rawValue)", key)
    }
    return node["positive"]?.text
  }

  package mutating func classes(_ node: Node) -> [String]? {
    guard let list = node["classes"] else { return nil }
    let names = list.items?.compactMap(\.text) ?? []
    if task != .multiclass, task != .binary {
      refuse(
        "'classes' is for binary and multiclass tasks; this one is \(task.rawValue)",
        node.key("classes"))
    } else if task == .binary, names.count != 2 {
      refuse(
        "found \(names.count) classes, and a binary task has two", list,
        hint: "name the negative and the positive class, in the order of the model's codes")
    }
    refuseRepeats(list)
    return names
  }

  private mutating func refuseRepeats(_ list: Node) {
    var seen: Set<ExactText> = []
    for item in list.items ?? [] where !seen.insert(ExactText(item.text ?? "")).inserted {
      refuse("\(item.found) stands in the list twice", item)
    }
  }

  package mutating func data(_ node: Node) -> Manifest.Data {
    let holdout = node["holdout"] ?? node
    func column(_ key: String) -> Manifest.Data.Column? {
      holdout[key].flatMap { value in
        value.text.map { Manifest.Data.Column(name: $0, mark: value.mark) }
      }
    }
    let origins = [holdout, node["reference"], node["current"]].map { $0.map { origin($0) } }
    return Manifest.Data(
      holdout: origins[0] ?? origin(holdout), reference: origins[1], current: origins[2],
      labels: labels(holdout), id: column("id"), weight: column("weight"),
      cluster: column("cluster"), query: query(holdout),
      derive: derive(node["derive"]), deriveMarks: marks(of: node["derive"]))
  }

  /// The one label, or for a multilabel task the several.
  private mutating func labels(_ holdout: Node) -> [Manifest.Data.Column] {
    func column(_ node: Node) -> Manifest.Data.Column {
      Manifest.Data.Column(name: node.text ?? "", mark: node.mark)
    }
    let (wanted, other) = task == .multilabel ? ("labels", "label") : ("label", "labels")
    if let key = holdout.key(other) {
      refuse("'\(other)' is none of a \(task.rawValue) task's keys, which has '\(wanted)'", key)
    }
    guard let node = holdout[wanted] else {
      if holdout.key(other) == nil { refuse("'\(wanted)' is missing", holdout) }
      return [Manifest.Data.Column(name: "", mark: holdout.mark)]
    }
    if let items = node.items {
      refuseRepeats(node)
      if items.isEmpty { refuse("the list is empty, wanted the column of each label", node) }
    }
    let columns = (node.items ?? [node]).map(column)
    return columns.isEmpty ? [Manifest.Data.Column(name: "", mark: holdout.mark)] : columns
  }

  /// Which rows are ranked together: of a ranking task, and of no other.
  private mutating func query(_ holdout: Node) -> Manifest.Data.Column? {
    if let key = holdout.key("query"), task != .ranking {
      refuse("'query' is for ranking tasks; this one is \(task.rawValue)", key)
    }
    guard let node = holdout["query"] else {
      if task == .ranking {
        refuse(
          "'query' is missing", holdout,
          hint: "name the column that says which rows are ranked together")
      }
      return nil
    }
    return Manifest.Data.Column(name: node.text ?? "", mark: node.mark)
  }

  private mutating func origin(_ node: Node) -> TableOrigin {
    refuseDigest(node["sha256"])
    return TableOrigin(node, csv: dialect(node["csv"]))
  }

  /// How a text of rows is written.
  package mutating func dialect(_ node: Node?) -> TextDialect {
    do { return try TextDialect(node) } catch {
      mistakes += error.all
      return TextDialect()
    }
  }

  /// Where the keys of a mapping have their values.
  private func marks(of node: Node?) -> ByName<Mark> {
    ByName((node?.pairs ?? []).map { ($0.key.text ?? "", $0.value.mark) })
  }

  private func derive(_ node: Node?) -> [(name: String, sql: String)] {
    node?.pairs?.map { ($0.key.text ?? "", $0.value.text ?? "") } ?? []
  }

  package mutating func models(_ node: Node, hasID: Bool) -> [Role: Manifest.Model] {
    var models: [Role: Manifest.Model] = [:]
    for role in Role.allCases {
      if let part = node[role.rawValue] { models[role] = model(part) }
    }
    return models
  }

  private mutating func model(_ node: Node) -> Manifest.Model {
    let threshold = node["threshold"]?.number
    if threshold != nil, !task.hasThreshold {
      refuse("'threshold' is for binary tasks; this one is \(task.rawValue)", node.key("threshold"))
    }
    if let features = node["features"] { refuseRepeats(features) }
    var limits = ModelLimits()
    if let seconds = node["limits"]?["time"]?.seconds { limits.seconds = seconds }
    if let memory = node["limits"]?["memory"]?.bytes { limits.memory = memory }
    var model = Manifest.Model(
      source: source(node), features: node["features"]?.items?.compactMap(\.text),
      derive: derive(node["derive"]), threshold: threshold, options: options(node),
      limits: limits,
      mark: (node["from"] ?? node["predictions"] ?? node).mark)
    model.plugin = runtimePlugin(node)
    model.sha256 = node["sha256"]
    refuseDigest(node["sha256"])
    return model
  }

  package mutating func gates(
    _ node: Node?, slices: [Slice], metrics: [Metric], hasChampion: Bool, classes: [String]?,
    tables: Set<String>?, isWhole: Bool = true
  ) -> [Manifest.GateEntry] {
    var entries: [Manifest.GateEntry] = []
    for item in node?.items ?? [] {
      guard let kind = item["gate"]?.text, let type = Gates.all.first(where: { $0.id == kind })
      else { continue }
      let id = item["id"]?.text ?? kind
      if id.isEmpty || id.contains("/") {
        refuse("a gate's id is a name without '/', found '\(id)'", item["id"])
      }
      if entries.contains(where: { $0.id == id }) {
        refuse(
          "there are two gates '\(id)'", item["id"] ?? item["gate"],
          hint: "give one of them an 'id' of its own")
      }
      let settings = GateSettings(
        id: id, node: item, task: task, slices: slices, hasChampion: hasChampion,
        metrics: metrics, classes: classes, tables: tables, read: read)
      do {
        let gate = try type.init(settings)
        refuseIdle(item, gate, id)
        entries.append(
          Manifest.GateEntry(
            id: id, blocking: item["blocking"]?.boolean ?? true, gate: gate,
            errorControl: item["error_control"]?.text.flatMap(ErrorControl.init), mark: item.mark))
      } catch { mistakes += error.all }
    }
    // Of gates with mistakes it is not known whether they block.
    if let node, !entries.isEmpty, isWhole, entries.count == node.items?.count,
      !entries.contains(where: \.blocking)
    {
      refuse(
        "no gate is blocking, so nothing could be judged", node,
        hint: "remove 'blocking: false' from at least one gate")
    }
    return entries
  }

  package mutating func reports(_ node: Node?) -> [(format: String, path: String)] {
    var reports: [(format: String, path: String)] = []
    for pair in node?.pairs ?? [] {
      let format = pair.key.text ?? ""
      let path = pair.value.text ?? ""
      if Reporters.named(format) == nil {
        let known = Reporters.all.map(\.id)
        refuse(
          "unknown report format '\(format)'", pair.key,
          hint: (format.nearest(in: known).map { "did you mean '\($0)'? " } ?? "")
            + "known: \(known.joined(separator: ", "))")
      }
      if let other = reports.first(where: { $0.path == path }) {
        refuse("'\(path)' would be written twice, as \(other.format) too", pair.value)
      }
      if path.isEmpty { refuse("the path is empty", pair.value) }
      reports.append((format, path))
    }
    return reports
  }
}
