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

/// 800 files of `json_oracle.py`: cells are those that Python's json reads, or the file is refused.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct JSONOracleTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// The committed files, written to the fixture's folder.
  private func cases() throws -> [OraclePage.Case] {
    try OraclePage.cases("json_oracle.txt", in: fixture) { $0 == "gzip" ? ".jsonl.gz" : ".jsonl" }
  }

  /// One database with a table a case, as the reader takes it.
  private func typed(_ cases: [OraclePage.Case]) throws -> DuckDBDatabase {
    try fixture.open(cases.map { (TableSource(name: $0.path, path: $0.path), [$0.path]) })
  }

  /// The same with every column as text.
  private func texts(_ cases: [OraclePage.Case], _ typed: DuckDBDatabase) throws -> DuckDBDatabase {
    try fixture.open(
      cases.map { item in
        var source = TableSource(name: item.path, path: item.path)
        if let table = try? typed.table(item.path) {
          source.types = ByName(table.schema.map { ($0.name, "VARCHAR") })
        }
        return (source, [item.path])
      })
  }

  /// The columns of a table of texts.
  private func cells(_ table: any Table) throws -> [(name: String, cells: [String?])] {
    let names = table.schema.map(\.name)
    return try zip(names, table.columns(names.map(\.sqlName))).map { name, column in
      (name, column.shown.indices.map { column.isNull($0) ? nil : column.shown[$0] })
    }
  }

  @Test func cellsAreThoseOfPythonOrTheFileIsRefused() throws {
    let cases = try cases()
    let types = try typed(cases)
    let database = try texts(cases, types)
    var (same, refused) = (0, 0)
    for item in cases {
      guard (try? types.table(item.path)) != nil else {
        refused += 1
        continue
      }
      let table = try database.table(item.path)
      let text = OraclePage.text(try cells(table), rows: table.rows)
      let digest = try OraclePage.digest(text)
      #expect(digest == item.digest, item.told(text))
      same += 1
    }
    #expect(cases.count == 800)
    // Files that Python reads and that are refused are few: a byte order mark, a key without a letter, padded gzip.
    #expect(same >= 300 && refused >= 400)
  }

  @Test func valuesAreThoseOfTheCells() throws {
    let cases = try cases().filter { $0.digest != nil }
    let types = try typed(cases)
    let database = try texts(cases, types)
    var seen: [ColumnType.Kind: Int] = [:]
    for item in cases {
      guard let table = try? types.table(item.path) else { continue }
      for (type, text) in zip(table.schema, try cells(database.table(item.path))) {
        #expect(type.name == text.name)
        let isList = type.kind == .other && type.declared != "JSON"
        let sql = isList ? "to_json(\(type.name.sqlName))::VARCHAR" : type.name.sqlName
        let column = try table.columns([sql])[0]
        for (row, cell) in text.cells.enumerated() {
          seen[type.kind, default: 0] += 1
          let fits =
            type.kind == .other
            ? Self.says(column.isNull(row) ? nil : column.shown[row], cell)
            : Self.holds(column, row, cell)
          #expect(fits, item.told("\(type.declared) \(cell ?? "null") \(column.shown[row])"))
        }
      }
    }
    #expect(seen.count == 6 && seen.values.allSatisfy { $0 >= 30 })
  }

  /// Whether a row of a column is the value of a cell.
  private static func holds(_ column: Column, _ row: Int, _ cell: String?) -> Bool {
    // A NaN is a missing value.
    guard let cell, cell != "NaN" || column.kind == .string else { return column.isNull(row) }
    if column.isNull(row) { return false }
    switch column.values {
    case .doubles(let values): return Double(cell)?.bitPattern == values[row].bitPattern
    case .integers(let values): return Int64(cell) == values[row]
    case .booleans(let values): return cell == "\(values[row])"
    case .strings: return Array(column.texts[row].utf8) == Array(cell.utf8)
    case .timestamps(let values): return OraclePage.moment(cell) == values[row]
    }
  }

  /// Whether the JSON of a value that is a list, an object or one of several types says the same as a cell.
  private static func says(_ json: String?, _ cell: String?) -> Bool {
    guard let json, let cell else { return json == nil && cell == nil }
    if json.utf8.first == UInt8(ascii: "\"") {
      guard case .string(let text)? = try? JSON(parsing: json, name: "a cell") else { return false }
      return text.isSame(as: cell)
    }
    if json.isSame(as: cell) { return true }
    // A fraction is the same where its double is.
    if cell.contains(/[.e]/), let one = Double(json), let other = Double(cell) {
      return one.bitPattern == other.bitPattern
    }
    return plain(json) == plain(cell)
  }

  /// JSON with numbers as their doubles are written and without members that are null; what Foundation does not read as
  /// it is.
  private static func plain(_ json: String) -> String {
    func plain(_ value: Any) -> Any? {
      switch value {
      case is NSNull: return nil
      case let items as [Any]: return items.map { plain($0) ?? NSNull() }
      case let members as [String: Any]: return members.compactMapValues(plain)
      default: return value
      }
    }
    guard
      let value = try? JSONSerialization.jsonObject(
        with: Data(json.utf8), options: .fragmentsAllowed),
      let data = try? JSONSerialization.data(
        withJSONObject: plain(value) ?? NSNull(), options: [.fragmentsAllowed, .sortedKeys])
    else { return json }
    return String(decoding: data, as: UTF8.self)
  }
}
