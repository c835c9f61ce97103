import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What the search cannot judge, and what a manifest may not ask of it.
@Suite struct DiscoveryRefusalTests {
  static func check(
    _ table: MemoryTable, rows: Int = 600, discover: Any = true
  ) async throws -> Check {
    let planted = PlantedRows(rows, seed: 1, harm: 0.3)
    return try await PlantedRows.check(
      planted.bench(table: table),
      ["metrics": DiscoveryTests.metrics, "discover": discover])
  }

  @Test func `a table without columns to cut is an error`() async throws {
    var table = MemoryTable([])
    table.rows = 600
    let check = try await Self.check(table)
    #expect(check.outcome == .error)
    #expect(check.message.contains("no column to cut slices from"))
  }

  @Test func `columns of one value are an error`() async throws {
    let check = try await Self.check(
      MemoryTable([
        .numbers("a", [Double?](repeating: 3, count: 600)),
        .texts("b", [String?](repeating: nil, count: 600)),
      ]))
    #expect(check.outcome == .error)
    #expect(check.message.contains("every column has one value only"))
  }

  @Test func `fewer rows than the fewest are inconclusive`() async throws {
    let rows = PlantedRows(80, seed: 1, harm: 0.3)
    let check = try await PlantedRows.check(rows.bench(), ["discover": true])
    #expect(check.outcome == .inconclusive)
    #expect(check.message == "80 rows, 20 short of min_rows: 100")
  }

  @Test func `data without a slice of so many rows pass, and say so`() async throws {
    let ids = (0..<600).map { "id\($0)" }
    let check = try await Self.check(
      MemoryTable([.texts("id", ids.map { $0 })]),
      discover: RunTests.pairs(["min_rows": 550]))
    #expect(check.outcome == .passed, "\(check.message)")
    #expect(check.message.contains("there is no slice to judge"))
    #expect(check.message.contains("275 rows on the half that is searched"))
    #expect(check.evidence["slices_tried"] == .integer(0))
  }

  @Test func `ten thousand categories are a hundred and the rest`() {
    let codes = (0..<30_000).map { Int32($0 < 20_000 ? $0 % 100 : $0 % 10_000) }
    let texts = Column(
      name: "c", values: .strings(codes: codes, dictionary: (0..<10_000).map { "c\($0)" }))
    let column = SliceColumn(texts, sql: "\"c\"", declared: nil)
    #expect(column.width == 101)
    #expect(column.ranges.count == 101)
    let rest = column.predicate(100...100)
    #expect(rest.hasPrefix("\"c\" NOT IN ('c0', 'c1', 'c10', "))
    let inRest = column.codes.indices.filter { column.codes[$0] == 100 }
    #expect(inRest.count == 9900)
  }

  @Test func `a column that is not there is an error with the nearest`() async throws {
    let rows = PlantedRows(600, seed: 1, harm: 0.3)
    let check = try await PlantedRows.check(
      rows.bench(), ["discover": RunTests.pairs(["columns": ["regoin"]])])
    #expect(check.outcome == .error)
    #expect(check.message.contains("no column 'regoin'"))
    #expect(check.message.contains("did you mean 'region'?"))
  }

  @Test func `a champion that cannot be scored is an error`() async throws {
    let rows = PlantedRows(600, seed: 1, harm: 0.3)
    let bench = Workbench(
      task: .binary, hasChampion: true, rows: 600,
      samples: [
        .candidate: .success(try await rows.bench().sample(.candidate)),
        .champion: .failure(Diagnostic("the worker was ended by SIGSEGV")),
      ], tables: ["holdout": .success(rows.table)])
    let check = try await PlantedRows.check(bench, ["discover": true])
    #expect(check.outcome == .error)
    #expect(check.message.contains("SIGSEGV"))
  }

  static func mistakes(
    _ keys: KeyValuePairs<String, Any>, task: TaskKind = .binary
  ) -> [Diagnostic] {
    let settings = GateSettings(
      id: "g", node: RunTests.node(keys), task: task, hasChampion: true)
    do throws(Diagnostics) { _ = try ChampionGate(settings) } catch { return error.all }
    return []
  }

  @Test func `what the search cannot be asked is refused where it stands`() {
    let metrics = RunTests.pairs(["roc_auc": RunTests.pairs(["max_drop": 0.02])])
    func first(_ discover: Any, task: TaskKind = .binary) -> String {
      Self.mistakes(["metrics": metrics, "discover": discover], task: task).first?.message ?? ""
    }
    #expect(
      first(RunTests.pairs(["metric": "recall"])) == "there is no check 'recall' in this gate")
    #expect(first(RunTests.pairs(["metric": "roc_auc"])).hasPrefix("'roc_auc' is no mean"))
    #expect(
      first(RunTests.pairs(["columns": ["age", "age"]])) == "'age' is named twice")
    #expect(first(true).isEmpty)
    let taken = RunTests.pairs([
      "accuracy": RunTests.pairs(["max_drop": 0.02, "id": "discovered"])
    ])
    #expect(
      Self.mistakes(["metrics": taken, "discover": true]).first?.message.hasPrefix(
        "there are two checks 'g/discovered'") == true)
    #expect(Self.mistakes(["discover": true]).isEmpty)
    #expect(
      Self.mistakes(["discover": false]).first?.message.contains("would judge nothing") == true)
    #expect(
      Self.mistakes(["discover": true], task: .ranking).first?.message.contains("queries") == true)
  }

  @Test func `the needs say that columns of the holdout are read`() throws {
    func needs(_ discover: Any) throws -> Needs {
      try ChampionGate(
        GateSettings(
          id: "g", node: RunTests.node(RunTests.pairs(["discover": discover])), task: .binary,
          hasChampion: true)
      ).needs
    }
    #expect(try needs(true).tables == ["holdout"])
    #expect(try needs(true).runs == ["asks the candidate which columns it takes"])
    #expect(try needs(RunTests.pairs(["columns": ["age"]])).runs.isEmpty)
  }
}
