/// What calibrated scores give by chance, and how a limit on a calibration error is judged by it.
///
/// A calibration error of bins is never negative and so lies above 0 by chance alone: of 500 rows in ten bins, calibrated
/// scores have one of about 0.04. So labels are drawn anew, each row positive with its score for a chance, and the
/// errors of these draws say what calibrated scores reach on rows like these. A value above the limit fails if it is above
/// that too. For a value at or below the limit labels are drawn with chances that are off the scores by just the limit,
/// and it passes if such scores seldom have so small an error; else the rows cannot tell.
///
/// Source: Broecker and Smith, Increasing the Reliability of Reliability Diagrams, Weather and Forecasting 22 (2007);
/// Vaicenavicius et al., Evaluating model calibration in classification, AISTATS 2019, section 5.
package struct Consistency: Sendable, Hashable {
  /// The share of draws that lie within what calibrated scores reach.
  package var level: Double
  package var draws: Int
  package var seed: UInt64
  /// Whether it decides; else it is only said of a value above the limit that chance explains.
  package var decides = true

  /// What is taken where a manifest says none.
  package static let standardLevel = 0.95

  /// The chance of calibrated scores beyond that.
  package var beyond: Double { 1 - level }

  /// What the errors of calibrated scores are on these rows.
  package func errors(_ binned: BinnedError, _ sample: Sample) throws(Undefined) -> ChanceErrors {
    let (scored, bins) = try binned.bins(sample)
    let noises = bins.map { BinNoise(scored, $0.places) }
    return ChanceErrors(
      (0..<draws).map { draw in
        var random = RandomSource(seed: seed, stream: UInt64(draw))
        return bins.indices.map { index in
          bins[index].labelled(excess: noises[index].draw(scored, &random))
        }.value(binned.error)
      })
  }
}

/// Errors of draws of calibrated labels.
package struct ChanceErrors: Sendable {
  /// Rising; at least one.
  private let errors: [Double]

  package init(_ errors: [Double]) { self.errors = errors.sorted() }

  /// The mean of the draws.
  package var mean: Double { errors.sum / Double(errors.count) }

  /// The least error with no more than the share `beyond` of the draws, and one, above it: as `pValue` counts them.
  package func reach(_ beyond: Double) -> Double {
    let above = Int(beyond * Double(errors.count + 1) * (1 + 1e-12)) - 1
    return errors[max(0, errors.count - 1 - max(0, above))]
  }

  /// The largest error that no more than the share `beyond` of the draws, and one, lie below; 0: there is none.
  package func floor(_ beyond: Double) -> Double {
    let below = Int(beyond * Double(errors.count + 1) * (1 + 1e-12)) - 1
    return below < 0 ? 0 : errors[min(below, errors.count - 1)]
  }

  /// The chance of an error of at least `value`: one and these draws, of one and all draws; a draw that differs by
  /// rounding only is as large.
  package func pValue(atLeast value: Double) -> Double {
    share(errors.count - errors.partitioningIndex { $0 >= value - Self.rounding(value) })
  }

  /// The chance of an error of at most `value`, likewise.
  package func pValue(atMost value: Double) -> Double {
    share(errors.partitioningIndex { $0 > value + Self.rounding(value) })
  }

  /// By how much two sums of the same numbers may differ; an error of 0 is one of such sums too.
  private static func rounding(_ value: Double) -> Double { 1e-12 * (1 + abs(value)) }

  /// The smallest of these chances that there can be.
  var smallestPValue: Double { 1 / Double(errors.count + 1) }

  private func share(_ count: Int) -> Double { Double(count + 1) / Double(errors.count + 1) }
}
