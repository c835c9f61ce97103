import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The distributions of the statistics of ranks, against brute force and published tables.
@Suite struct RankLawTests {
  /// Every order of n and m rows: for each row of the pool whether it is of the reference.
  private static func orders(_ n: Int, _ m: Int) -> [[Bool]] {
    if n == 0 { return [[Bool](repeating: false, count: m)] }
    if m == 0 { return [[Bool](repeating: true, count: n)] }
    return orders(n - 1, m).map { $0 + [true] } + orders(n, m - 1).map { $0 + [false] }
  }

  /// The column of a pool whose rows go to these sides.
  private static func column(_ pool: [Double], _ sides: [Bool]) -> DriftColumn {
    DriftColumn(
      numbers: zip(pool, sides).filter(\.1).map(\.0),
      zip(pool, sides).filter { !$0.1 }.map(\.0))
  }

  @Test(arguments: [(4, 5), (5, 5), (3, 6), (6, 4), (1, 7), (2, 4)])
  func `the exact p-value of Kolmogorov and Smirnov counts orders`(_ n: Int, _ m: Int) throws {
    let pool = (1...(n + m)).map(Double.init)
    let columns = Self.orders(n, m).map { Self.column(pool, $0) }
    let figures = try columns.map { try DriftTest.ks.figure(on: .column($0)) }
    for figure in figures {
      let asFar = figures.count { $0.value >= figure.value - 1e-12 }
      #expect(try #require(figure.pValue).isClose(to: Double(asFar) / Double(figures.count)))
    }
  }

  @Test(arguments: [
    [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 1, 2, 2, 3, 4, 4, 4], [1, 1, 1, 1, 2, 2, 2, 2, 2],
  ])
  func `the exact p-value of Cramér and von Mises counts shuffles, tied ones too`(
    _ pool: [Double]
  ) throws {
    for n in [4, 2] {
      let columns = Self.orders(n, 9 - n).map { Self.column(pool, $0) }
      let figures = try columns.map { try DriftTest.cramerVonMises.figure(on: .column($0)) }
      for figure in figures {
        let asFar = figures.count { $0.value >= figure.value - 1e-9 }
        #expect(try #require(figure.pValue).isClose(to: Double(asFar) / Double(figures.count)))
      }
    }
  }

  @Test func `the exact p-value of Mann and Whitney counts orders`() throws {
    for (n, m) in [(4, 5), (3, 6), (1, 4)] {
      let pool = (1...(n + m)).map(Double.init)
      let columns = Self.orders(n, m).map { Self.column(pool, $0) }
      let figures = try columns.map { try DriftTest.mannWhitney.figure(on: .column($0)) }
      for figure in figures {
        let asFar = figures.count { $0.value >= figure.value - 1e-12 }
        #expect(try #require(figure.pValue).isClose(to: Double(asFar) / Double(figures.count)))
      }
    }
  }

  /// Marsaglia and Marsaglia, Journal of Statistical Software 9(2), 2004 (A2); Anderson and Darling, Annals of Mathematical Statistics 23, 1952 (W2).
  @Test func `the limiting distributions have the published percentage points`() {
    for (x, p) in [(1.933, 0.1), (2.492, 0.05), (3.878, 0.01)] {
      #expect(abs(QuadraticFormDistribution.andersonDarling.survival(x) / p - 1) < 1e-3)
    }
    for (x, p) in [
      (0.11888, 0.5), (0.34730, 0.1), (0.46136, 0.05), (0.74346, 0.01), (1.16786, 0.001),
    ] {
      #expect(abs(QuadraticFormDistribution.cramerVonMises.survival(x) / p - 1) < 1e-4)
    }
  }

  @Test func `one bead has the distribution of a square, two of equal weight apart that of two`()
    throws
  {
    let one = WeightedChiSquareBridge([WeightedChiSquareBridge.Bead(place: 0.5, weight: 4)])
      .distribution
    for x in [1e-4, 0.3, 1, 3.84, 30, 600] {
      #expect(one.survival(x).isClose(to: try ChiSquared(degrees: 1).survival(x), relative: 1e-9))
    }
    // Places 1/3 and 2/3 have covariance (2 1; 1 2) / 9, of eigenvalues 1/3 and 1/9.
    let two = WeightedChiSquareBridge([
      WeightedChiSquareBridge.Bead(place: 1 / 3.0, weight: 1),
      WeightedChiSquareBridge.Bead(place: 2 / 3.0, weight: 1),
    ]).distribution
    #expect(try #require(two.zero(1)).isClose(to: 3, relative: 1e-11))
    #expect(try #require(two.zero(2)).isClose(to: 9, relative: 1e-11))
    #expect(two.zero(3) == nil)
  }

  @Test func `many beads have the distribution of a bridge`() {
    let beads = (1..<1000).map {
      WeightedChiSquareBridge.Bead(place: Double($0) / 1000, weight: 0.001)
    }
    let distribution = WeightedChiSquareBridge(beads).distribution
    for x in [0.05, 0.1667, 0.46, 1.2, 4] {
      let whole = QuadraticFormDistribution.cramerVonMises.survival(x)
      #expect(distribution.survival(x).isClose(to: whole, relative: 1e-4))
    }
  }

  /// Half of the rows share one value, the rest few others.
  @Test(arguments: [DriftTest.cramerVonMises.id, DriftTest.andersonDarling.id])
  func `p-values under ties are those of shuffles`(_ id: String) throws {
    let test = try #require(DriftTests.named(id))
    let sizes = [0.0: 150, 1: 40, 2: 30, 3: 60, 9: 20]
    let pool = sizes.sorted { $0.key < $1.key }.flatMap {
      Array(repeating: $0.key, count: $0.value)
    }
    var values: [(value: Double, p: Double)] = []
    for draw in 0..<1500 {
      var random = RandomSource(seed: 4, stream: UInt64(draw))
      var shuffled = pool
      for place in 0..<120 {
        shuffled.swapAt(place, place + random.index(below: UInt32(shuffled.count - place)))
      }
      let figure = try test.figure(
        on: .column(DriftColumn(numbers: Array(shuffled[..<120]), Array(shuffled[120...]))))
      values.append((figure.value, try #require(figure.pValue)))
    }
    for level in [0.5, 0.1, 0.05, 0.01] {
      let share = Double(values.count { $0.p <= level }) / Double(values.count)
      // Four standard errors of a share of so many draws, and a little that few distinct values jump by.
      #expect(abs(share - level) <= 4 * (level * (1 - level) / 1500).squareRoot() + 0.15 * level)
    }
  }
}
