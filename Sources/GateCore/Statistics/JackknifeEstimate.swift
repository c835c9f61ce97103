/// A smooth figure of the rows with what a jackknife says of its error: the figure with each unit (row, or cluster) left out.
///
/// The interval is that of `MeanInterval`, of what each unit adds; on the scale that `Scale` gives, where the figure is
/// nearer to normal.
///
/// Sources: Efron, Stein, Annals of Statistics 9, 1981; the degrees of freedom as in `UnitShares`.
struct JackknifeEstimate: Sendable {
  private let scale: Scale
  private let estimate: SkewedEstimate

  /// Where a figure of a range is about normal.
  package enum Scale: Sendable {
    /// Of no bound, or a difference.
    case plain
    /// Above 0, as an error: its logarithm.
    case logarithm
    /// Below 1, as r2: the logarithm of what is missing to 1.
    case logarithmOfRest
    /// In -1...1, as a correlation: Fisher's z.
    case fisher

    /// That of a range.
    package init(_ range: ClosedRange<Double>) {
      switch (range.lowerBound, range.upperBound) {
      case (0, .infinity): self = .logarithm
      case (-.infinity, 1): self = .logarithmOfRest
      case (-1, 1): self = .fisher
      default: self = .plain
      }
    }

    /// A figure on the scale; not finite at the end of its range.
    package func from(_ value: Double) -> Double {
      switch self {
      case .plain: value
      case .logarithm: GateCore.logarithm(value)
      // Turned, so that it rises with the figure.
      case .logarithmOfRest: -GateCore.logarithm(1 - value)
      case .fisher: (GateCore.logarithm(1 + value) - GateCore.logarithm(1 - value)) / 2
      }
    }

    /// What lies there on the scale.
    package func back(_ place: Double) -> Double {
      switch self {
      case .plain: place
      case .logarithm: exponential(place)
      case .logarithmOfRest: 1 - exponential(-place)
      case .fisher: 1 - 2 / (exponential(2 * place) + 1)
      }
    }
  }

  /// `without`: the figure with each unit left out; `weights`: what each unit weighs, above 0.
  ///
  /// Throws `Undefined` for fewer than eight units, and for a figure without spread or at the end of its range.
  package init(
    _ value: Double, without: [Double], weights: [Double], scale: Scale
  ) throws(Undefined) {
    self.scale = scale
    let place = scale.from(value)
    let total = weights.reduce(0, +)
    let count = Double(weights.count)
    guard weights.count >= MeanInterval.fewestClusters else { throw tooFewClusters(weights.count) }
    var (variance, squares, cubes, fourths) = (0.0, 0.0, 0.0, 0.0)
    for (other, weight) in zip(without, weights) {
      let change = place - scale.from(other)
      variance += change * change * (count - 1) / count
      let own = change * (1 - weight / total)
      squares += own * own
      cubes += own * own * own
      fourths += own * own * own * own
    }
    guard variance.isFinite, place.isFinite, variance > 0 else {
      throw Undefined("leaving out rows does not show how sure it is")
    }
    let degrees = min(
      UnitShares(weights).degrees,
      degreesOfVariance(units: count, kurtosis: count * fourths / (squares * squares)))
    estimate = SkewedEstimate(
      value: place, standardError: variance.squareRoot(),
      skewness: cubes / (squares * squares.squareRoot()), degrees: max(1, degrees),
      degreesOfTails: max(1, degrees))
  }

  /// The interval to show.
  package func interval(_ confidence: Double) throws(Undefined) -> ConfidenceInterval {
    guard confidence > 0, confidence < 1 else { throw noInterval(at: confidence) }
    let found = try estimate.interval(confidence: confidence, method: "jackknife t, Hall")
    return ConfidenceInterval(
      low: scale.back(found.low), high: scale.back(found.high), level: confidence,
      method: found.method)
  }
}
