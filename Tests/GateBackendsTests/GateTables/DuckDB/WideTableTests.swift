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

/// A wide table, of which every question sees the columns that it reads, is the table that it is.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct WideTableTests {
  /// The files, which are written once.
  private static let files = Result {
    let fixture = try Fixture()
    let rows = "FROM range(1000) t(i)"
    return (
      fixture: fixture, few: try fixture.copy("SELECT \(few) \(rows)", to: "few.parquet"),
      all: try fixture.copy("SELECT \(few), \(more) \(rows)", to: "all.parquet")
    )
  }

  /// The columns that questions are about, and 400 more.
  static let few = #"""
    i AS id, CASE WHEN i % 3 = 0 THEN 'NaN'::DOUBLE ELSE i * 0.25 END AS x, i % 2 AS "a ""b""",
    {'x': i, 'y': 2} AS s, i % 5 AS holdout
    """#
  static let more = (0..<400).map { "\($0) * i::DOUBLE AS more\($0)" }.joined(separator: ", ")
  static let derive = [(name: "y", sql: "x * 2"), (name: "z", sql: #"y + "a ""b""""#)]

  /// One table of the few columns, and one of all, with the derived ones.
  private func tables() throws -> (narrow: any Table, wide: any Table) {
    let (fixture, few, all) = try Self.files.get()
    return (
      try fixture.holdout(few, derive: Self.derive),
      try fixture.holdout(all, derive: Self.derive)
    )
  }

  @Test(arguments: [
    "SELECT count(*) FROM holdout", "SELECT count(*), sum(x), count(y) FROM \"holdout in order\"",
    "SELECT X, id FROM holdout ORDER BY id LIMIT 5",
    "SELECT sum(z) FROM holdout AS h WHERE h.id > 7",
    "SELECT max(s.x) FROM holdout", "SELECT sum(holdout.x) FROM holdout",
    "SELECT \"a \"\"b\"\"\", avg(y) FROM holdout GROUP BY 1 ORDER BY 1",
    "WITH t AS (SELECT id, x FROM holdout) SELECT count(*) FROM t WHERE x IN (SELECT y FROM holdout)",
    "SELECT sum(h.id + o.id) FROM holdout h JOIN holdout o USING (id)",
    "SELECT id FROM holdout UNION ALL SELECT holdout FROM holdout ORDER BY 1 LIMIT 4",
    "SELECT sum(q) FROM (SELECT * FROM holdout) AS h(q)", "SELECT sum(p) FROM holdout AS h(p)",
    "SELECT row_number() OVER (ORDER BY x, id) AS n FROM holdout ORDER BY n DESC LIMIT 2",
  ]) func `figures are those of a narrow one`(sql: String) throws {
    let (narrow, wide) = try tables()
    #expect(try wide.query(sql).map(\.shown) == narrow.query(sql).map(\.shown))
  }

  @Test func `rows are whole where they are asked for as such`() throws {
    let (_, wide) = try tables()
    #expect(try wide.query("SELECT * FROM holdout").count == 407)
    #expect(try wide.query("SELECT count(*) FROM (DESCRIBE holdout)")[0].shown == ["407"])
    #expect(
      try wide.query("SELECT len(struct_keys(h)) AS n FROM holdout h LIMIT 1")[0].shown == ["407"])
    #expect(try wide.query("SELECT COLUMNS('more1.*') FROM holdout").count == 111)
  }

  @Test func `expressions read what they name`() throws {
    let (narrow, wide) = try tables()
    for read in [["x"], ["z", "id"], ["\"x\" + y", "\"a \"\"b\"\"\""], ["1"], ["holdout"]] {
      #expect(try wide.columns(read).map(\.shown) == narrow.columns(read).map(\.shown))
    }
    #expect(try wide.columns(["more399"])[0].shown[2] == "798.0")
    let all = try wide.columns(wide.schema.map(\.name.sqlName))
    #expect(all.count == 407)
    #expect(all[1].shown[..<2] == ["null", "0.25"] && all[405].shown[..<2] == ["null", "0.5"])
    let mistake = diagnostic { _ = try wide.columns(["mor399"]) }
    #expect(mistake.message.contains("has no column 'mor399'"))
    #expect(mistake.hint?.contains("'more99'") == true)
  }

  @Test func `every column may hold NaN`() throws {
    let names = (0..<300).map { "CASE WHEN i = \($0) THEN 'NaN'::DOUBLE ELSE i END AS x\($0)" }
    let fixture = try Fixture()
    let path = try fixture.copy(
      "SELECT \(names.joined(separator: ", ")), 1::FLOAT AS f FROM range(300) t(i)", to: "n.parquet"
    )
    let table = try fixture.holdout(path)
    let sums = (0..<300).map { "sum(x\($0) + f)" }.joined(separator: ", ")
    let found = try table.query("SELECT \(sums) FROM holdout").map { $0.shown[0] }
    #expect(found == (0..<300).map { "\(Double(44850 + 299 - $0))" })
  }
}
