/// The largest distance between a continuous distribution function and that of a sample of it.
///
/// Source: Simard and L'Ecuyer, "Computing the two-sided Kolmogorov-Smirnov distribution", Journal of Statistical Software
/// 39(11), 2011, whose choice of method by sample size and distance this is; `scipy.stats.kstwo`.
package struct Kolmogorov: Sendable {
  /// At least 1.
  package let rows: Int

  /// Takes what it holds.
  package init(rows: Int) {
    self.rows = rows
  }

  /// The chance of a distance of at least `distance`; 7 significant digits.
  package func survival(_ distance: Double) throws(Undefined) -> Double {
    let n = Double(rows)
    let scaled = n * distance
    if distance >= 1 { return 0 }
    if scaled <= 0.5 { return 1 }
    if scaled <= 1 { return try 1 - nearLeast(scaled) }
    if scaled >= n - 1 { return 2 * exponential(n * logarithmOfOnePlus(-distance)) }
    let square = scaled * distance
    if square >= 370 { return 0 }
    if distance >= 0.5 || square >= (rows <= 140 ? 4 : 2.2) {
      return try (2 * oneSided(distance)).clamped(to: 0...1)
    }
    let below = rows <= 140 ? durbin(distance) : pelzGood(distance)
    return (1 - below).clamped(to: 0...1)
  }

  /// n! (2 t - 1)^n / n^n, the chance of less, at 1/2 < t = n distance <= 1 (Ruben and Gambino, 1982).
  private func nearLeast(_ scaled: Double) throws(Undefined) -> Double {
    let n = Double(rows)
    return try exponential(
      SpecialFunction.logGamma(n + 1) - n * logarithm(n) + n * logarithm(2 * scaled - 1))
  }

  /// The chance that the sample's function comes to lie at least `x` above the distribution's.
  ///
  /// The sum over j of x C(n, j) (1 - x - j/n)^(n - j) (x + j/n)^(j - 1) (Smirnov, 1944). Of many rows the terms are a
  /// smooth function of j that vanishes at both ends with all its derivatives, so that every so many-th of them is enough.
  func oneSided(_ x: Double) throws(Undefined) -> Double {
    let n = Double(rows)
    let last = Int((n * (1 - x)).rounded(.down))
    let stride = max(1, rows / 8_192)
    var sum = 0.0
    var j = 0
    while j <= last {
      let remaining = n * (1 - x) - Double(j)
      if remaining > 0 { sum += exponential(try logTerm(j, x)) }
      j += stride
    }
    return (sum * Double(stride)).clamped(to: 0...1)
  }

  /// The logarithm of a term: the binomial's at its own mean, whose size is small, and two ratios near 1.
  private func logTerm(_ j: Int, _ x: Double) throws(Undefined) -> Double {
    let n = Double(rows)
    let (a, b) = (Double(j), Double(rows - j))
    if j == 0 { return n * logarithmOfOnePlus(-x) }
    if b == 0 { return logarithm(x) + (n - 1) * logarithmOfOnePlus(x) }
    let peak =
      try stirlingRest(n) - stirlingRest(a) - stirlingRest(b)
      - 0.5 * logarithm(2 * Double.pi * a * b / n)
    return peak + logarithm(x / (x + a / n)) + a * logarithmOfOnePlus(x * n / a)
      + b * logarithmOfOnePlus(-x * n / b)
  }

  /// log k! less Stirling's k log k - k + log(2 pi k) / 2.
  private func stirlingRest(_ k: Double) throws(Undefined) -> Double {
    if k < 16 {
      return try SpecialFunction.logGamma(k + 1) - (k + 0.5) * logarithm(k) + k
        - 0.5 * logarithm(2 * Double.pi)
    }
    let square = 1 / (k * k)
    return (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680))) / k
  }

  /// The chance of less, exactly, by powers of a matrix (Durbin, 1973; Marsaglia, Tsang and Wang, Journal of Statistical
  /// Software 8(18), 2003).
  private func durbin(_ distance: Double) -> Double {
    let scaled = Double(rows) * distance
    let k = Int(scaled.rounded(.up))
    let size = 2 * k - 1
    let rest = Double(k) - scaled
    var base = ScaledMatrix(size) { row, column in row - column + 1 < 0 ? 0 : 1 }
    var power = rest
    for place in 0..<size {
      base[place, 0] -= power
      base[size - 1, size - 1 - place] -= power
      power *= rest
    }
    // Both corrections meet in the corner, and what they take away twice is given back.
    if 2 * rest > 1 { base[size - 1, 0] += exponential(Double(size) * logarithm(2 * rest - 1)) }
    for row in 0..<size {
      for column in 0..<size where row - column + 1 > 0 {
        for factor in 1...(row - column + 1) { base[row, column] /= Double(factor) }
      }
    }
    var result = base.power(rows)
    for place in 1...rows { result.scale(k - 1, by: Double(place) / Double(rows)) }
    return result.value(k - 1)
  }

  /// The chance of less by an expansion in 1 / sqrt(n) (Pelz and Good, Journal of the Royal Statistical Society B 38, 1976).
  private func pelzGood(_ distance: Double) -> Double {
    let n = Double(rows)
    let z = n.squareRoot() * distance
    let (z2, pi2) = (z * z, Double.pi * Double.pi)
    let (z4, pi4) = (z2 * z2, pi2 * pi2)
    let z6 = z4 * z2
    var sums = SIMD4<Double>()
    for k in stride(from: Int((16 * z / Double.pi).rounded(.up)), through: 1, by: -1) {
      let odd = Double(2 * k - 1)
      let m2 = odd * odd
      let weight = exponential(-pi2 * m2 / (8 * z2))
      let first = pi2 / 4 * m2 - z2
      let second =
        6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * pi2 / 4 * m2 + pi4 * (1 - 2 * z2) / 16 * m2 * m2
      let third =
        -30 * z6 - 90 * z6 * z2 + pi2 * (135 * z4 - 96 * z6) / 4 * m2
        + pi4 * (212 * z4 - 60 * z2) / 16 * m2 * m2
        + pi4 * pi2 * (5 - 30 * z2) / 64 * m2 * m2 * m2
      sums += weight * SIMD4(1, first, second, third)
      let square = Double(k * k)
      let even = exponential(-pi2 * square / (2 * z2)) * square * pi2
      sums[2] -= even * 2 * z4
      sums[3] += even * 30 * z4 * (3 * z2 - pi2 * square)
    }
    sums *= (2 * Double.pi).squareRoot() / SIMD4(z, 6 * z4, 72 * z6 * z, 6480 * z6 * z4)
    return sums[0] + sums[1] / n.squareRoot() + sums[2] / n + sums[3] / (n * n.squareRoot())
  }
}

