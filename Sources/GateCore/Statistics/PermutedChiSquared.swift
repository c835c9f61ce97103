/// Pearson's X^2 of two sides over cells, where which side a row is of is left to chance and all totals are held.
///
/// The mean, the variance and the third moment are exact, whatever the counts, so that the distribution of Pearson's third type that
/// has them is right where most cells hold a row or two and the chi-squared distribution is far off. Sources: the mean and the
/// variance are those of Haldane, Biometrika 31, 1940, and Dawson, Biometrika 41, 1954; all three are the permutation moments of
/// a quadratic form (Kazi-Aoual, Hitier, Sabatier, Lebreton, Computational Statistics & Data Analysis 20, 1995); the distribution is
/// that of Josse, Pagès, Husson, the same 53, 2008.
package struct PermutedChiSquared {
  package let mean: Double
  package let variance: Double
  /// The mean cube of the distance from the mean.
  package let third: Double

  /// `totals` has the rows of both sides in each cell, above 0; `first` and `second` are the sides' rows, above 0.
  package init(totals: [Int], first: Int, second: Int) {
    let count = Double(first + second)
    let cells = Double(totals.count)
    // The form's matrix is 1 / total inside a cell, 0 elsewhere; then its mean is taken out, off and on the diagonal, so
    // that the moments come out around 0 and nothing large is subtracted.
    let onDiagonal = (cells - 1) / (count - 1)
    let everywhere = (1 - onDiagonal) / count
    var (squares, cubes, allCubes, mixed) = (0.0, 0.0, 0.0, 0.0)
    for total in totals {
      let size = Double(total)
      let off = 1 / size - everywhere
      let diagonal = off - onDiagonal
      squares += size * diagonal * diagonal
      cubes += size * diagonal * diagonal * diagonal
      allCubes +=
        size * (size - 1) * off * off * off
        - size * (count - size) * everywhere * everywhere * everywhere
      let ofSquare =
        (1 - onDiagonal) * (1 - onDiagonal) * (1 / size - 1 / count)
        + onDiagonal * onDiagonal * (1 - 1 / size)
      mixed += size * diagonal * ofSquare
    }
    let rest = 1 - onDiagonal
    let traceOfSquare =
      (cells - 1) * rest * rest + (count - cells) * onDiagonal * onDiagonal
    let traceOfCube =
      (cells - 1) * rest * rest * rest - (count - cells) * onDiagonal * onDiagonal * onDiagonal
    let split = SplitMoments(first: first, second: second)
    let (second2, third3) = (split.ofSecond, split.ofThird)
    let scale = count / Double(first) * (count / Double(second))
    mean = count * onDiagonal
    variance =
      max(0, second2.diagonal * squares + second2.all * traceOfSquare) * scale * scale
    third =
      (third3.cubes * cubes + third3.pairs * (allCubes + cubes + 1.5 * rest * squares)
        + third3.mixed * mixed + third3.trace * traceOfCube) * scale * scale * scale
  }

  /// The chance of a value of at least `x`.
  package func survival(_ x: Double) throws(Undefined) -> Double {
    // It cannot vary where every row has a cell of its own.
    guard variance > 1e-9 * max(1, mean) else { return 1 }
    let deviation = variance.squareRoot()
    return try PearsonIII(skewness: third / (variance * deviation))
      .survival((x - mean) / deviation)
  }
}

/// The gamma distribution moved and scaled to mean 0 and variance 1; of skewness 0 the normal distribution.
package struct PearsonIII {
  package let skewness: Double

  /// Takes what it holds.
  package init(skewness: Double) {
    self.skewness = skewness
  }

  /// The chance of more than `z`.
  package func survival(_ z: Double) throws(Undefined) -> Double {
    // The gamma function has no digits left for a shape beyond 4e10.
    guard skewness.magnitude > 1e-5 else { return try StandardNormal.survival(z) }
    let shape = 4 / (skewness * skewness)
    let place = shape + (skewness > 0 ? z : -z) * shape.squareRoot()
    if place <= 0 { return skewness > 0 ? 1 : 0 }
    return try skewness > 0
      ? SpecialFunction.gammaQ(shape, place) : SpecialFunction.gammaP(shape, place)
  }
}
