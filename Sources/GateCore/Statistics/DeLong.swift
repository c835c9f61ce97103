/// The area under the ROC curve with DeLong's variance.
///
/// Ties count half. Row weights are not supported, because DeLong's components are of whole rows:
/// with weights, or with several rows a customer, the caller uses the bootstrap. O(n) on a sorted
/// sample.
///
/// Sources: DeLong, DeLong, Clarke-Pearson, Biometrics 44, 1988, 837-845; the midrank form of Sun
/// and Xu, IEEE Signal Processing Letters 21(11), 2014, from which sorted rows follow without
/// ranks.
package struct DeLong: Sendable {
  /// The share of pairs of a positive and a negative row that the scores order rightly, in 0...1.
  package let auc: Double
  /// Of `auc`, at least 0.
  package let variance: Double
  /// Rows of each class.
  package let positives, negatives: Int

  /// Throws `Undefined` for weighted rows and for fewer than two rows of a class.
  package init(_ sample: BinarySample) throws(Undefined) {
    let parts = try DeLongComponents(sample)
    positives = parts.positives
    negatives = parts.negatives
    auc = parts.auc
    variance = parts.variance(of: true) + parts.variance(of: false)
  }

  /// The interval to show: DeLong's on the logit scale, or Newcombe's where rows are too few for
  /// DeLong's variance.
  ///
  /// Too few are rows of the smaller class times the area's distance to 0 or 1 below 5, as with a
  /// share: there DeLong's variance is often far too small, and 0 for a perfect order. The coverage
  /// of both is measured in CoverageTests. Throws `Undefined` for a confidence outside 0...1.
  package func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    isSparse || variance == 0
      ? try newcombeInterval(confidence: confidence) : try logitInterval(confidence: confidence)
  }

  /// Whether rows are too few for DeLong's variance.
  var isSparse: Bool { Double(min(positives, negatives)) * min(auc, 1 - auc) < 5 }

  /// DeLong's interval on the logit scale: within 0...1.
  ///
  /// Throws `Undefined` where the variance is 0 or the area is 0 or 1.
  ///
  /// Source: Pepe, "The Statistical Evaluation of Medical Tests", 2003, section 5.2.5.
  package func logitInterval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let z = try StandardNormal.width(confidence)
    guard variance > 0, auc > 0, auc < 1 else {
      throw Undefined("no two rows differ in what they say of the area, so its variance is 0")
    }
    let logit = logarithm(auc / (1 - auc))
    let half = z * variance.squareRoot() / (auc * (1 - auc))
    return ConfidenceInterval(
      low: 1 / (1 + exponential(half - logit)), high: 1 / (1 + exponential(-half - logit)),
      level: confidence, method: "DeLong, logit")
  }

  /// The area plus and minus standard errors, cut at 0 and 1; covers less than it says near 1.
  ///
  /// Throws `Undefined` where the variance is 0.
  package func plainInterval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    guard variance > 0 else {
      throw Undefined("no two rows differ in what they say of the area, so its variance is 0")
    }
    let half = try StandardNormal.width(confidence) * variance.squareRoot()
    return ConfidenceInterval(
      low: max(0, auc - half), high: min(1, auc + half), level: confidence, method: "DeLong")
  }

  /// The areas a score test does not reject, with a variance that needs only the area and the
  /// classes' sizes.
  ///
  /// Source: Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney
  /// statistic, part 2", Statistics in Medicine 25, 2006, 559-573, method 5.
  package func newcombeInterval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let z = try StandardNormal.width(confidence)
    let (m, n) = (Double(positives), Double(negatives))
    let middle = (m + n) / 2 - 1
    func isInside(_ area: Double) -> Bool {
      let shape = 1 + middle * ((1 - area) / (2 - area) + area / (1 + area))
      let variance = area * (1 - area) * shape / (m * n)
      return (auc - area) * (auc - area) <= z * z * variance
    }
    func bound(towards end: Double) -> Double {
      var (near, far) = (auc, end)
      for _ in 0..<100 {
        let middle = (near + far) / 2
        if middle == near || middle == far { break }
        if isInside(middle) { near = middle } else { far = middle }
      }
      return near
    }
    return ConfidenceInterval(
      low: auc == 0 ? 0 : bound(towards: 0), high: auc == 1 ? 1 : bound(towards: 1),
      level: confidence, method: "Newcombe")
  }
}
