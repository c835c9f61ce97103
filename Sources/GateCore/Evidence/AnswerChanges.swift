/// How a model's answers on some rows differ from other answers on the same rows.
package struct AnswerChanges: Sendable {
  /// How far each row's number, or the one of its numbers that moved most, is from the other; nil: it answers no numbers.
  package let distances: [Double]?
  /// Whether each row is decided otherwise; nil: the task decides nothing.
  package let flips: [Bool]?

  /// The largest distance, and the row that has it first; nil: no numbers, or no rows.
  package var largest: (distance: Double, row: Int)? {
    guard let distances else { return nil }
    // A distance that is no number is beyond every other.
    let row = distances.indices.max { one, other in
      !distances[one].isNaN && (distances[other].isNaN || distances[one] < distances[other])
    }
    return row.map { (distances[$0], $0) }
  }

  /// Compares answers row by row.
  ///
  /// `thresholds`: from which score each model decides for the positive class. Throws a `Diagnostic` for answers of other
  /// kinds or of as many rows.
  package init(
    _ one: Predictions, _ other: Predictions, task: TaskKind, width: Int,
    thresholds: (one: Double, other: Double)
  ) throws(Diagnostic) {
    let (mine, theirs) = (
      one.decisions(task, width, thresholds.one),
      other.decisions(task, width, thresholds.other)
    )
    switch (one.values, other.values) {
    case (.scores(let mine), .scores(let theirs)) where mine.count == theirs.count:
      distances = zip(mine, theirs).map(Self.distance)
    case (.probabilities(let mine), .probabilities(let theirs)) where mine.count == theirs.count:
      distances = stride(from: 0, to: mine.count, by: max(1, width)).map { start in
        (start..<(start + max(1, width))).map { Self.distance(mine[$0], theirs[$0]) }
          .reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
      }
    case (.decisions(let mine), .decisions(let theirs)) where mine.count == theirs.count:
      distances = nil
    case (.texts(let mine), .texts(let theirs)) where mine.count == theirs.count:
      distances = nil
      flips = zip(mine, theirs).map { !$0.isSame(as: $1) }
      return
    default:
      throw Diagnostic("the answers are not of the same kind, or not of as many rows")
    }
    flips =
      if let mine, let theirs { zip(mine, theirs).map { $0 != $1 } } else { nil }
  }

  /// Takes what was found of each row.
  package init(distances: [Double]?, flips: [Bool]?) {
    (self.distances, self.flips) = (distances, flips)
  }

  /// How far apart two numbers are; 0 for equal infinities.
  private static func distance(_ one: Double, _ other: Double) -> Double {
    one == other ? 0 : abs(one - other)
  }
}

extension Predictions {
  /// What is decided of each row, in numbers that are equal where the decisions are; nil: the task decides nothing.
  ///
  /// `width`: classes or labels. A threshold is met as the judged answers meet it: in single precision where they are.
  func decisions(_ task: TaskKind, _ width: Int, _ threshold: Double) -> [[Int32]]? {
    let threshold = isSingle ? Double(Float(threshold)) : threshold
    switch (values, task) {
    case (.scores(let scores), .binary): return scores.map { [$0 >= threshold ? 1 : 0] }
    case (.decisions(let codes), _): return codes.map { [$0] }
    case (.probabilities(let rows), .multilabel):
      return stride(from: 0, to: rows.count, by: max(1, width)).map { start in
        rows[start..<(start + width)].map { $0 >= threshold ? 1 : 0 }
      }
    case (.probabilities(let rows), _):
      return stride(from: 0, to: rows.count, by: max(1, width)).map { start in
        // The first of equal ones, as numpy's argmax.
        let row = rows[start..<(start + width)]
        let most = row.indices.max { row[$0] < row[$1] || (row[$0] == row[$1] && $0 > $1) }
        return [Int32((most ?? start) - start)]
      }
    default: return nil
    }
  }

  /// The answers of the rows at `places`, in that order, of as many `rows`; bounds and quantiles beside them are left out.
  package func at(_ places: [Int32], of rows: Int) -> Predictions {
    var answers = self
    answers.spread = nil
    switch values {
    case .scores(let scores): answers.values = .scores(scores.at(places))
    case .decisions(let codes): answers.values = .decisions(codes.at(places))
    case .texts(let texts): answers.values = .texts(texts.at(places))
    case .probabilities(let numbers):
      let width = numbers.count / max(1, rows)
      answers.values = .probabilities(
        places.flatMap { numbers[(Int($0) * width)..<((Int($0) + 1) * width)] })
    }
    return answers
  }

  /// The answers of several runs, one behind another; nil: they are not all of one kind, or there are none.
  package init?(joining parts: [Predictions]) {
    guard var whole = parts.first else { return nil }
    whole.spread = nil
    for part in parts.dropFirst() {
      switch (whole.values, part.values) {
      case (.scores(let mine), .scores(let more)): whole.values = .scores(mine + more)
      case (.decisions(let mine), .decisions(let more)): whole.values = .decisions(mine + more)
      case (.texts(let mine), .texts(let more)): whole.values = .texts(mine + more)
      case (.probabilities(let mine), .probabilities(let more)):
        whole.values = .probabilities(mine + more)
      default: return nil
      }
    }
    self = whole
  }
}
