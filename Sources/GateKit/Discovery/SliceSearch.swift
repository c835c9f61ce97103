import GateCore

/// The search for slices whose rows lose more: every condition and every pair of conditions, then by beam.
///
/// A slice's score is the t of its mean against 0, or against that of the other rows, by a variance between its own and
/// that of all rows: by its own alone a slice too wide scores nearly as high as one that ends where the harm does. One
/// row more of the variance of all keeps a few rows alike from being a certainty. Slices of several depths are compared
/// by t^2 - 2 ln m, m the number of slices of that depth: what the best of so many would reach by chance.
///
/// Sources: Chung et al., "Slice Finder: automated data slicing for model validation", ICDE 2019 (lattice and effect);
/// Sagadeeva, Boehm, "SliceLine", SIGMOD 2021 (exhaustive by histograms).
struct SliceSearch: Sendable {
  /// Their first codes are of the rows that are searched.
  package let columns: [SliceColumn]
  /// What each searched row loses: the candidate's loss less the champion's, or the candidate's alone; by its weight.
  package let values: [Double]
  /// Whether a slice's mean is held against 0, not against the other rows.
  let isPaired: Bool
  /// Whether every loss is 0 or 1.
  let isWrongOrRight: Bool
  /// The fewest rows of a slice.
  let fewest: Int
  /// The most conditions of a slice.
  package let depth: Int

  /// Slices that a step of the beam goes on with.
  static let beam = 50
  /// Columns that are paired with each other, those with the best single conditions.
  static let mostPaired = 40
  /// Slices of a pair of columns that are kept.
  private static let keptOfPair = 3
  /// Two slices of more overlap than this are one: the weaker is dropped.
  static let mostOverlap = 0.5
  /// How often each condition's ends are moved.
  private static let rounds = 3
  /// Slices looked at for those that overlap little.
  static let mostCompared = 1000
  /// Slices whose rows are looked up at once.
  static let together = 32
  /// The least t of the rows that a slice has to itself.
  static let leastOfRest = 2.0
  /// How many times as much a slice within a better one must lose.
  static let sharper = 1.5

  /// What a slice's own variance counts for beside that of all rows.
  ///
  /// Wrong decisions vary by how many they are: where a slice has no more of them, as they do on all rows. Of
  /// differences and other losses a slice may have more of either sign.
  private var ownVariance: Double { isWrongOrRight && !isPaired ? 0 : 0.5 }

  /// A slice with how much worse it seems.
  struct Scored: Sendable {
    package let slice: FoundSlice
    let t: Double
  }

  /// What one step found, and of how many slices.
  package struct Step: Sendable {
    package var found: [Scored] = []
    package var tried = 0
  }

  /// The slices that seem worst, at most `most`, none nearly another, the worst first; and how many were scored.
  package func best(_ most: Int) async -> (slices: [FoundSlice], tried: Int) {
    let total = total
    let groups = await columns.concurrentMap { $0.grouped(values.count) }
    let singles = await columns.indices.concurrentMap { column in
      step(SliceCells(groups[column], nil, values: values), column, nil, total)
    }
    var steps = [singles.joined]
    if depth > 1 { steps.append(await pairs(of: promising(singles), groups, total)) }
    if depth > 2 { steps.append(await extended(steps[1], groups, total)) }
    // The beam saw few of its depth, but chose them from all.
    let counts = steps.enumerated().map { place, step in
      place < 2 ? Double(step.tried) : Double(steps[0].tried) * Double(steps[1].tried)
    }
    let chance = counts.map { 2 * logarithm(max(1, $0)) }
    func ranked(_ found: [Scored]) -> [FoundSlice] {
      let scores = found.map { $0.t * $0.t - chance[$0.slice.conditions.count - 1] }
      // In the order found where scores are equal: fewer conditions first.
      return found.indices.sorted {
        scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
      }.map { found[$0].slice }
    }
    let rough = await distinct(ranked(steps.flatMap(\.found)), most, total)
    let fine = await rough.concurrentMap { refined($0, total) }
    return (await distinct(ranked(fine), most, total), steps.reduce(0) { $0 + $1.tried })
  }

  /// The sums over all searched rows.
  private var total: SliceCells.Sums {
    var sum = Sum()
    var squares = Sum()
    for value in values {
      sum.add(value)
      squares.add(value * value)
    }
    return SliceCells.Sums(Double(values.count), sum.value, squares.value, 0)
  }

  /// The columns to pair, in their order.
  private func promising(_ singles: [Step]) -> [Int] {
    let best = singles.map { $0.found.map(\.t).max() ?? 0 }
    let order = columns.indices.sorted { best[$0] == best[$1] ? $0 < $1 : best[$0] > best[$1] }
    return order.prefix(Self.mostPaired).sorted()
  }

  private func pairs(
    of chosen: [Int], _ groups: [SliceCodes], _ total: SliceCells.Sums
  ) async -> Step {
    let steps = await chosen.indices.concurrentMap { place in
      chosen[(place + 1)...].map { other in
        let first = chosen[place]
        return step(
          SliceCells(groups[first], groups[other], values: values), first, other, total)
      }.joined
    }
    return steps.joined
  }

