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

  /// What is needed to score them.
  private var parts = XGBoostForest()

  /// Reads a whole file; throws what is wrong with it.
  static func read(
    _ values: inout XGBoostValues
  ) throws(XGBoostFault) -> (size: ModelSize, parts: XGBoostForest) {
    var trees = XGBoostTrees()
    var hasLearner = false
    try values.members { (values, key) throws(XGBoostFault) in
      guard key == "learner" else { return try values.skip() }
      hasLearner = true
      try trees.readLearner(&values)
    }
    guard hasLearner else { throw .wrong("it has no 'learner'") }
    try trees.hold()
    trees.parts.groups = trees.groups
    trees.parts.features = trees.inputs
    let size = ModelSize(
      trees: trees.count > 0 ? trees.count : nil, nodes: trees.count > 0 ? trees.nodes : nil,
      parameters: trees.linear > 0 ? trees.linear : nil)
    return (size, trees.parts)
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
          case "base_score": parts.baseScore = try values.text()
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
      case "weight_drop":
        parts.weights = try values.numbers()
        weights = parts.weights?.count
      case "model":
        try values.members { (values, key) throws(XGBoostFault) in
          switch key {
          case "trees":
            try values.items { (values, place) throws(XGBoostFault) in
              count = place + 1
              try readTree(&values, place)
            }
          case "weights": linear = try values.numbers().count
          case "tree_info":
            answers = try values.whole()
            parts.answers = answers ?? []
          case "iteration_indptr":
            rounds = try values.whole()
            parts.rounds = rounds ?? []
          default: try values.skip()
          }
        }
      default: try values.skip()
      }
    }
  }

  private mutating func readTree(_ values: inout XGBoostValues, _ place: Int) throws(XGBoostFault) {
    var tree = XGBoostTree()
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
      case "leaf_weights": tree.leafNumbers = try values.numbers()
      case "default_left": tree.defaults = try values.whole()
      case "split_type": tree.kinds = try values.whole()
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
    parts.append(tree)
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
