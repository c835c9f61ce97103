package import GateCore

/// How large a model is, to keep and to run.
package struct SizeGate: Gate {
  package static let id = "size"
  package static let summary =
    "Limits the size of the candidate's file, of its trees or weights and of the memory that scoring takes."
  package static let example = """
    - gate: size
      metrics:
        model_bytes: {max: 50MB, max_increase_relative: 0.1}
        peak_memory: {max: 2GB}
        trees: {max: 500}
    """

  /// One figure of a model's size.
  struct Figure: Sendable {
    let id: String
    let summary: String
    let unit: String
    /// Whether its limits are written as sizes: 50MB.
    var isOfBytes: Bool { unit == "bytes" }
    /// The figure; throws why the model has none.
    let measure: @Sendable (Role, Workbench) async throws(Diagnostic) -> Int
  }

  /// Every figure; another is one more here.
  static let figures: [Figure] = [
    Figure(id: "model_bytes", summary: "The size of the model's file.", unit: "bytes") {
      role, bench throws(Diagnostic) in
      try model(role, bench).artifact.bytes
    },
    Figure(
      id: "peak_memory",
      summary:
        "The most memory of the process that scores, its library's included.",
      unit: "bytes"
    ) { role, bench throws(Diagnostic) in
      _ = try model(role, bench)
      guard let bytes = try await bench.answers(role).peakMemory else {
        throw Diagnostic("the system does not tell how much memory a process had")
      }
      return bytes
    },
    Figure(id: "trees", summary: "How many trees the model's file has.", unit: "trees") {
      role, bench throws(Diagnostic) in
      try await counted(role, bench, "trees", \.trees)
    },
    Figure(id: "nodes", summary: "The splits and leaves of all its trees.", unit: "nodes") {
      role, bench throws(Diagnostic) in
      try await counted(role, bench, "trees", \.nodes)
    },
    Figure(
      id: "parameters",
      summary:
        "The weights of the model's file: of layers, coefficients and intercepts; trees have none.",
      unit: "parameters"
    ) { role, bench throws(Diagnostic) in
      try await counted(role, bench, "weights", \.parameters)
    },
  ]

  /// A model's file; throws where its scores were made elsewhere.
  private static func model(_ role: Role, _ bench: Workbench) throws(Diagnostic) -> ModelSource {
    guard let source = try bench.source(role) else {
      throw Diagnostic(
        "the \(role.rawValue)'s scores were made elsewhere, and its size takes the model itself",
        at: bench.mark(of: role), hint: "name its file under 'from', or leave the gate out")
    }
    return source
  }

  /// What a model is made of; throws where it is of none of that.
  private static func counted(
    _ role: Role, _ bench: Workbench, _ what: String, _ count: (ModelSize) -> Int?
  ) async throws(Diagnostic) -> Int {
    _ = try model(role, bench)
    guard let found = try await bench.features(of: role).flatMap({ count($0.size) }) else {
      throw Diagnostic(
        "the \(role.rawValue) is not made of \(what)", at: bench.mark(of: role),
        hint: "leave the figure out")
    }
    return found
  }

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter(
        "metrics", "Figures of the model's size with their limits.",
        .record(
          figures.map { figure in
            Parameter(
              figure.id, figure.summary,
              .record(limits.map { Parameter($0.rawValue, $0.summary, shape(figure, $0)) }))
          }), required: true)
    ]
  }

  private static let limits: [Limit.Kind] = [.max, .maxIncrease, .maxIncreaseRelative]

  /// What may stand at a limit.
  private static func shape(_ figure: Figure, _ kind: Limit.Kind) -> Shape {
    let number = Shape.number(0...Double.greatestFiniteMagnitude)
    return figure.isOfBytes && !kind.isRelative ? .either([number, .size]) : number
  }

  /// A figure with its limits.
  private struct Request: Sendable {
    let figure: Figure
    let limits: [Limit]
    let mark: Mark
  }

  private let id: String
  private let requests: [Request]
  private let hasChampion: Bool

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    hasChampion = settings.hasChampion
    var requests: [Request] = []
    var mistakes: [Diagnostic] = []
    for pair in settings.node["metrics"]?.pairs ?? [] {
      guard let figure = Self.figures.first(where: { $0.id == pair.key.text }) else { continue }
      let limits = Self.limits.compactMap { kind -> Limit? in
        guard let node = pair.value[kind.rawValue] else { return nil }
        if kind.comparesModels, !settings.hasChampion {
          mistakes.append(
            Diagnostic(
              "'\(kind.rawValue)' compares with a champion, and 'models' names none", at: node.mark,
              hint: "add 'models.champion', or bound it by 'max'"))
        }
        return (node.number ?? node.bytes.map(Double.init)).map { Limit(kind, $0) }
      }
      if limits.isEmpty {
        mistakes.append(
          Diagnostic(
            "'\(figure.id)' has no limit, so it would judge nothing", at: pair.key.mark,
            hint: "add one of: \(Self.limits.map(\.rawValue).joined(separator: ", "))"))
      }
      requests.append(Request(figure: figure, limits: limits, mark: pair.key.mark))
    }
    if requests.isEmpty, mistakes.isEmpty {
      mistakes.append(
        Diagnostic(
          "the gate '\(id)' has no 'metrics', so it would judge nothing", at: settings.node.mark,
          hint: "add one of: \(Self.figures.map(\.id).joined(separator: ", "))"))
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    self.requests = requests
  }

  package var needs: Needs {
    let counts = requests.contains { ["trees", "nodes", "parameters"].contains($0.figure.id) }
    return Needs(
      models: requests.contains { $0.figure.id == "peak_memory" },
      runs: counts ? ["asks the models what they are made of"] : [])
  }

  package var plan: [String] {
    requests.map { request in
      "\(request.figure.id): "
        + request.limits.map { "\($0.kind.rawValue) \($0.bound.brief)" }.joined(separator: ", ")
    }
  }

  /// A figure of both models.
  package struct Sizes: Sendable {
    let candidate: Result<Int, Diagnostic>
    /// Nil: there is none.
    let champion: Result<Int, Diagnostic>?
  }

  package func measure(on bench: Workbench) async -> [Sizes] {
    await requests.concurrentMap { request in
      func size(_ role: Role) async -> Result<Int, Diagnostic> {
        do throws(Diagnostic) {
          return .success(try await request.figure.measure(role, bench))
        } catch { return .failure(error) }
      }
      return Sizes(
        candidate: await size(.candidate), champion: hasChampion ? await size(.champion) : nil)
    }
  }

  package func judge(_ sizes: [Sizes], in family: ErrorFamily?) -> [Check] {
    zip(requests, sizes).map { request, sizes in
      var check = Check(
        id: "\(id)/\(request.figure.id)", gate: id, outcome: .error, message: "",
        metric: request.figure.id, model: .candidate, limit: request.limits.byName,
        location: request.mark.location)
      do throws(Diagnostic) {
        let value = Double(try sizes.candidate.get())
        check.value = value
        let compares = request.limits.contains(where: \.kind.comparesModels)
        // A champion of another kind has no such figure, which only a limit that compares wants.
        let champion =
          compares ? try sizes.champion?.get() : (try? sizes.champion?.get()) ?? nil
        check.champion = champion.map(Double.init)
        check.difference = check.champion.map { value - $0 }
      } catch { return check.failing(.error, error) }
      check.evidence["unit"] = .string(request.figure.unit)
      return request.limits.decide(
        check, named: request.figure.id, direction: .lowerIsBetter,
        unit: request.figure.isOfBytes ? "bytes" : nil)
    }
  }
}
