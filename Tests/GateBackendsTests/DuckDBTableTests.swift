import GateKit
import Testing

@testable import GateBackends

@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct DuckDBTableTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  static let loans = "id,income,region,good\n1,2.5,north,true\n2,,south,false\n3,4,,TRUE\n"

  @Test func csv() throws {
    let table = try fixture.holdout(fixture.write("a.csv", Self.loans))
    #expect(table.rows == 3)
    #expect(table.schema.map(\.name) == ["id", "income", "region", "good"])
    #expect(table.schema.map(\.kind) == [.integer, .number, .string, .boolean])
    #expect(table.schema.map(\.declared) == ["BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN"])
    let columns = try table.columns(["id", "income", "region", "good"])
    #expect(columns[0].shown == ["1", "2", "3"])
    #expect(columns[0].validity == nil)
    #expect(columns[1].shown == ["2.5", "null", "4.0"])
    #expect(columns[1].validity == [true, false, true])
    #expect(columns[2].shown == ["north", "south", "null"])
    #expect(columns[3].shown == ["true", "false", "true"])
    #expect(columns.map(\.name) == ["id", "income", "region", "good"])
  }

  @Test(arguments: ["a.csv", "a.csv.gz", "a.tsv", "a.tsv.gz"]) func text(_ name: String) throws {
    let separator = name.contains("tsv") ? "\\t" : ","
    let path = try fixture.copy(
      "SELECT range AS id, 'r' || range AS region FROM range(5000)", to: name,
      "(FORMAT csv, HEADER, DELIMITER E'\(separator)')")
    let table = try fixture.holdout(path)
    #expect(table.rows == 5000)
    let columns = try table.columns(["id", "region"])
    #expect(columns[0].shown == (0..<5000).map { "\($0)" })
    #expect(columns[1].shown == (0..<5000).map { "r\($0)" })
  }

  @Test func dialects() throws {
    let crlf = try fixture.holdout(fixture.write("crlf.csv", "id,x\r\n1,2\r\n3,4\r\n"))
    #expect(crlf.schema.map(\.name) == ["id", "x"])
    #expect(try crlf.columns(["x"])[0].shown == ["2", "4"])
    let semicolon = try fixture.holdout(fixture.write("s.csv", "id;\"x, y\"\n1;2\n"))
    #expect(semicolon.schema.map(\.name) == ["id", "x, y"])
    #expect(try semicolon.columns(["\"x, y\""])[0].shown == ["2"])
    let mark = try fixture.holdout(fixture.write("bom.csv", "\u{FEFF}id,x\n1,2\n"))
    #expect(mark.schema.map(\.name) == ["id", "x"])
    let odd = try fixture.holdout(fixture.write("b[1]*.csv", "id\n7\n"))
    #expect(try odd.columns(["id"])[0].shown == ["7"])
  }

  @Test func typesFollowFromAllRows() throws {
    let rows = (0..<30_000).map { "\($0),\($0)" }.joined(separator: "\n")
    let table = try fixture.holdout(fixture.write("a.csv", "id,x\n\(rows)\n9,late\n"))
    #expect(table.schema.map(\.declared) == ["BIGINT", "VARCHAR"])
    #expect(try table.columns(["x"])[0].shown.last == "late")
  }

  @Test func typesOfText() throws {
    let table = try fixture.holdout(
      fixture.write(
        "a.csv",
        "i,big,d,day,us,moment,zone,none,bool\n"
          + "1,12345678901234567890,1e3,2024-01-02,01/02/2024,2024-01-02 00:00:01,"
          + "2024-01-02T00:00:00+01:00,,true\n2,1,nan,2024-01-03,x,2024-01-02,,,1\n"))
    #expect(
      table.schema.map(\.declared) == [
        "BIGINT", "VARCHAR", "DOUBLE", "DATE", "VARCHAR", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE",
        "VARCHAR", "VARCHAR",
      ])
    let columns = try table.columns(["day", "moment", "zone", "d"])
    #expect(columns[0].shown == ["t1704153600000000", "t1704240000000000"])
    #expect(columns[1].shown == ["t1704153601000000", "t1704153600000000"])
    #expect(columns[2].shown == ["t1704150000000000", "null"])
    #expect(columns[3].shown == ["1000.0", "nan"])
  }

  @Test func typesAreOverridden() throws {
    let path = try fixture.write("a.csv", "zip,x\n00501,1\n")
    let table = try fixture.holdout(path, types: ["zip": "VARCHAR"])
    #expect(try table.columns(["zip"])[0].shown == ["00501"])
    let mistake = diagnostic { _ = try fixture.holdout(path, types: ["zib": "VARCHAR"]) }
    #expect(mistake.message == "holdout has no column 'zib' to set the type of")
    #expect(mistake.hint == "did you mean 'zip'?")
    let wrong = diagnostic {
      _ = try fixture.holdout(
        fixture.write("b.csv", "x\n1\na\n"), types: ["x": "BIGINT"]
      ).columns(["x"])
    }
    #expect(wrong.message.contains("line 3") && wrong.message.contains("Could not convert"))
  }

  @Test func raggedRowsAreErrors() throws {
    for (name, row) in [("more.csv", "3,4,5"), ("fewer.csv", "6")] {
      let path = try fixture.write(name, "id,x\n1,2\n\(row)\n7,8\n")
      let mistake = diagnostic { _ = try fixture.holdout(path) }
      #expect(mistake.message.contains("'\(path)', line 3: Expected Number of Columns: 2 Found: "))
      #expect(mistake.message.hasSuffix("in '\(row)'"))
    }
  }

  @Test func headers() throws {
    let empty = diagnostic { _ = try fixture.holdout(fixture.write("e.csv", "")) }
    #expect(empty.message.contains("is empty; a header line"))
    let twice = diagnostic { _ = try fixture.holdout(fixture.write("d.csv", "a,b,A\n1,2,3\n")) }
    #expect(twice.message.contains("two columns 'A'"))
    let only = try fixture.holdout(fixture.write("h.csv", "a,b\n"))
    #expect(only.rows == 0)
    #expect(try only.columns(["a"])[0].count == 0)
  }

  @Test func cellsAreKept() throws {
    let table = try fixture.holdout(
      fixture.write(
        "q.csv", "id,x\n1,\"a\nb,\"\"c\"\"\"\n2,\"naïve 🦊 日本\"\n3,twelve bytes\n4,thirteen byte\n"))
    #expect(
      try table.columns(["x"])[0].shown
        == ["a\nb,\"c\"", "naïve 🦊 日本", "twelve bytes", "thirteen byte"])
    let huge = String(repeating: "z", count: 10_000_000)
    let big = try fixture.holdout(fixture.write("big.csv", "id,x\n1,\(huge)\n2,b\n"))
    #expect(try big.columns(["x"])[0].shown == [huge, "b"])
  }

  @Test func manyColumns() throws {
    let names = (0..<5000).map { "c\($0)" }
    let row = (0..<5000).map { "\($0)" }.joined(separator: ",")
    let table = try fixture.holdout(
      fixture.write("wide.csv", names.joined(separator: ",") + "\n\(row)\n\(row)\n"))
    #expect(table.schema.count == 5000)
    let columns = try table.columns(names)
    #expect(columns.enumerated().allSatisfy { $1.shown == ["\($0)", "\($0)"] })
  }

  @Test func jsonLines() throws {
    let table = try fixture.holdout(
      fixture.write(
        "a.jsonl",
        "{\"a\":1,\"d\":\"2024-01-02\",\"us\":\"01/02/2024\",\"s\":{\"q\":[1,2]}}\n"
          + "{\"a\":2.5,\"t\":\"2024-01-02T00:00:01Z\",\"late\":\"x\"}\n"))
    let columns = try table.columns(["a", "d", "us", "s", "t", "late"])
    #expect(columns[0].shown == ["1.0", "2.5"])
    #expect(columns[1].shown == ["t1704153600000000", "null"])
    #expect(columns[2].shown == ["01/02/2024", "null"])
    #expect(columns[3].shown == ["{'q': [1, 2]}", "null"])
    #expect(columns[4].shown == ["null", "t1704153601000000"])
    #expect(columns[5].shown == ["null", "x"])
    let array = try fixture.holdout(fixture.write("a.json", "[{\"a\":1},{\"a\":2}]"))
    #expect(try array.columns(["a"])[0].shown == ["1", "2"])
    let broken = diagnostic {
      _ = try fixture.holdout(fixture.write("b.jsonl", "{\"a\":1}\n{\"a\":\n"))
    }
    #expect(broken.message.contains("Malformed JSON") && broken.message.contains("line"))
    #expect(
      diagnostic { _ = try fixture.holdout(fixture.write("e.jsonl", "")) }.hint
        == "one json object a row was wanted")
  }

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

  @Test func severalFiles() throws {
    let a = try fixture.write("a.csv", "id,x\n1,2\n")
    let b = try fixture.write("b.csv", "x,id\n2.5,3\n")
    let both = try fixture.holdout(a, b)
    #expect(both.schema.map(\.declared) == ["BIGINT", "DOUBLE"])
    #expect(try both.columns(["id", "x"]).map(\.shown) == [["1", "3"], ["2.0", "2.5"]])
    let c = try fixture.write("c.csv", "id,y\n1,2\n")
    #expect(
      diagnostic { _ = try fixture.holdout(a, c) }.message
        == "holdout: '\(c)' lacks the column 'x' that '\(a)' has")
    let p = try fixture.copy("SELECT 1 AS a", to: "p.parquet")
    let q = try fixture.copy("SELECT 2.5::DOUBLE AS a", to: "q.parquet")
    let r = try fixture.copy("SELECT 1 AS a, 2 AS b", to: "r.parquet")
    let s = try fixture.copy("SELECT 'x' AS a", to: "s.parquet")
    #expect(try fixture.holdout(p, q).columns(["a"])[0].shown == ["1.0", "2.5"])
    #expect(diagnostic { _ = try fixture.holdout(p, r) }.message.contains("has a column 'b'"))
    #expect(diagnostic { _ = try fixture.holdout(r, p) }.message.contains("lacks the column 'b'"))
    #expect(
      diagnostic { _ = try fixture.holdout(p, s) }.message
        == "holdout: column 'a' is VARCHAR in '\(s)' and INTEGER in '\(p)'")
    #expect(diagnostic { _ = try fixture.holdout(a, p) }.message.contains("different formats"))
  }

  @Test func formats() throws {
    let path = try fixture.write("a.dat", "id\n1\n")
    #expect(try fixture.holdout(path, format: "csv").rows == 1)
    #expect(diagnostic { _ = try fixture.holdout(path) }.message.contains("does not follow"))
    #expect(
      diagnostic { _ = try fixture.holdout(path, format: "parket") }.hint
        == "did you mean 'parquet'?")
    let missing = diagnostic { _ = try fixture.holdout(fixture.folder + "/none.csv") }
    #expect(missing.message.hasSuffix("No such file or directory"))
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
    #expect(
      late.message.contains("line 2") && late.message.contains("'north'")
        || late.message.contains("\"north\""))
    let sum = diagnostic { _ = try table.columns(["sum(id)"]) }
    #expect(sum.message.contains("1 values were found; one for each of the 3 rows was wanted"))
    let all = diagnostic { _ = try table.columns(["COLUMNS(*)"]) }
    #expect(all.message.contains("it gives 4 columns; one was wanted"))
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
}
