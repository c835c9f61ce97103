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

/// What a table gives: columns, batches, derived columns, aggregates, and what stops them.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct DuckDBTableTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  static let loans = "id,income,region,good\n1,2.5,north,true\n2,,south,false\n3,4,,TRUE\n"

  @Test func everyType() throws {
    let path = try fixture.copy(
      """
      SELECT * FROM (VALUES
        (true, 1::TINYINT, 2::SMALLINT, 3::INTEGER, 4::BIGINT, 5::UTINYINT, 6::USMALLINT,
         7::UINTEGER, 8::UBIGINT, 1.5::FLOAT, 2.5::DOUBLE, 1.25::DECIMAL(4,2), -3.125::DECIMAL(9,3),
         4.5::DECIMAL(18,4), 5.5::DECIMAL(38,10), 'a', DATE '1969-12-31',
         TIMESTAMP '1970-01-01 00:00:01', TIMESTAMP_MS '1970-01-01 00:00:01.001',
         TIMESTAMP_NS '1969-12-31 23:59:59.999999999', [1, 2], 'b'::BLOB, TIME '01:02:03',
         'f0000000-0000-0000-0000-000000000000'::UUID, 'x'::ENUM('y', 'x')),
        (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
         null, null, null, null, null, null, null, null, null, null))
      t(b, i1, i2, i3, i4, u1, u2, u3, u4, f, d, d4, d9, d18, d38, s, day, us, ms, ns, l, blob, t, u, e)
      """, to: "types.parquet")
    let table = try fixture.holdout(path)
    let columns = try table.columns(table.schema.map(\.name))
    #expect(
      columns.map { $0.shown[0] } == [
        "true", "1", "2", "3", "4", "5", "6", "7", "8", "1.5", "2.5", "1.25", "-3.125", "4.5",
        "5.5",
        "a", "t-86400000000", "t1000000", "t1001000", "t-1", "[1, 2]", "b", "01:02:03",
        "f0000000-0000-0000-0000-000000000000", "x",
      ])
    #expect(columns.allSatisfy { $0.validity == [true, false] })
    let wide = try table.columns([
      "1::HUGEINT", "170141183460469231731687303715884105727::HUGEINT",
      "(-9223372036854775808)::HUGEINT", "(i1 + 300)::UHUGEINT",
    ])
    #expect(wide[0].shown == ["1", "1"])
    #expect(wide[1].shown == ["1.7014118346046923e+38", "1.7014118346046923e+38"])
    #expect(wide[2].shown == ["-9223372036854775808", "-9223372036854775808"])
    #expect(wide[3].shown == ["301", "null"])
    let over = diagnostic { _ = try table.columns(["18446744073709551615::UBIGINT"]) }
    #expect(over.message.contains("18446744073709551615 in row 1"))
  }

  @Test func nullsAtWordBorders() throws {
    let path = try fixture.copy(
      "SELECT CASE WHEN range % 64 IN (0, 63) OR range > 5000 THEN NULL ELSE range END AS x, "
        + "CASE WHEN range % 3 = 0 THEN NULL ELSE 'text number ' || range % 7 END AS s "
        + "FROM range(10000)", to: "n.parquet")
    let columns = try fixture.holdout(path).columns(["x", "s"])
    let x = (0..<10_000).map { $0 % 64 == 0 || $0 % 64 == 63 || $0 > 5000 ? "null" : "\($0)" }
    let s = (0..<10_000).map { $0 % 3 == 0 ? "null" : "text number \($0 % 7)" }
    #expect(columns[0].shown == x)
    #expect(columns[1].shown == s)
    guard case .strings(_, let dictionary) = columns[1].values else { return #expect(Bool(false)) }
    #expect(dictionary.sorted() == (0..<7).map { "text number \($0)" })
  }

  @Test func rowOrder() throws {
    let path = try fixture.copy(
      "SELECT range AS id FROM range(300000)", to: "o.parquet", "(ROW_GROUP_SIZE 4096)")
    let table = try fixture.holdout(path, derive: [("double", "id * 2"), ("more", "double + 1")])
    let expected = (0..<300_000).map { Int64($0) * 2 + 1 }
    for _ in 0..<3 {
      guard case .integers(let values) = try table.columns(["more"])[0].values else {
        return #expect(Bool(false))
      }
      #expect(values == expected)
    }
    var scanned: [Int64] = []
    var sizes: [Int] = []
    try table.scan(["more"], batch: 1000) { columns in
      guard case .integers(let values) = columns[0].values else { return }
      scanned += values
      sizes.append(values.count)
    }
    #expect(scanned == expected)
    #expect(Set(sizes) == [1000])
  }

  @Test func scanStopsWhenTheBodyThrows() throws {
    struct Enough: Error {}
    let table = try fixture.holdout(
      fixture.copy("SELECT range AS id FROM range(100000)", to: "s.parquet"))
    var calls = 0
    #expect(throws: Enough.self) {
      try table.scan(["id"], batch: 10) { _ in
        calls += 1
        if calls == 3 { throw Enough() }
      }
    }
    #expect(calls == 3)
    #expect(try table.columns(["id"])[0].count == 100_000)
  }

  @Test func aFailedTableLeavesTheOthers() throws {
    let good = try fixture.write("a.csv", Self.loans)
    let database = try fixture.open([
      (TableSource(name: "holdout", path: good), [good]),
      (TableSource(name: "current", path: "/none/*.csv"), []),
    ])
    #expect(try database.table("holdout").rows == 3)
    #expect(
      diagnostic { _ = try database.table("current") }.message.contains("no file was found at"))
    #expect(diagnostic { _ = try database.table("other") }.message == "there is no table 'other'")
  }

  @Test func derive() throws {
    let path = try fixture.write("a.csv", Self.loans)
    let table = try fixture.holdout(
      path, derive: [("half", "income / 2 -- a comment"), ("quarter", "half / 2")])
    #expect(try table.columns(["quarter"])[0].shown == ["0.625", "null", "1.0"])
    #expect(table.schema.map(\.name).suffix(2) == ["half", "quarter"])
    let taken = diagnostic { _ = try fixture.holdout(path, derive: [("Income", "1")]) }
    #expect(taken.message.contains("there is a column of that name already"))
    let unknown = diagnostic { _ = try fixture.holdout(path, derive: [("x", "incom + 1")]) }
    #expect(unknown.message.hasPrefix("holdout has no column 'incom'"))
    #expect(unknown.hint == "did you mean 'income'?")
  }

  @Test func expressionsThatFail() throws {
    let table = try fixture.holdout(fixture.write("a.csv", Self.loans))
    let unknown = diagnostic { _ = try table.columns(["id", "incme"]) }
    #expect(
      unknown.message == "holdout has no column 'incme'; it has id, income, region, good")
    #expect(unknown.hint == "did you mean 'income'?")
    let late = diagnostic { _ = try table.columns(["id", "region::INTEGER"]) }
    #expect(late.message.hasPrefix("reading 'region::INTEGER' of holdout: "))
    #expect(late.message.contains("'north'"))
    let sum = diagnostic { _ = try table.columns(["sum(id)"]) }
    #expect(sum.message.contains("'sum' is an aggregate over many rows"))
    let all = diagnostic { _ = try table.columns(["COLUMNS(*)"]) }
    #expect(all.message.contains("a star, which stands for several columns"))
  }

  @Test func queries() throws {
    let table = try fixture.holdout(fixture.write("a.csv", Self.loans))
    let columns = try table.query(
      "SELECT good, count(*) AS n, sum(id), list(id) AS ids FROM holdout GROUP BY good ORDER BY good;"
    )
    #expect(columns.map(\.name) == ["good", "n", "sum(id)", "ids"])
    #expect(
      columns.map(\.shown) == [["false", "true"], ["1", "2"], ["2", "4"], ["[2]", "[1, 3]"]])
  }

  @Test func sortsLargerThanMemorySpill() throws {
    let path = try fixture.copy(
      "SELECT hash(range) % 1000000007 AS x FROM range(6000000)", to: "l.parquet")
    let database = try fixture.open(
      [(TableSource(name: "holdout", path: path), [path])], memory: 64 << 20)
    let sorted = try database.table("holdout").query(
      "SELECT count(*) FROM (SELECT x, row_number() OVER (ORDER BY x) AS n FROM holdout) WHERE n > 0"
    )
    #expect(sorted[0].shown == ["6000000"])
  }

  @Test func interrupt() async throws {
    let path = try fixture.write("a.csv", Self.loans)
    let database = try fixture.open([(TableSource(name: "holdout", path: path), [path])])
    let stopper = Task.detached {
      while !Task.isCancelled {
        try await Task.sleep(for: .milliseconds(20))
        database.interrupt()
      }
    }
    defer { stopper.cancel() }
    let table = try database.table("holdout")
    let found = diagnostic {
      _ = try table.query("SELECT max(a.range * b.range) FROM range(1000000) a, range(1000000) b")
    }
    #expect(found.temporary)
  }
}
