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

/// Columns have the names they have, or the table is refused.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct ReadingNamesTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  @Test(arguments: [
    ("names-case", "two columns 'Age' and 'age'"), ("names-twice", "two columns 'x'; each name"),
    ("names-fields", "'s' of "), ("names-unicode", "the form of a letter alone"),
  ]) func `parquet whose names SQL takes for the same is refused`(
    _ name: String, _ says: String
  ) throws {
    let mistake = diagnostic { _ = try fixture.holdout(Models.folder + name + ".parquet") }
    #expect(mistake.message.contains(says), "\(mistake.message)")
  }

  @Test(arguments: [
    "{\"Age\":1,\"age\":9}\n{\"Age\":2,\"age\":9}\n", "{\"a\":1,\"a\":2}\n",
    "{\"Age\":1}\n{\"age\":9}\n", "{\"s\":{\"a\":1,\"A\":2}}\n", "{\"l\":[{\"b\":1,\"B\":2}]}\n",
  ]) func `so is json`(_ text: String) throws {
    let file = try fixture.write("a.jsonl", text)
    #expect(throws: Diagnostic.self) { try fixture.holdout(file) }
  }

  @Test func `a name of the manifest's is the column's own`() throws {
    let table = try fixture.holdout(fixture.write("a.csv", "age,b\n1,2\n"))
    let mistake = diagnostic { _ = try table.columns(["AGE".sqlName]) }
    #expect(mistake.message.hasPrefix("holdout has no column 'AGE'"))
    #expect(mistake.hint == "did you mean 'age'?")
    #expect(try table.columns(["AGE + 1", "\"AGE\" + 1"]).map(\.shown) == [["2"], ["2"]])
  }

  @Test func `names that only look like the engine's own are read`() throws {
    let json = try fixture.holdout(fixture.write("a.jsonl", "{\"age\":1,\"age_1\":2,\"a_b\":3}\n"))
    #expect(try json.columns(["age", "age_1", "a_b"]).map(\.shown) == [["1"], ["2"], ["3"]])
    let parquet = try fixture.holdout(
      fixture.copy("SELECT 1 AS age, 2 AS age_1, {'x': 1, 'x_1': 2} AS s", to: "a.parquet"))
    #expect(try parquet.columns(["age", "age_1", "s.x_1"]).map(\.shown) == [["1"], ["2"], ["2"]])
  }
}

