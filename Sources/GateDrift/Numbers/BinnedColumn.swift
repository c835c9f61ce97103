import GateCore

/// Both distribution functions at 10,000 even steps of the reference's range, as NannyML keeps of large references.
struct BinnedColumn {
  /// Steps.
  private static let bins = 10_000
  /// Reference rows from which NannyML does so.
  package static let least = 10_000

  /// The edges, one more than steps.
  package let edges: [Double]
  /// The share of rows below each edge but the first; at the last edge, or below it.
  package let reference: [Double]
  package let current: [Double]
  /// Current rows below the first edge.
  let smaller: Int

  /// `widensPoint`: whether a range of no width is taken half a unit further on both sides, as `numpy.histogram` does.
  ///
  /// Throws `Undefined` for infinite values.
  package init(_ column: DriftColumn, widensPoint: Bool) throws(Undefined) {
    let numbers = try column.finiteNumbers()
    var ends = column.quantiles([0, 1], of: column.reference)
    if widensPoint, ends[0] == ends[1] { ends = [ends[0] - 0.5, ends[1] + 0.5] }
    let step = (ends[1] - ends[0]) / Double(Self.bins)
    guard step.isFinite else { throw Undefined("the reference's range is too large for a number") }
    var edges = (0...Self.bins).map { Double($0) * step + ends[0] }
    edges[Self.bins] = ends[1]
    self.edges = edges
    reference = Self.shares(numbers, column.reference, edges)
    current = Self.shares(numbers, column.current, edges)
    smaller = zip(numbers, column.current.counts).reduce(0) {
      $0 + ($1.0 < edges[0] ? Int($1.1) : 0)
    }
  }

  private static func shares(
    _ numbers: [Double], _ side: DriftColumn.Side, _ edges: [Double]
  ) -> [Double] {
    var (place, below) = (0, 0)
    var shares: [Double] = []
    shares.reserveCapacity(bins)
    for index in 1...bins {
      let edge = edges[index]
      let bound = index == bins ? edge.nextUp : edge
      while place < numbers.count, numbers[place] < bound {
        below += Int(side.counts[place])
        place += 1
      }
      shares.append(Double(below) / Double(side.total))
    }
    return shares
  }

  /// For the report.
  package var settings: [JSON.Member] {
    [JSON.Member("method", "estimated"), JSON.Member("bins", .integer(Self.bins))]
  }
}
