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

/// Files become tables: dialects, types, headers, several files.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct DuckDBReadingTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  @Test func csv() throws {
    let table = try fixture.holdout(fixture.write("a.csv", DuckDBTableTests.loans))
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

  /// What is said of a file is said by its name in the record, wherever the folder stands.
  @Test func mistakesNameFilesAsWritten() throws {
    let path = try fixture.write("rows.csv", "x\n1\na\n")
    let file = DataFile(path: path, name: "rows.csv", bytes: 0, sha256: "")
    func mistake(_ types: ByName<String>, _ name: String) -> Diagnostic {
      diagnostic {
        let source = TableSource(name: "holdout", path: path, types: types)
        let held = DataFile(path: path, name: name, bytes: 0, sha256: "")
        _ = try fixture.open([source], files: ["holdout": [held]]).table("holdout")
      }
    }
    #expect(mistake(["x": "BIGINT"], "rows.csv").message.contains("in line 3 of 'rows.csv'"))
    let source = TableSource(name: "holdout", path: path)
    let table = try fixture.open([source], files: ["holdout": [file]]).table("holdout")
    #expect(table.schema.first?.oddCell?.file == "rows.csv")
    let odd = try fixture.write("odd.json", "[1, 2]\n")
    let other = diagnostic {
      let source = TableSource(name: "holdout", path: odd)
      let held = DataFile(path: odd, name: "data/odd.json", bytes: 0, sha256: "")
      _ = try fixture.open([source], files: ["holdout": [held]]).table("holdout")
    }
    #expect(!other.sentence.contains(fixture.folder), "\(other)")
  }

  /// A NaN of any type of numbers is a missing value, in json lines as in csv.
  @Test func notANumberOfStatedTypesIsMissing() throws {
    for type in ["INTEGER", "DECIMAL(9,2)", "DOUBLE"] {
      let rows = try fixture.write("n.jsonl", "{\"x\": 1}\n{\"x\": \"NaN\"}\n")
      let table = try fixture.holdout(rows, types: ["x": type])
      #expect(try table.columns(["x IS NULL"])[0].shown == ["false", "true"], "\(type)")
    }
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
    #expect(columns[3].shown == ["1000.0", "null"])
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
    #expect(wrong.message.contains("line 3") && wrong.message.contains("'a'"))
  }

  @Test func raggedRowsAreErrors() throws {
    for (name, row, found) in [
      ("more.csv", "3,4,5", "3 cells"), ("empty.csv", "3,4,", "3 cells"),
      ("fewer.csv", "6", "1 cell"),
    ] {
      let path = try fixture.write(name, "id,x\n1,2\n\(row)\n7,8\n")
      let mistake = diagnostic { _ = try fixture.holdout(path) }
      #expect(
        mistake.message == "holdout: line 3 of '\(path)' has \(found), and the header has 2")
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
    let columns = try table.columns(names.map(\.sqlName))
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
}
