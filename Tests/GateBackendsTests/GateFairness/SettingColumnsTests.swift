import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// A table as it would be were some of its columns another.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct SettingColumnsTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// Six applications, two columns derived one upon the other, and one that has nothing to do with them.
  private func table(
    _ more: [(name: String, sql: String)] = []
  ) throws -> any Table {
    let file = try fixture.copy(
      """
      SELECT i AS id, CASE WHEN i % 2 = 0 THEN 'f' ELSE 'O''Brien' END AS sex, 10.5 * i AS income,
      DATE '2020-01-01' + i::INTEGER AS born, (i / 4)::DECIMAL(6, 3) AS rate,
      CASE WHEN i = 3 THEN NULL ELSE i END AS debt FROM range(6) t(i)
      """, to: "holdout.parquet", "(FORMAT parquet)")
    return try fixture.holdout(
      file,
      derive: [
        ("is_female", "sex = 'f'"), ("bonus", "CASE WHEN is_female THEN income ELSE 0 END"),
        ("twice", "2 * id"),
      ] + more)
  }

  private func shown(_ table: any Table, _ expressions: String...) throws -> [[String]] {
    try table.columns(expressions).map(\.shown)
  }

  @Test func `columns derived from it follow, others stay`() throws {
    let table = try table()
    let set = try table.setting([("sex", "CAST('f' AS VARCHAR)")])
    #expect(set.rows == 6 && set.schema == table.schema && set.name == "holdout")
    #expect(
      try shown(set, "\"sex\"", "is_female", "\"bonus\"", "twice", "sex || id") == [
        Array(repeating: "f", count: 6), Array(repeating: "true", count: 6),
        ["0.0", "10.5", "21.0", "31.5", "42.0", "52.5"], ["0", "2", "4", "6", "8", "10"],
        ["f0", "f1", "f2", "f3", "f4", "f5"],
      ])
    #expect(
      try shown(table, "\"bonus\"") == [["0.0", "0.0", "21.0", "0.0", "42.0", "0.0"]],
      "the table itself is as it was")
    var scanned: [[String]] = []
    try set.scan(["\"sex\""], batch: 4) { scanned.append($0[0].shown) }
    #expect(scanned == [["f", "f", "f", "f"], ["f", "f"]])
  }

  @Test func `a derived column can be set, and what it is made of stays`() throws {
    let set = try table().setting([("is_female", "CAST('true' AS BOOLEAN)")])
    #expect(
      try shown(set, "sex", "bonus") == [
        ["f", "O'Brien", "f", "O'Brien", "f", "O'Brien"],
        ["0.0", "10.5", "21.0", "31.5", "42.0", "52.5"],
      ])
  }

  @Test func `several columns of any type are set at once`() throws {
    let table = try table()
    let types = Dictionary(table.schema.map { ($0.name, $0.declared) }) { first, _ in first }
    let set = try table.setting(
      ["sex": "O'Brien", "born": "2021-05-06", "rate": "0.125", "debt": "7"].sorted {
        $0.key < $1.key
      }
      .map { ($0.key, "CAST(\($0.value.sqlText) AS \(types[$0.key] ?? ""))") })
    #expect(
      try shown(set, "sex", "born = DATE '2021-05-06'", "rate + 0", "debt", "bonus").map(\.first)
        == ["O'Brien", "true", "0.125", "7", "0.0"])
    #expect(
      try shown(set, "typeof(rate)", "typeof(born)").map(\.first) == ["DECIMAL(6,3)", "DATE"])
  }

  @Test func `queries know the table as it is`() throws {
    let set = try table().setting([("sex", "'f'")])
    #expect(
      try set.query("SELECT count(*) AS n FROM holdout WHERE sex = 'f'").first?.shown == ["3"])
  }

  @Test func `a column that is not there cannot be set`() throws {
    let mistake = try problem { try table().setting([("sexx", "'f'")]) }
    #expect(mistake.message == "holdout has no column 'sexx' that could be set")
  }
}
