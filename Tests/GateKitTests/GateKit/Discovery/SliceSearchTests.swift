import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The search on one half, by itself.
@Suite struct SliceSearchTests {
  @Test func `an interval ends where the harm does, not at a wide bin's edge`() async throws {
    let values = (0..<16_000).map { Double($0) / 1000 }
    let column = SliceColumn(.numbers("x", values), sql: "\"x\"", declared: "DOUBLE")
    // A half of the rows from 3.3 to 7.2 lose one; of the others as many lose as gain.
    let losses = values.indices.map { row -> Double in
      let isHarmed = values[row] >= 3.3 && values[row] < 7.2
      return [1, isHarmed ? 1 : -1, 0, 0][row % 4]
    }
    let search = SliceSearch(
      columns: [column], values: losses, isPaired: true, isWrongOrRight: true, fewest: 50, depth: 1)
    let best = try #require(await search.best(20).slices.first)
    let range = try #require(best.conditions.first).range
    let edges = SliceEdges(.numbers("x", values), roundsTo: .digits).edges
    #expect(abs(edges[range.lowerBound - 1] - 3.3) < 0.2, "\(best.predicate([column]))")
    #expect(abs(edges[range.upperBound] - 7.2) < 0.2, "\(best.predicate([column]))")
  }

  @Test(arguments: [0..<300, 65..<300, 3..<67, 120..<121, 40..<40])
  func `the places of a slice are those whose codes are in its ranges`(_ places: Range<Int>) {
    let rows = 300
    let first = SliceColumn(
      .texts("t", (0..<rows).map { ["a", "b", "c", nil][$0 * 7 % 4] }), sql: "t", declared: nil)
    let second = SliceColumn(
      .numbers("x", (0..<rows).map { Double($0 * 37 % 101) }), sql: "x", declared: "DOUBLE")
    let slice = FoundSlice(conditions: [
      FoundSlice.Condition(column: 0, range: 1...1), FoundSlice.Condition(column: 1, range: 5...40),
    ])
    let wanted = places.filter { first.codes[$0] == 1 && (5...40).contains(second.codes[$0]) }
    #expect(slice.places(of: [first, second], places) == wanted.map(Int32.init))
  }
}
