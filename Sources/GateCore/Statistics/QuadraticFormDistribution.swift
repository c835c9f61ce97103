/// The distribution of a sum of squares of independent standard normal numbers, each with a weight of its own.
///
/// Known by its determinant D(u), the product of 1 - u w over the weights w, and the zeros of it, the weights' reciprocals:
/// both have closed forms where a list of weights has no end.
package struct QuadraticFormDistribution: Sendable {
  /// D(u).
  let determinant: @Sendable (Double) -> Double
  /// The zero of D of that rank, from 1, rising; nil: it has fewer.
  package let zero: @Sendable (Int) -> Double?

  /// The chance of more than `x`; small chances keep their relative precision, to 1e-10 or so.
  ///
  /// Source: Smirnov's formula (Matematicheskii Sbornik 2, 1937): the alternating sum of the integrals of
  /// exp(-u x / 2) / (pi u sqrt|D(u)|) from each odd zero of D to the next.
  package func survival(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    var sum = 0.0
    for pair in 0..<Self.mostPairs {
      guard let start = zero(2 * pair + 1) else { break }
      let part = integral(from: start, to: zero(2 * pair + 2), x)
      sum += pair % 2 == 0 ? part : -part
      if part <= 1e-14 * sum { break }
    }
    return sum.clamped(to: 0...1)
  }

  /// More are needed only where the chance is 1 but for less than any test looks at.
  private static let mostPairs = 60
  /// Nodes of an integral whose integrand, after substitution, is smooth and periodic, or vanishes at both ends.
  private static let nodes = 96

  /// One integral, over u from one zero of D to the next; nil: there is none.
  private func integral(from start: Double, to end: Double?, _ x: Double) -> Double {
    // What lies further from the start is less by e^-40.
    let reach = 80 / x
    var sum = 0.0
    if let end, reach > (end - start) * 0.8 {
      // u from the middle by a cosine takes off both roots in the denominator.
      let half = (end - start) / 2
      for node in 0..<Self.nodes {
        let angle = (Double(node) + 0.5) * Double.pi / Double(Self.nodes)
        let (sine, cosine) = sineAndCosine(angle)
        sum += integrand(start + half * (1 - cosine), x) * half * sine
      }
      return sum / Double(Self.nodes)
    }
    // u - start as the square of a hyperbolic sine takes off the root at the start.
    let ratio = (reach / start).squareRoot()
    let furthest = logarithm(ratio + (ratio * ratio + 1).squareRoot())
    for node in 0..<Self.nodes {
      let t = (Double(node) + 0.5) * furthest / Double(Self.nodes)
      let (up, down) = (exponential(t), exponential(-t))
      let sine = (up - down) / 2
      sum += integrand(start * (1 + sine * sine), x) * start * sine * (up + down)
    }
    return sum * furthest / (Double(Self.nodes) * Double.pi)
  }

  private func integrand(_ u: Double, _ x: Double) -> Double {
    exponential(-u * x / 2) / (u * abs(determinant(u)).squareRoot())
  }
}

extension QuadraticFormDistribution {
  /// The limit of the Cramér-von Mises statistic of rows without ties; mean 1/6, variance 1/45.
  package static let cramerVonMises = QuadraticFormDistribution(
    determinant: { u in sineAndCosine(u.squareRoot()).sine / u.squareRoot() },
    zero: { rank in Double(rank * rank) * Double.pi * Double.pi })

  /// The limit of the Anderson-Darling statistic of rows without ties; mean 1, variance 2 (pi^2 - 9) / 3.
  package static let andersonDarling = QuadraticFormDistribution(
    determinant: { u in
      -sineAndCosine(Double.pi * (0.25 + u).squareRoot()).cosine / (Double.pi * u)
    },
    zero: { rank in Double(rank * (rank + 1)) })
}