/// A square matrix times a power of two, so that its own powers neither overflow nor vanish.
private struct ScaledMatrix {
  private let size: Int
  private var cells: [Double]
  private var exponent = 0

  package init(_ size: Int, _ cell: (Int, Int) -> Double) {
    self.size = size
    cells = (0..<(size * size)).map { cell($0 / size, $0 % size) }
  }

  package subscript(row: Int, column: Int) -> Double {
    get { cells[row * size + column] }
    set { cells[row * size + column] = newValue }
  }

  /// The number on the diagonal, the power of two applied.
  package func value(_ place: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: self[place, place])
  }

  /// Multiplies a number on the diagonal, the others left as they are.
  package mutating func scale(_ place: Int, by factor: Double) {
    self[place, place] *= factor
    if abs(self[place, place]) < 0x1p-400 {
      self[place, place] *= 0x1p400
      exponent -= 400
    }
  }

  /// Itself so many times.
  package func power(_ times: Int) -> ScaledMatrix {
    var result = ScaledMatrix(size) { $0 == $1 ? 1 : 0 }
    var (square, left) = (self, times)
    while left > 0 {
      if left % 2 == 1 { result = result.times(square) }
      square = square.times(square)
      left /= 2
    }
    return result
  }

  private func times(_ other: ScaledMatrix) -> ScaledMatrix {
    var product = ScaledMatrix(size) { _, _ in 0 }
    product.exponent = exponent + other.exponent
    for row in 0..<size {
      for middle in 0..<size {
        let factor = self[row, middle]
        for column in 0..<size { product[row, column] += factor * other[middle, column] }
      }
    }
    if let largest = product.cells.max(), largest > 0x1p200 {
      product.cells = product.cells.map { $0 * 0x1p-200 }
      product.exponent += 200
    }
    return product
  }
}
