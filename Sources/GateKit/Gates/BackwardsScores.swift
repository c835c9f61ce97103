import GateCore
import GateMetrics

extension [Check] {
  /// The checks, an error in the place of each that passed beside a champion whose scores rank the classes the wrong way
  /// round: what it is no worse than says nothing.
  func refusingBackwards(_ evidence: Evidence) -> [Check] {
    guard let champion = try? evidence.sample(.champion),
      let mistake = Self.backwards(champion, evidence.clusters)
    else { return self }
    return map { check in
      guard check.outcome == .passed else { return check }
      var check = check
      check.message = ""
      return check.failing(.error, mistake)
    }
  }

  /// What is wrong with a champion's answers as a whole; nil: nothing.
  private static func backwards(_ champion: Sample, _ clusters: [Int32]?) -> Diagnostic? {
    switch champion {
    case .binary(let sample):
      return sample.backwardsArea(clusters: clusters).map { area in
        Diagnostic(
          "the champion's scores rank the classes the wrong way round: their roc_auc is \(area.brief), far below "
            + "the 0.5 of guessing, so it is nothing to compare with",
          hint:
            "look at 'positive', or at 'classes' where the models were trained on the codes 0 and 1"
        )
      }
    case .multiclass(let sample):
      return sample.kappaBelowChance(clusters: clusters).map { kappa in
        Diagnostic(
          "the champion's answers go to the wrong classes: their cohen_kappa_score is \(kappa.brief), far below the 0 "
            + "of guessing, so it is nothing to compare with",
          hint:
            "look at 'classes': it lists them in the order of the model's columns, which scikit-learn, LightGBM and "
            + "XGBoost sort")
      }
    default: return nil
    }
  }
}

extension MulticlassSample {
  /// Cohen's kappa where it lies so far below 0 as answers that have nothing to do with the classes hardly ever come; nil:
  /// it does not.
  ///
  /// Source: the variance of kappa of independent raters, without its smaller terms, which only take from it:
  /// p_e / (n (1 - p_e)) (Fleiss, Cohen and Everitt, Psychological Bulletin 72, 1969). Rows with weights count as Kish
  /// counts them, and no more than there are clusters.
  fileprivate func kappaBelowChance(clusters: [Int32]?) -> Double? {
    let width = classes.count
    var (agreeing, chance) = (0.0, 0.0)
    for place in 0..<width {
      let own = (0..<width).map { confusion[place * width + $0] }.sum
      let decided = (0..<width).map { confusion[$0 * width + place] }.sum
      agreeing += confusion[place * width + place] / totalWeight
      chance += own / totalWeight * decided / totalWeight
    }
    guard chance < 1 else { return nil }
    let squares = weights.map { $0.map { $0 * $0 }.sum }
    var count = squares.map { $0 > 0 ? totalWeight * totalWeight / $0 : 0 } ?? Double(rows.count)
    if let clusters { count = min(count, Double(Set(rows.map { clusters[Int($0)] }).count)) }
    guard count >= 1 else { return nil }
    let kappa = (agreeing - chance) / (1 - chance)
    return kappa < -4 * (chance / (count * (1 - chance))).squareRoot() ? kappa : nil
  }
}

extension BinarySample {
  /// The area under the ROC curve where it lies so far below a half as guessing hardly ever comes; nil: it does not.
  ///
  /// Source: the variance of the Mann-Whitney statistic of scores that say nothing, (m + n + 1) / (12 m n); ties only make
  /// it smaller. Rows with weights count as Kish counts them, and no more than there are clusters.
  fileprivate func backwardsArea(clusters: [Int32]?) -> Double? {
    guard hasScores, let area = try? areaUnderCurve() else { return nil }
    func size(_ isPositive: Bool, _ clusters: [Int32]?) -> Double {
      let places = positives.indices.filter { positives[$0] == isPositive }
      let weights = places.map { self.weights?[$0] ?? 1 }
      let squares = weights.reduce(0) { $0 + $1 * $1 }
      let whole = weights.reduce(0, +)
      let count = squares > 0 ? whole * whole / squares : 0
      guard let clusters else { return count }
      return min(count, Double(Set(places.map { clusters[Int(rows[$0])] }).count))
    }
    func deviation(_ clusters: [Int32]?) -> Double? {
      let (m, n) = (size(true, clusters), size(false, clusters))
      return m >= 1 && n >= 1 ? ((m + n + 1) / (12 * m * n)).squareRoot() : nil
    }
    // Few clusters tell little, but not even they make scores that rank nearly every pair the wrong way round.
    guard let ofRows = deviation(nil), let ofClusters = deviation(clusters) else { return nil }
    return area - 0.5 < -4 * Swift.min(ofClusters, Swift.max(ofRows, 0.1)) ? area : nil
  }
}
