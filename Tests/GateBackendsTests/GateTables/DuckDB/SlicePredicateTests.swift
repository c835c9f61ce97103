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

/// The predicates of discovered slices: the engine finds the very rows that the codes have.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct SlicePredicateTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// A column a type, with nulls, with values that no decimal is and with those that only the engine orders.
  static let rows = """
    SELECT CASE WHEN i % 11 = 0 THEN NULL ELSE i % 50 END AS whole,
      (i % 97)::FLOAT / 100 AS single, (i % 97)::FLOAT * 4 + 33554432::FLOAT AS coarse,
      CASE WHEN i % 13 = 0 THEN 'NaN'::DOUBLE WHEN i % 17 = 0 THEN 'Infinity'::DOUBLE
        WHEN i % 19 = 0 THEN '-Infinity'::DOUBLE ELSE sin(i) / 3 END AS double,
      (i % 31)::DECIMAL(9, 2) / 7 AS decimal,
      i * 1000000000000000::HUGEINT AS large,
      CASE WHEN i % 5 = 0 THEN NULL ELSE i % 3 = 0 END AS flag,
      DATE '2024-01-01' + (i % 400)::INTEGER AS day,
      TIMESTAMP '1969-06-01 05:00:00' + INTERVAL (i * 37) MINUTE AS moment,
      TIMESTAMPTZ '2024-03-01 23:00:00+00' + INTERVAL (i * 7) MINUTE AS zoned,
      CASE WHEN i % 7 = 0 THEN NULL ELSE 'it''s "' || i % 150 END AS text,
      (CASE WHEN i % 2 = 0 THEN 'low' ELSE 'high' END)::ENUM('low', 'high') AS level
    FROM range(3000) t(i)
    """

  @Test(
    arguments: [
      "whole", "single", "coarse", "double", "decimal", "large", "flag", "day", "moment", "zoned",
      "text",
      "level",
    ]) func `each condition holds of the rows that have its codes`(_ name: String) throws
  {
    let table = try fixture.holdout(try fixture.copy(Self.rows, to: "rows.parquet"))
    let type = try #require(table.schema.first { $0.name == name })
    let column = SliceColumn(
      try table.columns([name.sqlName])[0], sql: name.sqlName, declared: type.declared)
    #expect(!column.ranges.isEmpty)
    for start in stride(from: 0, to: column.ranges.count, by: 50) {
      let ranges = Array(column.ranges[start..<min(start + 50, column.ranges.count)])
      let found = try table.columns(ranges.map(column.predicate))
      for (range, condition) in zip(ranges, found) {
        guard case .booleans(let holds) = condition.values else {
          Issue.record("\(column.predicate(range)) is no condition")
          continue
        }
        let rows = holds.indices.filter { holds[$0] && !condition.isNull($0) }
        let wanted = column.codes.indices.filter { range.contains(Int(column.codes[$0])) }
        #expect(rows == wanted, "\(column.predicate(range))")
      }
    }
  }
}
