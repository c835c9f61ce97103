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

/// Rows of JSON are JSON, and no number of theirs loses a digit in silence.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct JSONRowsTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  @Test(arguments: [
    (#"{"x":1,}"#, "no JSON"), (#"{"x":[1,2, ]}"#, "no JSON"), (#"{"x":{"y":1 ,  }}"#, "no JSON"),
    (#"{"x":"a\",}",}"#, "no JSON"), ("[1]", "an object was wanted"), ("7", "an object was wanted"),
    ("null", "an object was wanted"),
  ]) func `what is no row is refused with its line`(row: String, why: String) throws {
    for (lines, place) in [("", "line 2"), ("\n\n", "line 4")] {
      let path = try fixture.write("rows.jsonl", "{\"x\":1}\n\(lines)\(row)\n{\"x\":2}\n")
      let mistake = diagnostic { _ = try fixture.holdout(path) }
      #expect(mistake.message.contains(why), "\(mistake)")
      #expect(mistake.message.contains("\(place) of '\(path)'"), "\(mistake)")
    }
    let array = try fixture.write("rows.json", "[{\"x\":1},\n\(row)]")
    let mistake = diagnostic { _ = try fixture.holdout(array) }
    #expect(mistake.message.contains("row 2 of '\(array)'"), "\(mistake)")
  }

  @Test func `texts may hold what looks like that`() throws {
    let path = try fixture.write(
      "rows.jsonl", #"{"x":",}","y":"18446744073709551616"}"# + "\n" + #"{"x":"\\","y":"[1,]"}"#)
    let columns = try fixture.holdout(path).columns(["x", "y"])
    #expect(columns.map(\.shown) == [[",}", "\\"], ["18446744073709551616", "[1,]"]])
  }

  @Test func `texts that look like a time keep every letter`() throws {
    let path = try fixture.write(
      "rows.jsonl",
      #"""
      {"t":" 10:00:00.123456789","u":"0F8FAD5B-D9CB-469F-A165-70867728950E","l":["09:30"],"o":{"d":"24-1-2"}}
      {"t":"1:2:3","u":"0F8FAD5B-D9CB-469F-A165-70867728950E","l":["2024-01-02"],"o":{"d":"2024-1-2"}}
      """#)
    let columns = try fixture.holdout(path).columns(["t", "u", "l[1]", "o.d"])
    #expect(
      columns.map(\.shown) == [
        [" 10:00:00.123456789", "1:2:3"],
        [String](repeating: "0F8FAD5B-D9CB-469F-A165-70867728950E", count: 2),
        ["09:30", "2024-01-02"], ["24-1-2", "2024-1-2"],
      ])
  }

  @Test func `of texts and numbers in one column a text is itself`() throws {
    let path = try fixture.write(
      "rows.jsonl",
      #"{"v":"b"}"# + "\n" + #"{"v":1.50}"# + "\n" + #"{"v":""}"# + "\n" + #"{"v":true}"# + "\n"
        + #"{"v":null}"# + "\n" + #"{"v":[1,"x"]}"#)
    let table = try fixture.holdout(path)
    #expect(table.schema.map(\.kind) == [.string])
    #expect(try table.columns(["v"])[0].texts.prefix(4) == ["b", "1.5", "", "true"])
    #expect(
      try table.columns(["v is null"])[0].shown == [
        "false", "false", "false", "false", "true", "false",
      ])
  }

  @Test func `a number of more than 64 bits keeps its digits`() throws {
    let path = try fixture.write(
      "rows.jsonl",
      """
      {"x":1,"u":18446744073709551615,"d":0.1234567890123456789012,"e":1234567890123456789012e3}

      {"x":18446744073709551616,"u":1,"d":12345678901234567890.5,"e":1}
      {"x":-9223372036854775809,"u":2,"d":1,"e":1}
      """)
    let table = try fixture.holdout(path)
    #expect(
      try table.columns(["x"])[0].shown == ["1", "18446744073709551616", "-9223372036854775809"])
    #expect(table.schema.map(\.kind) == [.string, .integer, .number, .number])
    #expect(
      table.explaining(Diagnostic("numbers were wanted"), of: "x").message
        == "numbers were wanted; it is text because of '18446744073709551616' in line 3 of '\(path)'"
    )
    let wide = try fixture.holdout(path, types: ["x": "HUGEINT"])
    #expect(try wide.columns(["x - 18446744073709551615"])[0].shown[1] == "1.0")
  }

  @Test func `within a list it is refused`() throws {
    let path = try fixture.write("rows.jsonl", "{\"x\":[1,2]}\n{\"x\":[1, 18446744073709551616]}\n")
    let mistake = diagnostic { _ = try fixture.holdout(path) }
    #expect(mistake.message.contains("'18446744073709551616' in line 2"), "\(mistake)")
    #expect(mistake.hint == "read the column as text: types: {x: VARCHAR}")
    let table = try fixture.holdout(path, types: ["x": "VARCHAR"])
    #expect(try table.columns(["x"])[0].shown == ["[1,2]", "[1,18446744073709551616]"])
  }

  @Test(arguments: ["nan", "-NaN", "inf", "-Inf", "INFINITY"])
  func `words for numbers are those that Python writes`(word: String) throws {
    let path = try fixture.write(
      "rows.jsonl", "{\"x\":NaN,\"y\":\": inf\"}\n{\"x\":[-Infinity, \(word)]}\n")
    let mistake = diagnostic { _ = try fixture.holdout(path) }
    #expect(mistake.message.contains("line 2 of '\(path)' is no JSON: of words"), "\(mistake)")
    let good = try fixture.write(
      "good.jsonl", "{\"x\":NaN,\"y\":\": inf\"}\n{\"x\":-Infinity,\"y\":\", nan\"}\n")
    let columns = try fixture.holdout(good).columns(["x", "y"])
    #expect(columns.map(\.shown) == [["null", "-inf"], [": inf", ", nan"]])
  }

  @Test func `a key stands once in a row`() throws {
    for value in ["null", "1"] {
      let path = try fixture.write("rows.jsonl", "{\"x\":null,\"y\":2,\"x\":\(value)}\n")
      let mistake = diagnostic { _ = try fixture.holdout(path) }
      #expect(mistake.message.contains("line 1 of '\(path)' has a key twice"), "\(mistake)")
    }
  }

  @Test(arguments: [
    "epoch", "infinity", "2024-1-2", "24-01-02", " 2024-01-02", "2024-01-02 ", "2024-01-02T3:4:5",
    "2024-01-02  03:04:05", "5F0C0C6E-3C0F-4F4E-9F52-0D8A1C2B3D4E",
  ]) func `texts that only the engine takes for dates stay texts`(text: String) throws {
    let path = try fixture.write("rows.jsonl", "{\"x\":\"\(text)\"}\n{\"x\":null}\n")
    let table = try fixture.holdout(path)
    #expect(table.schema.map(\.declared) == ["VARCHAR"])
    #expect(try table.columns(["x"])[0].shown == [text, "null"])
  }

  @Test(arguments: [
    ("2024-01-02", "DATE"), ("2024-01-02T03:04:05", "TIMESTAMP"),
    ("2024-01-02 03:04:05.25", "TIMESTAMP"),
    ("2024-01-02T03:04:05+02:00", "TIMESTAMP WITH TIME ZONE"),
    ("2024-01-02T03:04:05Z", "TIMESTAMP WITH TIME ZONE"),
  ]) func `dates and times are read`(text: String, type: String) throws {
    let path = try fixture.write("rows.jsonl", "{\"x\":\"\(text)\"}\n{\"x\":null}\n")
    let table = try fixture.holdout(path)
    #expect(table.schema.map(\.declared) == [type])
    #expect(
      try table.columns(["x"])[0].shown == ["t\(OraclePage.moment(text) ?? -1)", "null"])
  }
}