  /// The best slices of a step with one condition more.
  private func extended(
    _ step: Step, _ groups: [SliceCodes], _ total: SliceCells.Sums
  ) async -> Step {
    let order = step.found.indices.sorted {
      step.found[$0].t == step.found[$1].t ? $0 < $1 : step.found[$0].t > step.found[$1].t
    }
    let starts = order.prefix(Self.beam).map { step.found[$0].slice }
    let steps = await starts.concurrentMap { slice in
      let places = slice.places(of: columns, 0..<values.count)
      let used = Set(slice.conditions.map(\.column))
      return columns.indices.filter { !used.contains($0) }.map { column in
        var step = self.step(
          SliceCells(groups[column], nil, values: values, places: places), column, nil, total)
        step.found = step.found.map { found in
          Scored(slice: slice.adding(found.slice.conditions[0]), t: found.t)
        }
        return step
      }.joined
    }
    var joined = steps.joined
    var seen: Set<FoundSlice> = []
    joined.found = joined.found.filter { seen.insert($0.slice).inserted }
    return joined
  }

  /// Moves the ends of a slice's intervals to the narrow bins where its score is highest, a condition after another.
  private func refined(_ slice: FoundSlice, _ total: SliceCells.Sums) -> Scored {
    var best = Scored(slice: slice, t: 0)
    for _ in 0..<Self.rounds {
      let before = best.t
      for (place, condition) in slice.conditions.enumerated() {
        var others = best.slice
        others.conditions.remove(at: place)
        let column = columns[condition.column]
        let cells = SliceCells(
          column.narrow(values.count), nil, values: values,
          places: others.places(of: columns, 0..<values.count))
        let range = best.slice.conditions[place].range
        for moved in [range] + column.intervals(beside: range) {
          guard let t = t(cells.sums(moved, 0...0), total), t > best.t else { continue }
          best = Scored(
            slice: others.adding(FoundSlice.Condition(column: condition.column, range: moved)), t: t
          )
        }
      }
      if best.t == before { break }
    }
    return best
  }
}

extension SliceSearch {
  /// The slices of one or two columns whose rows lose more than the others, the worst few that overlap little.
  private func step(
    _ cells: SliceCells, _ first: Int, _ second: Int?, _ total: SliceCells.Sums
  ) -> Step {
    let ranges = columns[first].groupRanges
    let others = second.map { columns[$0].groupRanges } ?? [0...0]
    var scores = [Double](repeating: 0, count: ranges.count * others.count)
    var tried = 0
    for (place, range) in ranges.enumerated() {
      for (column, other) in others.enumerated() {
        guard let t = t(cells.sums(range, other), total) else { continue }
        tried += 1
        scores[place * others.count + column] = t
      }
    }
    var step = Step(tried: tried)
    while step.found.count < Self.keptOfPair, let place = scores.firstOfHighest {
      let pair = (first: ranges[place / others.count], second: others[place % others.count])
      var conditions = [
        FoundSlice.Condition(column: first, range: columns[first].codes(of: pair.first))
      ]
      if let second {
        conditions.append(
          FoundSlice.Condition(column: second, range: columns[second].codes(of: pair.second)))
      }
      step.found.append(Scored(slice: FoundSlice(conditions: conditions), t: scores[place]))
      for (row, range) in ranges.enumerated() {
        for (column, other) in others.enumerated() where scores[row * others.count + column] > 0 {
          guard cells.overlap(pair, (range, other)) > Self.mostOverlap else { continue }
          scores[row * others.count + column] = 0
        }
      }
    }
    return step
  }

  /// The t of a slice, Student's or Welch's but for the variance; nil where it has too few rows, or all of them.
  @inline(__always)
  func t(_ slice: SliceCells.Sums, _ total: SliceCells.Sums) -> Double? {
    let rows = slice[0]
    let rest = total - slice
    guard rows >= Double(fewest), rest[0] >= 1 else { return nil }
    let spread = max(0, total[2] - total[1] * total[1] / total[0]) / total[0]
    guard spread > 0 else { return 0 }
    let mean = slice[1] / rows
    let own = ownVariance
    let variance =
      own * max(0, slice[2] - slice[1] * mean) + (1 - own) * rows * spread + spread
    if isPaired { return mean / (variance.squareRoot() / rows) }
    guard rest[0] >= Double(fewest) else { return nil }
    let other = rest[1] / rest[0]
    let others =
      own * max(0, rest[2] - rest[1] * other) + (1 - own) * rest[0] * spread + spread
    return (mean - other) / (variance / (rows * rows) + others / (rest[0] * rest[0])).squareRoot()
  }
}

extension [SliceSearch.Step] {
  /// All steps as one, in their order.
  fileprivate var joined: SliceSearch.Step {
    SliceSearch.Step(found: flatMap(\.found), tried: reduce(0) { $0 + $1.tried })
  }
}

extension [Double] {
  /// The first place of the highest element above 0; nil where there is none.
  fileprivate var firstOfHighest: Int? {
    var best: Int?
    var highest = 0.0
    for place in indices where self[place] > highest { (best, highest) = (place, self[place]) }
    return best
  }
}

extension SliceCells {
  /// Of the rows that are in either of two pairs of ranges, the share that is in both.
  package func overlap(
    _ one: (first: ClosedRange<Int>, second: ClosedRange<Int>),
    _ other: (first: ClosedRange<Int>, second: ClosedRange<Int>)
  ) -> Double {
    guard one.first.overlaps(other.first), one.second.overlaps(other.second) else { return 0 }
    let both = sums(one.first.clamped(to: other.first), one.second.clamped(to: other.second))[0]
    let either = sums(one.first, one.second)[0] + sums(other.first, other.second)[0] - both
    return both / either
  }
}
