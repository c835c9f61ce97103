import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The pipeline over values handed in: what each failure comes to.
@Suite struct RunTests {
  static let source = Source(name: "gatewright.yaml", text: "")
  static let mark = Mark(source: source, line: 1, column: 1)

  static func node(_ value: Any) -> Node {
    switch value {
    case let list as [Any]: Node(.sequence(list.map(node)), at: mark)
    case let pairs as KeyValuePairs<String, Any>:
      Node(.mapping(pairs.map { Node.Pair(key: node($0.key), value: node($0.value)) }), at: mark)
    default: Node(.scalar("\(value)", quoted: false), at: mark)
    }
  }

  static func pairs(_ pairs: KeyValuePairs<String, Any>) -> KeyValuePairs<String, Any> { pairs }

  static func manifest(
    gates: [Any] = [
      pairs(["gate": "performance", "metrics": pairs(["accuracy": pairs(["min": 0.5])])]),
      pairs(["gate": "champion", "metrics": pairs(["accuracy": pairs(["max_drop": 0.5])])]),
    ]
  ) throws -> Manifest {
    try Manifest(
      node(
        pairs([
          "version": 1, "name": "loan", "task": "binary",
          "data": pairs(["holdout": pairs(["path": "h.csv", "label": "y"])]),
          "models": pairs([
            "champion": pairs(["from": "a.onnx"]), "candidate": pairs(["from": "b.onnx"]),
          ]), "gates": gates,
        ])), in: .test)
  }

  static func backends(
    table: MemoryTable = MemoryTable([.numbers("y", [0, 1, 1, 0])]),
    scores: @escaping @Sendable (Role) throws -> [Double] = { _ in [0.1, 0.9, 0.8, 0.3] }
  ) -> Backends {
    Backends(
      resolve: { uri, _ in Artifact(uri: uri, path: uri, sha256: "00", bytes: 1) },
      open: { _, _ in table },
      score: { model, _ in
        Predictions(values: .scores(try scores(model.role)), runtime: "test")
      },
      read: { _, _ in throw Diagnostic("no predictions here") }, clock: { 0 },
      now: { "2026-11-20T00:00:00Z" })
  }

  static func report(_ manifest: Manifest, _ backends: Backends) async -> Report {
    await run(
      manifest,
      record: .init(
        name: "loan", path: "gatewright.yaml", sha256: "", source: .init(kind: "worktree")),
      tool: .init(name: "gatewright", version: "0"), with: backends
    ).report
  }

  @Test func `both gates judge`() async throws {
    let report = await Self.report(try Self.manifest(), Self.backends())
    #expect(report.checks.map(\.id) == ["performance/accuracy", "champion/accuracy"])
    #expect(report.checks.map(\.outcome) == [.passed, .passed])
    #expect(report.checks[1].champion == 1)
    #expect(report.verdict == .passed)
  }

  @Test func `when a file has changed since it was hashed nothing was judged`() async throws {
    var backends = Self.backends()
    let file = DataFile(path: "h.csv", name: "h.csv", bytes: 1, sha256: "00")
    backends.resolve = { uri, _ in
      Artifact(uri: uri, path: uri, sha256: "00", bytes: 1, files: uri == "h.csv" ? [file] : [])
    }
    #expect(await Self.report(try Self.manifest(), backends).verdict == .passed)
    backends.confirm = { file in throw Diagnostic("'\(file.name)' changed") }
    let report = await Self.report(try Self.manifest(), backends)
    #expect(report.checks.map(\.id) == ["performance/accuracy", "champion/accuracy"])
    #expect(report.checks.allSatisfy { $0.outcome == .error && $0.value == nil })
    #expect(report.checks.allSatisfy { $0.message == "'h.csv' changed" })
    #expect(report.data["holdout"]?.rows == nil)
    #expect(report.exitCode == 2)
  }

  @Test func `a model that was too slow may be tried again`() async throws {
    let backends = Self.backends { _ in throw Diagnostic("too slow", temporary: true) }
    let report = await Self.report(try Self.manifest(), backends)
    #expect(report.verdict == .error)
    #expect(report.exitCode == 75)
  }

  @Test func `a champion that crashes leaves the candidate's checks standing`() async throws {
    let backends = Self.backends { role in
      if role == .champion { throw Diagnostic("the worker was ended by SIGSEGV") }
      return [0.1, 0.9, 0.8, 0.3]
    }
    let report = await Self.report(try Self.manifest(), backends)
    #expect(report.checks.map(\.outcome) == [.passed, .error])
    #expect(report.checks[1].message.contains("SIGSEGV"))
    #expect(report.verdict == .error)
    #expect(report.models[.champion]?.runtime == nil)
  }

  @Test func `too few answers are an error, not a shorter comparison`() async throws {
    let report = await Self.report(try Self.manifest(), Self.backends { _ in [0.1] })
    #expect(report.checks.map(\.outcome) == [.error, .error])
  }

  @Test(
    arguments: [
      ([nil, 1, 1, 0], "the label 'y' is null in row 1"), ([0, 1, 2, 0], "row 3 holds '2'"),
      ([], "has no rows"), ([5, 7, 5, 7], "which class is positive?"),
    ] as [([Double?], String)])
  func `labels that cannot be judged by are an error`(values: [Double?], message: String)
    async throws
  {
    let report = await Self.report(
      try Self.manifest(), Self.backends(table: MemoryTable([.numbers("y", values)])))
    #expect(report.checks.allSatisfy { $0.outcome == .error })
    #expect(report.checks[0].message.contains(message), "\(report.checks[0].message)")
  }

  @Test(arguments: [[1, 2, -1, 1], [1, .nan, 1, 1], [0, 0, 0, 0], [1, .infinity, 1, 1]])
  func `weights that weigh nothing are an error`(weights: [Double]) async throws {
    var manifest = try Self.manifest()
    manifest.data.weight = .init(name: "w", mark: Self.mark)
    let table = MemoryTable([.numbers("y", [0, 1, 1, 0]), .numbers("w", weights)])
    let report = await Self.report(manifest, Self.backends(table: table))
    #expect(report.checks.allSatisfy { $0.outcome == .error })
    #expect(report.checks[0].message.contains("the weight 'w'"))
  }

  @Test func `negative flips are counted by row, with weights`() async throws {
    let manifest = try Self.manifest(gates: [
      Self.pairs(["gate": "champion", "flips": Self.pairs(["max_negative": 0.2])])
    ])
    let backends = Self.backends { role in
      role == .champion ? [0.1, 0.9, 0.8, 0.3] : [0.7, 0.9, 0.2, 0.3]
    }
    let check = try #require(await Self.report(manifest, backends).checks.first)
    #expect(check.id == "champion/negative_flip_rate")
    #expect(check.value == 0.5)
    #expect(check.outcome == .failed)
    #expect(check.evidence["rows"] == .array([.integer(1), .integer(3)]))
    #expect(check.message == "negative_flip_rate 0.5 is above the max of 0.2")
    #expect(check.champion == nil)
  }
}
