internal import CTrees
import GateCore
import Glibc

/// The trees of a LightGBM text model, read for `Forest`.
struct LightGBMForest {
  private(set) var forest = Forest()
  /// What makes answers of the sums.
  let link: TreeLink
  /// Where the words of the file's lines are, by key, of the tree that is read.
  private typealias Lines = [String: Range<Int>]

  /// Reads the first `rounds` rounds of a model's text; nil: all.
  ///
  /// - Throws: Why the library scores it: something that is not known here, or that does not fit.
  init(_ text: [UInt8], rounds: Int?) throws(NotScoredHere) {
    // `strtod` ends at a zero at the latest.
    let text = text + [0]
    var trees: [Lines] = []
    let head = Self.lines(text, &trees)
    func word(_ key: String) -> String? {
      head[key].map { String(decoding: text[$0], as: UTF8.self) }
    }
    guard let last = word("max_feature_idx").flatMap({ Int($0) }),
      let groups = (word("num_tree_per_iteration") ?? word("num_class")).flatMap({ Int($0) }),
      0..<1 << 20 ~= last, 1...4096 ~= groups, trees.count % groups == 0
    else { throw NotScoredHere("its head does not say how many inputs and classes there are") }
    let used = rounds.map { $0 * groups } ?? trees.count
    guard 1...max(1, trees.count) ~= used, !trees.isEmpty else {
      throw NotScoredHere("it has no trees")
    }
    forest.features = last + 1
    forest.start = [Double](repeating: 0, count: groups)
    let own = try TreeLink.lightGBM(word("objective") ?? "")
    let count = Double(used / groups)
    link =
      head["average_output"] == nil
      ? own
      : TreeLink { sums, groups in
        for place in sums.indices { sums[place] /= count }
        own.apply(&sums, groups)
      }
    for (place, lines) in trees.prefix(used).enumerated() {
      try append(lines, text, group: place % groups)
    }
  }

  /// The lines of the head, and of each tree; a key alone on its line has no words.
  private static func lines(_ text: [UInt8], _ trees: inout [Lines]) -> Lines {
    var head: Lines = [:]
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count - 1
      let line = text[start..<end]
      start = end + 1
      let equals = line.firstIndex(of: UInt8(ascii: "=")) ?? line.endIndex
      let key = String(decoding: line[..<equals], as: UTF8.self)
      if key == "end of trees" { break }
      if key == "Tree" {
        trees.append([:])
      } else if trees.isEmpty {
        head[key] = min(equals + 1, end)..<end
      } else {
        trees[trees.count - 1][key] = min(equals + 1, end)..<end
      }
    }
    return head
  }

  /// Numbers with blanks between them.
  private static func numbers<T>(
    _ range: Range<Int>?, _ text: [UInt8],
    _ read: (UnsafePointer<CChar>, inout UnsafeMutablePointer<CChar>?) -> T
  ) throws(NotScoredHere) -> [T] {
    guard let range else { return [] }
    var numbers: [T] = []
    let isWhole = text.withUnsafeBytes { bytes in
      let start = bytes.bindMemory(to: CChar.self).baseAddress!
      var place = range.lowerBound
      while place < range.upperBound {
        if start[place] == 32 {
          place += 1
          continue
        }
        var end: UnsafeMutablePointer<CChar>?
        numbers.append(read(start + place, &end))
        guard let end, end > start + place else { return false }
        place = UnsafePointer(end) - start
      }
      return place == range.upperBound
    }
    guard isWhole else { throw NotScoredHere("a number of a tree is written in a way of its own") }
    return numbers
  }

  /// Reads one tree.
  private mutating func append(
    _ lines: Lines, _ text: [UInt8], group: Int
  ) throws(NotScoredHere) {
    func doubles(_ key: String) throws(NotScoredHere) -> [Double] {
      try Self.numbers(lines[key], text) { strtod($0, &$1) }
    }
    func integers(_ key: String) throws(NotScoredHere) -> [Int] {
      try Self.numbers(lines[key], text) { strtol($0, &$1, 10) }
    }
    let values = try doubles("leaf_value")
    let isLinear = try integers("is_linear").first == 1
    var tree = trees_tree(
      first_split: UInt32(forest.splits.count), splits: 0,
      first_leaf: UInt32(forest.leaves.count), leaves: UInt32(values.count), group: UInt32(group),
      is_linear: isLinear && values.count > 1 ? 1 : 0)
    guard try integers("num_leaves") == [values.count], !values.isEmpty else {
      throw NotScoredHere("a tree has other leaves than it says")
    }
    if values.count > 1 {
      let splits = Splits(
        features: try integers("split_feature"), types: try integers("decision_type"),
        left: try integers("left_child"), right: try integers("right_child"),
        thresholds: try doubles("threshold"), boundaries: try integers("cat_boundaries"),
        words: try integers("cat_threshold"))
      try splits.append(to: &forest, count: values.count - 1)
      tree.splits = UInt32(values.count - 1)
    }
    forest.leaves += values
    forest.trees.append(tree)
    if forest.linear == nil, isLinear {
      forest.linear = LinearLeaves()
      forest.linear?.append(plain: Int(tree.first_leaf))
    }
    guard tree.is_linear == 1 else {
      forest.linear?.append(plain: values.count)
      return
    }
    try append(
      linear: values.count, try doubles("leaf_const"), try integers("num_features"),
      try integers("leaf_features"), try doubles("leaf_coeff"))
  }

  /// Adds the linear models of a tree's leaves.
  private mutating func append(
    linear leaves: Int, _ constants: [Double], _ counts: [Int], _ features: [Int],
    _ coefficients: [Double]
  ) throws(NotScoredHere) {
    let total = counts.reduce(0) { $1 < 0 ? .max : $0.addingReportingOverflow($1).partialValue }
    guard constants.count == leaves, counts.count == leaves, features.count == total,
      coefficients.count == total, features.allSatisfy({ 0..<forest.features ~= $0 })
    else { throw NotScoredHere("its linear leaves are not whole") }
    forest.linear?.constants += constants
    forest.linear?.features += features.map { UInt32($0) }
    forest.linear?.coefficients += coefficients
    for count in counts {
      let end = forest.linear?.first.last ?? 0
      forest.linear?.first.append(end + UInt32(count))
    }
  }
}

