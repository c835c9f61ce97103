internal import CTrees
import GateCore

/// The trees of an XGBoost model, read for `Forest`.
struct XGBoostForest {
  private var forest = Forest()
  /// Why the library scores it, as soon as that is known.
  private var refusal: NotScoredHere?
  /// How many sums a row has, and how many inputs where the file says so.
  var groups = 1
  var features: Int?
  /// As the file has it: a number, or from 3.1 on a list of them.
  var baseScore = ""
  /// Which answer each tree is of, and where the trees of each round begin.
  var answers: [Int] = []
  var rounds: [Int] = []
  /// The weights of a dart model's trees.
  var weights: [Double]?

  /// No trees yet.
  init() { forest.isSingle = true }

  /// Adds a tree that was seen to be one.
  mutating func append(_ tree: XGBoostTree) {
    guard refusal == nil else { return }
    do throws(NotScoredHere) { try add(tree) } catch { refusal = error }
  }

  private mutating func add(_ tree: XGBoostTree) throws(NotScoredHere) {
    let width = tree.width > 1 ? tree.width : 1
    guard width == 1 || !tree.leafNumbers.isEmpty else {
      throw NotScoredHere("its leaves of several numbers are written in a way of their own")
    }
    if forest.trees.isEmpty { forest.width = width }
    guard forest.width == width, tree.defaults.count == tree.left.count else {
      throw NotScoredHere("its trees are not alike")
    }
    // Splits and leaves are counted apart.
    var places: [Int32] = []
    var (splits, leaves): (Int32, Int32) = (0, 0)
    for left in tree.left {
      places.append(left == -1 ? ~leaves : splits)
      if left == -1 { leaves += 1 } else { splits += 1 }
    }
    let described = trees_tree(
      first_split: UInt32(forest.splits.count), splits: UInt32(splits),
      first_leaf: UInt32(forest.leaves.count / width), leaves: UInt32(leaves), group: 0,
      is_linear: 0)
    let sets = Dictionary(zip(tree.categorical, tree.categorical.indices)) { first, _ in first }
    for node in tree.left.indices {
      if tree.left[node] == -1 {
        forest.leaves += try Self.numbers(of: node, tree)
      } else {
        forest.splits.append(try split(node, tree, places, sets[node]))
      }
    }
    forest.trees.append(described)
  }

  /// The numbers of a leaf.
  private static func numbers(
    of node: Int, _ tree: XGBoostTree
  ) throws(NotScoredHere) -> [Double] {
    guard tree.width > 1 else { return [try single(tree.conditions[node])] }
    let first = tree.right[node] * tree.width
    var numbers: [Double] = []
    for number in tree.leafNumbers[first..<first + tree.width] {
      numbers.append(try single(number))
    }
    return numbers
  }

  /// A split; `set`: the place of its categories.
  private mutating func split(
    _ node: Int, _ tree: XGBoostTree, _ places: [Int32], _ set: Int?
  ) throws(NotScoredHere) -> trees_split {
    // The library takes the node behind the left child for the right one.
    guard tree.right[node] == tree.left[node] + 1 else {
      throw NotScoredHere("a split has children that do not stand side by side")
    }
    var split = trees_split()
    split.feature = UInt32(clamping: tree.inputs[node])
    split.left = places[tree.left[node]]
    split.right = places[tree.right[node]]
    split.nan = UInt8(tree.defaults[node] != 0 ? TREES_LEFT : TREES_RIGHT)
    split.zero = UInt8(TREES_PLAIN)
    if tree.kinds.isEmpty || tree.kinds[node] == 0 {
      // Numbers below it go left, and so those that are at most the number before it.
      let threshold = Float(try Self.single(tree.conditions[node]))
      guard threshold.isFinite else { throw NotScoredHere("a split is at an infinity") }
      split.threshold = Double(threshold.nextDown)
      return split
    }
    guard let set else { throw NotScoredHere("a split has no set of categories") }
    let first = tree.segments[set]
    let words = try forest.append(
      categories: Array(tree.categories[first..<first + tree.sizes[set]]))
    (split.categories, split.words, split.inside) = (
      words.first, words.count, UInt8(TREES_RIGHT)
    )
    return split
  }

  /// A number of the file in single precision, as a double.
  private static func single(_ number: Double) throws(NotScoredHere) -> Double {
    // Half way between two of them it is not known on which side the digits of the file were.
    guard number.bitPattern & 0x1fff_ffff != 0x1000_0000 else {
      throw NotScoredHere("a number has more digits than single precision")
    }
    return Double(Float(number))
  }

  /// The forest of the first `end` rounds (0: all), and what makes answers of its sums.
  func ready(
    objective: String, features: Int, end: Int
  ) throws(NotScoredHere) -> (forest: Forest, link: TreeLink) {
    if let refusal { throw refusal }
    var forest = forest
    guard !forest.trees.isEmpty, answers.count == forest.trees.count,
      self.features == nil || self.features == features
    else { throw NotScoredHere("it has no trees, or does not say which answer each is of") }
    forest.features = features
    for (place, answer) in answers.enumerated() {
      forest.trees[place].group = UInt32(clamping: answer)
    }
    if let weights { try forest.weigh(weights) }
    if end > 0 {
      guard rounds.indices.contains(end), 1...forest.trees.count ~= rounds[end] else {
        throw NotScoredHere("it does not say which trees are of which round")
      }
      forest.trees.removeLast(forest.trees.count - rounds[end])
    }
    let (link, margin) = try TreeLink.xgBoost(objective)
    let scores = baseScore.split { "[], ".contains($0) }.map { Float($0) }
    guard !scores.contains(nil), scores.count == 1 || scores.count == groups else {
      throw NotScoredHere("its base score is '\(baseScore.prefix(40))'")
    }
    let start = scores.map { Double(margin($0 ?? .nan)) }
    forest.start = scores.count == groups ? start : .init(repeating: start[0], count: groups)
    return (forest, link)
  }
}

extension Forest {
  /// Multiplies the leaves of each tree, in single precision.
  fileprivate mutating func weigh(_ weights: [Double]) throws(NotScoredHere) {
    guard weights.count == trees.count, width == 1 else {
      throw NotScoredHere("its weights are not those of its trees")
    }
    for (tree, weight) in zip(trees, weights) {
      for leaf in Int(tree.first_leaf)..<Int(tree.first_leaf + tree.leaves) {
        // The library adds the leaf to zero first.
        leaves[leaf] = Double((0 + Float(leaves[leaf])) * Float(weight))
      }
    }
  }
}
