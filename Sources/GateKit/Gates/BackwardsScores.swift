import GateCore
import GateMetrics

extension [Check] {
  /// The checks, an error in the place of each that passed beside a champion whose scores rank the classes the wrong way
  /// round: what it is no worse than says nothing.
  func refusingBackwards(_ evidence: Evidence) -> [Check] {
    guard evidence.task == .binary, case .binary(let champion)? = try? evidence.sample(.champion),
      let area = champion.backwardsArea(clusters: evidence.clusters)
    else { return self }
    let mistake = Diagnostic(
      "the champion's scores rank the classes the wrong way round: their roc_auc is \(area.brief), far below "
        + "the 0.5 of guessing, so it is nothing to compare with",
      hint:
        "look at 'positive'; where the models were trained on the codes 0 and 1, say what they stand for, as in "
        + "'classes: [ok, fraud]'")
    return map { check in
      guard check.outcome == .passed else { return check }
      var check = check
      check.message = ""
      return check.failing(.error, mistake)
    }
  }
}

extension BinarySample {
  /// The area under the ROC curve where it lies so far below a half as guessing hardly ever comes; nil: it does not.
  ///
  /// Source: the variance of the Mann-Whitney statistic of scores that say nothing, (m + n + 1) / (12 m n); ties only make
  /// it smaller. Rows with weights count as Kish counts them, and no more than there are clusters.
  fileprivate func backwardsArea(clusters: [Int32]?) -> Double? {
    guard hasScores, let area = try? areaUnderCurve() else { return nil }
    func size(_ isPositive: Bool) -> Double {
      let places = positives.indices.filter { positives[$0] == isPositive }
      let weights = places.map { self.weights?[$0] ?? 1 }
      let squares = weights.reduce(0) { $0 + $1 * $1 }
      let whole = weights.reduce(0, +)
      let count = squares > 0 ? whole * whole / squares : 0
      guard let clusters else { return count }
      return min(count, Double(Set(places.map { clusters[Int(rows[$0])] }).count))
    }
    let (m, n) = (size(true), size(false))
    guard m >= 1, n >= 1 else { return nil }
    let deviation = ((m + n + 1) / (12 * m * n)).squareRoot()
    return area - 0.5 < -4 * deviation ? area : nil
  }
}
