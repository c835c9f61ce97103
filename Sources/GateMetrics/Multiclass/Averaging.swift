package import GateCore

/// How the figures of several classes become one number.
enum Averaging {
  /// Each class counts the same; a class without a figure leaves none.
  case macro
  /// All decisions pooled.
  case micro
  /// Each class counts by its rows; one without rows weighs nothing.
  case weighted
  /// One class only, by its index.
  case one(Int)

  /// Reads `average` and `class`, which the metric's `refuse` keeps apart; throws where one is
  /// unknown.
  package init(_ arguments: Arguments, of sample: MulticlassSample) throws(Undefined) {
    if let name = arguments.text("class") {
      self = .one(try sample.index(of: name))
      return
    }
    switch arguments.text("average") ?? "macro" {
    case "macro": self = .macro
    case "micro": self = .micro
    case "weighted": self = .weighted
    case let other: throw Undefined("'average' is '\(other)', not macro, micro or weighted")
    }
  }
}

extension MulticlassSample {
  /// The place of a class; throws where there is none of that name.
  package func index(of name: String) throws(Undefined) -> Int {
    guard let index = classes.place(of: name) else {
      let known = classes.map { "'\($0)'" }.joined(separator: ", ")
      throw Undefined("there is no class '\(name)' among \(known)")
    }
    return index
  }

  /// The weight of the rows of each class.
  var supports: [Double] {
    let width = classes.count
    return (0..<width).map { label in
      confusion[(label * width)..<((label + 1) * width)].reduce(0, +)
    }
  }

  /// A confusion matrix a class: that class against all others.
  package var cells: [Confusion] {
    let width = classes.count
    let supports = supports
    var decided = [Double](repeating: 0, count: width)
    for (place, weight) in confusion.enumerated() { decided[place % width] += weight }
    let total = supports.reduce(0, +)
    return (0..<width).map { label in
      let right = confusion[label * width + label]
      let others = total - supports[label]
      let falsePositives = decided[label] - right
      return Confusion(
        truePositives: right, falsePositives: falsePositives,
        falseNegatives: supports[label] - right,
        trueNegatives: Swift.max(0, others - falsePositives))
    }
  }

  /// The figure of one class, or of all as `averaging` says, from each class against the others.
  func averaged(
    _ averaging: Averaging,
    _ figure: (Confusion, PositiveClass) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    let cells = cells
    if case .micro = averaging { return try figure(cells.pooled, .pooled) }
    return try averaged(averaging) { index throws(Undefined) in
      try figure(cells[index], .named(classes[index]))
    }
  }

  /// The figure of one class, or their mean, each the same or by its rows; there is no micro.
  func averaged(
    _ averaging: Averaging, _ figure: (Int) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    let shares: [Double]
    switch averaging {
    case .one(let index): return try figure(index)
    case .micro: throw Undefined("'average' is 'micro', not macro or weighted")
    case .macro: shares = classes.map { _ in 1 }
    case .weighted: shares = supports
    }
    var sum = Sum()
    for index in classes.indices where shares[index] > 0 {
      sum.add(shares[index] * (try figure(index)))
    }
    return sum.value / shares.sum
  }
}

extension [Confusion] {
  /// The cells of all classes added up.
  fileprivate var pooled: Confusion {
    Confusion(
      truePositives: map(\.truePositives).sum, falsePositives: map(\.falsePositives).sum,
      falseNegatives: map(\.falseNegatives).sum, trueNegatives: map(\.trueNegatives).sum)
  }
}

extension Metric {
  /// This metric with some of its parameters fixed, under a name of its own as a scikit-learn
  /// scorer.
  ///
  /// It keeps the examples that give just these values, standard ones included; where none of them
  /// is undefined, nothing is. It loses the parameters that are fixed, and `class`. `isByClass`: whether with these
  /// values it takes the sizes of the classes as given.
  func fixing(
    _ fixed: [String: String], as id: String, _ how: String, isByClass: Bool = false
  ) -> Metric {
    guard case .multiclass(let body) = measure else { return self }
    let parameters = parameters
    let kept = examples.filter { example in
      example.arguments.text("class") == nil
        && parameters.allSatisfy { parameter in
          let given = example.arguments.text(parameter.id) ?? parameter.standard
          return given == (fixed[parameter.id] ?? parameter.standard)
        }
    }
    return Metric(
      id, task: task, summary: "\(summary.dropLast()), \(how).", direction: direction, range: range,
      formula: formula, source: source,
      undefined: kept.contains { $0.value == nil } ? undefined : [],
      parameters: parameters.filter {
        fixed[$0.id] == nil && $0.id != "class" && $0.id != "average"
      },
      measure: .multiclass { sample, arguments throws(Undefined) in
        var arguments = arguments
        for (name, value) in fixed { arguments.texts[name] = value }
        return try body(sample, arguments)
      },
      spread: spread, isByClass: isByClass,
      examples: kept.map { Example($0.sample, gives: $0.value) })
  }

  /// The scorers of this metric that scikit-learn has: macro, micro and weighted.
  var averages: [Metric] {
    [
      fixing(
        ["average": "macro"], as: "\(id)_macro", "the mean over classes", isByClass: isByClass
      ).alsoCalled("macro_\(id)"),
      fixing(["average": "micro"], as: "\(id)_micro", "all decisions pooled").alsoCalled(
        "micro_\(id)"),
      fixing(["average": "weighted"], as: "\(id)_weighted", "classes weighing by their rows")
        .alsoCalled("weighted_\(id)"),
    ]
  }
}
