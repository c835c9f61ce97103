import GateCore

extension ManifestReader {
  /// Where a model, or its scores, come from.
  package mutating func source(_ node: Node) -> Manifest.Model.Source {
    if let from = node["from"]?.text {
      for key in [
        "predictions", "score", "scores", "text", "interval", "format", "types", "csv", "exclude",
        "partitions",
      ] {
        if let found = node.key(key) {
          refuse(
            "'\(key)' and 'from' exclude each other", found,
            hint: "a model is scored here, or its scores are read")
        }
      }
      if task == .text {
        refuse(
          "no runtime writes texts, and this task is text", node.key("from"),
          hint: "have the model write them elsewhere and name the file under 'predictions'")
      }
      if let key = node.key("quantiles"), task != .regression {
        refuse("'quantiles' is for regression tasks; this one is \(task.rawValue)", key)
      }
      return .model(uri: from, runtime: node["runtime"]?.text)
    }
    guard let predictions = node["predictions"]?.text else {
      refuse("the model has neither 'from' nor 'predictions'", node)
      return .model(uri: "", runtime: nil)
    }
    let others = ModelOptions.parameters.map(\.id).filter { $0 != "may_read_label" }
    for key in ["runtime", "features", "derive", "limits"] + others {
      if let found = node.key(key) {
        refuse("'\(key)' goes with 'from'; scores made elsewhere have none", found)
      }
    }
    return .predictions(uri: predictions, columns(node, of: predictions))
  }

  /// The columns of a file of predictions: those the task wants, and no other.
  private mutating func columns(
    _ node: Node, of file: String
  ) -> Manifest.Model.PredictionColumns {
    var columns = Manifest.Model.PredictionColumns()
    refuseForeign(node)
    switch task {
    case .multiclass, .multilabel:
      columns.scores = node["scores"]?.pairs?.map { ($0.key.text ?? "", $0.value.text ?? "") } ?? []
      if columns.scores.count < (task == .multiclass ? 2 : 1) {
        refuse(
          "'scores' is missing", node,
          hint: task == .multiclass
            ? "name the column of each class: scores: {low: p_low, mid: p_mid}"
            : "name the column of each label: scores: {fraud: p_fraud, late: p_late}")
      }
    case .text:
      columns.text = node["text"]?.text
      if columns.text == nil {
        refuse("'text' is missing", node, hint: "name the column of the texts in '\(file)'")
      }
    case .binary, .regression, .ranking:
      columns.score = node["score"]?.text
      if columns.score == nil {
        refuse("'score' is missing", node, hint: "name the column of the score in '\(file)'")
      }
    }
    if let low = node["interval"]?["low"]?.text, let high = node["interval"]?["high"]?.text {
      columns.interval = (low, high)
    }
    columns.quantiles = quantiles(node["quantiles"])
    columns.format = node["format"]?.text
    columns.types = TableOrigin.types(node)
    columns.csv = dialect(node["csv"])
    columns.exclude = node["exclude"]?.items?.compactMap(\.text) ?? []
    columns.partitions = node["partitions"]?.boolean ?? false
    refuseDoubled(node)
    return columns
  }

  /// Refuses one column for two classes, labels, levels or ends: one of them would be judged by the other's numbers.
  private mutating func refuseDoubled(_ node: Node) {
    for key in ["scores", "quantiles", "interval"] {
      var owners: [ExactText: String] = [:]
      for pair in node[key]?.pairs ?? [] {
        guard let column = pair.value.text else { continue }
        let owner = pair.key.text ?? ""
        if let other = owners.updateValue(owner, forKey: ExactText(column)) {
          refuse(
            "'\(key)' names the column '\(column)' for '\(other)' and for '\(owner)'", pair.value,
            hint: "name a column of its own for each")
        }
      }
    }
  }

  /// Refuses scores of other classes or labels than the manifest has.
  mutating func refuseClasses(of models: Node, beside names: [String]?) {
    guard let names, task == .multiclass || task == .multilabel else { return }
    let one = task == .multiclass ? "class" : "label"
    for role in Role.allCases {
      guard let scores = models[role.rawValue]?["scores"], let pairs = scores.pairs else {
        continue
      }
      for name in names where !pairs.contains(where: { $0.key.text?.isSame(as: name) == true }) {
        refuse(
          "'scores' has no column for the \(one) '\(name)'",
          models[role.rawValue]?.key("scores") ?? scores,
          hint: "add it: the columns are of \(names.prefix(40).joined(separator: ", "))")
      }
      for pair in pairs {
        guard let text = pair.key.text, !names.contains(where: { $0.isSame(as: text) }) else {
          continue
        }
        refuse(
          "'scores' names the \(one) '\(text)', and there is none", pair.key,
          hint: text.nearest(in: names).map { "did you mean '\($0)'?" }
            ?? "there are: \(names.prefix(40).joined(separator: ", "))")
      }
    }
  }

  /// Refuses the columns of other tasks.
  private mutating func refuseForeign(_ node: Node) {
    if let key = node.key("score"), task == .multiclass || task == .multilabel {
      refuse("'score' is for one column; a \(task.rawValue) task wants 'scores'", key)
    } else if let key = node.key("score"), task == .text {
      refuse("'score' is for numbers; a text task wants 'text'", key)
    }
    if let key = node.key("scores"), task != .multiclass, task != .multilabel {
      refuse("'scores' is for multiclass tasks", key)
    }
    if let key = node.key("text"), task != .text {
      refuse("'text' is for text tasks; this one is \(task.rawValue)", key)
    }
    for name in ["interval", "quantiles"] where task != .regression {
      guard let key = node.key(name) else { continue }
      refuse("'\(name)' is for regression tasks; this one is \(task.rawValue)", key)
    }
  }

  /// Levels with their columns, rising.
  private mutating func quantiles(_ node: Node?) -> [(level: Double, column: String)] {
    var quantiles: [(level: Double, column: String)] = []
    if let node, node.pairs == nil {
      refuse(
        "found \(node.found), wanted the column of each level", node,
        hint: "quantiles: {0.1: low, 0.9: high}")
    }
    for pair in node?.pairs ?? [] {
      guard let level = Double(pair.key.text ?? ""), level > 0, level < 1 else {
        refuse("found \(pair.key.found), wanted a level above 0 and below 1", pair.key)
        continue
      }
      if quantiles.contains(where: { $0.level == level }) {
        refuse("the level \(level.brief) stands twice", pair.key)
      }
      quantiles.append((level, pair.value.text ?? ""))
    }
    return quantiles.sorted { $0.level < $1.level }
  }
}
