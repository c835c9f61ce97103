import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Draws of the cells that rows fall into.
@Suite struct PairedCellsTests {
  @Test(arguments: [1, 2.5, 7, 40, 1500, 250_000])
  func `a gamma quantile is Boost's`(shape: Double) throws {
    let distribution = ChiSquared(degrees: 2 * shape)
    let quantiles = try GammaQuantiles(shape: shape)
    for place in stride(from: -5.03, through: 5.03, by: 0.37) {
      let wanted = try distribution.quantile(try StandardNormal.cdf(place)) / 2
      #expect(abs(quantiles.at(place) / wanted - 1) < 1e-6, "\(shape) at \(place)")
    }
    #expect(throws: Undefined.self) { try GammaQuantiles(shape: 0.5) }
  }

  @Test(arguments: [(1.0, 1.0), (1, 400), (3.5, 2), (700, 30_000), (90_000, 8)])
  func `a beta quantile is Boost's`(a: Double, b: Double) throws {
    let quantiles = try BetaQuantiles(a, b)
    for place in stride(from: -5.03, through: 5.03, by: 0.37) {
      let wanted = try Beta(a, b).quantile(try StandardNormal.cdf(place))
      let rest = try Beta(b, a).quantile(try StandardNormal.cdf(-place))
      let found = quantiles.at(place)
      #expect(abs(found / wanted - 1) < 1e-6 && abs((1 - found) / rest - 1) < 2e-6, "at \(place)")
    }
  }

  @Test(arguments: [(0, 30), (1, 30), (7, 40), (60, 60), (90, 400)])
  func `a share with an imaginary row is Clopper and Pearson's interval`(hits: Int, rows: Int)
    async throws
  {
    let cells = (0..<rows).map {
      PairedCells.cell(positive: true, champion: false, candidate: $0 < hits)
    }
    let drawn = try PairedCells.rows(cells, weights: nil, replicates: 40_000, seed: 3)
    let found = try await drawn.bounds([4, 5], isStratified: false) { mine, _ in
      mine.truePositives / mine.positives
    }.interval(0.95)
    let wanted = try ShareInterval.clopperPearson(successes: hits, trials: rows, confidence: 0.95)
    let width = wanted.high - wanted.low
    #expect(abs(found.low - wanted.low) < 0.03 * width)
    #expect(abs(found.high - wanted.high) < 0.03 * width)
  }

  @Test func `weights that are all the same change nothing`() async throws {
    let cells = (0..<200).map { UInt8($0 % 8) }
    let figure: PairedCells.Figure = { mine, other in
      mine.truePositives / mine.positives - other.truePositives / other.positives
    }
    let plain = try PairedCells.rows(cells, weights: nil, replicates: 1000, seed: 3)
    let weighted = try PairedCells.rows(
      cells, weights: [Double](repeating: 4, count: 200), replicates: 1000, seed: 3)
    let one = try await plain.bounds(PairedCells.discordant, isStratified: false, figure)
      .interval(0.9)
    let four = try await weighted.bounds(PairedCells.discordant, isStratified: false, figure)
      .interval(0.9)
    #expect(abs(one.low - four.low) < 1e-12 && abs(one.high - four.high) < 1e-12)
  }

  @Test func `clusters of one row are about rows, and whole clusters that fail are units`()
    async throws
  {
    let figure: PairedCells.Figure = { mine, other in
      mine.truePositives / mine.positives - other.truePositives / other.positives
    }
    // 400 positive rows in clusters of 10, none of which differs: as wide as 40 rows.
    let cells = (0..<800).map {
      PairedCells.cell(positive: $0 % 2 == 0, champion: true, candidate: true)
    }
    let drawn = try await PairedCells.clusters(
      cells, weights: nil, units: (0..<800).map { Int32($0 / 20) }, count: 40, isOwn: false,
      replicates: 1000, seed: 1)
    let found = try await drawn.bounds(PairedCells.discordant, isStratified: false, figure)
      .interval(0.95)
    let wanted = 1 - exponential(logarithm(0.025) / 40)
    #expect(-found.low > wanted && -found.low < 1.3 * wanted)
    #expect(ClusteredClass.correlation([10, 0, 10, 0], of: [10, 10, 10, 10]) == 1)
    #expect(ClusteredClass.correlation([5, 5, 5, 5], of: [10, 10, 10, 10]) == 0)
  }

  @Test func `equal shares are Student's, one that outweighs the others leaves few degrees`() {
    let even = UnitShares([Double](repeating: 3, count: 12))
    #expect(abs(even.degrees - 11) < 1e-9 && abs(even.excess - 13.0 / 11) < 1e-9)
    #expect(even.factors.allSatisfy { abs($0 - 1.0 / (12 * 11)) < 1e-12 })
    let uneven = UnitShares([30] + [Double](repeating: 1, count: 30))
    #expect(uneven.degrees < 3 && uneven.degrees >= 1 && uneven.excess > 2)
  }

  @Test func `a mean of unequal weights has the jackknife's error and fewer degrees`() throws {
    let values: [Double] = (0..<30).map { Double($0 % 7) }
    let even = try MeanInterval(of: values, weights: [Double](repeating: 2, count: 30))
    let plain = try MeanInterval(of: values)
    let (one, two) = (try even.interval(confidence: 0.95), try plain.interval(confidence: 0.95))
    #expect(abs(one.low - two.low) < 1e-9 && abs(one.high - two.high) < 1e-9)
    let weights = (0..<30).map { $0 == 0 ? 12.0 : 1 }
    let uneven = try MeanInterval(of: values, weights: weights)
    // Each row left out in turn.
    let total = weights.reduce(0, +)
    let sum = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let without = values.indices.map { (sum - weights[$0] * values[$0]) / (total - weights[$0]) }
    let variance = without.reduce(0) { $0 + ($1 - sum / total) * ($1 - sum / total) } * 29 / 30
    #expect(abs(uneven.jackknifeError * uneven.jackknifeError - variance) < 1e-12)
    #expect(uneven.shown.degrees < 29 && uneven.jackknifeError > uneven.standardError)
    let few = try MeanInterval(of: values, clusters: (0..<30).map { Int32($0 % 7) })
    #expect(throws: Undefined.self) { try few.interval(confidence: 0.95) }
  }
}
