package import GateCore
import GateMetrics

extension Manifest {
  /// The task that is meant where none is written that is known: by its name, else the one whose keys and metrics fit
  /// the rest best. The manifest is read by it, so that the rest is looked at all the same.
  static func meantTask(_ node: Node, in world: World) -> TaskKind {
    let named = node["task"]?.text.flatMap { word in
      word.meant(among: TaskKind.allCases.map(\.naming)).map(\.id).first
        ?? word.nearest(in: TaskKind.allCases.map(\.rawValue))
    }
    var tasks = TaskKind.allCases
    if let named = named.flatMap(TaskKind.init(rawValue:)) { tasks = [named] }
    let counted = tasks.map { task in
      (task, tasks.count == 1 ? 0 : shape(task: task, in: world).mistakes(in: node).count)
    }
    return counted.min { $0.1 < $1.1 }?.0 ?? .binary
  }

  /// The mistake, where it is that of an unknown task, with the task that is meant as its hint.
  package static func naming(_ task: Node?, in mistake: Diagnostic) -> Diagnostic {
    guard let task, mistake.location == task.mark.location, let word = task.text else {
      return mistake
    }
    var mistake = mistake
    mistake.hint =
      word.hint(among: TaskKind.allCases.map(\.naming), explained: false) ?? mistake.hint
    return mistake
  }
}

/// A manifest whose shape has mistakes is read on where it has none, so that all mistakes are told in one round.
extension ManifestReader {
  /// Reads the parts that are of the right shape, and gives what the shape does not show.
  ///
  /// What hangs on a part with mistakes is passed over: it would be a second mistake for one.
  mutating func soundMistakes(_ node: Node, _ shape: Shape, _ own: [Metric]) -> [Diagnostic] {
    guard case .record(let parameters) = shape else { return mistakes }
    let whole = Parts(node: node, parameters: parameters)
    func sound(_ key: String) -> Node? { whole.sound(key) }
    if sound("name") != nil { _ = name(node) }
    if sound("positive") != nil { _ = positive(node) }
    let classes = sound("classes") == nil ? nil : classes(node)
    let data = sound("data").map { self.data($0) }
    let models = self.models(whole.sound(within: "models"), hasID: data?.id != nil)
    if let data { refuseID(data, as: node) }
    let hasSlices = node["slices"] == nil || sound("slices") != nil
    let slices = slices(sound("slices")).map(\.slice)
    _ = gates(
      whole.soundGates, slices: hasSlices ? slices : [.column("")], metrics: Metrics.all + own,
      hasChampion: node["models"]?["champion"] != nil || node["models"] == nil,
      classes: task == .multilabel
        ? data?.labels.map(\.name)
        : classes ?? (node["classes"] == nil ? models.scoredClasses : nil),
      tables: data.map { Set($0.tables.map(\.name)) }, isWhole: false)
    if sound("waivers") != nil { _ = waivers(node["waivers"]) }
    if sound("reports") != nil { _ = reports(node["reports"]) }
    _ = resources(sound("limits"))
    if sound("decision") != nil { decision(node) }
    return mistakes
  }

  /// What the engine may use; refuses a memory that is none for it.
  package mutating func resources(_ node: Node?) -> Resources {
    if let memory = node?["memory"]?.bytes, memory < 64_000_000 {
      refuse(
        "found \(node?["memory"]?.found ?? ""), and the engine wants 64MB at least",
        node?["memory"])
    }
    return Resources(
      memory: node?["memory"]?.bytes, threads: node?["threads"]?.integer,
      spill: node?["spill"]?.text, seconds: node?["time"]?.seconds ?? 600)
  }

  /// Refuses a threshold where no score is held against one.
  mutating func decision(_ node: Node) {
    if let key = node.key("decision"), !task.hasThreshold {
      refuse("'decision' is for binary tasks; this one is \(task.rawValue)", key)
    }
  }
}

/// The keys of a mapping of a manifest with the shapes they must have.
private struct Parts {
  package let node: Node
  package let parameters: [Parameter]

  /// What stands under a key, where it is of the right shape.
  func sound(_ key: String) -> Node? {
    guard let part = node[key], let shape = shape(of: key) else { return nil }
    return shape.mistakes(in: part).isEmpty ? part : nil
  }

  /// The mapping under a key with those of its own keys that are sound.
  func sound(within key: String) -> Node {
    guard let part = node[key], case .record(let inner)? = shape(of: key) else {
      return Node(.mapping([]), at: node.mark)
    }
    let parts = Parts(node: part, parameters: inner)
    return Node(
      .mapping((part.pairs ?? []).filter { parts.sound($0.key.text ?? "") != nil }), at: part.mark)
  }

  /// The gates that are sound, or are so without some of the metrics or tests they list.
  var soundGates: Node? {
    guard let gates = node["gates"],
      case .list(.tagged(let key, _, let kinds, _))? = shape(of: "gates")
    else { return nil }
    let items = (gates.items ?? []).compactMap { gate -> Node? in
      guard let kind = kinds.first(where: { $0.id == gate[key]?.text }) else { return nil }
      let own = [Parameter(key, "", .text)] + kind.parameters
      return Parts(node: gate, parameters: own).soundEntries
    }
    return Node(.sequence(items), at: gates.mark)
  }

  /// The mapping without the entries that have mistakes; nil where more than an entry has, or none is left.
  private var soundEntries: Node? {
    if Shape.record(parameters).mistakes(in: node).isEmpty { return node }
    var pairs: [Node.Pair] = []
    for pair in node.pairs ?? [] {
      let written = pair.key.text ?? ""
      // A key that is mistyped is read as the one that is meant, and one that is not known is passed over.
      let free = parameters.map(\.id).filter { node[$0] == nil }
      guard let key = shape(of: written) == nil ? written.nearest(in: free) : written,
        let shape = shape(of: key)
      else { continue }
      guard let value = shape.soundEntries(of: pair.value) else { return nil }
      let name = Node(.scalar(key, quoted: false), at: pair.key.mark)
      pairs.append(Node.Pair(key: key == written ? pair.key : name, value: value))
    }
    let left = Node(.mapping(pairs), at: node.mark)
    return Shape.record(parameters).mistakes(in: left).isEmpty ? left : nil
  }

  private func shape(of key: String) -> Shape? { parameters.first { $0.id == key }?.shape }
}

extension Shape {
  /// A mapping or list without the entries that are not of this shape; nil where none is left.
  fileprivate func soundEntries(of node: Node) -> Node? {
    if mistakes(in: node).isEmpty { return node }
    if let pairs = node.pairs {
      let left = pairs.filter { mistakes(in: Node(.mapping([$0]), at: node.mark)).isEmpty }
      return left.isEmpty ? nil : Node(.mapping(left), at: node.mark)
    }
    let left = (node.items ?? []).filter {
      mistakes(in: Node(.sequence([$0]), at: node.mark)).isEmpty
    }
    return left.isEmpty ? nil : Node(.sequence(left), at: node.mark)
  }
}
