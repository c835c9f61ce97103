import GateCore

/// Holds the trees of an XGBoost file to what a tree is, of which the library looks at nothing but how many numbers there
/// are: an input that there is not is read from foreign memory, and children in a ring are followed for ever.
struct XGBoostTrees {
  /// How many trees were read, and how many nodes all of them have that the root leads to.
  private var count = 0
  private var nodes = 0
  /// How many weights a linear model has.
  private var linear = 0
  /// The largest input that a tree splits by, and which tree does.
  private var widest = (input: -1, tree: 0)
  /// What `learner` says of its inputs and its answers.
  private var inputs: Int?
  private var names: [String] = []
  private var types: [String] = []
  private var groups = 1
  /// Which answer each tree is of, and where the trees of each round begin.
  private var answers: [Int]?
  private var rounds: [Int]?
  /// The weights of a dart model's trees.
  private var weights: Int?

  /// Reads a whole file; throws what is wrong with it.
  static func check(_ values: inout XGBoostValues) throws(XGBoostFault) -> ModelSize {
    var trees = XGBoostTrees()
    var hasLearner = false
    try values.members { (values, key) throws(XGBoostFault) in
      guard key == "learner" else { return try values.skip() }
      hasLearner = true
      try trees.readLearner(&values)
    }
    guard hasLearner else { throw .wrong("it has no 'learner'") }
    try trees.hold()
    return ModelSize(
      trees: trees.count > 0 ? trees.count : nil, nodes: trees.count > 0 ? trees.nodes : nil,
      parameters: trees.linear > 0 ? trees.linear : nil)
  }

  private mutating func readLearner(_ values: inout XGBoostValues) throws(XGBoostFault) {
    try values.members { (values, key) throws(XGBoostFault) in
      switch key {
      case "gradient_booster": try readBooster(&values)
      case "feature_names": names = try values.texts()
      case "feature_types": types = try values.texts()
      case "learner_model_param":
        try values.members { (values, key) throws(XGBoostFault) in
          switch key {
          case "num_feature": inputs = Int(try values.text())
          case "num_class", "num_target": groups = max(groups, Int(try values.text()) ?? 1)
          default: try values.skip()
          }
        }
      default: try values.skip()
      }
    }
  }

  /// The booster, or that which a dart model keeps within.
  private mutating func readBooster(_ values: inout XGBoostValues) throws(XGBoostFault) {
    try values.members { (values, key) throws(XGBoostFault) in
      switch key {
      case "gbtree": try readBooster(&values)
      case "weight_drop": weights = try values.numbers().count
      case "model":
        try values.members { (values, key) throws(XGBoostFault) in
          switch key {
          case "trees":
            try values.items { (values, place) throws(XGBoostFault) in
              count = place + 1
              try readTree(&values, place)
            }
          case "weights": linear = try values.numbers().count
          case "tree_info": answers = try values.whole()
          case "iteration_indptr": rounds = try values.whole()
          default: try values.skip()
          }
        }
      default: try values.skip()
      }
    }
  }

  private mutating func readTree(_ values: inout XGBoostValues, _ place: Int) throws(XGBoostFault) {
    var tree = Tree()
    try values.members { (values, key) throws(XGBoostFault) in
      switch key {
      case "left_children": tree.left = try values.whole()
      case "right_children": tree.right = try values.whole()
      case "parents": tree.parents = try values.whole()
      case "split_indices": tree.inputs = try values.whole()
      case "split_conditions": tree.conditions = try values.numbers()
      case "categories_nodes": tree.categorical = try values.whole()
      case "categories_segments": tree.segments = try values.whole()
      case "categories_sizes": tree.sizes = try values.whole()
      case "categories": tree.categories = try values.whole()
      case "leaf_weights": tree.leafNumbers = try values.numbers().count
      case "tree_param":
        try values.members { (values, key) throws(XGBoostFault) in
          guard key == "size_leaf_vector" else { return try values.skip() }
          tree.width = Int(try values.text()) ?? 1
        }
      default: try values.skip()
      }
    }
    if let mistake = tree.mistake { throw .wrong("tree \(place) \(mistake)") }
    nodes += 1 + 2 * tree.splits.count
    let most = tree.splits.map { tree.inputs[$0] }.max() ?? -1
    if let least = tree.splits.map({ tree.inputs[$0] }).min(), least < 0 {
      throw .wrong("tree \(place) splits by input \(least)")
    }
    if most > widest.input { widest = (most, place) }
  }

