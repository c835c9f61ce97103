import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Columns as codes: every range's predicate is true for just the rows whose codes are in it.
@Suite struct SliceColumnTests {
  @Test func `few numbers are a bin each, with round edges between`() throws {
    let column = SliceColumn(
      .numbers("x", [0.31, 24.7, nil, 0.31, -7]), sql: "\"x\"", declared: "DOUBLE")
    #expect(column.codes == [1, 2, 3, 1, 0])
    #expect(column.width == 4)
    #expect(
      column.ranges.map(column.predicate) == [
        "\"x\" < 0", "\"x\" < 20", "\"x\" IS NOT NULL", "\"x\" >= 0 AND \"x\" < 20", "\"x\" >= 0",
        "\"x\" >= 20", "\"x\" IS NULL",
      ])
  }

  @Test func `many numbers are cut at quantiles`() throws {
    let values = (0..<16_000).map { Double($0) / 1000 }
    let column = SliceColumn(
      .numbers("x", values), sql: "\"x\"", declared: "DOUBLE")
    #expect(column.width == 64 && column.groupWidth == 16)
    #expect(column.predicate(column.codes(of: 3...4)) == "\"x\" >= 3 AND \"x\" < 5")
    let grouped = column.grouped(values.count).codes
    #expect(grouped[2999] == 2 && grouped[3000] == 3 && grouped[15_999] == 15)
    #expect(column.ranges.count == 16 * 17 / 2 - 1)
    #expect(column.codes[2999] < column.codes[3000])
  }

  @Test func `a value that many rows have is a bin by itself`() throws {
    let values = (0..<1000).map { $0 < 600 ? 50 : Double($0 % 200) }
    let column = SliceColumn(.numbers("x", values), sql: "\"x\"", declared: "DOUBLE")
    let code = try #require(column.codes.first)
    #expect(values.indices.allSatisfy { (column.codes[$0] == code) == (values[$0] == 50) })
    #expect(column.predicate(Int(code)...Int(code)) == "\"x\" >= 50 AND \"x\" < 51")
    #expect(column.groupWidth <= SliceEdges.mostBins)
  }

  @Test func `NaN is a missing value, and infinities are the largest and smallest numbers`()
    throws
  {
    let column = SliceColumn(
      .numbers("x", [1, .nan, .infinity, -.infinity, nil]), sql: "\"x\"", declared: "DOUBLE")
    #expect(column.codes == [1, 3, 2, 0, 3])
    #expect(column.predicate(3...3) == "\"x\" IS NULL")
    #expect(column.predicate(2...2) == "\"x\" >= 'Infinity'::DOUBLE")
    #expect(column.predicate(1...1) == "\"x\" >= 0 AND \"x\" < 'Infinity'::DOUBLE")
  }

  @Test func `literals are read as the number they stand for`() {
    #expect(0.35.literal(isDecimal: true) == "0.35")
    #expect(0.35.literal(isDecimal: false) == "0.35e0")
    #expect(0.1234567890123456.literal(isDecimal: true) == "0.1234567890123456e0")
    #expect(1e300.literal(isDecimal: true) == "1e+300")
    #expect((-3.0).literal(isDecimal: false) == "-3")
    #expect(33_554_450.0.literal(isDecimal: true) == "33554450")
    #expect(33_554_450.0.literal(isDecimal: false) == "33554450.0e0")
    #expect(9_007_199_254_740_992.0.literal(isDecimal: true) == "9007199254740992.0e0")
  }

  @Test func `texts, truth values and moments`() throws {
    let texts = SliceColumn(
      .texts("t", ["it's", nil, "b", "it's"]), sql: "\"t\"", declared: "VARCHAR")
    #expect(
      texts.ranges.map(texts.predicate) == ["\"t\" = 'it''s'", "\"t\" = 'b'", "\"t\" IS NULL"])
    #expect(texts.codes == [0, 2, 1, 0])
    let flags = SliceColumn(
      Column(name: "f", values: .booleans([true, false, true])), sql: "\"f\"", declared: "BOOLEAN")
    #expect(flags.ranges.map(flags.predicate) == ["\"f\" = false", "\"f\" = true"])
    #expect(flags.codes == [1, 0, 1])
    let day: Int64 = 86_400_000_000
    func moments(_ declared: String) -> [String] {
      let column = SliceColumn(
        Column(name: "m", values: .timestamps([0, 20_000 * day + 3_600_000_000])), sql: "\"m\"",
        declared: declared)
      return column.ranges.map(column.predicate)
    }
    #expect(moments("DATE") == ["\"m\" < DATE '2024-10-04'", "\"m\" >= DATE '2024-10-04'"])
    #expect(moments("TIMESTAMP")[0] == "\"m\" < TIMESTAMP '2024-10-04'")
    #expect(
      moments("TIMESTAMP WITH TIME ZONE")[0] == "\"m\" < TIMESTAMPTZ '2024-10-04 00:00:00+00'")
  }
}
