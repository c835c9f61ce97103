extension RandomSource {
  /// How many of `marked` things are among `drawn` that are taken without putting back from `total`, below 2^32.
  ///
  /// `marked` and `drawn` lie in 0...`total`.
  package mutating func hypergeometric(total: Int, marked: Int, drawn: Int) -> Int {
    // The distribution is the same with both exchanged, and with what is not marked or not drawn.
    let few = min(marked, total - marked)
    let taken = min(drawn, total - drawn)
    let (small, large) = (min(few, taken), max(few, taken))
    var found =
      small < 10
      ? oneByOne(total: total, small, large) : ratioOfUniforms(total: total, small, large)
    if few != marked { found = taken - found }
    return taken == drawn ? found : marked - found
  }

  /// The distribution itself: each of `small` things is asked whether it is among the `large`.
  private mutating func oneByOne(total: Int, _ small: Int, _ large: Int) -> Int {
    var (rest, among) = (total, large)
    for _ in 0..<small {
      if index(below: UInt32(rest)) < among { among -= 1 }
      rest -= 1
    }
    return large - among
  }

  /// In a time that does not grow with the numbers; both are at most half of `total`.
  ///
  /// Source: algorithm HRUA of Stadlober, Journal of Computational and Applied Mathematics 31(1), 1990, as numpy has it.
  private mutating func ratioOfUniforms(total: Int, _ small: Int, _ large: Int) -> Int {
    let share = Double(small) / Double(total)
    let mean = Double(large) * share
    let variance =
      Double(total - large) * Double(large) * share * (1 - share) / Double(total - 1)
    let centre = mean + 0.5
    let deviation = (variance + 0.5).squareRoot()
    let width = 1.7155277699214135 * deviation + 0.8989161620588988
    let most = min(Double(small + 1), (centre + 16 * deviation).rounded(.down))
    let mode = Int(Double(large + 1) * Double(small + 1) / Double(total + 2))
    /// The logarithm of the reciprocal chance, but for what is the same everywhere.
    func cost(_ found: Int) -> Double {
      LogFactorial.of(found) + LogFactorial.of(small - found) + LogFactorial.of(large - found)
        + LogFactorial.of(total - small - large + found)
    }
    let least = cost(mode)
    while true {
      let (u, v) = (uniform(), uniform())
      let x = centre + width * (v - 0.5) / u
      guard x >= 0, x < most else { continue }
      let found = Int(x)
      let gain = least - cost(found)
      if u * (4 - u) - 3 <= gain { return found }
      if u * (u - gain) >= 1 { continue }
      if 2 * logarithm(u) <= gain { return found }
    }
  }
}

/// Logarithms of factorials.
enum LogFactorial {
  /// Those of 0...255.
  private static let table: [Double] = {
    var sum = 0.0
    return (0..<256).map { number in
      if number > 1 { sum += logarithm(Double(number)) }
      return sum
    }
  }()

  /// The logarithm of 1 · 2 · … · `number`, which is at least 0; by Stirling's series from 256 on, exact to rounding.
  package static func of(_ number: Int) -> Double {
    if number < table.count { return table[number] }
    let x = Double(number)
    let inverse = 1 / x
    let halfLogarithmOfTwoPi = 0.91893853320467274178
    return (x + 0.5) * logarithm(x) - x + halfLogarithmOfTwoPi
      + inverse * (1.0 / 12 - inverse * inverse * (1.0 / 360 - inverse * inverse / 1260))
  }
}