  /// What stands in several places must fit.
  private func hold() throws(XGBoostFault) {
    if let inputs {
      if widest.input >= inputs {
        throw .wrong(
          "tree \(widest.tree) splits by input \(widest.input), and the model has \(inputs)")
      }
      if !names.isEmpty, names.count != inputs {
        throw .wrong("it names \(names.count.counted("input")), and has \(inputs)")
      }
      if !types.isEmpty, types.count != inputs {
        throw .wrong("it has the types of \(types.count.counted("input")), and has \(inputs)")
      }
    }
    if let answers {
      if answers.count != count {
        throw .wrong("it says of \(answers.count) trees which answer they are of, and has \(count)")
      }
      if let stranger = answers.first(where: { !(0..<groups).contains($0) }) {
        throw .wrong("a tree is of the answer \(stranger), and there are \(groups), from 0")
      }
    }
    if let rounds, !rounds.isEmpty {
      let rises = zip(rounds, rounds.dropFirst()).allSatisfy { $0 <= $1 }
      guard rises, rounds.first == 0, rounds.last == count else {
        throw .wrong("its rounds do not divide its \(count.counted("tree"))")
      }
    }
    if let weights, weights != count {
      throw .wrong("it has \(weights.counted("weight")) of \(count.counted("tree"))")
    }
  }
}

/// The numbers of one tree.
private struct Tree {
  var left: [Int] = []
  var right: [Int] = []
  var parents: [Int] = []
  var inputs: [Int] = []
  var conditions: [Double] = []
  /// The nodes that split by categories, where the categories of each begin, how many they are, and all of them.
  var categorical: [Int] = []
  var segments: [Int] = []
  var sizes: [Int] = []
  var categories: [Int] = []
  /// How many answers a leaf has, and of several how many numbers all leaves have: such a leaf's right child is the place of
  /// its own among them.
  var width = 1
  var leafNumbers = 0

  /// How the root's parent is written, and that of a node that was cut off.
  private static let noParent: Set = [Int(Int32.max), -1, Int(Int32.min)]

  /// The nodes that split.
  var splits: [Int] { left.indices.filter { left[$0] != -1 } }

  /// What keeps it from being a tree; nil: nothing.
  var mistake: String? {
    let nodes = left.count
    for (name, found) in [
      ("right_children", right.count), ("split_indices", inputs.count),
      ("split_conditions", conditions.count), ("parents", parents.count),
    ] where found != nodes {
      return "has \(found) numbers of '\(name)' for \(nodes.counted("node"))"
    }
    if nodes == 0 { return "has no nodes" }
    // A number beyond single precision becomes an infinity where the library reads it.
    if let place = conditions.firstIndex(where: { $0.isFinite && !Float($0).isFinite }) {
      return "has the number \(conditions[place]), which single precision does not hold"
    }
    return childrenMistake ?? categoriesMistake
  }

  /// Every child is a node that no other has, and knows its parent.
  private var childrenMistake: String? {
    let nodes = left.count
    var isChild = [Bool](repeating: false, count: nodes)
    isChild[0] = true
    for node in left.indices {
      if left[node] == -1, width > 1, leafNumbers > 0 {
        guard right[node] >= 0, right[node] < leafNumbers / width else {
          return "has a leaf with the numbers \(right[node]) of \(leafNumbers / width)"
        }
        continue
      }
      if left[node] == -1, right[node] == -1 { continue }
      for child in [left[node], right[node]] {
        guard (0..<nodes).contains(child) else {
          return "has the child \(child), and \(nodes.counted("node"))"
        }
        if isChild[child] { return "has the node \(child) as a child twice, or above itself" }
        isChild[child] = true
        if parents[child] != node {
          return "has the node \(child) below \(node), and its parent is \(parents[child])"
        }
      }
    }
    return Self.noParent.contains(parents[0]) ? nil : "has a root with the parent \(parents[0])"
  }

  private var categoriesMistake: String? {
    guard segments.count == categorical.count, sizes.count == categorical.count else {
      return
        "has \(categorical.count) splits by categories, and \(segments.count) beginnings of them"
    }
    for (place, node) in categorical.enumerated() {
      let (start, size) = (segments[place], sizes[place])
      guard left.indices.contains(node), start >= 0, size >= 0,
        start <= categories.count, size <= categories.count - start
      else { return "has categories that do not fit its splits" }
    }
    return nil
  }
}

extension XGBoostValues {
  /// Reads a list of whole numbers.
  fileprivate mutating func whole() throws(XGBoostFault) -> [Int] {
    var whole: [Int] = []
    for number in try numbers() {
      guard let number = Int(exactly: number) else {
        throw .wrong("it has \(number) where a whole number was wanted")
      }
      whole.append(number)
    }
    return whole
  }
}
