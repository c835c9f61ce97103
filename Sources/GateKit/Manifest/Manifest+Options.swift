package import GateCore

extension ModelOptions {
  /// The keys of a manifest that say it; all but the last go with `from`.
  package static let parameters = [
    Parameter(
      "link", "What makes probabilities of the model's numbers, where it gives margins or logits.",
      .choice(Link.allCases.map(\.rawValue)), standard: "none"),
    Parameter(
      "iterations",
      "LightGBM, XGBoost: how many rounds score, or 'all'; default: the best one of a model that XGBoost's "
        + "scikit-learn wrapper stopped early, else all.",
      .either([.choice(["all"]), .integer(1...Int.max)])),
    Parameter(
      "output", "ONNX: the output that is the answer, where the model has several.", .text),
    Parameter(
      "categories",
      "LightGBM: the inputs its lists of categories belong to, in the lists' order, where the columns do not tell.",
      .list(.text)),
    Parameter(
      "unseen",
      "The largest share of an input's rows that may hold a category the model has never seen, which is then a "
        + "missing value, or what an ONNX model's encoder makes of it; default: 0 for XGBoost, else 0.05.",
      .number(0...1)),
    Parameter(
      "may_read_label",
      "Whether an input may be the label, or be made of it; of predictions whether a score may be.",
      .boolean,
      standard: "false"),
  ]
}

extension ManifestReader {
  /// What a model that is scored here is to be run with.
  package mutating func options(_ node: Node) -> ModelOptions {
    let mayReadLabel = node["may_read_label"]?.boolean ?? false
    guard node["from"] != nil else { return ModelOptions(mayReadLabel: mayReadLabel) }
    var options = ModelOptions(
      link: node["link"]?.text.flatMap(ModelOptions.Link.init), output: node["output"]?.text,
      categories: node["categories"]?.items?.compactMap(\.text), unseen: node["unseen"]?.number,
      mayReadLabel: mayReadLabel, quantiles: levels(node["quantiles"]))
    if let iterations = node["iterations"] {
      options.iterations = iterations.integer.map { .first($0) } ?? .all
    }
    if let link = options.link, link != .none {
      let fits = [.binary, .multiclass].contains(task) || (task == .multilabel && link == .sigmoid)
      if !fits {
        refuse(
          "'link: \(link.rawValue)' makes probabilities of classes, which a \(task.rawValue) task has not",
          node.key("link"), hint: task == .multilabel ? "say 'link: sigmoid'" : "leave it out")
      }
    }
    return options
  }

  /// The levels of a model's own quantiles, of which one must be the predicted value.
  private mutating func levels(_ node: Node?) -> [Double] {
    guard let node else { return [] }
    guard let items = node.items else {
      refuse(
        "found \(node.found), wanted the levels of the model's numbers in their order", node,
        hint: "quantiles: [0.1, 0.5, 0.9]; columns by level are for a file of predictions")
      return []
    }
    var levels: [Double] = []
    for item in items {
      guard let level = item.number, level > 0, level < 1 else {
        refuse("found \(item.found), wanted a level above 0 and below 1", item)
        continue
      }
      if levels.contains(level) { refuse("the level \(level.brief) stands twice", item) }
      levels.append(level)
    }
    if !levels.contains(0.5) {
      refuse(
        "the levels have no 0.5, whose number is the predicted value", node,
        hint: "score the model elsewhere and name the file under 'predictions'")
    }
    return levels
  }
}
