import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// X^2 of many rare categories, and the distributions that its p-value and the shuffles are made of.
@Suite struct RareCategoryTests {
  @Test(arguments: [
    ([3, 2, 2, 1], 4), ([5, 3, 1, 1], 3), ([1, 1, 1, 1, 1, 1], 3), ([4, 3], 2), ([2, 1, 1], 2),
    ([6, 2, 1, 1, 1], 5), ([2, 2], 1), ([1, 1], 1),
  ]) func `three moments are those of all choices of rows`(_ totals: [Int], _ first: Int) {
    let rows = totals.reduce(0, +)
    let cell = totals.indices.flatMap { [Int](repeating: $0, count: totals[$0]) }
    var values: [Double] = []
    for choice in 0..<(1 << rows) where choice.nonzeroBitCount == first {
      var counts = [Double](repeating: 0, count: totals.count)
      for row in 0..<rows where choice >> row & 1 == 1 { counts[cell[row]] += 1 }
      let sum = totals.indices.reduce(0.0) { sum, place in
        let expected = Double(first * totals[place]) / Double(rows)
        return sum + (counts[place] - expected) * (counts[place] - expected) / Double(totals[place])
      }
      values.append(sum * Double(rows * rows) / Double(first * (rows - first)))
    }
    let mean = values.reduce(0, +) / Double(values.count)
    func central(_ power: Int) -> Double {
      values.reduce(0) { sum, value in
        sum + (0..<power).reduce(1.0) { product, _ in product * (value - mean) }
      } / Double(values.count)
    }
    let found = PermutedChiSquared(totals: totals, first: first, second: rows - first)
    #expect(found.mean.isClose(to: mean))
    #expect(abs(found.variance - central(2)) < 1e-10)
    #expect(abs(found.third - central(3)) < 1e-10)
  }

