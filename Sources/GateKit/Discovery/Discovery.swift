package import GateCore
import GateSchema

/// Slices found on one half of the rows and put to the test on the other.
package struct Discovery: Sendable {
  /// Those that stand and say something of their own, the most harmful first.
  package let named: [Finding]
  /// Those that stand only for the rows they share with the named.
  let overlapping: [Finding]
  /// Slices that were tested.
  package let tested: Int
  /// Found, but with too few rows on both halves together to be tested.
  let untested: Int
  /// Found, with rows enough, but with too few clusters or too like each other to be tested.
  let unclear: Int
  /// Clusters on the half with the fewer; nil: every row stands for itself.
  let clusters: Int?
  /// Slices that were scored.
  package let tried: Int
  /// Rows that were searched, and rows that tested.
  package let halves: (searched: Int, tested: Int)

  /// A slice with what the other half says of it.
  package struct Finding: Sendable {
    /// SQL over the row.
    let predicate: String
    /// Rows of the slice, of both halves.
    package let rows: Int
    /// The places of those that tested, rising.
    package let places: [Int32]
    let test: SliceTest
    /// At least the test's own p-value.
    let adjusted: Double

    /// Loss that the slice adds on the half that tested.
    package var harm: Double { test.difference * Double(test.rows) }
  }

  /// Searches and tests; a slice stands where its adjusted p-value is at most the request's level and the difference
  /// above 0 and at least `minEffect`.
  ///
  /// Which half a row is in depends on its number (its cluster's, where rows belong together) and the seed only. Throws
  /// `Undefined` where an adjusted p-value is.
  package init(
    _ losses: RowLosses, _ columns: [SliceColumn], _ request: DiscoveryRequest, minEffect: Double
  ) async throws(Undefined) {
    let halves = Self.halves(losses, seed: request.seed)
    let places = halves.searched + halves.tested
    let split = halves.searched.count
    let unseen = split..<places.count
    let losses = losses.at(places)
    let rows = losses.rows
    let columns = await columns.concurrentMap { $0.at(rows) }
    let fewest = (request.minRows + 1) / 2
    let search = SliceSearch(
      columns: columns, values: losses.scored(split), isPaired: losses.champion != nil,
      isWrongOrRight: losses.isWrongOrRight, fewest: fewest, depth: request.depth)
    let (found, tried) = await search.best(request.most)
    let large = await Self.large(
      found, of: columns, losses, minRows: request.minRows, split: split)
    let tests = large.compactMap { found in
      found.test.map { (slice: found.slice, places: found.places, test: $0) }
    }
    let adjusted = try ErrorControl.holm.adjusted(tests.map(\.test.pValue))
    let findings = zip(tests, adjusted).map { found, adjusted in
      Finding(
        predicate: found.slice.predicate(columns),
        rows: found.places.count + found.slice.places(of: columns, 0..<split).count,
        places: found.places, test: found.test, adjusted: adjusted)
    }
    let standing = findings.filter {
      $0.adjusted <= request.level && $0.test.isWorse(by: minEffect)
    }
    (named, overlapping) = standing.apart { rest in
      guard rest.count >= fewest, let test = try? SliceTest(losses, slice: rest, unseen: unseen)
      else { return false }
      return test.pValue <= request.level && test.isWorse(by: minEffect)
    }
    (self.tried, tested, untested) = (tried, tests.count, found.count - large.count)
    unclear = large.count - tests.count
    self.halves = (split, unseen.count)
    clusters = losses.clusters.map { codes in
      min(Set(codes[..<split]).count, Set(codes[unseen]).count)
    }
  }

  /// Those of `minRows` rows, each with its rows on the half behind `split` and what these say; nil: too few to be tested.
  private static func large(
    _ found: [FoundSlice], of columns: [SliceColumn], _ losses: RowLosses, minRows: Int, split: Int
  ) async -> [(slice: FoundSlice, places: [Int32], test: SliceTest?)] {
    let unseen = split..<losses.rows.count
    return await found.concurrentMap { slice in
      let members = slice.places(of: columns, unseen)
      // Chance may have put fewer of its rows on this half than on the other.
      guard members.count + slice.places(of: columns, 0..<split).count >= minRows else {
        return nil
      }
      return (slice, members, try? SliceTest(losses, slice: members, unseen: unseen))
    }.compactMap(\.self)
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
