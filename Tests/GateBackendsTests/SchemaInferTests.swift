import GateKit
import Testing

@testable import GateBackends
@testable import GateKit

/// What a schema written from a table says, and that it holds for that table.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct SchemaInferTests {
  /// Columns of every kind, some of them odd.
  private static let rows = """
    SELECT i AS "order id", DATE '2026-01-01' + CAST(i % 100 AS INTEGER) AS day,
      TIMESTAMP '2026-01-01 10:00:00' + to_hours(CAST(i AS INTEGER)) AS seen,
      CASE WHEN i % 50 = 0 THEN 'nan'::DOUBLE ELSE (i % 70) / 100.0 - 0.2 END AS rate,
      CAST(i % 90 AS DECIMAL(10, 2)) / 10 AS price, i % 2 = 0 AS known,
      '123e4567-e89b-12d3-a456-' || lpad(CAST(i AS VARCHAR), 12, '0') AS token,
      'user' || i || '@mail.example' AS email, CAST(NULL AS VARCHAR) AS nothing,
      CASE i % 3 WHEN 0 THEN 'a' || chr(10) || 'b' WHEN 1 THEN 'null' ELSE '12' END AS "odd: #1",
      repeat('x', CAST(10 + i % 60 AS INTEGER)) || i AS note,
      CASE WHEN i % 10 > 0 THEN i % 7 END AS kind, [i, i] AS pair
    FROM range(0, 200) r(i)
    """

  @Test func `a table holds to the schema written from it`() async throws {
    let fixture = try Fixture()
    let path = try fixture.copy(Self.rows, to: "data.parquet", "(FORMAT parquet)")
    let table = try fixture.open([(TableSource(name: "current", path: path), [path])])
      .table("current")
    let yaml = try InferredSchema(table).yaml()
    let schema = try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml"))
    let checks = await SchemaSubject(
      gate: "schema", schema: schema, environment: nil, table: table, reference: nil,
      roles: SchemaQuestion.Roles(), now: "2026-11-20T10:41:10Z"
    ).checks()
    #expect(checks.count > 35)
    for check in checks {
      #expect(check.outcome == .passed, "\(check.id): \(check.message)\n\(yaml)")
    }
    for wanted in [
      "  order id:\n    type: integer\n    not_null: true\n",
      "  \"odd: #1\":\n", "    between: {min: 2025-12-22}\n", "    format: uuid\n",
      "    format: email\n",
      "    # No value was found, so nothing more can be said.\n", "    null_share: {max: 0.15}\n",
      "where: \"NOT isnan(\\\"rate\\\")\"}\n", "[\"12\", \"a\\nb\", \"null\"]\n", "type: list\n",
      "    length: {min: 5, max: 108}\n", "  row_count: {min: 20}\n",
    ] {
      #expect(yaml.contains(wanted), "\(wanted) is missing in\n\(yaml)")
    }
  }

  @Test func `what cannot be said is an error`() throws {
    let fixture = try Fixture()
    let table = try fixture.holdout(try fixture.write("a.csv", "income,y\n1,2\n"))
    let mistake = diagnostic { _ = try InferredSchema(table, label: "incom") }
    #expect(mistake.message == "there is no column 'incom'")
    #expect(mistake.hint == "did you mean 'income'?")
    let empty = try fixture.holdout(try fixture.write("b.csv", "income,y\n"))
    #expect(diagnostic { _ = try InferredSchema(empty) }.message.contains("no rows"))
  }
}
