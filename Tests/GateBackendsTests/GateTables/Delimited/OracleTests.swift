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

/// 2,200 files of `oracle.py`: cells are those that Python's csv and pandas both read, or the file is refused.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct OracleTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// A file, and what both readers make of it; nil: nothing that is right.
  struct Case: Sendable {
    var path: String
    var separator: UInt8
    var bytes: Data
    var digest: String?
  }

  /// The committed files, written to the fixture's folder.
  private func cases() throws -> [Case] {
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "oracle.txt")
    let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
    return try lines.enumerated().map { number, line in
      let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      let path = "\(fixture.folder)/\(number).csv\(parts[0] == "gzip" ? ".gz" : "")"
      let bytes = try #require(Data(base64Encoded: parts[2]))
      try bytes.write(to: URL(filePath: path))
      return Case(
        path: path, separator: try #require(UInt8(parts[1])), bytes: bytes,
        digest: parts[3] == "-" ? nil : parts[3])
    }
  }

  /// One database with a table a case, all text or as the reader takes it; those that are refused throw.
  private func tables(_ cases: [Case], asText: Bool) throws -> DuckDBDatabase {
    try fixture.open(
      cases.map { item in
        var source = TableSource(name: item.path, path: item.path)
        source.csv.separator = item.separator
        if asText, let file = try? DelimitedFile(item.path, of: source) {
          source.types = ByName(file.names.map { ($0, "VARCHAR") })
        }
        return (source, [item.path])
      })
  }

  /// The cells of a table of texts, nulls empty.
  private func cells(_ table: any Table) throws -> [[String]] {
    let names = table.schema.map(\.name)
    let columns = try table.columns(names.map(\.sqlName)).map { column in
      column.shown.indices.map { column.isNull($0) ? "" : column.shown[$0] }
    }
    return [names] + (0..<table.rows).map { row in columns.map { $0[row] } }
  }

  @Test func cellsAreThoseOfBothReadersOrTheFileIsRefused() throws {
    let cases = try cases()
    let database = try tables(cases, asText: true)
    var (same, refused) = (0, 0)
    for item in cases {
      guard let table = try? database.table(item.path) else {
        refused += 1
        continue
      }
      let text = try cells(table).map { $0.joined(separator: "\u{1F}") }.joined(separator: "\u{1E}")
      #expect(
        String(try sha256(Array(text.utf8)).prefix(16)) == item.digest,
        "\(item.bytes.base64EncodedString()): \(text.debugDescription)")
      same += 1
    }
    #expect(cases.count == 2200)
    // Files that both read alike and that are refused all the same are few: text behind a closing quote, zero bytes.
    #expect(same >= 1380 && refused >= 700)
  }

  @Test func valuesAreThoseOfTheCells() throws {
    let cases = try cases().filter { $0.digest != nil }
    let texts = try tables(cases, asText: true)
    let typed = try tables(cases, asText: false)
    var numbers = 0
    for item in cases {
      guard let text = try? texts.table(item.path) else { continue }
      let cells = try cells(text)
      let table = try typed.table(item.path)
      let columns = try table.columns(table.schema.map(\.name.sqlName))
      for (place, column) in columns.enumerated() {
        for (row, cell) in cells.dropFirst().map({ $0[place] }).enumerated() {
          let isNone = cell.isEmpty || column.kind == .number && cell.lowercased() == "nan"
          #expect(column.isNull(row) == isNone, "\(item.path): \(cell)")
          if isNone { continue }
          switch column.values {
          case .doubles(let values):
            #expect(Double(cell).map { $0.bitPattern == values[row].bitPattern } == true, "\(cell)")
            numbers += 1
          case .integers(let values): #expect(Int64(cell) == values[row])
          case .booleans(let values): #expect(cell.lowercased() == "\(values[row])")
          case .strings(let codes, let dictionary):
            #expect(Array(dictionary[Int(codes[row])].utf8) == Array(cell.utf8))
          case .timestamps: #expect(cell.hasPrefix("2024-01-02"))
          }
        }
      }
    }
    #expect(numbers > 300)
  }
}
