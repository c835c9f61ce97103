import GateSystem
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateTables

/// Rows that are written for a program, read back.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing")) struct RowsWriterTests {
  /// Columns of every type, with nulls and with texts that a file might take for something else.
  private func columns(_ rows: Int) -> [Column] {
    let texts = ["", "a,b", "say \"no\"", "two\nlines", "NULL", "größe", " x ", "1", "'"]
    let validity = (0..<rows).map { $0 % 7 != 3 }
    return [
      Column(
        name: "number", values: .doubles((0..<rows).map { Double($0) / 3 }), validity: validity),
      Column(
        name: "whole", values: .integers((0..<rows).map { Int64($0) - 9_007_199_254_740_993 })),
      Column(name: "flag", values: .booleans((0..<rows).map { $0 % 3 == 0 }), validity: validity),
      Column(
        name: "two \"words\"",
        values: .strings(codes: (0..<rows).map { Int32($0 % texts.count) }, dictionary: texts),
        validity: validity),
      Column(name: "at", values: .timestamps((0..<rows).map { Int64($0) * 1_000_003 })),
    ]
  }

  /// The texts of a column, null as nil.
  private func texts(_ column: Column) -> [String?] {
    column.values(as: JSON.self).map { $0 == .null ? nil : $0.compact }
  }

  private func read(_ path: String, _ fixture: Fixture) throws -> [Column] {
    let table = try fixture.open([(TableSource(name: "t", path: path), [path])]).table("t")
    return zip(try table.columns(table.schema.map(\.name.sqlName)), table.schema).map {
      $0.named($1.name)
    }
  }

  @Test(arguments: [0, 1, 2047, 2048, 2049, 200_000])
  func `Parquet gives back every value`(rows: Int) throws {
    let fixture = try Fixture()
    let path = fixture.folder + "/t.parquet"
    let written = columns(rows)
    try RowsWriter.write(path) { try $0(written) }
    let found = try read(path, fixture)
    #expect(found.map(\.name) == written.map(\.name))
    for (one, other) in zip(found, written) { #expect(texts(one) == texts(other), "\(one.name)") }
  }

  @Test func `rows that come some at a time are those that come at once`() throws {
    let fixture = try Fixture()
    let path = fixture.folder + "/t.parquet"
    let whole = columns(5000)
    try RowsWriter.write(path) { append in
      for start in stride(from: 0, to: 5000, by: 777) {
        try append(whole.map { $0.rows(start..<min(5000, start + 777)) })
      }
    }
    for (one, other) in zip(try read(path, fixture), whole) { #expect(texts(one) == texts(other)) }
  }

  @Test func `CSV and JSON lines give back texts, and nulls as nothing`() throws {
    let fixture = try Fixture()
    let all = columns(20)
    for ending in ["csv", "jsonl"] {
      let path = "\(fixture.folder)/t.\(ending)"
      try RowsWriter.write(path) { try $0(all) }
      let found = try read(path, fixture)
      #expect(found.map(\.name) == all.map(\.name), "\(ending)")
      // CSV has no text that is empty and there: both are nothing.
      let mine = texts(found[3]).map { $0 == "\"\"\n" ? nil : $0 }
      #expect(mine == texts(all[3]).map { $0 == "\"\"\n" ? nil : $0 }, "\(ending)")
      #expect(texts(found[0]) == texts(all[0]), "\(ending)")
    }
  }

  @Test func `an ending that says nothing is refused`() throws {
    let fixture = try Fixture()
    let mistake = try problem {
      try RowsWriter.write(fixture.folder + "/t.xml") { try $0(columns(1)) }
    }
    #expect(mistake.message == "rows are not written as 'xml'")
  }
}

extension Column {
  /// Some of its rows.
  fileprivate func rows(_ range: Range<Int>) -> Column {
    let cut: Values =
      switch values {
      case .doubles(let all): .doubles(Array(all[range]))
      case .integers(let all): .integers(Array(all[range]))
      case .booleans(let all): .booleans(Array(all[range]))
      case .timestamps(let all): .timestamps(Array(all[range]))
      case .strings(let codes, let texts):
        .strings(codes: Array(codes[range]), dictionary: texts)
      }
    return Column(name: name, values: cut, validity: validity.map { Array($0[range]) })
  }
}
