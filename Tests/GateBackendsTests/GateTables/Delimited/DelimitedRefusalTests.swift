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

/// Files that are no delimited text, or not of one form, are refused with their place.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct DelimitedRefusalTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// A file, what is wrong with it, and in which line.
  static let broken = [
    ("a,b\n1,2\n3,4,\n", "line 3 of", "has 3 cells, and the header has 2"),
    ("a,b\n1,2\n\n\n3\n", "line 5 of", "has 1 cell, and the header has 2"),
    ("a,b\n\"x\ny\",2\n3,4,5\n", "line 4 of", "has 3 cells"),
    ("a,b\n1,\"2\n3,4\n", "line 2 of", "opens a quote that is never closed"),
    ("a,b\n1,2\n3,\"4\"5\n", "line 3 of", "has text between a closing quote and ','"),
    ("a,b\n1,\0\n", "line 2 of", "holds a zero byte"),
    ("a\n1\n\n2\n", "line 3 of", "in a file of one column"),
    ("sep=;\na;b\n1;2\n", "the first line", "holds no names"),
    ("", "'", "is empty; a header line"), ("\n\n", "'", "is empty; a header line"),
  ]

  @Test(arguments: broken) func whatIsNotReadIsRefused(text: String, place: String, what: String) {
    for before in [0, 150_000] where before == 0 || text.hasPrefix("a,b\n") {
      let rows = String(repeating: "1,2\n", count: before)
      let all = before == 0 ? text : "a,b\n" + rows + text.dropFirst(4)
      let mistake = diagnostic { _ = try fixture.holdout(try fixture.write("a.csv", all)) }
      if before == 0 { #expect(mistake.message.contains(place), "\(mistake.message)") }
      if before > 0, let line = Int(place.filter(\.isNumber)) {
        #expect(mistake.message.contains("line \(line + before) of"), "\(mistake.message)")
      }
      #expect(mistake.message.contains(what), "\(mistake.message)")
      #expect(mistake.hint != nil)
    }
  }

  @Test func bytesThatAreNoText() throws {
    let path = fixture.folder + "/latin.csv"
    try Data("a,b\n1,2\n3,".utf8 + [0xE9, 0x0A]).write(to: URL(filePath: path))
    let latin = diagnostic { _ = try fixture.holdout(path) }
    #expect(latin.message.contains("line 3 of") && latin.message.contains("not UTF-8"))
    try Data([0xFF, 0xFE, 0x61, 0]).write(to: URL(filePath: path))
    #expect(diagnostic { _ = try fixture.holdout(path) }.message.contains("UTF-16"))
  }

  @Test(arguments: [
    ([0x1F, 0x8B, 0x08, 0, 0, 0], "packed with gzip"), ([0x28, 0xB5, 0x2F, 0xFD, 4], "Zstandard"),
    ([0x50, 0x41, 0x52, 0x31, 0x15, 0, 0x15], "is a Parquet file"),
    ([0x50, 0x4B, 3, 4, 20, 0], "a zip or an Excel file"),
  ])
  func `what other programs write is called by its name`(bytes: [UInt8], what: String) throws {
    let path = fixture.folder + "/data.csv"
    try Data(bytes + Array(repeating: 0xE9, count: 40)).write(to: URL(filePath: path))
    let mistake = diagnostic { _ = try fixture.holdout(path) }
    #expect(mistake.message.contains(what), "\(mistake.message)")
    #expect(mistake.hint != nil)
  }

  @Test func `a column named as a format is a column`() throws {
    let path = try fixture.write("a.csv", "PAR1,PK\n1,2\n")
    #expect(try fixture.holdout(path).rows == 1)
  }
}
