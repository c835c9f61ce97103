extension Metric {
  /// How the labels of some rows must differ for a metric to tell one model from another on them.
  ///
  /// Without that every model has the same value, and a comparison of two would pass whatever they are.
  package enum Contrast: Sendable, Equatable {
    /// Not at all.
    case none
    /// Some row is positive.
    case positives
    /// Each label has a row, where each counts alike; else some label has.
    case labels
    /// The rows are of two classes at least.
    case classes
    /// That, and the top of the scores, `share` or `count`, is not all rows.
    case smallTop
    /// The targets are not all equal.
    case targets
    /// Some target is not 0.
    case sizes
    /// Some query has rows of different relevance.
    case relevance
    /// That, and some query has more than k rows, so that the list does not hold all of them.
    case longQueries
    /// There are more than k classes, so that not every one is among the k highest.
    case moreClasses
    /// References are written in the letters a to z.
    case latinLetters
    /// References have spaces between words, or with `orNone` no words at all; what else to take.
    case words(instead: String, orNone: Bool = false)

    /// When a metric that wants it is undefined, for its page.
    package var undefined: [String] {
      let unspaced = "More than one reference in twenty is written without spaces between words."
      return switch self {
      case .none: []
      case .positives: ["No row is positive."]
      case .labels:
        ["No row has any label; of a mean over labels, one has no row and 'empty' is not given."]
      case .classes: ["All rows are of one class."]
      case .smallTop: ["All rows are of one class.", "The top is all rows."]
      case .targets: ["All targets are equal."]
      case .sizes: ["All targets are 0."]
      case .relevance: ["In every query all rows are equally relevant."]
      case .longQueries:
        ["In every query all rows are equally relevant.", "No query has more than k rows."]
      case .moreClasses: ["There are no more than k classes."]
      case .latinLetters:
        [
          "No reference has words.",
          "More than one reference in twenty is written in letters other than a to z, or in signs alone.",
        ]
      case .words(_, let orNone): orNone ? [unspaced] : ["No reference has words.", unspaced]
      }
    }
  }

  /// Throws where the labels of the rows do not differ as the metric wants it.
  func refuseAlike(_ sample: Sample, _ arguments: Arguments) throws(Undefined) {
    switch (contrast, sample) {
    case (.positives, .binary(let sample)), (.classes, .binary(let sample)),
      (.smallTop, .binary(let sample)):
      guard sample.has(true) else { throw Undefined(PositiveClass.positive.hasNoRows) }
      guard contrast == .positives || sample.has(false) else {
        throw Undefined(PositiveClass.positive.hasAllRows)
      }
      let isAll = arguments["share"] == 1 || arguments["count"] == sample.totalWeight
      if contrast == .smallTop, isAll {
        throw Undefined(
          "the top is all \(sample.totalWeight.brief) rows, whatever the model says")
      }
    case (.labels, .multilabel(let sample)):
      try refuseAbsent(sample, arguments)
    case (.classes, .multiclass(let sample)):
      if sample.labels.areEqual(sample.weights) {
        throw Undefined("all rows are of one class")
      }
    case (.targets, .regression(let sample)):
      if sample.targets.areEqual(sample.weights) { throw Undefined("all targets are equal") }
    case (.sizes, .regression(let sample)):
      if sample.targets.allSatisfy({ $0 == 0 }) { throw Undefined("all targets are 0") }
    case (.moreClasses, .multiclass(let sample)):
      let count = arguments["k"].map { Int($0) } ?? 2
      guard count < sample.classes.count else {
        throw Undefined(
          "with k: \(count) of \(sample.classes.count) classes every row is right, whatever the model says"
        )
      }
    case (.relevance, .ranking(let sample)), (.longQueries, .ranking(let sample)):
      try refuseAlikeQueries(sample, arguments)
    case (.latinLetters, .text(let sample)):
      try sample.refuseBlank()
      try sample.refuseLettersUnread(by: "rouge")
    case (.words(let instead, let orNone), .text(let sample)):
      if !orNone { try sample.refuseBlank() }
      if arguments.text("tokenize") != "char" { try sample.refuseUnspaced(instead) }
    default: return
    }
  }

  /// Throws where every query's rows are equally relevant, or all of them fit in the list.
  private func refuseAlikeQueries(
    _ sample: RankingSample, _ arguments: Arguments
  ) throws(Undefined) {
    if contrast == .longQueries, let count = arguments["k"].map({ Int($0) }),
      (0..<sample.queryCount).allSatisfy({ sample.places(of: $0).count <= count })
    {
      throw Undefined(
        "no query has more than k: \(count) rows, so the list holds all of them, whatever the model says"
      )
    }
    // A metric that asks only whether a row is relevant sees no grades.
    let isGraded = !parameters.contains { $0.id == Parameter.minRelevance.id }
    let seen = sample.relevance.map { relevance in
      isGraded ? relevance : arguments.isRelevant(relevance).number
    }
    let isAlike = (0..<sample.queryCount).allSatisfy { query in
      let places = sample.places(of: query)
      return Array(seen[places]).areEqual(sample.weights.map { Array($0[places]) })
    }
    if isAlike {
      throw Undefined(
        seen.contains { $0 > 0 }
          ? "in every query all rows are equally relevant" : "no query has a relevant row")
    }
  }
}

extension Metric {
  /// Throws where no row has any label, or in a mean over labels one of them, so that a model that finds it in every row
  /// has the same value as one that finds it in none.
  private func refuseAbsent(
    _ sample: MultilabelSample, _ arguments: Arguments
  ) throws(Undefined) {
    let width = sample.names.count
    let absent = sample.names.indices.filter { label in
      !sample.rows.indices.contains { row in
        sample.labels[row * width + label] && sample.weights?[row] != 0
      }
    }
    if let name = arguments.text("label") {
      guard !absent.contains(where: { sample.names[$0].isSame(as: name) }) else {
        throw Undefined(PositiveClass.label(name).hasNoRows)
      }
      return
    }
    if absent.count == width { throw Undefined(PositiveClass.labels.hasNoRows) }
    guard arguments.text("average") ?? "macro" == "macro", arguments.text("empty") == nil,
      let first = absent.first
    else { return }
    throw Undefined(PositiveClass.label(sample.names[first]).hasNoRows)
  }
}

extension BinarySample {
  /// Whether a row that counts is of a class.
  fileprivate func has(_ isPositive: Bool) -> Bool {
    positives.indices.contains { positives[$0] == isPositive && weights?[$0] != 0 }
  }
}

extension Array where Element: Equatable {
  /// Whether all that count are the same.
  fileprivate func areEqual(_ weights: [Double]?) -> Bool {
    var first: Element?
    for place in indices where weights?[place] != 0 {
      if let first, first != self[place] { return false }
      first = first ?? self[place]
    }
    return true
  }
}
