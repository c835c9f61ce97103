import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Columns that metrics read: once each, as numbers or codes, every row with a value.
@Suite struct RowColumnTests {
  /// The table counts how often it is scanned.
  final class CountingTable: Table, Database, @unchecked Sendable {
    let held: MemoryTable
    private(set) var scans: [[String]] = []

    init(_ held: MemoryTable) { self.held = held }

    var name: String { held.name }
    var rows: Int { held.rows }
    var schema: [ColumnType] { held.schema }

    func columns(_ expressions: [String]) throws -> [Column] {
      scans.append(expressions)
      return try held.columns(expressions)
    }

    func scan(_ expressions: [String], batch: Int, _ body: ([Column]) throws -> Void) throws {
      try body(try columns(expressions))
    }

    func check(_ sql: String, isSelect: Bool) throws {}

    func query(_ sql: String) throws -> [Column] { try held.query(sql) }
    func table(_ name: String) throws -> any Table { self }
  }

  static func asked(_ sql: String, _ content: RowColumn.Content = .numbers, line: Int = 1)
    -> RowColumn
  {
    RowColumn(
      sql: sql, content: content, mark: Mark(source: RunTests.source, line: line, column: 7))
  }

  @Test func `one scan reads all, each once`() throws {
    let table = CountingTable(
      MemoryTable([.numbers("a", [1, 2]), .texts("b", ["x", "y"])]))
    let read = RowColumn.read(
      [Self.asked("\"a\""), Self.asked("\"b\"", .codes), Self.asked("\"a\"")], of: .success(table))
    #expect(table.scans == [["\"a\"", "\"b\""]])
    #expect(try read[Self.asked("\"a\"").key]?.get() == .numbers([1, 2]))
    #expect(try read[Self.asked("\"b\"", .codes).key]?.get() == .codes([0, 1], ["x", "y"]))
  }

  @Test func `one that cannot be read leaves the others`() throws {
    let table = MemoryTable([.numbers("a", [1, 2])])
    let read = RowColumn.read(
      [Self.asked("\"a\""), Self.asked("\"c\"", line: 9)], of: .success(table))
    #expect(try read[Self.asked("\"a\"").key]?.get() == .numbers([1, 2]))
    let mistake = #expect(throws: Diagnostic.self) { try read[Self.asked("\"c\"").key]?.get() }
    #expect(mistake?.message == "no column \"c\"")
    #expect(mistake?.location?.line == 9)
  }

  @Test(
    arguments: [
      (.numbers("a", [1, nil]), .numbers, "is null or NaN in row 2, wanted a finite number"),
      (.numbers("a", [.infinity, 1]), .numbers, "is inf in row 1"),
      (.texts("a", ["x", "y"]), .numbers, "holds texts, wanted numbers"),
      (Column(name: "a", values: .timestamps([1, 2])), .numbers, "holds dates, wanted numbers"),
      (.texts("a", ["x", nil]), .codes, "is null in row 2, wanted a value"),
      (.numbers("a", [.nan, 1]), .codes, "is null in row 1, wanted a value"),
    ] as [(Column, RowColumn.Content, String)])
  func `a row without a value is named`(
    column: Column, content: RowColumn.Content, message: String
  ) {
    let asked = Self.asked("\"a\"", content)
    let read = RowColumn.read([asked], of: .success(MemoryTable([column])))
    let mistake = #expect(throws: Diagnostic.self) { try read[asked.key]?.get() }
    #expect(mistake?.message.contains(message) == true, "\(mistake?.message ?? "")")
    #expect(mistake?.location?.column == 7)
  }

  static let table = MemoryTable([
    .numbers("y", [1, 1, 0, 1, 0, 0]), .numbers("amount", [10, 20, 30, 40, 50, 60]),
    .texts("sex", ["f", "m", "f", "m", "f", "m"]),
  ])

  static func checks(_ metric: KeyValuePairs<String, Any>, table: MemoryTable = table)
    async throws -> [Check]
  {
    let gate = RunTests.pairs([
      "gate": "performance", "metrics": RunTests.pairs(["expected_cost": metric]),
    ])
    return await RunTests.report(
      try RunTests.manifest(gates: [gate]),
      RunTests.backends(table: table) { _ in [0.1, 0.8, 0.7, 0.4, 0.3, 0.9] }
    ).checks
  }

  @Test func `a cost reads its column, on every slice its own rows`() async throws {
    let checks = try await Self.checks([
      "cost_fp": "\"amount\"", "cost_fn": "\"amount\"", "per": "total", "max": 200, "slices": "sex",
    ])
    // Missed: 10 and 40; false alarms: 30 and 60.
    #expect(checks.map(\.value) == [140, 40, 100])
    #expect(checks.map(\.outcome) == [.passed, .passed, .passed])
  }

  @Test func `a column that is not there is an error of that check`() async throws {
    let checks = try await Self.checks(["cost_fp": 1, "cost_fn": "\"amuont\"", "max": 200])
    #expect(checks.map(\.outcome) == [.error])
    #expect(checks[0].message.contains("no column \"amuont\""))
  }

  @Test func `a null amount is an error that names its row`() async throws {
    var table = Self.table
    table.held[1] = .numbers("amount", [10, 20, nil, 40, 50, 60])
    let checks = try await Self.checks(
      ["cost_fp": 1, "cost_fn": "\"amount\"", "max": 200], table: table)
    #expect(checks.map(\.outcome) == [.error])
    #expect(checks[0].message.contains("is null or NaN in row 3"))
  }

  @Test func `the plan tells which columns are read`() throws {
    let metric = RunTests.pairs(["cost_fp": 1, "cost_fn": "amount * 2", "max": 200])
    let plan = try RunTests.manifest(gates: [
      RunTests.pairs([
        "gate": "performance", "metrics": RunTests.pairs(["expected_cost": metric]),
      ])
    ]).plan
    #expect(plan.contains("expected_cost: max: 200, cost_fn from amount * 2\n"))
  }
}
