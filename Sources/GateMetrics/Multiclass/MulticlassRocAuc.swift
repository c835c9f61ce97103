import GateCore

extension Metric.Multiclass {
  /// The area under the ROC curve over several classes.
  static let rocAuc = Metric(
    "roc_auc", task: .multiclass, aliases: ["auc", "auroc", "roc_auc_score"],
    summary: "The chance that a row of a class has a higher probability of it than another row.",
    direction: .higherIsBetter,
    formula:
      "ovr: mean over classes of roc_auc against the rest; "
      + "ovo: mean over pairs of classes of the two roc_auc of their rows",
    source: "scikit-learn roc_auc_score; Hand and Till (2001)",
    undefined: [
      "A class that counts has no rows, or all the rows.", "The model gives classes, not scores.",
    ],
    parameters: [.multiClass, .scoreAverage, .oneClass],
    refuse: Refusal.Rule { arguments in
      if arguments.has("class"), arguments.text("multi_class") == "ovo" {
        return Refusal(at: "class", "'class' and 'multi_class: ovo' exclude each other")
      }
      return Refusal.Rule.averageOr("class").refusal(arguments)
    },
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.requireScores()
      let averaging = try Averaging(arguments, of: sample)
      guard arguments.text("multi_class") == "ovo" else {
        return try sample.averaged(averaging) { index throws(Undefined) in
          try sample.areaUnderCurve(of: index)
        }
      }
      return try sample.areaOverPairs(averaging)
    },
    spread: .resampledInOrder,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 91.0 / 108),
      Metric.Example(
        .outcomesOfSix, Arguments(texts: ["average": "weighted"]),
        gives: 29.0 / 36),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["class": "repaid"]), gives: 7.0 / 9),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["multi_class": "ovo"]), gives: 31.0 / 36),
      Metric.Example(
        .outcomesOfSix, Arguments(texts: ["multi_class": "ovo", "average": "weighted"]),
        gives: 61.0 / 72),
      Metric.Example(.noneDefaulted, gives: nil),
      Metric.Example(.allRepaid, Arguments(texts: ["average": "weighted"]), gives: nil),
      Metric.Example(.noneDefaulted, Arguments(texts: ["multi_class": "ovo"]), gives: nil),
      Metric.Example(
        .noneDefaulted, Arguments(texts: ["multi_class": "ovo", "average": "weighted"]), gives: nil
      ),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// The scorers of `roc_auc` that scikit-learn has.
  static let rocAucScorers = [
    rocAuc.fixing(
      ["multi_class": "ovr", "average": "macro"], as: "roc_auc_ovr",
      "each class against all others"),
    rocAuc.fixing(
      ["multi_class": "ovr", "average": "weighted"], as: "roc_auc_ovr_weighted",
      "each class against all others, weighing by its rows"),
    rocAuc.fixing(
      ["multi_class": "ovo", "average": "macro"], as: "roc_auc_ovo", "over each pair of classes",
      isByClass: true),
    rocAuc.fixing(
      ["multi_class": "ovo", "average": "weighted"], as: "roc_auc_ovo_weighted",
      "over each pair of classes, weighing by their rows"),
  ]
}

extension MulticlassSample {
  /// The area under the ROC curve of one class against all others.
  fileprivate func areaUnderCurve(of index: Int) throws(Undefined) -> Double {
    let support = supports[index]
    guard support > 0 else { throw Undefined(PositiveClass.named(classes[index]).hasNoRows) }
    guard support < confusion.reduce(0, +) else {
      throw Undefined(PositiveClass.named(classes[index]).hasAllRows)
    }
    return try oneVersusRest(index).areaUnderCurve()
  }

  /// The mean over pairs of classes of the two areas each gives on the rows of both.
  fileprivate func areaOverPairs(_ averaging: Averaging) throws(Undefined) -> Double {
    let supports = supports
    if let missing = supports.firstIndex(of: 0) {
      throw Undefined(PositiveClass.named(classes[missing]).hasNoRows)
    }
    guard classes.count > 1 else { throw Undefined("there is one class only") }
    let areas = classes.indices.map { pairAreas(of: $0) }
    var sum = Sum()
    var total = Sum()
    for first in classes.indices {
      for second in (first + 1)..<classes.count {
        var share = 1.0
        if case .weighted = averaging { share = supports[first] + supports[second] }
        let pairs = supports[first] * supports[second]
        sum.add(share * (areas[first][second] + areas[second][first]) / (2 * pairs))
        total.add(share)
      }
    }
    return (sum.value / total.value).clamped(to: 0...1)
  }

  /// For each other class: the weight of the pairs in which a row of class `index` ranks above one
  /// of it.
  ///
  /// One sort and one pass for all of them; a tie counts half.
  private func pairAreas(of index: Int) -> [Double] {
    let order = oneVersusRest(index)
    var areas = [Sum](repeating: Sum(), count: classes.count)
    var before = Sum()
    var place = 0
    while place < order.count {
      let start = place
      var tied = Sum()
      while place < order.count, order.scores[place] == order.scores[start] {
        if order.positives[place] { tied.add(order.weights?[place] ?? 1) }
        place += 1
      }
      let above = before.value + tied.value / 2
      for other in start..<place where !order.positives[other] {
        areas[Int(labels[Int(order.rows[other])])].add((order.weights?[other] ?? 1) * above)
      }
      before.add(tied.value)
    }
    return areas.map(\.value)
  }
}
