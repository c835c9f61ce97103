import CTrees
import Testing

@testable import GateCore
@testable import GateModels

/// Random trees, scored as they are written: from the root down, a split at a time.
@Suite struct RandomForestTests {
  /// Numbers that splits and rows are made of, so that they often meet.
  private static let numbers: [Double] = [
    .nan, 0, -0.0, 1e-36, -1e-36, 1e-34, .infinity, -.infinity, 1e300, -0.5, -1, -2, 1, 2, 3, 31,
    32, 64, 0x1p31, 0.1,
    -0.1, .leastNonzeroMagnitude,
  ]

  /// A tree of `leaves` leaves, grown at a random leaf each time.
  private func grow(
    _ forest: inout Forest, leaves: Int, _ source: inout RandomSource
  ) {
    let first = forest.splits.count
    var parents: [(split: Int, isLeft: Bool)?] = [nil]
    for place in 0..<leaves - 1 {
      let leaf = source.index(below: UInt32(parents.count))
      var split = self.split(&forest, &source)
      (split.left, split.right) = (~Int32(leaf), ~Int32(parents.count))
      if let parent = parents[leaf] {
        if parent.isLeft {
          forest.splits[first + parent.split].left = Int32(place)
        } else {
          forest.splits[first + parent.split].right = Int32(place)
        }
      }
      parents[leaf] = (place, true)
      parents.append((place, false))
      forest.splits.append(split)
    }
    forest.trees.append(
      trees_tree(
        first_split: UInt32(first), splits: UInt32(leaves - 1),
        first_leaf: UInt32(forest.leaves.count / forest.width), leaves: UInt32(leaves),
        group: UInt32(source.index(below: UInt32(forest.start.count))), is_linear: 0))
    for _ in 0..<leaves * forest.width {
      let number = source.uniform() - 0.5
      forest.leaves.append(forest.isSingle ? Double(Float(number)) : number)
    }
  }

  /// A split of any kind.
  private func split(_ forest: inout Forest, _ source: inout RandomSource) -> trees_split {
    var split = trees_split()
    split.feature = UInt32(source.index(below: UInt32(forest.features)))
    if source.index(below: 3) == 0 {
      split.categories = UInt32(forest.categories.count)
      split.words = UInt32(1 + source.index(below: 3))
      for _ in 0..<split.words { forest.categories.append(source.next()) }
      split.nan = UInt8(source.index(below: 2))
      split.inside = UInt8(source.index(below: 2))
      return split
    }
    let number = Self.numbers[source.index(below: UInt32(Self.numbers.count - 1)) + 1]
    split.threshold = forest.isSingle ? Double(Float(number)) : number
    split.nan = UInt8(source.index(below: 3))
    split.zero = UInt8(source.index(below: 3))
    return split
  }

  /// Where a split sends a number.
  private func goesLeft(_ split: trees_split, _ number: Double, _ forest: Forest) -> Bool {
    var number = number
    if !forest.isSingle, abs(number) <= Double(1e-35 as Float) { number = 0 }
    if split.words > 0 {
      if number.isNaN { return split.nan == 1 }
      let isCategory = forest.isSingle ? number >= 0 : number > -1
      let category = isCategory && number < 0x1p31 ? Int(number) : Int.max
      let isInside =
        category / 32 < Int(split.words)
        && forest.categories[Int(split.categories) + category / 32] >> (category % 32) & 1 == 1
      return (split.inside == 1) == isInside
    }
    if number.isNaN {
      if split.nan != 2 { return split.nan == 1 }
      number = 0
    }
    if number == 0, split.zero != 2 { return split.zero == 1 }
    return number <= split.threshold
  }

  /// The sums of a row, from the root of each tree down.
  private func sums(_ forest: Forest, _ row: [Double]) -> [Double] {
    var sums = forest.start
    for tree in forest.trees {
      var place: Int32 = tree.splits > 0 ? 0 : -1
      while place >= 0 {
        let split = forest.splits[Int(tree.first_split) + Int(place)]
        place = goesLeft(split, row[Int(split.feature)], forest) ? split.left : split.right
      }
      let leaf = (Int(tree.first_leaf) + Int(~place)) * forest.width
      for one in 0..<forest.width {
        let group = forest.width > 1 ? one : Int(tree.group)
        let sum = sums[group] + forest.leaves[leaf + one]
        sums[group] =
          forest.isSingle ? Double(Float(sums[group]) + Float(forest.leaves[leaf + one])) : sum
      }
    }
    return sums
  }

  @Test("random trees give the sums of a walk from the root", arguments: 0..<60)
  func walk(seed: Int) throws {
    var source = RandomSource(seed: UInt64(seed), stream: 7)
    var forest = Forest()
    forest.isSingle = seed % 3 == 0
    forest.features = 1 + source.index(below: 6)
    let groups = 1 + source.index(below: 3)
    forest.start = (0..<groups).map { _ in Double(Float(source.uniform())) }
    if seed % 5 == 0 { forest.width = groups }
    let sizes = [1, 2, 15, 16, 17, 48, 49, 64, 65, 130, 512, 513, 700]
    for _ in 0..<(1 + source.index(below: 5)) {
      grow(&forest, leaves: sizes[source.index(below: UInt32(sizes.count))], &source)
    }
    let ready = try ReadyForest(forest)
    let finite = Self.numbers.filter { $0.isNaN || abs($0) < 1e30 }
    let values = forest.isSingle ? finite : Self.numbers
    let count = [1, 63, 64, 65, 300][source.index(below: 5)]
    let columns = (0..<forest.features).map { _ in
      (0..<count).map { _ in
        let value = values[source.index(below: UInt32(values.count))]
        return forest.isSingle ? Double(Float(value)) : value
      }
    }
    let expected = (0..<count).flatMap { row in sums(forest, columns.map { $0[row] }) }
    for isFast in [true, false] {
      let own = try #require(ready.sums(columns, rows: 0..<count, isFast: isFast))
      #expect(own.map(\.bitPattern) == expected.map(\.bitPattern))
    }
  }

  @Test("a ring of splits is no tree") func ring() {
    var forest = Forest()
    (forest.features, forest.start, forest.leaves) = (1, [0], [1, 2])
    var split = trees_split()
    (split.left, split.right) = (0, ~1)
    forest.splits = [split]
    forest.trees = [
      trees_tree(first_split: 0, splits: 1, first_leaf: 0, leaves: 2, group: 0, is_linear: 0)
    ]
    let error = #expect(throws: NotScoredHere.self) { try ReadyForest(forest) }
    #expect(error?.reason == "a split is below two others")
  }
}
