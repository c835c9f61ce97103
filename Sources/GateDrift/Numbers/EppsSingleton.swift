import GateCore

extension DriftTest {
  /// Epps-Singleton test.
  static let eppsSingleton = DriftTest(
    "epps_singleton",
    "The Epps-Singleton test: how far the characteristic functions lie apart at two points; it sees changes of spread and shape, of whole numbers too.",
    aliases: ["es", "epps_singleton_2samp"], range: 0...Double.infinity,
    formula:
      "w = N d' S^-1 d, d = mean over the reference less mean over the current rows of (cos tx, sin tx) at t = 0.4 and 0.8 over half the pooled interquartile range, S = N/n cov(reference) + N/m cov(current)",
    source:
      "scipy.stats.epps_singleton_2samp; Epps and Singleton, Journal of Statistical Computation and Simulation 26, 1986, with the correction of Goerg and Kaiser, Stata Journal 9, 2009, below 25 rows a side",
    undefined: [
      "a side has fewer than 5 rows with a value",
      "the interquartile range of both sides together is 0", "a value is infinite",
    ],
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      try column.wantRows(5)
      let numbers = try column.finiteNumbers()
      let quartiles = column.quantiles([0.25, 0.75], of: column.pooled)
      guard quartiles[1] > quartiles[0] else {
        throw Undefined("the interquartile range of both sides together is 0")
      }
      let test = EppsSingleton(column, numbers, quartiles)
      guard test.rank > 0 else { throw Undefined("both characteristic functions are constant") }
      return DriftFigure(
        test.statistic, p: try ChiSquared(degrees: Double(test.rank)).survival(test.statistic),
        settings: [
          JSON.Member("t", .array([.number(0.4), .number(0.8)])),
          JSON.Member("degrees_of_freedom", .integer(test.rank)),
          JSON.Member("p_value_by", "chi-squared distribution"),
        ])
    },
    examples: [
      Example(
        .numbers([1, 2, 3, 4, 5, 7], [2, 4, 6, 8, 10]), gives: 1.2476433678100973,
        p: 0.8701938737703979),
      Example(.numbers([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), gives: 0, p: 1),
      Example(.numbers([1, 1, 1, 1, 1], [1, 1, 1, 1, 1]), gives: nil),
      Example(.numbers([1, 2, 3, 4], [1, 2, 3, 4, 5]), gives: nil),
    ])
}

/// The statistic and its degrees of freedom.
private struct EppsSingleton {
  package let statistic: Double
  /// Of the covariance, at most 4.
  package let rank: Int

  /// The characteristic functions at 0.4 and 0.8 over half the distance of both quartiles.
  package init(_ column: DriftColumn, _ numbers: [Double], _ quartiles: [Double]) {
    let t = 0.4 / ((quartiles[1] - quartiles[0]) / 2)
    let center = Self.point(quartiles[0] * t)
    var (a, b) = (Sums(), Sums())
    numbers.withUnsafeBufferPointer { numbers in
      column.eachValue { place, ofReference, ofCurrent in
        let point = Self.point(numbers[place] * t) - center
        if ofReference > 0 { a.add(point, Double(ofReference)) }
        if ofCurrent > 0 { b.add(point, Double(ofCurrent)) }
      }
    }
    let (n, m) = (Double(column.reference.total), Double(column.current.total))
    let rows = n + m
    let difference = a.mean - b.mean
    let spread = zip(a.covariance, b.covariance).map { $0 * (rows / n) + $1 * (rows / m) }
    let axes = SymmetricFour(spread)
    // What rounding leaves of a direction in which nothing varies is far below this.
    let least = axes.values.max() * 1e-11
    var (sum, rank) = (0.0, 0)
    for axis in 0..<4 where axes.values[axis] > least {
      let along = (axes.vectors[axis] * difference).sum()
      sum += along * along / axes.values[axis]
      rank += 1
    }
    var correction = 1.0
    if max(n, m) < 25 {
      func power(_ x: Double, _ y: Double) -> Double { exponential(y * logarithm(x)) }
      correction = 1 / (1 + power(rows, -0.45) + 10.1 * (power(n, -1.7) + power(m, -1.7)))
    }
    statistic = rows * sum * correction
    self.rank = rank
  }

  /// The cosine of an angle and of its double, the sine of both.
  @inline(__always)
  private static func point(_ angle: Double) -> SIMD4<Double> {
    let (sine, cosine) = angle.sineAndCosine
    return SIMD4(cosine, cosine * cosine - sine * sine, sine, 2 * sine * cosine)
  }

  /// Of one side's rows the sums of the points, taken from one of them so that little cancels, and of their products.
  private struct Sums {
    private var count = 0.0
    private var sum = SIMD4<Double>()
    private var first = SIMD4<Double>()
    private var second = SIMD4<Double>()
    private var third = SIMD4<Double>()
    private var fourth = SIMD4<Double>()

    @inline(__always)
    package mutating func add(_ point: SIMD4<Double>, _ rows: Double) {
      let weighted = point * rows
      count += rows
      sum += weighted
      first += weighted * point[0]
      second += weighted * point[1]
      third += weighted * point[2]
      fourth += weighted * point[3]
    }

    package var mean: SIMD4<Double> { sum / count }

    /// By row; with the count.
    var covariance: [SIMD4<Double>] {
      [first, second, third, fourth].enumerated().map { $1 / count - mean * mean[$0] }
    }
  }
}

/// A symmetric matrix of four rows along its own axes.
private struct SymmetricFour {
  /// One an axis.
  package private(set) var values: SIMD4<Double>
  /// Of length 1.
  private(set) var vectors: [SIMD4<Double>]

  /// By Jacobi's rotations, until nothing is left off the diagonal.
  package init(_ rows: [SIMD4<Double>]) {
    var a = rows
    vectors = (0..<4).map { axis in
      var vector = SIMD4<Double>()
      vector[axis] = 1
      return vector
    }
    for _ in 0..<30 {
      for p in 0..<3 {
        for q in (p + 1)..<4 where a[p][q] != 0 {
          let ratio = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
          let cosine = 1 / (tangent * tangent + 1).squareRoot()
          let sine = tangent * cosine
          for k in 0..<4 {
            let (x, y) = (a[k][p], a[k][q])
            (a[k][p], a[k][q]) = (cosine * x - sine * y, sine * x + cosine * y)
          }
          (a[p], a[q]) = (a[p] * cosine - a[q] * sine, a[p] * sine + a[q] * cosine)
          (vectors[p], vectors[q]) = (
            vectors[p] * cosine - vectors[q] * sine, vectors[p] * sine + vectors[q] * cosine
          )
          (a[p][q], a[q][p]) = (0, 0)
        }
      }
    }
    values = SIMD4(a[0][0], a[1][1], a[2][2], a[3][3])
  }
}
