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

/// Ids are the same when their type and their bytes are.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct PredictionIDTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// The scores of two rows with these ids, 0.1 for the first of the predictions and 0.9 for the second.
  private func scores(
    _ holdout: (String, String), _ predictions: (String, String), id: String = "id",
    types: ByName<String> = [:]
  ) throws -> [Double] {
    let rows = try fixture.copy(
      "SELECT unnest([\(holdout.0), \(holdout.1)]) AS \(id.sqlName)", to: "h.parquet")
    let file = try fixture.copy(
      "SELECT unnest([\(predictions.0), \(predictions.1)]) AS \(id.sqlName), "
        + "unnest([0.1, 0.9])::DOUBLE AS p", to: "p.parquet")
    let database = try fixture.open([
      (TableSource(name: "holdout", path: rows), [rows]),
      (TableSource(name: "scores", path: file, types: types), [file]),
    ])
    let found = try readPredictions(
      PredictionsRequest(
        role: .candidate, table: "scores", file: "p.parquet", holdoutFile: "h.parquet", id: id,
        content: .score("p"), range: 0...1), in: database)
    if case .scores(let values) = found.values { return values }
    return []
  }

  /// Ids of the holdout and those of the predictions, which are the same the other way round.
  static let same: [(one: String, other: String, in: String, and: String)] = [
    ("1::BIGINT", "2::BIGINT", "1.0::DOUBLE", "2.0::DOUBLE"),
    ("1::TINYINT", "2::TINYINT", "1::UBIGINT", "2::UBIGINT"),
    ("1::BIGINT", "2::BIGINT", "1::DECIMAL(38,10)", "2::DECIMAL(38,10)"),
    ("1::BIGINT", "2::BIGINT", "1::HUGEINT", "2::HUGEINT"),
    // Parquet has no integers of more than 64 bits but as decimals.
    (
      "9007199254740993", "9007199254740992", "9007199254740993::DECIMAL(38,0)",
      "9007199254740992::DECIMAL(38,0)"
    ),
    (
      "99999999999999999999999999999999999998::DECIMAL(38,0)",
      "99999999999999999999999999999999999999::DECIMAL(38,0)",
      "99999999999999999999999999999999999998::DECIMAL(38,0)",
      "99999999999999999999999999999999999999::DECIMAL(38,0)"
    ),
    (
      "18446744073709551614::UBIGINT", "18446744073709551615::UBIGINT",
      "18446744073709551614::DECIMAL(20,0)", "18446744073709551615::DECIMAL(20,0)"
    ),
    ("'\u{e9}'", "'e\u{301}'", "'\u{e9}'", "'e\u{301}'"),
    ("'1'", "'01'", "'1'", "'01'"), ("''", "' '", "''", "' '"),
    ("DATE '2024-01-01'", "DATE '2024-01-02'", "DATE '2024-01-01'", "DATE '2024-01-02'"),
    (
      "TIMESTAMP_NS '2024-01-01 00:00:00.000000001'",
      "TIMESTAMP_NS '2024-01-01 00:00:00.000000002'",
      "TIMESTAMP_NS '2024-01-01 00:00:00.000000001'", "TIMESTAMP_NS '2024-01-01 00:00:00.000000002'"
    ),
    ("'a'::ENUM('a', 'b')", "'b'::ENUM('a', 'b')", "'a'", "'b'"),
    ("false", "true", "false", "true"),
    // Numbers by their value, whatever zeros their type writes.
    (
      "0.5::DECIMAL(18,1)", "-1.5::DECIMAL(18,1)", "0.500::DECIMAL(18,3)", "-1.500::DECIMAL(18,3)"
    ),
    ("0.5::DECIMAL(18,1)", "0.1::DECIMAL(18,1)", "0.5::DOUBLE", "0.1::DOUBLE"),
    ("0.25::FLOAT", "0.1::FLOAT", "0.25::DOUBLE", "0.1::DOUBLE"),
  ]

  @Test(arguments: same) func `the same in any type that holds them, in any order`(
    _ one: String, _ other: String, _ mine: String, _ theirs: String
  ) throws {
    #expect(try scores((one, other), (mine, theirs)) == [0.1, 0.9])
    #expect(try scores((other, one), (mine, theirs)) == [0.9, 0.1])
    #expect(try scores((one, other), (theirs, mine)) == [0.9, 0.1])
  }

  /// Ids that are not the same, and what the message says.
  static let different: [(one: String, other: String, in: String, and: String, says: String)] = [
    (
      "0", "1", "TIMESTAMP '1970-01-01'", "TIMESTAMP '1970-01-01 00:00:00.000001'",
      "and TIMESTAMP in 'p.parquet'"
    ),
    ("0", "1", "'0'", "'1'", "and text in 'p.parquet'"),
    ("0", "1", "false", "true", "and BOOLEAN in 'p.parquet'"),
    (
      "DATE '2024-01-01'", "DATE '2024-01-02'", "TIMESTAMP '2024-01-01'", "TIMESTAMP '2024-01-02'",
      "one type"
    ),
    ("'\u{e9}'", "'a'", "'e\u{301}'", "'a'", "lacks 1 id"),
    ("1", "2", "1.5", "2.0", "lacks 1 id"), ("1", "2", "1.5::DOUBLE", "2::DOUBLE", "lacks 1 id"),
    ("0.1", "2", "0.10000000000000002::DOUBLE", "2::DOUBLE", "may have become the same"),
    ("0.1", "2", "0.1234567::FLOAT", "2::FLOAT", "may have become the same"),
    ("9007199254740993", "1", "9007199254740992::DOUBLE", "1::DOUBLE", "holds exactly"),
    ("1", "2", "'nan'::DOUBLE", "2", "is null in 1 row"),
    ("1", "2", "18446744073709551617::HUGEINT", "2", "holds exactly"),
    ("1", "2", "1.0::DOUBLE", "1.0::DOUBLE", "more than one row"),
    (
      "'00000000-0000-0000-0000-000000000001'::UUID",
      "'00000000-0000-0000-0000-000000000002'::UUID",
      "'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000002'",
      "is UUID in"
    ),
  ]

  @Test(arguments: different) func `another type or other bytes are another id`(
    _ one: String, _ other: String, _ mine: String, _ theirs: String, _ says: String
  ) throws {
    let mistake = diagnostic { _ = try scores((one, other), (mine, theirs)) }
    #expect(mistake.message.contains(says), "\(mistake.message)")
  }

  /// Ids of two kinds, the type that the hint says for the predictions.
  static let hinted: [(one: String, other: String, in: String, and: String, type: String)] = [
    ("0", "1", "'0'", "'1'", "BIGINT"), ("'0'", "'1'", "0", "1", "VARCHAR"),
    (
      "TIMESTAMP '2024-01-01'", "TIMESTAMP '2024-01-02'", "DATE '2024-01-01'", "DATE '2024-01-02'",
      "TIMESTAMP"
    ),
    (
      "'00000000-0000-0000-0000-000000000001'::UUID",
      "'00000000-0000-0000-0000-000000000002'::UUID",
      "'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000002'", "UUID"
    ),
  ]

  @Test(arguments: hinted) func `what the hint says makes them one`(
    _ one: String, _ other: String, _ mine: String, _ theirs: String, _ type: String
  ) throws {
    let mistake = diagnostic { _ = try scores((one, other), (mine, theirs)) }
    #expect(
      mistake.hint == "write 'types: {id: \(type)}' beside the path of 'p.parquet'", "\(mistake)")
    #expect(
      try scores((one, other), (mine, theirs), types: ["id": type]) == [0.1, 0.9])
    let odd = diagnostic { _ = try scores((one, other), (mine, theirs), id: "a \"b\": c") }
    #expect(odd.hint?.contains("types: {'a \"b\": c': \(type)}") == true, "\(odd)")
  }

  @Test func `ids of a text file keep the digits that a number of floating point does not`() throws
  {
    let rows = try fixture.write("h.csv", "id\n9007199254740993\n9007199254740995\n")
    func scores(_ ids: [String], _ types: ByName<String>) throws -> Predictions {
      let file = try fixture.write("p.csv", "id,p\n\(ids[0]),0.1\n\(ids[1]),0.9\n")
      let database = try fixture.open([
        (TableSource(name: "holdout", path: rows), [rows]),
        (TableSource(name: "scores", path: file, types: types), [file]),
      ])
      return try readPredictions(
        PredictionsRequest(
          role: .candidate, table: "scores", file: "p.csv", holdoutFile: "h.csv", id: "id",
          content: .score("p"), range: 0...1), in: database)
    }
    let ids = ["9007199254740995.0", "9007199254740993.0"]
    let mistake = diagnostic { _ = try scores(ids, [:]) }
    #expect(
      mistake.hint?.contains("write 'types: {id: \"DECIMAL(38,0)\"}' beside the path of 'p.csv'")
        == true, "\(mistake)")
    guard case .scores(let values) = try scores(ids, ["id": "DECIMAL(38,0)"]).values else {
      Issue.record("no scores")
      return
    }
    #expect(values == [0.9, 0.1])
    // Digits that the file has not are not made up.
    #expect(throws: Diagnostic.self) {
      _ = try scores(["9.007199254740995e15", "9.007199254740993e15"], ["id": "DECIMAL(38,0)"])
    }
  }

  @Test func `whole numbers of floating point are text to no text`() throws {
    let mistake = diagnostic { _ = try scores(("'0'", "'1'"), ("0::DOUBLE", "1::DOUBLE")) }
    #expect(mistake.hint == "write 'types: {id: BIGINT}' beside the path of 'h.parquet'")
  }
}
