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
    #expect(try column.coded(atMost: 10)?.texts == ["5"])
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
    #expect(bins.groups.map(\.id) == ["b=<1", "b=[1, 100)", "b=100 and over", "b=null"])
    #expect(bins.counts.map { $0 > 0 } == [false, true, false, true])
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

  /// As pyarrow and Polars write it: the statistics say that there are no nulls, and their range leaves NaN out.
  @Test(arguments: ["x", "f"]) func `statistics do not hide a NaN`(column: String) throws {
    let path = Models.folder + "/nan-statistics.parquet"
    for derive in [[], [(name: "y", sql: "coalesce(\(column), 3)")]] {
      let table = try fixture.holdout(path, derive: derive)
      let found = try table.query(
        "SELECT count(\(column)), count(*) FILTER (\(column) IS NULL), "
          + "count(*) FILTER (\(column) > 100), sum(coalesce(\(column), 3)), max(\(column)) FROM holdout"
      )
      #expect(found.map { $0.shown[0] } == ["10", "10", "0", "130.0", "19.0"])
      #expect(
        try table.columns(["coalesce(\(column), 3)", "\(column) IS NULL", "\(column) > 100"])
          .map { $0.shown[0] } == ["3.0", "true", "null"])
      if !derive.isEmpty { #expect(try table.columns(["y"])[0].shown[0] == "3.0") }
    }
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
      seen.insert(found.map { $0.shown[0] } + groups[1].shown)
    }
    #expect(seen.count == 1)
  }

  @Test func `figures of counted values are refused`() throws {
    let fixture = try Fixture()
    let table = try fixture.holdout(
      fixture.copy("SELECT i AS k, i / 3 AS x FROM range(9) t(i)", to: "x.parquet"))
    for sql in ["sum(x) / entropy(k)", "entropy(k)", "stddev(x), histogram(k)", "mode(k)"] {
      let error = #expect(throws: Diagnostic.self) {
        try table.check("SELECT \(sql)", isSelect: true)
      }
      #expect(error?.message.contains("must be repeatable") == true, "\(sql)")
    }
    for sql in ["sum(x)", "count(DISTINCT k)", "median(x) / max(k)"] {
      try table.check("SELECT \(sql)", isSelect: true)
    }
  }
}
