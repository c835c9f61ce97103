import Testing

@testable import GateBackends
@testable import GateKit

/// A NaN is a missing value, wherever it comes from and whatever reads it.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct MissingNumberTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// Half of the rows hold 5, half NaN, in several parts of the file whose least and greatest value leave NaN out.
  private func halves(
    _ type: String = "DOUBLE", derive: [(name: String, sql: String)] = []
  ) throws -> any Table {
    try fixture.holdout(
      fixture.copy(
        "SELECT i AS id, CASE WHEN i % 2 = 0 THEN 'NaN'::\(type) ELSE 5::\(type) END AS x "
          + "FROM range(8192) t(i)", to: "\(type).parquet", "(ROW_GROUP_SIZE 2048)"),
      derive: derive)
  }

  @Test(arguments: ["DOUBLE", "FLOAT"]) func `figures are those of the values`(
    _ type: String
  ) throws {
    let table = try halves(type)
    let figures = try table.query(
      "SELECT count(x), count(*) FILTER (WHERE x IS NULL), count(*) FILTER (WHERE x <= 100), "
        + "count(*) FILTER (WHERE x > 100), max(x), median(x), avg(x), count(DISTINCT x), "
        + "count(*) FILTER (WHERE NOT coalesce(x <= 100, true)) FROM holdout")
    #expect(
      figures.map { $0.shown[0] } == ["4096", "4096", "4096", "0", "5.0", "5.0", "5.0", "1", "0"])
    for filter in ["x > 100", "NOT (x <= 100)", "isnan(x)", "x = 'nan'"] {
      let found = try table.query("SELECT count(*) AS n FROM holdout WHERE \(filter)")
      #expect(found[0].shown == ["0"], "\(filter)")
    }
    let column = try table.columns(["x"])[0]
    #expect(column.validity?.prefix(2) == [false, true])
    #expect(column.coded(atMost: 10)?.texts == ["5"])
    var scanned = 0
    try table.scan(["x"], batch: 100) { columns in
      scanned += (0..<columns[0].count).count { columns[0].isNull($0) }
    }
    #expect(scanned == 4096)
  }

  @Test func `slices, bins and conditions have no rows of it`() throws {
    let table = try halves()
    let column = try Slice.column("x").rows(of: table)
    #expect(column.groups.map(\.id) == ["x=5", "x=null"])
    let bins = try Slice.bins(name: "b", column: "x", edges: [1, 100]).rows(of: table)
    #expect(bins.groups.map(\.id) == ["b=[1, 100)", "b=null"])
    let rich = try Slice.predicate(name: "rich", sql: "x > 100").rows(of: table)
    #expect(rich.codes.allSatisfy { $0 == -1 })
  }

  @Test func `what SQL makes of the row is one too`() throws {
    let table = try halves(
      derive: [
        ("none", "('inf'::DOUBLE - 'inf'::DOUBLE) + id"), ("ratio", "(id * 0.0::DOUBLE) / 0.0"),
        ("more", "CASE WHEN none IS NULL THEN 1.5::FLOAT ELSE 'nan'::FLOAT END"),
        ("text", "CASE WHEN more > 1 THEN 'nan' END"),
      ])
    let columns = try table.columns(["none", "ratio", "more", "text", "'nan'::DOUBLE", "none > 7"])
    #expect(
      columns.map { $0.shown[0] } == ["null", "null", "1.5", "nan", "null", "null"])
    let counted = try table.query("SELECT count(none), count(ratio), count(more) FROM holdout")
    #expect(counted.map { $0.shown[0] } == ["0", "0", "8192"])
    let set = try table.setting([("id", "CAST(1 AS BIGINT)")])
    #expect(try set.columns(["none", "x"]).map { $0.shown[0] } == ["null", "null"])
  }

  @Test func `an infinity is a number`() throws {
    let table = try fixture.holdout(
      fixture.copy("SELECT unnest(['inf'::DOUBLE, '-inf', 1]) AS x", to: "inf.parquet"))
    #expect(
      try table.columns(["x", "x > 1e308"]).map(\.shown)
        == [["inf", "-inf", "1.0"], ["true", "false", "false"]])
  }
}

/// Figures whose last digits follow the order of the rows have them whatever the number of threads.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct SumOrderTests {
  @Test func `sums are the same with any number of threads, in every run`() throws {
    let fixture = try Fixture()
    let path = try fixture.copy(
      "SELECT hash(i) / 1e15 * exp(i % 37) AS x, sin(i) AS y, i % 1000 AS k FROM range(600000) t(i)",
      to: "x.parquet")
    let aggregates = [
      "sum(x)", "avg(x)", "stddev_samp(x)", "corr(x, y)", "skewness(x)",
      "avg(y) FILTER (WHERE x > 1e3)",
      "sum(x) / count(DISTINCT k)", "sum(x) FILTER (WHERE y > 0)", "approx_quantile(x, 0.3)",
    ]
    var seen: Set<[String]> = []
    for threads in [1, 2, 2, 3, 8, 8] {
      let table = try fixture.holdout(path, threads: threads)
      let found = try table.query(
        "SELECT \(aggregates.joined(separator: ", ")) FROM \(table.inOrder)")
      let groups = try table.query(
        "SELECT k, sum(x) AS s FROM \(table.inOrder) GROUP BY k ORDER BY k")
      // The engine makes groups of these, and of the rows that others of the same SELECT read a copy without order.
      let alone = try ["entropy(k)", "mode(k)"].map {
        try table.query("SELECT \($0) FROM \(table.inOrder)")[0].shown[0]
      }
      seen.insert(found.map { $0.shown[0] } + alone + groups[1].shown)
    }
    #expect(seen.count == 1)
  }

  @Test func `a figure of counted values beside a sum is refused`() throws {
    let fixture = try Fixture()
    let table = try fixture.holdout(
      fixture.copy("SELECT i AS k, i / 3 AS x FROM range(9) t(i)", to: "x.parquet"))
    for sql in ["sum(x) / entropy(k)", "avg(x) + mode(k)", "stddev(x), histogram(k)"] {
      let error = #expect(throws: Diagnostic.self) {
        try table.check("SELECT \(sql)", isSelect: true)
      }
      #expect(error?.message.contains("the same digits in every run") == true, "\(sql)")
    }
    for sql in ["sum(x)", "count(DISTINCT k)", "median(x) / max(k)"] {
      try table.check("SELECT \(sql)", isSelect: true)
    }
  }

  @Test func `figures of one schema do not change each other's digits`() async throws {
    let fixture = try Fixture()
    let path = try fixture.copy(
      "SELECT hash(i) / 1e15 * exp(i % 37) AS x, i % 1000 AS k FROM range(600000) t(i)",
      to: "x.parquet")
    var seen: Set<Double?> = []
    for _ in 0..<4 {
      let table = try fixture.holdout(path, threads: 4)
      let probes = ["entropy(k)", "sum(x)", "mode(k)", "avg(x)"].map { sql in
        Inquiry.asking([.figure(sql)]) { answers throws(Diagnostic) in
          .answered(Finding(holds: true, "", value: answers[0].number))
        }
      }
      for result in await SchemaScan(table).findings(probes.map { .success($0) }) {
        seen.insert(try result.get().value)
      }
    }
    #expect(seen.count == 4)
  }
}
