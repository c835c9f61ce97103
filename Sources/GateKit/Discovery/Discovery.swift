/// Slices found on one half of the rows and put to the test on the other.
struct Discovery: Sendable {
  /// Those that were tested, in the order found.
  var tested: [Finding] = []
  /// Found, but with too few rows on the other half to be tested.
  var untested = 0
  /// Slices that were scored.
  var tried = 0
  /// Rows that were searched, and rows that tested.
  var halves = (searched: 0, tested: 0)

  /// A slice with what the other half says of it.
  struct Finding: Sendable {
    /// SQL over the row.
    let predicate: String
    /// Rows of the slice, of both halves.
    let rows: Int
    let test: SliceTest
    /// At least the test's own p-value.
    var adjusted: Double

    /// Loss that the slice adds on the half that tested.
    var harm: Double { test.difference * Double(test.rows) }
  }

  /// Searches and tests.
  ///
  /// Which half a row is in depends on its number (its cluster's, where rows belong together) and the seed only. Throws
  /// `Undefined` where an adjusted p-value is.
  init(
    _ losses: RowLosses, _ columns: [SliceColumn], _ request: DiscoveryRequest
  ) async throws(Undefined) {
    let halves = Self.halves(losses, seed: request.seed)
    let places = halves.searched + halves.tested
    let split = halves.searched.count
    let losses = losses.at(places)
    let rows = losses.rows
    let columns = await columns.concurrentMap { $0.at(rows) }
    self.halves = (split, places.count - split)
    let fewest = (request.minRows + 1) / 2
    let search = SliceSearch(
      columns: columns, values: losses.scored(split), isPaired: losses.champion != nil,
      fewest: fewest, depth: request.depth)
    let (found, tried) = await search.best(request.most)
    self.tried = tried
    let tests = await found.concurrentMap { slice -> (slice: FoundSlice, test: SliceTest)? in
      let unseen = split..<places.count
      let members = slice.places(of: columns, unseen)
      guard members.count >= fewest else { return nil }
      return (try? SliceTest(losses, slice: members, unseen: unseen)).map { (slice, $0) }
    }
    let known = tests.compactMap(\.self)
    untested = tests.count - known.count
    let adjusted = try ErrorControl.bh.adjusted(known.map(\.test.pValue))
    tested = known.indices.map { place in
      let slice = known[place].slice
      return Finding(
        predicate: slice.predicate(columns),
        rows: known[place].test.rows + slice.places(of: columns, 0..<split).count,
        test: known[place].test, adjusted: adjusted[place])
    }
  }

  /// The findings that stand, the most harmful first.
  func confirmed(level: Double, minEffect: Double) -> [Finding] {
    let standing = tested.filter {
      $0.adjusted <= level && $0.test.difference > 0 && $0.test.difference >= minEffect
    }
    let order = standing.indices.sorted {
      standing[$0].harm == standing[$1].harm ? $0 < $1 : standing[$0].harm > standing[$1].harm
    }
    return order.map { standing[$0] }
  }

  /// The places of the rows of each half.
  private static func halves(
    _ losses: RowLosses, seed: UInt64
  ) -> (searched: [Int32], tested: [Int32]) {
    let key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    var halves: (searched: [Int32], tested: [Int32]) = ([], [])
    for place in losses.rows.indices {
      let unit = UInt32(bitPattern: losses.clusters?[place] ?? losses.rows[place])
      let word = philox(counter: SIMD4(unit, 0, 0, 0), key: key)[0]
      if word & 1 == 0 {
        halves.searched.append(Int32(truncatingIfNeeded: place))
      } else {
        halves.tested.append(Int32(truncatingIfNeeded: place))
      }
    }
    return halves
  }
}

extension RowLosses {
  /// The same of other rows: those at `places`, in their order.
  fileprivate func at(_ places: [Int32]) -> RowLosses {
    var losses = self
    losses.rows = rows.at(places)
    losses.candidate = candidate.at(places)
    losses.champion = champion?.at(places)
    losses.weights = weights?.at(places)
    losses.clusters = clusters?.at(places)
    return losses
  }

  /// What the first rows are scored by: their weight times what they lose, of the candidate alone from its mean.
  fileprivate func scored(_ count: Int) -> [Double] {
    var values = Array(compared[..<count])
    let weights = weights.map { Array($0[..<count]) }
    let total = weights?.sum ?? Double(count)
    if champion == nil, total > 0 {
      let mean = mean(over: count, weights: weights, total: total) { values[$0] }
      for place in values.indices { values[place] -= mean }
    }
    guard let weights else { return values }
    for place in values.indices { values[place] *= weights[place] }
    return values
  }
}