  @Test func `Pearson's third distribution has the tails of what it is made of`() throws {
    // The chi-squared distribution of 7 degrees, whose skewness is sqrt(8 / 7), at 18; and the normal distribution.
    let z = (18.0 - 7) / 14.0.squareRoot()
    let skewed = PearsonIII(skewness: (8.0 / 7).squareRoot())
    #expect(try skewed.survival(z).isClose(to: ChiSquared(degrees: 7).survival(18)))
    let mirrored = PearsonIII(skewness: -(8.0 / 7).squareRoot())
    #expect(try mirrored.survival(-z).isClose(to: ChiSquared(degrees: 7).cdf(18)))
    #expect(try skewed.survival(-5) == 1)
    #expect(try mirrored.survival(5) == 0)
    #expect(
      try PearsonIII(skewness: 0).survival(1.5).isClose(to: StandardNormal.survival(1.5)))
    #expect(
      try PearsonIII(skewness: 2e-5).survival(1.5)
        .isClose(to: StandardNormal.survival(1.5), relative: 1e-4))
  }

  /// The chance of a false alarm is what the level says, where the chi-squared distribution's is far off.
  @Test(arguments: [(200, 500, 500), (5_000, 500, 500), (5_000, 200, 2_000)])
  func `p-values of rare categories are uniform`(
    _ categories: Int, _ first: Int, _ second: Int
  ) throws {
    var source = RandomSource(seed: 23, stream: UInt64(categories + first))
    let totals = Self.zipf(categories, rows: first + second, &source)
    let names = totals.indices.map { "\($0)" }.sorted()
    let pooled = DriftColumn(
      .categories(names), reference: Self.taken(totals, first), current: Self.left(totals, first))
    let test = try #require(DriftTests.named("chi_square"))
    let runs = 2_000
    var (moments, chiSquared) = ([0.05: 0, 0.01: 0], 0)
    for run in 0..<runs {
      let dealt = pooled.dealt(RandomSource(seed: 29, stream: UInt64(run)))
      let p = try #require(
        try test.figure(on: .column(dealt), Arguments(texts: ["law": "moments"])).pValue)
      for bound in moments.keys where p <= bound { moments[bound, default: 0] += 1 }
      let plain = try #require(try test.figure(on: .column(dealt)).pValue)
      if plain <= 0.05 { chiSquared += 1 }
    }
    for (bound, count) in moments {
      let error = (bound * (1 - bound) / Double(runs)).squareRoot()
      #expect(abs(Double(count) / Double(runs) - bound) < 3.5 * error, "at \(bound): \(count)")
    }
    #expect(abs(Double(chiSquared) / Double(runs) - 0.05) > 0.02, "\(chiSquared)")
  }

  /// Rows of each category that occurs, of Zipf's distribution with exponent 1.
  private static func zipf(_ categories: Int, rows: Int, _ source: inout RandomSource) -> [Int] {
    var sums: [Double] = []
    for rank in 1...categories { sums.append((sums.last ?? 0) + 1 / Double(rank)) }
    var counts = [Int](repeating: 0, count: categories)
    for _ in 0..<rows {
      let place = source.uniform() * (sums.last ?? 1)
      var (low, high) = (0, categories - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > place { high = middle } else { low = middle + 1 }
      }
      counts[low] += 1
    }
    return counts.filter { $0 > 0 }
  }

  /// A side of the first rows, and one of the others.
  private static func taken(_ totals: [Int], _ rows: Int) -> DriftColumn.Side {
    var rest = rows
    return DriftColumn.Side(
      counts: totals.map { total in
        defer { rest -= min(total, rest) }
        return Int32(min(total, rest))
      })
  }

  private static func left(_ totals: [Int], _ rows: Int) -> DriftColumn.Side {
    DriftColumn.Side(counts: zip(totals, taken(totals, rows).counts).map { Int32($0) - $1 })
  }

  @Test(arguments: [
    (50, 20, 10), (50, 45, 10), (50, 20, 40), (400, 150, 120), (400, 380, 390),
    (30_000_000, 9_000_000, 700), (20_000_000, 10_000_000, 10_000_000), (5, 5, 3), (5, 0, 3),
    (0, 0, 0),
  ]) func `the hypergeometric numbers have its distribution`(
    _ total: Int, _ marked: Int, _ drawn: Int
  )
    throws
  {
    let draws = 20_000
    var source = RandomSource(seed: 31, stream: UInt64(total + marked + drawn))
    var counts: [Int: Int] = [:]
    var sum = 0.0
    for _ in 0..<draws {
      let found = source.hypergeometric(total: total, marked: marked, drawn: drawn)
      #expect((max(0, marked + drawn - total)...min(marked, drawn)).contains(found))
      counts[found, default: 0] += 1
      sum += Double(found)
    }
    guard counts.count > 1 else { return }
    let (share, n) = (Double(marked) / Double(total), Double(drawn))
    let variance =
      n * share * (1 - share) * Double(total - drawn) / Double(max(1, total - 1))
    #expect(abs(sum / Double(draws) - n * share) < 4 * (variance / Double(draws)).squareRoot())
    guard total < 1000 else { return }
    let urn = Hypergeometric(total: total, marked: marked, drawn: drawn)
    var (distance, cells) = (0.0, 0)
    for found in max(0, marked + drawn - total)...min(marked, drawn) {
      let expected = try urn.pmf(found) * Double(draws)
      if expected < 10 { continue }
      let difference = Double(counts[found] ?? 0) - expected
      distance += difference * difference / expected
      cells += 1
    }
    #expect(try ChiSquared(degrees: Double(cells)).survival(distance) > 0.001)
  }

  @Test func `logarithms of factorials are those of the gamma function`() throws {
    for number in [0, 1, 2, 10, 254, 255, 256, 257, 1000, 1_000_000, 20_000_000] {
      #expect(
        LogFactorial.of(number).isClose(
          to: try SpecialFunction.logGamma(Double(number) + 1), relative: 1e-14), "\(number)")
    }
  }

  @Test func `Fisher's exact test is the sum of what is no likelier`() throws {
    for (total, marked, drawn) in [(20, 7, 9), (12, 6, 6), (9, 0, 4), (300, 40, 120), (15, 15, 6)] {
      let urn = Hypergeometric(total: total, marked: marked, drawn: drawn)
      let range = max(0, marked + drawn - total)...min(marked, drawn)
      let chances = try range.map { try urn.pmf($0) }
      for (found, chance) in zip(range, chances) {
        let sum = chances.filter { $0 <= chance * (1 + 1e-9) }.reduce(0, +)
        #expect(
          try urn.twoSided(found).isClose(to: min(1, sum)), "\(total) \(marked) \(drawn) \(found)")
      }
      #expect(throws: Undefined.self) { try urn.twoSided(range.upperBound + 1) }
    }
  }

  @Test func `a share of nulls that has moved far has a p-value of 0 and no other`() throws {
    let test = try #require(DriftTests.named("null_share"))
    let nulls = DriftNulls(
      reference: DriftNulls.Side(5_000_000, of: 10_000_000),
      current: DriftNulls.Side(9_000_000, of: 10_000_000))
    var found: DriftFigure?
    let taken = try processorSeconds { found = try test.figure(on: .nulls(nulls)) }
    #expect(found?.value.isClose(to: 0.4) == true)
    #expect(found?.pValue == 0)
    #expect(taken < 5, "\(taken)")
  }
}
