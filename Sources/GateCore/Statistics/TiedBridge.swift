/// A Brownian bridge looked at in few places, each with a weight: what statistics of ranks come to where values are tied.
///
/// The sum of weight times the bridge's square has a `QuadraticFormDistribution`, whose determinant is that of a string of beads: the
/// displacement at its end, shot from its start (Gantmacher and Krein, Oscillation Matrices, 1950).
package struct WeightedChiSquareBridge: Sendable {
  /// Where it is looked at.
  package let beads: [Bead]

  /// One place of a bridge.
  package struct Bead: Sendable {
    /// Rising, in 0..<1.
    package let place: Double
    package let weight: Double
    /// By how much less than the bridge's the variance here is.
    package var less = 0.0

    /// Takes what it holds.
    package init(place: Double, weight: Double, less: Double = 0.0) {
      self.place = place
      self.weight = weight
      self.less = less
    }
  }

  /// A bead stands for a value of at least one row in so many, or for neighbouring values until they are.
  package static let most = 1000.0

  /// Takes the beads, by place.
  package init(_ beads: [Bead]) { self.beads = beads }

  /// The mean of the sum.
  package var mean: Double {
    beads.reduce(0) { $0 + $1.weight * ($1.place * (1 - $1.place) - $1.less) }
  }

  /// The distribution of the sum; of no beads it is 0.
  package var distribution: QuadraticFormDistribution {
    QuadraticFormDistribution(determinant: { shoot($0).end }, zero: zero)
  }

  /// D(u), and how many of its zeros lie below u.
  private func shoot(_ u: Double) -> (end: Double, zerosBelow: Int) {
    var (height, slope, last, scale) = (0.0, 1.0, 0.0, 1.0)
    var changes = 0
    var isAbove = true
    for bead in beads {
      height += slope * (bead.place - last)
      last = bead.place
      if (height > 0) != isAbove {
        changes += 1
        isAbove.toggle()
      }
      let stiffness = 1 + u * bead.weight * bead.less
      scale *= stiffness
      slope -= u * bead.weight / stiffness * height
      // Neither overflows: only signs, and the size below the largest numbers, are asked for.
      if abs(slope) > 1e150 {
        (height, slope, scale) = (height * 1e-150, slope * 1e-150, scale * 1e150)
      }
    }
    height += slope * (1 - last)
    if (height > 0) != isAbove { changes += 1 }
    return (height * scale, changes)
  }

  /// The zero of D of that rank, from 1, by halving; nil: there are fewer beads.
  private func zero(_ rank: Int) -> Double? {
    guard rank <= beads.count else { return nil }
    var (low, high) = (0.0, 1.0)
    while shoot(high).zerosBelow < rank {
      (low, high) = (high, high * 2)
      // Beads at one place, or without weight, have no zero of their own.
      if high > 1e18 { return nil }
    }
    while high - low > 1e-13 * high {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if shoot(middle).zerosBelow < rank { low = middle } else { high = middle }
    }
    return high
  }
}
