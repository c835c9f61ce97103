import GateCore

extension DriftTest {
  /// Rows further out than the reference ever was.
  static let farOut = DriftTest(
    "far_out",
    "The share of current rows that lie far outside of all that the reference holds, such as numbers in another unit; there is no p-value, for the distance is the evidence.",
    aliases: ["unit_error", "extreme_values"],
    formula:
      "rows with |x - M| > max(3, D / E) D, M the reference's median, D and E the distances from it of the reference's furthest and tenth furthest row; of fewer than 'rows' rows 0",
    source:
      "D / E is how much further the next of ten rows may be expected to lie (Hill, Annals of Statistics 3, 1975), so that heavy tails stay inside; simulated in benchmarks/alarms.md",
    undefined: ["a value of the reference is infinite"],
    parameters: [
      Parameter(
        "rows", "Fewer such rows than this count as none.", .integer(1...1_000_000),
        standard: "3")
    ],
    pValueMethod: .none,
    measure: .column([.number]) { (column, arguments) throws(Undefined) in
      let least = Int(arguments["rows"] ?? 3)
      let reach = try ReferenceReach(column)
      let far = reach.beyond(column)
      let share = Double(far.rows) / Double(column.current.total)
      var figure = DriftFigure(
        far.rows >= least ? share : 0,
        settings: [
          JSON.Member("rows", .integer(least)), JSON.Member("median", .number(reach.median)),
          JSON.Member("reference_reach", .number(reach.furthest)),
          JSON.Member("bound", .number(reach.bound)),
        ], evidence: [JSON.Member("rows_beyond", .integer(far.rows))])
      if far.rows >= least, let nearest = far.nearest {
        let times = (nearest - reach.median).magnitude / reach.furthest
        figure.finding =
          "\(share.percent) of the rows lie more than \(((times * 10).rounded(.down) / 10).brief) times as far "
          + "from the reference's median of \(reach.median.brief) as any row of the reference, the nearest at "
          + "\(nearest.brief): another unit, or a mark for no value?"
      }
      return figure
    },
    examples: [
      Example(.numbers(.rising(100), .rising(96) + [1e3, 2e3, 3e3, -4e3]), gives: 0.04),
      Example(.numbers(.rising(100), .rising(98) + [1e3, 2e3]), gives: 0),
      Example(.numbers([7, 7], [7, 9, 9, 9]), gives: 0),
      Example(.numbers([1, .infinity], [1]), gives: nil),
      Example(.numbers([.nan], [1]), gives: nil),
    ])
}

/// How far from its median the reference lies.
private struct ReferenceReach {
  package let median: Double
  /// The distance of the furthest row.
  let furthest: Double
  /// What lies further is far out.
  package let bound: Double

  /// Which row stands for the others.
  private static let rank = 10

  package init(_ column: DriftColumn) throws(Undefined) {
    let numbers = try column.numbers()
    let counts = column.reference.counts
    var (passed, middle) = (0, 0)
    while 2 * passed < column.reference.total {
      passed += Int(counts[middle])
      middle += 1
    }
    median = numbers[middle - 1]
    var (low, high) = (0, numbers.count - 1)
    var (left, distance, furthest) = (min(Self.rank, column.reference.total), 0.0, 0.0)
    while left > 0, low <= high {
      let isLow = median - numbers[low] > numbers[high] - median
      let place = isLow ? low : high
      if counts[place] > 0 {
        distance = (numbers[place] - median).magnitude
        furthest = max(furthest, distance)
        left -= Int(counts[place])
      }
      if isLow { low += 1 } else { high -= 1 }
    }
    guard furthest.isFinite else {
      throw Undefined(
        "a value of the reference is infinite; make it a missing one under 'data.derive', or say 'standard: {far_out: false}'"
      )
    }
    self.furthest = furthest
    // Where nearly all rows are one value nothing tells how far the others may lie.
    bound = distance > 0 ? furthest * max(3, furthest / distance) : .infinity
  }

  /// The current rows beyond the bound, and the nearest of them.
  package func beyond(_ column: DriftColumn) -> (rows: Int, nearest: Double?) {
    guard bound.isFinite, case .numbers(let numbers) = column.values else { return (0, nil) }
    var (rows, nearest) = (0, Double?.none)
    func take(_ place: Int) -> Bool {
      guard (numbers[place] - median).magnitude > bound else { return false }
      let count = Int(column.current.counts[place])
      rows += count
      if count > 0,
        (numbers[place] - median).magnitude < (nearest.map { ($0 - median).magnitude } ?? .infinity)
      {
        nearest = numbers[place]
      }
      return true
    }
    for place in numbers.indices { if !take(place) { break } }
    for place in numbers.indices.reversed() { if !take(place) { break } }
    return (rows, nearest)
  }
}
