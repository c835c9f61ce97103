extension RandomSource {
  /// Two standard normal numbers that do not depend on each other.
  ///
  /// Source: Box, Muller, "A note on the generation of random normal deviates", Annals of Mathematical Statistics 29, 1958.
  package mutating func normals() -> (Double, Double) {
    // 1 - u lies in 0 exclusive to 1 inclusive, so that its logarithm is finite.
    let radius = (-2 * logarithm(1 - uniform())).squareRoot()
    let (sine, cosine) = (2 * Double.pi * uniform()).sineAndCosine
    return (radius * cosine, radius * sine)
  }
}