/// A type that the manifest sets holds every value, or the table is refused.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct StrictTypeTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// What a column of parquet is, as what type it is read, and what becomes of it; nil: an error.
  static let casts: [(sql: String, type: String, shown: String?)] = [
    ("0.4::DOUBLE", "INTEGER", nil), ("3.0::DOUBLE", "INTEGER", "3"), ("2", "BOOLEAN", nil),
    ("1", "BOOLEAN", "true"), ("1e300::DOUBLE", "FLOAT", nil), ("0.5::DOUBLE", "float4", "0.5"),
    ("0.1::DOUBLE", "FLOAT", nil), ("9007199254740993", "DOUBLE", nil),
    ("9007199254740992", "DOUBLE", "9007199254740992.0"), ("300", "TINYINT", nil),
    ("-1", "UBIGINT", nil), ("1.25::DECIMAL(9,3)", "DECIMAL(9,1)", nil),
    ("1.50::DECIMAL(9,3)", "decimal(38,10)", "1.5"), ("0.1::DECIMAL(9,3)", "DOUBLE", "0.1"),
    ("'inf'::DOUBLE", "BIGINT", nil), ("'inf'::DOUBLE", "FLOAT", "inf"),
    ("'nan'::DOUBLE", "BIGINT", "null"), ("0.1::DOUBLE", "VARCHAR", "0.1"), ("7", "string", "7"),
    ("TIMESTAMP '2024-01-02 03:04:05'", "DATE", nil),
    ("TIMESTAMP '2024-01-02'", "DATE", "t1704153600000000"),
    ("TIMESTAMP_NS '2024-01-02 00:00:00.000000001'", "TIMESTAMP", nil),
    ("TIMESTAMPTZ '2024-01-02 00:00:00+00'", "TIMESTAMP", "t1704153600000000"),
    ("DATE '2024-01-02'", "TIMESTAMP", "t1704153600000000"), ("DATE '2024-01-02'", "BIGINT", nil),
    ("'1e3'", "BIGINT", nil), ("'0.4'", "INTEGER", nil), ("' 7 '", "BIGINT", "7"),
    ("'007'", "BIGINT", "7"), ("'1_000'", "BIGINT", nil), ("'0x10'", "BIGINT", nil),
    ("'2'", "BOOLEAN", nil), ("'true'", "BOOLEAN", "true"), ("'1e400'", "DOUBLE", nil),
    ("'1.50'", "DOUBLE", "1.5"), ("'9007199254740993'", "DOUBLE", nil), ("'nan'", "DOUBLE", "null"),
    ("'1.005'", "DECIMAL(4,2)", nil), ("'1.500'", "DECIMAL(4,2)", "1.5"), ("'x'", "DOUBLE", nil),
    ("'2024-01-02 10:00:00'", "DATE", nil), ("'2024-01-02'", "DATE", "t1704153600000000"),
    ("'2024-01-02T00:00:00+01:00'", "TIMESTAMP", nil), ("'2024-02-30'", "DATE", nil),
    ("'2024-01-02T00:00:00+01:00'", "TIMESTAMPTZ", "t1704150000000000"),
    ("[1.5::DOUBLE]", "INTEGER[]", nil), ("[2.0::DOUBLE]", "INTEGER[]", "[2]"),
  ]

  @Test(arguments: casts) func `a value survives or is an error`(
    _ sql: String, _ type: String, _ shown: String?
  ) throws {
    let file = try fixture.copy(
      "SELECT CASE WHEN i <> 1 THEN \(sql) END AS x FROM range(3) t(i)", to: "a.parquet")
    guard let shown else {
      let mistake = diagnostic { _ = try fixture.holdout(file, types: ["x": type]) }
      #expect(mistake.message.contains(" in row 1, which does not survive as "), "\(mistake)")
      #expect(mistake.hint?.contains("'types'") == true)
      return
    }
    let table = try fixture.holdout(file, types: ["x": type])
    #expect(try table.columns(["x"])[0].shown == [shown, "null", shown])
  }

  @Test func `json keeps the text of a number for it`() throws {
    let file = try fixture.write(
      "a.jsonl", "{\"id\":12345678901234567890123,\"x\":1,\"y\":true}\n{\"id\":1,\"x\":2.0}\n")
    let table = try fixture.holdout(
      file, types: ["id": "VARCHAR", "x": "BIGINT", "y": "BOOLEAN"])
    #expect(
      try table.columns(["id", "x", "y"]).map(\.shown)
        == [["12345678901234567890123", "1"], ["1", "2"], ["true", "null"]])
    let lossy = try fixture.write("b.jsonl", "{\"y\":0.6}\n{\"y\":0.4}\n")
    #expect(throws: Diagnostic.self) { try fixture.holdout(lossy, types: ["y": "INTEGER"]) }
  }

  @Test func `files of two widths lose nothing to the wider`() throws {
    let whole = try fixture.copy("SELECT 9007199254740993 AS x", to: "a.parquet")
    let real = try fixture.copy("SELECT 1.5::DOUBLE AS x", to: "b.parquet")
    let mistake = diagnostic { _ = try fixture.holdout(whole, real) }
    #expect(mistake.message.contains("'9007199254740993' (BIGINT) in row 1"))
  }

  @Test(arguments: [
    "INTEGRE", "INTEGER), (SELECT 1", "INTEGER) || (1", "", "1", "INTEGER; SELECT 1",
    "BIGINT) AS x FROM range(3) --",
  ]) func `a type is a type`(_ type: String) throws {
    let file = try fixture.copy("SELECT 1 AS x", to: "a.parquet")
    let mistake = diagnostic { _ = try fixture.holdout(file, types: ["x": type]) }
    #expect(mistake.message.contains("is no type"), "\(mistake.message)")
  }
}
