import Foundation
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

/// What a cell becomes, wherever it stands, and what is said of the cells that become nothing.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct DelimitedTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// A table with keys under `csv`.
  private func table(
    _ text: String, name: String = "a.csv", types: ByName<String> = [:], threads: Int = 2,
    _ change: (inout TextDialect) -> Void = { _ in }
  ) throws -> any Table {
    let path = try fixture.write(name, text)
    var source = TableSource(name: "holdout", path: path, types: types)
    change(&source.csv)
    return try fixture.open([(source, [path])], threads: threads).table("holdout")
  }

  /// The rows of a file of many blocks, with quotes, line ends within them and empty cells.
  static let many = (0..<120_000).map { row -> [String] in
    let note = [
      "", "plain", "a,b", "l\nl", "q\"q", "cr\r\nlf", String(repeating: "z", count: row % 90),
    ]
    return ["\(row)", note[row % note.count], "\(Double(row) / 7)"]
  }

  @Test(arguments: [1, 2, 5]) func blocksAreOneFile(threads: Int) throws {
    let lines = Self.many.map { cells in
      cells.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
    }
    let table = try table(
      "id,note,x\n" + lines.joined(separator: "\r\n"), threads: threads)
    #expect(table.schema.map(\.declared) == ["BIGINT", "VARCHAR", "DOUBLE"])
    let columns = try table.columns(["id", "note", "x"])
    #expect(columns[0].shown == Self.many.map { $0[0] })
    #expect(columns[1].shown == Self.many.map { $0[1].isEmpty ? "null" : $0[1] })
    #expect(columns[2].shown == Self.many.map { $0[2] })
  }

  @Test(arguments: [
    ("DOUBLE", "9007199254740992", true), ("DOUBLE", "9007199254740993", false),
    ("DOUBLE", "-9007199254740993", false), ("DOUBLE", "100000000000000000000", true),
    ("DOUBLE", "100000000000000000001", false), ("DOUBLE", "0009007199254740994", true),
    ("DOUBLE", "9007199254740993.0", true), ("DOUBLE", "1e300", true), ("DOUBLE", "0.1", true),
    ("FLOAT", "16777216", true), ("FLOAT", "16777217", false), ("FLOAT", "0.1", true),
    ("BIGNUM", "12", true), ("BIGNUM", "0.9", false), ("TIME", "10:00", true),
    ("TIME", "10:00:01.5", true), ("TIME", "2026-01-01 10:00:00", false),
    ("DECIMAL(9,2)", "1e2", true), ("DECIMAL(9,2)", "1.25e1", true),
    ("DECIMAL(9,2)", "1.2555e1", false), ("DECIMAL(9,2)", "1e12", false),
    ("DATE", "2026-01-01 00:00:00", true), ("DATE", "2026-01-01T00:00:00.0", true),
    ("DATE", "2026-01-01 00:00:01", false), ("DATE", "2026-01-01 x", false),
  ])
  func `a type that is stated loses no digit`(type: String, cell: String, fits: Bool) throws {
    let rows = "id,x\n1,\(cell)\n"
    if fits {
      #expect(try table(rows, types: ["x": type]).rows == 1)
    } else {
      let error = #expect(throws: Diagnostic.self) { try table(rows, types: ["x": type]) }
      #expect(error?.message.contains("which is no \(type)") == true, "\(error?.rendered ?? "")")
    }
    let line = "{\"id\": 1, \"x\": \"\(cell)\"}\n"
    let lines = try fixture.write("a.jsonl", line)
    let source = TableSource(name: "holdout", path: lines, types: ["x": type])
    let isOpen = (try? fixture.open([(source, [lines])]).table("holdout")) != nil
    #expect(isOpen == fits)
  }

  @Test func `comments do not begin as rows do`() throws {
    let error = #expect(throws: Diagnostic.self) {
      try table("a,b\n,3\n1,2\n") { $0.comment = UInt8(ascii: ",") }
    }
    #expect(error?.message.contains("'csv.comment' is ','") == true)
    for comment in ["-", "1", "a", "."] {
      let node = try parseYAML(Array("comment: '\(comment)'".utf8), name: "x.yaml")
      #expect(throws: Diagnostics.self) { try TextDialect(node) }
    }
  }

  @Test(arguments: ["csv", "jsonl"])
  func `names that differ in the form of a letter are refused`(kind: String) throws {
    let (one, two) = ("\u{e9}", "e\u{301}")
    let text = kind == "csv" ? "\(one),\(two)\n1,2\n" : "{\"\(one)\": 1, \"\(two)\": 2}\n"
    let error = #expect(throws: Diagnostic.self) { try table(text, name: "a.\(kind)") }
    #expect(error?.message.contains("the form of a letter") == true)
  }

  @Test func `the limit of time stops the reading of text`() throws {
    let path = try fixture.write(
      "a.csv", "id,x\n" + String(repeating: "1,\"a text of some length\"\n", count: 2_000_000))
    let database = try DuckDBDatabase.open(
      [TableSource(name: "holdout", path: path)], files: ["holdout": [path]],
      resources: Resources(threads: 1, seconds: 0.02), temporary: fixture.folder + "/spill")
    let error = #expect(throws: Diagnostic.self) { try database.table("holdout") }
    #expect(error?.temporary == true)
    #expect(error?.message.contains("took longer than the 0.02s they may") == true)
  }

  /// A cell, and the type of a column of ones that has it.
  static let late = [
    ("2.5", "DOUBLE"), ("9223372036854775808", "VARCHAR"), ("nan", "DOUBLE"), ("NA", "VARCHAR"),
    ("1e999", "VARCHAR"), ("1e-999", "DOUBLE"), (" 1", "VARCHAR"), ("1\t", "VARCHAR"),
    ("", "BIGINT"),
    ("00501", "BIGINT"), ("true", "VARCHAR"), ("1_0", "VARCHAR"), ("0x10", "VARCHAR"),
    ("-Infinity", "DOUBLE"), ("1,5", "VARCHAR"), ("2024-01-02", "VARCHAR"),
  ]

  @Test(arguments: late) func typesDoNotDependOnWhereACellStands(cell: String, type: String) throws
  {
    let ones = (0..<200_000).map { "\($0),1" }
    for place in [0, 100, ones.count - 1] {
      var rows = ones
      rows[place] = "\(place),\"\(cell)\""
      let table = try table("id,x\n" + rows.joined(separator: "\n") + "\n")
      #expect(table.schema.map(\.declared) == ["BIGINT", type], "\(cell) in row \(place)")
      #expect(table.rows == ones.count)
      if type == "VARCHAR" { #expect(try table.columns(["x"])[0].shown[place] == cell) }
    }
  }

  @Test func aColumnThatBeginsEmptyHasTheTypeOfWhatFollows() throws {
    let rows = (0..<200_000).map { "\($0)," } + ["200000,7"]
    let table = try table("id,x\n" + rows.joined(separator: "\n"))
    #expect(table.schema[1].declared == "BIGINT")
    #expect(try table.columns(["x"])[0].shown.last == "7")
  }

  @Test func moments() throws {
    let table = try table(
      "d,m,n,z,old\n2024-02-29,2024-01-02 03:04:05.5,1969-12-31T23:59:59.999999999,2024-01-02T00:00:00+05:30,0999-01-01\n"
        + "0001-01-01,2024-01-03,2024-01-01,2024-01-02 00:00:00Z,9999-12-31\n")
    #expect(
      table.schema.map(\.declared)
        == ["DATE", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE", "DATE"])
    let columns = try table.columns(["d", "m", "n::VARCHAR", "z"])
    #expect(columns[0].shown == ["t1709164800000000", "t-62135596800000000"])
    #expect(columns[1].shown == ["t1704164645500000", "t1704240000000000"])
    #expect(columns[2].shown == ["1969-12-31 23:59:59.999999999", "2024-01-01 00:00:00"])
    #expect(columns[3].shown == ["t1704133800000000", "t1704153600000000"])
    for cell in ["2023-02-29", "2024-13-01", "2024-1-2", "0000-01-01", "2024-01-02T24:00:00"] {
      #expect(try self.table("x\n\(cell)\n").schema[0].declared == "VARCHAR", "\(cell)")
    }
    // A moment that nanoseconds do not reach makes the column text and is not lost.
    let far = try self.table("x\n2024-01-01T00:00:00.000000001\n3000-01-01\n")
    #expect(try far.columns(["x"])[0].shown == ["2024-01-01T00:00:00.000000001", "3000-01-01"])
  }

  /// A type, a cell that survives it with what it becomes, and one that does not.
  static let stated = [
    ("INTEGER", "1.0", "1", "0.4"), ("TINYINT", "-128", "-128", "128"),
    ("BOOLEAN", "1", "true", "2"),
    ("UBIGINT", "9", "9", "-1"), ("DATE", "2024-01-02", "t1704153600000000", "2024-02-30"),
    ("DOUBLE", "1e3", "1000.0", "1e999"), ("FLOAT", "0.5", "0.5", "1e39"),
    ("DECIMAL(6,2)", "1.50", "1.5", "1.555"), ("VARCHAR", "00501", "00501", nil),
    ("TIMESTAMP", "2024-01-02", "t1704153600000000", "2024-01-02T00:00:00.0000001"),
    ("HUGEINT", "12", "12", "1.5"), ("TIME", "01:02:03", "01:02:03", "25:00:00"),
    ("BIGINT", "9223372036854775807", "9223372036854775807", "9223372036854775808"),
    ("integer", "+7", "7", "x"),
    ("TIMESTAMP_S", "2024-01-02 00:00:01", "t1704153601000000", "2024-01-02 00:00:01.5"),
  ]

  @Test(arguments: stated)
  func statedTypesLoseNothing(type: String, good: String, value: String, bad: String?) throws {
    let table = try table("id,x\n1,\(good)\n2,\n", types: ["x": type])
    #expect(try table.columns(["x"])[0].shown == [value, "null"])
    guard let bad else { return }
    let mistake = diagnostic {
      _ = try self.table("id,x\n1,\(good)\n2,\(bad)\n", types: ["x": type])
    }
    #expect(mistake.message.contains("column 'x' holds '\(bad)' in "), "\(mistake.message)")
    #expect(mistake.message.contains("which is no \(type.uppercased())"), "\(mistake.message)")
  }

  @Test func aTypeThatIsNoneIsRefused() {
    let mistake = diagnostic { _ = try table("x\n1\n", types: ["x": "DUOBLE"]) }
    #expect(mistake.hint == "did you mean 'DOUBLE'?")
    for type in ["INTEGER) , (SELECT 1", "INTEGER; DROP TABLE x", ""] {
      #expect(
        diagnostic { _ = try table("x\n1\n", types: ["x": type]) }.message.contains("no type"))
    }
  }

  @Test func dialects() throws {
    let european = try table("id;x;y\n1;1.234,5;-0,25\n2;;1e3\n3;NA;?\n") {
      ($0.decimal, $0.thousands, $0.nulls) = (0x2C, 0x2E, ["NA", "?"])
    }
    #expect(european.schema.map(\.declared) == ["BIGINT", "DOUBLE", "DOUBLE"])
    #expect(
      try european.columns(["x", "y"]).map(\.shown)
        == [["1234.5", "null", "null"], ["-0.25", "1000.0", "null"]])
    for cell in ["1.5", "12.34,5", "1.2345", ".5", "1.234.56"] {
      let wrong = try table("id;x\n1;\(cell)\n") { ($0.decimal, $0.thousands) = (0x2C, 0x2E) }
      #expect(wrong.schema[1].kind == .string, "\(cell)")
    }
    let commented = try table("# made \"today\n#,\"x\na,b\n1,2\n#3,\"4\n5,6") { $0.comment = 0x23 }
    #expect(try commented.columns(["a", "b"]).map(\.shown) == [["1", "5"], ["2", "6"]])
    let spread = try table("sep=|\r\na|b\r\n1|2\r\n") { $0.sepLine = true }
    #expect(spread.schema.map(\.name) == ["a", "b"])
    let trimmed = try table("a, b\n1, \"x, y\" \n 2\t, z\n") { $0.trim = true }
    #expect(trimmed.schema.map(\.name) == ["a", "b"])
    #expect(try trimmed.columns(["a", "b"]).map(\.shown) == [["1", "2"], ["x, y", "z"]])
    let bare = try table("a,b\n\"1,2\"\n") { $0.quote = nil }
    #expect(try bare.columns(["a", "b"]).map(\.shown) == [["\"1"], ["2\""]])
    let single = try table("a,b\n'x,''y',2\n") { $0.quote = 0x27 }
    #expect(try single.columns(["a"])[0].shown == ["x,'y"])
  }

  /// A cell that makes a column text, and the key that makes it a number again.
  static let odd = [
    ("NA", "csv: {nulls: [NA]}"), ("?", "csv: {nulls: [\"?\"]}"),
    ("null", "csv: {nulls: [\"null\"]}"),
    ("1,5", "csv: {decimal: \",\"}"), ("1.234,5", "csv: {decimal: \",\", thousands: \".\"}"),
    ("1,234.5", "csv: {thousands: \",\"}"), (" 3", "csv: {trim: true}"),
    ("0.3\t", "csv: {trim: true}"),
    ("1'000", "csv: {thousands: \"'\"}"), ("1.234.567", "csv: {decimal: \",\", thousands: \".\"}"),
  ]

  @Test(arguments: odd) func theFirstOddCellIsNamed(cell: String, key: String) throws {
    let rows = (0..<90_000).map { "\($0);\($0)" } + ["8;\(cell)", "9;\(cell)"]
    let read = try table("id;x\n" + rows.joined(separator: "\n"))
    let column = read.schema[1]
    #expect(column.oddCell?.text == cell && column.oddCell?.line == 90_002)
    let mistake = read.explaining(Diagnostic("no number"), of: "x")
    #expect(mistake.message.contains("because of '\(cell)' in line 90002 of '"))
    #expect(mistake.hint == "if that is what the file means, add to data.holdout: \(key)")
    // The key, pasted, makes it a number.
    let node = try parseYAML(Array(key.utf8), name: "m")
    let dialect = try TextDialect(node["csv"])
    let mended = try table("id;x\n1;2\n8;\(cell)\n") { $0 = dialect }
    #expect(mended.schema[1].kind != .string)
  }

  @Test func castsThatComeTooLateAreRefused() throws {
    let table = try table("zip,flag,plain\n00501,True,7\n90210,False,8\n")
    for sql in ["cast(zip as varchar)", "zip::text = '00501'", "cast(\"flag\" as string)"] {
      let mistake = diagnostic { _ = try table.columns([sql]) }
      #expect(mistake.hint?.contains("types: {") == true, "\(mistake.message)")
    }
    #expect(
      try table.columns(["plain::varchar", "zip + 1"]).map(\.shown) == [
        ["7", "8"], ["502", "90211"],
      ])
    #expect(try table.columns(["lpad(zip::varchar, 5, '0')"])[0].shown == ["00501", "90210"])
  }

  @Test func aFileThatChangesIsRefused() throws {
    for name in ["a.csv", "a.jsonl"] {
      let path = try fixture.write(name, name == "a.csv" ? "id,x\n1,2\n" : "{\"id\":1}\n")
      let digest = try sha256(file: path).sha256
      let source = TableSource(name: "holdout", path: path)
      var file = DataFile(path: path, name: name, bytes: 0, sha256: digest)
      #expect(try fixture.open([source], files: ["holdout": [file]]).table("holdout").rows == 1)
      file.sha256 = String(digest.reversed())
      let mistake = diagnostic {
        _ = try fixture.open([source], files: ["holdout": [file]]).table("holdout")
      }
      #expect(mistake.message.contains("changed while it was read"))
    }
  }

  @Test func keysOfJSONAreToldApart() throws {
    let types: ByName = ["x": "BIGINT"]
    #expect(
      diagnostic { _ = try table("{\"a\":1,\"A\":2}\n", name: "a.jsonl") }.message.contains(
        "columns 'a' and 'A', which differ in upper and lower case"))
    #expect(throws: Diagnostic.self) { try table("{\"a\":1,\"a\":2}\n", name: "b.jsonl") }
    #expect(
      try table("{\"x\":1.0}\n", name: "c.jsonl", types: types).columns(["x"])[0].shown == ["1"])
    let lost = diagnostic {
      _ = try table("{\"x\":1}\n{\"x\":0.4}\n", name: "d.jsonl", types: types)
    }
    #expect(lost.message.contains("holds '0.4' in row 2, which is no BIGINT"))
  }

  @Test func manyFilesAreOneTable() throws {
    let files = try (0..<300).map { try fixture.write("p\($0).csv", "id,x\n\($0),\($0).5\n") }
    let source = TableSource(name: "holdout", path: files[0])
    let table = try fixture.open([(source, files)]).table("holdout")
    #expect(table.rows == 300)
    #expect(try table.columns(["x"])[0].shown == (0..<300).map { "\($0).5" })
  }
}
