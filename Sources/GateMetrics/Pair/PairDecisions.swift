package import GateCore

/// How the candidate's decisions differ from the champion's on the same rows.
extension Metric.Pair {
  /// Rows that were decided rightly and are not, and the other way round.
  package static let flips: [Metric] = decisionTasks.flatMap { task in
    [
      rate(
        "negative_flip_rate", task, .lowerIsBetter,
        "The share of rows that the champion decided rightly and the candidate decides wrongly.",
        "weight of rows right before and wrong now / weight of all rows",
        "Yan et al. (2021), Positive-congruent training: negative flip rate", gives: 1
      ) { now, before in before && !now },
      rate(
        "positive_flip_rate", task, .higherIsBetter,
        "The share of rows that the champion decided wrongly and the candidate decides rightly.",
        "weight of rows wrong before and right now / weight of all rows",
        "Yan et al. (2021), Positive-congruent training: positive flips", gives: 2
      ) { now, before in !before && now },
      rate(
        "symmetric_flip_rate", task, .neither,
        "The share of rows that one of the models decides rightly and the other wrongly.",
        "weight of rows right by one model only / weight of all rows",
        "negative_flip_rate + positive_flip_rate", gives: 3
      ) { now, before in before != now },
    ]
  }

  /// Rows that both models decide alike, be it right or wrong.
  static let agreements: [Metric] = decisionTasks.map { task in
    Metric(
      "decision_agreement", task: task,
      summary: "The share of rows that both models decide alike, rightly or wrongly.",
      direction: .neither,
      formula: "weight of rows with the same decision / weight of all rows",
      source: "scikit-learn accuracy_score of one model's decisions against the other's",
      parameters: threshold(task),
      measure: .pair(
        PairSums { now, before, arguments throws(Undefined) in
          let places = now.places(in: before)
          let (mine, other) = (Decisions(now, arguments), Decisions(before, arguments))
          return RowParts(
            mean: places.indices.map { mine.isSame($0, as: other, Int(places[$0])).number })
        } total: { sums, _ throws(Undefined) in
          try share(sums[0], of: sums[1], orElse: "there are no rows")
        }),
      spread: .rowShare,
      examples: [
        Metric.Example(.pairNow(task), champion: .pairBefore(task), gives: 0.5),
        Metric.Example(.pairNow(task), champion: .pairNow(task), gives: 1),
      ])
  }

  /// Tasks whose rows are decided.
  private static let decisionTasks: [TaskKind] = [.binary, .multiclass, .multilabel, .text]

  /// Of binary decisions the parameter that makes them.
  package static func threshold(_ task: TaskKind) -> [Parameter] {
    task == .binary ? [.threshold] : []
  }

  /// A share of the rows; `flipped` says of a row whether each model is right, `gives` how many of six it holds.
  private static func rate(
    _ id: String, _ task: TaskKind, _ direction: Metric.Direction, _ summary: String,
    _ formula: String, _ source: String, gives count: Double,
    _ flipped: @escaping @Sendable (_ now: Bool, _ before: Bool) -> Bool
  ) -> Metric {
    Metric(
      id, task: task, summary: summary, direction: direction, formula: formula, source: source,
      parameters: threshold(task),
      measure: .pair(
        PairSums(showsRows: true) { now, before, arguments throws(Undefined) in
          let (mine, theirs) = (now.right(arguments), before.right(arguments))
          let places = now.places(in: before)
          return RowParts(
            mean: mine.indices.map { flipped(mine[$0], theirs[Int(places[$0])]).number })
        } total: { sums, _ throws(Undefined) in
          try share(sums[0], of: sums[1], orElse: "there are no rows")
        }),
      // Where neither is better, no row loses by being decided otherwise.
      spread: .rowShare, loss: direction == .neither ? .ofSpread : .wrongDecision,
      examples: [
        Metric.Example(.pairNow(task), champion: .pairBefore(task), gives: count / 6),
        Metric.Example(.pairNow(task), champion: .pairNow(task), gives: 0),
      ])
  }
}

extension Sample {
  /// Whether the decision at each place is right, at the threshold given.
  fileprivate func right(_ arguments: Arguments) -> [Bool] {
    guard case .binary(let sample) = self, let threshold = arguments["threshold"] else {
      return rightByPlace
    }
    return sample.scores.indices.map { (sample.scores[$0] >= threshold) == sample.positives[$0] }
  }
}

/// What a model decided, place by place.
private enum Decisions {
  /// A class a row.
  case classes([Int32])
  /// As many flags a row.
  case flags([Bool], width: Int)
  /// A text a row.
  case texts([String])

  package init(_ sample: Sample, _ arguments: Arguments) {
    switch sample {
    case .binary: self = .flags(sample.decidedByPlace(at: arguments["threshold"]), width: 1)
    case .multiclass(let sample): self = .classes(sample.decisions)
    case .multilabel(let sample):
      self = .flags(sample.scores.map { $0 >= sample.threshold }, width: sample.width)
    case .text(let sample): self = .texts(sample.predictions)
    case .regression, .ranking: self = .classes([])
    }
  }

  /// Whether the decision at a place is the other model's at another.
  package func isSame(_ place: Int, as other: Decisions, _ otherPlace: Int) -> Bool {
    switch (self, other) {
    case (.classes(let mine), .classes(let theirs)): mine[place] == theirs[otherPlace]
    case (.texts(let mine), .texts(let theirs)): mine[place].isSame(as: theirs[otherPlace])
    case (.flags(let mine, let width), .flags(let theirs, _)):
      mine[(place * width)..<((place + 1) * width)]
        .elementsEqual(theirs[(otherPlace * width)..<((otherPlace + 1) * width)])
    default: false
    }
  }
}
