/// What the labels of one bin add up to by chance, were each row positive with its score for a chance.
///
/// The sum over rows of weight times label minus score. Rows of like scores are drawn together: from
/// one row that comes out against the odds to the next is a geometric number of rows, so that a draw costs as many
/// steps as there are such rows. Where the sum is of so many that its distribution is the normal one to a thousandth, that is
/// drawn instead.
///
/// Source: Devroye, Non-Uniform Random Variate Generation (1986), X.2 for the geometric steps and II.3 for their
/// thinning.
struct BinNoise: Sendable {
  /// Rows whose chances to come out against the odds differ by less than a factor of two.
  private struct Stretch {
    package let places: Range<Int>
    /// The largest chance of a row.
    package let most: Double
    /// Whether a row that comes out against the odds is positive.
    package let isPositive: Bool
    /// The sum of weight times chance.
    package let mean: Double
  }

  /// The standard deviation where the normal distribution is drawn, else 0.
  private var deviation = 0.0
  private var stretches: [Stretch] = []

  /// How many times the heaviest row's square the variance is where the normal distribution is drawn.
  private static let enough = 400.0

  /// The rows at `places` of a sample's order.
  package init(_ sample: BinarySample, _ places: Range<Int>) {
    var variance = Sum()
    var heaviest = 0.0
    for place in places {
      let weight = sample.weights?[place] ?? 1
      let chance = sample.chance(place)
      variance.add(weight * weight * chance * (1 - chance))
      heaviest = max(heaviest, weight)
    }
    if variance.value >= Self.enough * heaviest * heaviest {
      deviation = variance.value.squareRoot()
    } else {
      stretches = Self.stretches(sample, places)
    }
  }

  private static func stretches(_ sample: BinarySample, _ places: Range<Int>) -> [Stretch] {
    var stretches: [Stretch] = []
    var start = places.lowerBound
    while start < places.upperBound {
      let kind = Self.kind(sample.chance(start))
      var end = start
      var most = 0.0
      var mean = Sum()
      while end < places.upperBound {
        let score = sample.chance(end)
        guard Self.kind(score) == kind else { break }
        let chance = kind.isPositive ? score : 1 - score
        most = max(most, chance)
        mean.add(chance * (sample.weights?[end] ?? 1))
        end += 1
      }
      if most > 0 {
        stretches.append(
          Stretch(
            places: start..<end, most: most, isPositive: kind.isPositive, mean: mean.value))
      }
      start = end
    }
    return stretches
  }

  /// What rows of one stretch have in common; chances below a billionth are all of one kind.
  private static func kind(_ score: Double) -> (isPositive: Bool, size: Int) {
    let isPositive = score <= 0.5
    return (isPositive, Int(max(isPositive ? score : 1 - score, 1e-9).exponent))
  }

  /// One draw of the sum.
  package func draw(_ sample: BinarySample, _ random: inout RandomSource) -> Double {
    if deviation > 0 { return deviation * random.normal() }
    var sum = 0.0
    for stretch in stretches {
      var weight = 0.0
      let scale = 1 / logarithmOfOnePlus(-stretch.most)
      var place = stretch.places.lowerBound
      while true {
        let steps = logarithm(1 - random.uniform()) * scale
        guard steps < Double(stretch.places.upperBound - place) else { break }
        place += Int(steps)
        let score = sample.chance(place)
        let chance = stretch.isPositive ? score : 1 - score
        if random.uniform() * stretch.most < chance { weight += sample.weights?[place] ?? 1 }
        place += 1
      }
      sum += stretch.isPositive ? weight - stretch.mean : stretch.mean - weight
    }
    return sum
  }
}

extension BinarySample {
  /// The score at a place as a chance: what rounding put beyond 1, or stands on a row that weighs nothing, is cut off.
  fileprivate func chance(_ place: Int) -> Double { scores[place].clamped(to: 0...1) }
}

extension RandomSource {
  /// A number of the standard normal distribution.
  fileprivate mutating func normal() -> Double {
    // In the middle of its step, so that it is neither 0 nor 1.
    let share = (Double(next64() >> 12) + 0.5) * 0x1p-52
    return (try? StandardNormal.quantile(share)) ?? 0
  }
}
