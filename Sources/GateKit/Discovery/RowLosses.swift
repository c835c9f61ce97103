package import GateCore
import GateMetrics

/// What the rows lose that slices are searched among.
package struct RowLosses: Sendable {
  /// For people: `wrong decisions`, or the metric's id.
  package var name: String
  /// The rows of the holdout that take part, rising.
  package var rows: [Int32]
  /// The candidate's loss of each of them; higher is worse.
  package var candidate: [Double]
  /// The champion's; nil: the candidate is held against its own other rows.
  package var champion: [Double]?
  /// The weight of each of them, above 0; nil: every row counts once.
  package var weights: [Double]?
  /// Which cluster each of them is of; nil: every row stands for itself.
  package var clusters: [Int32]?
  /// Whether every loss is 0 or 1.
  var isWrongOrRight: Bool
  /// Whether a difference of mean losses is one of the metric itself, so that its margin is in the same unit.
  var isInUnit: Bool

  /// The candidate's loss less the champion's, or the candidate's alone.
  package var compared: [Double] {
    guard let champion else { return candidate }
    return candidate.indices.map { candidate[$0] - champion[$0] }
  }
}

extension RowLosses {
  /// The losses of both models, or of the candidate where there is no champion to be held against.
  ///
  /// Where a share is of other rows by each model, as precision is of those it decides positive, the rows of either take
  /// part, and a row that is not of a model's share loses nothing by it; of any other mean the rows of both take part.
  /// Throws `Undefined` where the metric is.
  package init(
    _ kind: RowLoss.Kind, candidate: Sample, champion: Sample?, clusters: [Int32]?
  ) throws(Undefined) {
    let (mine, name, isWrongOrRight) = try Self.loss(kind, candidate, beside: champion)
    let theirs = try champion.map { sample throws(Undefined) in
      try Self.loss(kind, sample, beside: candidate).loss
    }
    var isInUnit = true
    var rows: [Int32] = []
    for row in mine.values.indices {
      let isTheirs = theirs?.takesPart[row] ?? mine.takesPart[row]
      if mine.takesPart[row] != isTheirs { isInUnit = false }
      let isOf =
        isWrongOrRight ? mine.takesPart[row] || isTheirs : mine.takesPart[row] && isTheirs
      if isOf { rows.append(Int32(truncatingIfNeeded: row)) }
    }
    func losses(_ loss: RowLoss) -> [Double] {
      rows.map { loss.takesPart[Int($0)] ? loss.values[Int($0)] : 0 }
    }
    (self.name, self.rows, self.isWrongOrRight, self.isInUnit) = (
      name, rows, isWrongOrRight, isInUnit
    )
    self.candidate = losses(mine)
    self.champion = theirs.map(losses)
    self.clusters = clusters?.at(rows)
    weights = candidate.rowWeightsByPlace.map { weights in
      RowLoss(candidate, weights).values.at(rows)
    }
    // A square that is none would leave the search without a score and the gate without a finding.
    let isFinite = compared.allSatisfy { ($0 * $0).isFinite }
    guard isFinite else {
      throw Undefined("a row loses more than can be squared, or no finite number")
    }
  }

  /// One model's losses, what they are called, and whether each is 0 or 1.
  private static func loss(
    _ kind: RowLoss.Kind, _ sample: Sample, beside other: Sample?
  ) throws(Undefined) -> (loss: RowLoss, name: String, isWrongOrRight: Bool) {
    switch kind {
    case .metric(let request):
      return (
        try RowLoss.of(request, sample), request.metric.lossName, request.losesWholeRows
      )
    case .decisions(let threshold):
      return (.wrong(sample, threshold: threshold), "wrong decisions", true)
    case .standard: break
    }
    if case .regression(let rows) = sample {
      let errors = rows.targets.indices.map { rows.targets[$0] - rows.predictions[$0] }
      return (RowLoss(sample, errors.map { $0 * $0 }), "squared error", false)
    }
    if case .binary(let rows) = sample, rows.givesProbabilities, other?.givesProbabilities != false,
      case .meanLoss(let loss) = Metric.Binary.logLoss.spread, let losses = sample.losses(loss)
    {
      return (RowLoss(sample, losses), "log loss", false)
    }
    return (.wrong(sample, threshold: nil), "wrong decisions", true)
  }
}

extension Metric {
  /// What its loss is called: its own name where it is lower for the better.
  fileprivate var lossName: String {
    if case .called(let name) = loss { return name }
    return direction == .lowerIsBetter ? id : range == 0...1 ? "1 - \(id)" : "-\(id)"
  }
}

extension Sample {
  /// Whether it is of two classes with scores from 0 to 1.
  fileprivate var givesProbabilities: Bool {
    if case .binary(let rows) = self { rows.givesProbabilities } else { false }
  }
}

extension BinarySample {
  /// Whether there are scores, and all lie in 0...1.
  fileprivate var givesProbabilities: Bool {
    hasScores && (scores.first ?? 2) <= 1 && (scores.last ?? -1) >= 0
  }
}
