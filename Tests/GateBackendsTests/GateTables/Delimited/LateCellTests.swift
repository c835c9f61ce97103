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

/// Cells of another kind than the first ones, far behind them: a file of many blocks and of several batches.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct LateCellTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  static let rows = 140_000

  /// A table whose second column has `first` in its cells, and `late` from a place on.
  private func table(
    _ first: String, _ late: String, from place: Int, nulls: Set<Int> = [], threads: Int = 2
  ) throws -> any Table {
    var text = "id,x,note\n"
    for row in 0..<Self.rows {
      text += "\(row),\(nulls.contains(row) ? "" : row < place ? first : late),"
      text += row % 1000 == 0 ? "a note of more than twelve bytes \(row)\n" : "short\n"
    }
    let path = try fixture.write("late.csv", text)
    return try fixture.open(
      [(TableSource(name: "holdout", path: path), [path])], threads: threads
    ).table("holdout")
  }

  @Test(arguments: [
    ("7", "7.5", "DOUBLE"), ("7", "x", "VARCHAR"), ("7", "2026-01-01", "VARCHAR"),
    ("2026-01-01", "2026-01-01 10:00:00", "TIMESTAMP"), ("true", "7", "VARCHAR"),
    ("7", "99999999999999999999", "VARCHAR"), ("7", "7", "BIGINT"),
    ("2026-01-01 10:00:00", "2026-01-01 10:00:00.123456789", "TIMESTAMP_NS"),
  ])
  func `the type of a column is that of all its cells`(
    first: String, late: String, type: String
  ) throws {
    for place in [130_000, Self.rows - 1] {
      let table = try table(first, late, from: place)
      #expect(table.schema.map(\.declared) == ["BIGINT", type, "VARCHAR"])
      #expect(table.rows == Self.rows)
    }
  }

  @Test(arguments: [1, 2, 3]) func `rows keep their order and their values`(threads: Int) throws {
    let nulls: Set = [0, 63, 64, 4095, 122_879, 122_880, Self.rows - 1]
    let table = try table("7", "7.5", from: 125_000, nulls: nulls, threads: threads)
    let columns = try table.columns(["id", "x", "note"])
    let wanted = (0..<Self.rows).map { nulls.contains($0) ? "null" : $0 < 125_000 ? "7.0" : "7.5" }
    #expect(columns[0].shown == (0..<Self.rows).map { "\($0)" })
    #expect(columns[1].shown == wanted)
    #expect(
      columns[2].shown
        == (0..<Self.rows).map {
          $0 % 1000 == 0 ? "a note of more than twelve bytes \($0)" : "short"
        })
  }

  @Test func `flags and texts of any length survive a batch`() throws {
    let lengths = [0, 1, 11, 12, 13, 100, 5000]
    let rows = (0..<130_000).map { row -> (flag: String, text: String) in
      let length = row % 97 == 0 ? lengths[row / 97 % lengths.count] : row % 13
      return (
        row % 3 == 0 ? "true" : row % 3 == 1 ? "false" : "",
        String(repeating: ["é", "z"][row % 2], count: length)
      )
    }
    let text = "flag,text\n" + rows.map { "\($0.flag),\($0.text)\n" }.joined()
    let path = try fixture.write("flags.csv", text)
    let table = try fixture.open([(TableSource(name: "holdout", path: path), [path])])
      .table("holdout")
    #expect(table.schema.map(\.declared) == ["BOOLEAN", "VARCHAR"])
    let columns = try table.columns(["flag", "text"])
    #expect(columns[0].shown == rows.map { $0.flag.isEmpty ? "null" : $0.flag })
    #expect(columns[1].shown == rows.map { $0.text.isEmpty ? "null" : $0.text })
  }
}
