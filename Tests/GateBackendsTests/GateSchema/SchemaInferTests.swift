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
      CASE WHEN i % 10 > 0 THEN i % 7 END AS kind, [i, i] AS pair,
      {a: i, 'B c': i} AS record, (i % 2 * 2 - 1) * (1.7e308 + i * 1e304) AS huge,
      CASE WHEN i % 2 = 0 THEN 'inf'::DOUBLE ELSE i / 7.0 END AS half,
      CASE WHEN i % 20 = 0 THEN '-inf'::DOUBLE ELSE i / 7.0 END AS few
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
      roles: ColumnRoles(), now: "2026-11-20T10:41:10Z"
    ).checks()
    #expect(checks.count > 35)
    for check in checks {
      #expect(check.outcome == .passed, "\(check.id): \(check.message)\n\(yaml)")
    }
    for wanted in [
      "  order id:\n    type: integer\n    not_null: true\n",
      "  \"odd: #1\":\n", "    between: {min: 2025-12-",
      "    unique: true\n    # Every text has this form.\n    format: {kind: uuid, mostly: 0.9",
      "    format: {kind: email, mostly: 0.9",
      "    # No value was found, so nothing more can be said.\n", "    null_share: {max: 0.22}\n",
      "    # 4 of 200 rows have none; half as many again may, or what chance explains.\n",
      "[\"12\", \"a\\nb\", \"null\"]\n", "type: list\n",
      "were found, beside 100 infinite values.\n", "were found, beside 10 infinite values.\n",
      "    length: {min: 4, max: 108, mostly: 0.9", "  row_count: {min: 20}\n",
    ] {
      #expect(yaml.contains(wanted), "\(wanted) is missing in\n\(yaml)")
    }
  }

  /// Columns that are nearly constant, categories of a long tail, and columns of hardly any value.
  @Test func `halves of odd columns hold to each other's schemas`() async throws {
    let fixture = try Fixture()
    let share = { (place: Int) in "(hash(i * 64 + \(place)) / 18446744073709551615.0)" }
    let columns =
      (0..<10).map { "CASE WHEN \(share($0)) < 0.003 THEN 1.5 ELSE 0.0 END AS fee\($0)" }
      + (10..<14).map { "'k' || least(60, floor(pow(\(share($0)), -1 / 0.4))) AS word\($0)" }
      + (14..<18).map { "CASE WHEN \(share($0)) < 0.003 THEN 12.5 END AS bonus\($0)" }
    let all = "SELECT i, \(columns.joined(separator: ", ")) FROM range(0, 40000) r(i)"
    var blocked = 0
    for split in 0..<20 {
      let halves = try (0..<2).map { half in
        let (from, to) = (split * 2000 + half * 1000, split * 2000 + half * 1000 + 1000)
        return try fixture.copy(
          "SELECT * EXCLUDE (i) FROM (\(all)) WHERE i >= \(from) AND i < \(to)",
          to: "\(split)-\(half).csv", "(FORMAT csv)")
      }
      let tables = try halves.map { path in
        try fixture.open([(TableSource(name: "current", path: path), [path])]).table("current")
      }
      let yaml = try InferredSchema(tables[0]).yaml()
      let schema = try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml"))
      let checks = await SchemaSubject(
        gate: "schema", schema: schema, environment: nil, table: tables[1], reference: nil,
        roles: ColumnRoles(), now: "2026-11-20T10:41:10Z"
      ).checks()
      let failed = checks.filter { $0.outcome != .passed && $0.outcome != .skipped }
      if !failed.isEmpty { blocked += 1 }
    }
    // More than 4 of 20 have a chance of 1 in 390 at 5%.
    #expect(blocked <= 4, "\(blocked) of 20")
  }

  /// A value that one half has and the other not is in either with the same chance.
  @Test func `chance is that of a fair coin`() throws {
    for columns in [1, 5, 20, 86] {
      let chance = Chance(columns: columns)
      for seen in [0, 1, 7, 300] {
        let most = try chance.most(beside: seen)
        // More than `most` beside `seen` by the sum of the negative binomial's terms.
        var (term, below) = (1.0, 0.0)
        for _ in 0...seen { term /= 2 }
        for count in 0...most {
          below += term
          if count == most - 1 { #expect(1 - below > chance.level - 1e-12) }
          term *= Double(count + seen + 1) / Double(count + 1) / 2
        }
        #expect(1 - below <= chance.level + 1e-12, "\(columns) \(seen): \(most)")
      }
    }
    #expect(try Chance(columns: 1).most(beside: 0) == 4)
    #expect(try Chance(columns: 10).share(beside: 0, of: 14) == nil)
  }

  @Test(arguments: [
    (0.0001172, "0.00012", "0.99988"), (0.1, "0.1", "0.9"), (0.0995, "0.1", "0.9"),
    (0.453, "0.46", "0.54"), (0.00000915, "0.0000092", "0.9999908"),
  ])
  func `shares are rounded up to two digits`(share: Double, text: String, rest: String) {
    let rounded = RoundedShare(above: share)
    #expect(rounded.text == text && rounded.rest == rest, "\(rounded.text) \(rounded.rest)")
    #expect(rounded.value >= share - 1e-15)
  }

  /// What a random half says of the other, of columns that used to alarm: heavy tails, one value beside frequent ones,
  /// a handful of nulls, a column that is nearly constant.
  @Test func `a half seldom alarms on the other`() async throws {
    var alarms = 0
    for seed in 0..<30 {
      let fixture = try Fixture()
      func half(_ side: Int) throws -> any Table {
        let path = try fixture.copy(
          """
          SELECT pow(1 - u, -1.0) AS heavy, exp(2 * v) AS lognormal, CAST(floor(-ln(1 - u) * 3) AS BIGINT) AS counts,
            CASE WHEN i = 17 THEN 'heavy rain' WHEN i % 3 = 0 THEN 'rain' ELSE 'sun' END AS weather,
            CASE WHEN i NOT IN (5, 300, 702) THEN v END AS hardly_null,
            CASE WHEN i % 301 = 0 THEN i % 7 ELSE 0 END AS nearly_constant,
            CASE WHEN i = 40 THEN 'Chrétien' ELSE 'name' || i % 20 END AS "name"
          FROM (SELECT i, hash(i + 7) / 18446744073709551617e0 AS u,
            sqrt(-2 * ln((hash(i + 99) + 1) / 18446744073709551617e0))
              * cos(2 * pi() * (hash(i + 12345) / 18446744073709551617e0)) AS v FROM range(1000) r(i))
          WHERE hash(i * 1000 + \(seed)) % 2 = \(side)
          """, to: "half\(side).parquet", "(FORMAT parquet)")
        return try fixture.open([(TableSource(name: "current", path: path), [path])])
          .table("current")
      }
      let yaml = try InferredSchema(try half(0)).yaml()
      let checks = await SchemaSubject(
        gate: "schema",
        schema: try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml")), environment: nil,
        table: try half(1), reference: nil, roles: ColumnRoles(), now: ""
      ).checks()
      #expect(checks.count > 20)
      if checks.contains(where: { $0.outcome != .passed }) { alarms += 1 }
    }
    #expect(alarms <= 1)
  }

  @Test func `what cannot be said is an error`() throws {
    let fixture = try Fixture()
    let table = try fixture.holdout(try fixture.write("a.csv", "income,y\n1,2\n"))
    let mistake = diagnostic { _ = try InferredSchema(table, label: "incom") }
    #expect(mistake.message == "there is no column 'incom' to be the label")
    #expect(mistake.hint == "did you mean 'income'?")
    let empty = try fixture.holdout(try fixture.write("b.csv", "income,y\n"))
    #expect(diagnostic { _ = try InferredSchema(empty) }.message.contains("no rows"))
  }
}