/// The splits of a tree as the lines of the file have them.
private struct Splits {
  let features: [Int]
  let types: [Int]
  let left: [Int]
  let right: [Int]
  let thresholds: [Double]
  /// Where the words of each set of categories begin, and the words.
  let boundaries: [Int]
  let words: [Int]

  /// Adds them to a forest.
  func append(to forest: inout Forest, count: Int) throws(NotScoredHere) {
    let areAll = [features.count, types.count, left.count, right.count, thresholds.count]
      .allSatisfy { $0 == count }
    guard areAll, features.allSatisfy({ 0..<forest.features ~= $0 }) else {
      throw NotScoredHere("a tree has other splits than it says")
    }
    let first = forest.categories.count
    forest.categories += words.map { UInt32(truncatingIfNeeded: $0) }
    for place in 0..<count {
      guard let leftChild = Int32(exactly: left[place]),
        let rightChild = Int32(exactly: right[place])
      else { throw NotScoredHere("a split has a child that there is not") }
      var split = trees_split()
      split.feature = UInt32(features[place])
      (split.left, split.right) = (leftChild, rightChild)
      if types[place] & 1 == 1 {
        let set = try set(thresholds[place])
        (split.categories, split.words) = (UInt32(first + set.lowerBound), UInt32(set.count))
        (split.nan, split.inside) = (UInt8(TREES_RIGHT), UInt8(TREES_LEFT))
      } else {
        split.threshold = thresholds[place]
        (split.nan, split.zero) = try Self.missing(types[place])
      }
      forest.splits.append(split)
    }
  }

  /// The words of the set of categories that a split by categories names as its threshold.
  private func set(_ threshold: Double) throws(NotScoredHere) -> Range<Int> {
    guard let place = Int(exactly: threshold), place >= 0, place + 1 < boundaries.count,
      boundaries[place] >= 0, boundaries[place] < boundaries[place + 1],
      boundaries[place + 1] <= words.count
    else { throw NotScoredHere("a split has no set of categories") }
    return boundaries[place]..<boundaries[place + 1]
  }

  /// Where NaN and zero go: bit 1 is the default side, bits 2 and 3 what is missing: nothing, zero or NaN.
  private static func missing(_ type: Int) throws(NotScoredHere) -> (nan: UInt8, zero: UInt8) {
    let (side, plain) = (UInt8(type & 2 == 2 ? TREES_LEFT : TREES_RIGHT), UInt8(TREES_PLAIN))
    switch type >> 2 {
    case 0: return (plain, plain)
    case 1: return (plain, side)
    case 2: return (side, plain)
    default: throw NotScoredHere("a split treats missing values in a way of its own")
    }
  }
}
