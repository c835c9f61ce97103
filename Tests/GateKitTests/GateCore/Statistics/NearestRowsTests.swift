import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The nearest rows are those that a look at every row finds.
@Suite struct NearestRowsTests {
  /// The nearest by sorting all rows by distance and place.
  static func sorted(
    _ points: [Double], _ width: Int, _ wanted: Int, nearestTo query: ArraySlice<Double>
  ) -> [Int32] {
    let query = Array(query)
    var squares: [Double] = []
    for start in stride(from: 0, to: points.count, by: width) {
      var square = 0.0
      for place in 0..<width {
        let step: Double = points[start + place] - query[place]
        square += step * step
      }
      squares.append(square)
    }
    let order = squares.indices.sorted { one, other in
      squares[one] == squares[other] ? one < other : squares[one] < squares[other]
    }
    return order.prefix(wanted).map(Int32.init)
  }

  struct Shape: Sendable, CustomTestStringConvertible {
    var rows, width, wanted: Int
    /// How many different values a coordinate has; few make ties.
    var values: UInt32
    var testDescription: String { "\(rows) rows of \(width), \(wanted) of \(values) values" }
  }

  @Test(arguments: [
    Shape(rows: 500, width: 2, wanted: 5, values: 1_000_000),
    Shape(rows: 700, width: 2, wanted: 7, values: 9),
    Shape(rows: 600, width: 3, wanted: 40, values: 4),
    Shape(rows: 400, width: 9, wanted: 5, values: 3),
    Shape(rows: 300, width: 1, wanted: 300, values: 5),
    Shape(rows: 5, width: 2, wanted: 5, values: 1),
  ]) func `as by looking at every row`(_ shape: Shape) async throws {
    var random = RandomSource(seed: 7, stream: 1)
    let points = (0..<(shape.rows * shape.width)).map { _ in
      Double(random.index(below: shape.values)) / 7 - 0.3
    }
    let distinct = DistinctPoints(points, width: shape.width)
    let places = try await NearestRows(distinct).places(shape.wanted, nearestTo: points)
    #expect(places.count == shape.rows * shape.wanted)
    for row in 0..<shape.rows {
      let found = Array(places[(row * shape.wanted)..<((row + 1) * shape.wanted)])
      let query = points[(row * shape.width)..<((row + 1) * shape.width)]
      #expect(
        found == Self.sorted(points, shape.width, shape.wanted, nearestTo: query), "row \(row)")
    }
  }

  @Test func `equal points stand once`() {
    let points = DistinctPoints([1, 2, 0, 0, 1, 2, -0.0, 0], width: 2)
    #expect(points.values == [1, 2, 0, 0])
    #expect(points.codes == [0, 1, 0, 1])
  }

  @Test func `there must be rows`() {
    #expect(throws: Undefined.self) { try NearestRows(DistinctPoints([], width: 2)) }
  }

  @Test func `twenty thousand equal rows take no longer than others`() async throws {
    let points = DistinctPoints([Double](repeating: 3, count: 40_000), width: 2)
    let places = try await NearestRows(points).places(5, nearestTo: points.values)
    #expect(places == [0, 1, 2, 3, 4])
  }
}
