import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

@Suite struct PairedTestTests {
  @Test func `McNemar agrees with statsmodels, exact and mid-p`() throws {
    let golden = try StatisticsGolden.read().tests.mcnemar
    #expect(golden.count == 6)
    for row in golden {
      let exact = try McNemar.exact(gained: row.counts[0], lost: row.counts[1])
      let mid = try McNemar.midP(gained: row.counts[0], lost: row.counts[1])
      #expect(agree(exact.pValue, row.exact), "\(row)")
      #expect(agree(mid.pValue, row.mid), "\(row)")
      #expect(exact.statistic == Double(row.counts.min() ?? -1))
    }
    #expect(throws: Undefined.self) { try McNemar.exact(gained: -1, lost: 3) }
  }

  @Test func `paired t, Wilcoxon and sign flips agree with scipy`() async throws {
    let golden = try StatisticsGolden.read().tests.series
    #expect(golden.count == 15)
    var flipped = 0
    for row in golden {
      let side = try #require(Alternative(rawValue: row.alternative))
      let t = try pairedT(row.differences, side)
      #expect(agree(t.statistic, row.t[0]) && agree(t.pValue, row.t[1]), "\(row)")
      for (zeros, wanted) in [(Wilcoxon.Zeros.wilcox, row.wilcox), (.pratt, row.pratt)] {
        let found = try Wilcoxon.test(row.differences, zeros: zeros, side)
        #expect(found.statistic == wanted[0], "\(row.name) \(side) \(zeros)")
        #expect(agree(found.pValue, wanted[1]), "\(row.name) \(side) \(zeros)")
        let isExact = row.name != "ties" && row.name != "hundred"
        #expect(found.method.hasSuffix(isExact ? "exact" : "normal"))
      }
      guard let flips = row.flips else { continue }
      flipped += 1
      let found = try await signFlips(row.differences, seed: 1, side)
      #expect(agree(found.statistic, flips[0]) && agree(found.pValue, flips[1]), "\(row)")
    }
    #expect(flipped == 3)
  }

  @Test func `Wilcoxon on few rows counts all choices of signs`() throws {
    let sizes = [0.3, 1.1, 1.9, 2.2, 3.7, 4.1, 5.5]
    let differences = [0.3, 1.1, -1.9, 2.2, 3.7, -4.1, 5.5]
    let found = try Wilcoxon.test(differences, .greater)
    var asHigh = 0
    for signs in 0..<(1 << sizes.count) {
      let sum = sizes.indices.reduce(0) { signs >> $1 & 1 == 1 ? $0 + $1 + 1 : $0 }
      if Double(sum) >= found.statistic { asHigh += 1 }
    }
    #expect(found.statistic == 1 + 2 + 4 + 5 + 7)
    #expect(agree(found.pValue, Double(asHigh) / 128))
    #expect(found.method == "Wilcoxon signed rank, exact")
    let tied = try Wilcoxon.test([1, 1, -2, 3, 4, 5, 6], .greater)
    #expect(tied.method == "Wilcoxon signed rank, normal")
  }

  @Test func `McNemar's exact test rejects equal models no more often than it says`() throws {
    for differing in 1...40 {
      let binomial = Binomial(trials: differing, probability: 0.5)
      var rejected = 0.0
      for gained in 0...differing {
        let test = try McNemar.exact(gained: gained, lost: differing - gained)
        if test.pValue <= 0.05 { rejected += try binomial.pmf(gained) }
      }
      #expect(rejected <= 0.05 + 1e-12)
    }
  }

  @Test func `random sign flips come near the exact p-value and depend on the seed alone`()
    async throws
  {
    let golden = try StatisticsGolden.read().tests.series
    let ten = try #require(golden.first { $0.flips != nil && $0.alternative == "two-sided" })
    let exact = try #require(ten.flips)[1]
    let one = try await signFlips(ten.differences, replicates: 1000, seed: 3)
    let again = try await signFlips(ten.differences, replicates: 1000, seed: 3)
    let other = try await signFlips(ten.differences, replicates: 1000, seed: 4)
    #expect(one.method == "sign flips, 1000 random")
    #expect(abs(one.pValue - exact) < 4 * (exact * (1 - exact) / 1000).squareRoot() + 0.004)
    #expect(one == again && one.pValue != other.pValue)
  }

  @Test func `a long series takes a random bit for every row`() async throws {
    let rows = (0..<150).map { $0 < 75 ? 1.0 : -1.0 }
    let found = try await signFlips(rows, replicates: 2000, seed: 8)
    #expect(found.statistic == 0 && found.pValue > 0.9)
    let shifted = try await signFlips(rows.map { $0 + 0.3 }, replicates: 2000, seed: 8)
    // By the normal approximation 0.3 / (1.044 / sqrt 150) is 3.5 standard errors.
    #expect(shifted.pValue < 0.005 && shifted.pValue >= 2.0 / 2001)
  }

  @Test func `tests without any information are undefined`() async {
    #expect(throws: Undefined.self) { try pairedT([1]) }
    #expect(throws: Undefined.self) { try pairedT([2, 2, 2]) }
    #expect(throws: Undefined("no row differs")) { try Wilcoxon.test([0, 0]) }
    #expect(throws: Undefined("no row differs")) { try Wilcoxon.test([0, 0], zeros: .pratt) }
    #expect(throws: Undefined.self) { try Wilcoxon.test([1, .nan]) }
    await #expect(throws: Undefined.self) { try await signFlips([], seed: 1) }
    await #expect(throws: Undefined.self) { try await signFlips([.nan], seed: 1) }
    await #expect(throws: Undefined.self) { try await signFlips([1], replicates: 0, seed: 1) }
  }
}

@Suite struct MultipleTestingTests {
  @Test func `agrees with statsmodels, in the order given`() throws {
    let golden = try StatisticsGolden.read().multiple
    #expect(golden.count == 4)
    for row in golden {
      #expect(row.adjusted.count == 4)
      for (name, wanted) in row.adjusted {
        let found = try #require(ErrorControl(rawValue: name)).adjusted(row.p)
        #expect(zip(found, wanted).allSatisfy { agree($0, $1) }, "\(name): \(found)")
        #expect(found.count == wanted.count)
      }
      #expect(try ErrorControl.none.adjusted(row.p) == row.p)
    }
  }

  @Test func `none gives none, and what is no p-value is refused`() throws {
    for control in ErrorControl.allCases {
      #expect(try control.adjusted([]) == [])
      for p in [-0.1, 1.1, .nan] {
        #expect(throws: Undefined.self) { try control.adjusted([0.5, p]) }
      }
    }
  }
}

@Suite struct DecisionTests {
  private static func decide(_ low: Double, _ high: Double, _ bound: Decision.Bound) -> Decision {
    Decision(
      value: (low + high) / 2,
      interval: ConfidenceInterval(low: low, high: high, level: 0.95, method: "t"), bound: bound,
      rows: 400)
  }

  @Test(arguments: [
    (0.80, 0.90, Decision.Bound.atLeast(0.80), Outcome.passed),
    (0.79, 0.90, .atLeast(0.80), .inconclusive), (0.70, 0.80, .atLeast(0.80), .inconclusive),
    (0.70, 0.79, .atLeast(0.80), .failed), (0.70, 0.80, .atMost(0.80), .passed),
    (0.70, 0.81, .atMost(0.80), .inconclusive), (0.80, 0.90, .atMost(0.80), .inconclusive),
    (0.81, 0.90, .atMost(0.80), .failed), (-0.01, 0.02, .atLeast(-0.01), .passed),
    (.nan, .nan, .atLeast(0), .inconclusive), (.nan, .nan, .atMost(0), .inconclusive),
  ])
  func `the bound of the interval decides`(
    low: Double, high: Double, bound: Decision.Bound, outcome: Outcome
  ) {
    #expect(Self.decide(low, high, bound).outcome == outcome)
  }

  @Test func `inconclusive says the smallest effect and how many rows would decide`() {
    // Half width 0.04 on 400 rows, a standard error of 0.04 / 1.95996 = 0.020408. The value is 0.03 from the bound, and with
    // that taken off 0.009592: 17.39 times the rows.
    let far = Self.decide(0.79, 0.87, .atLeast(0.80))
    #expect(abs(far.smallestEffect - 0.04) < 1e-12)
    #expect(abs((far.rowsToDecide ?? 0) - 6957) <= 1)
    #expect(
      far.sentence.contains(
        "and 0.8 lies within; with 400 rows a value must be 0.04 above it to pass"))
    #expect(far.sentence.hasSuffix("; about 6957 new ones would more likely than not decide"))
    let below = Self.decide(0.73, 0.81, .atLeast(0.80))
    #expect(abs((below.rowsToDecide ?? 0) - 6957) <= 1)
    // Within a standard error of the bound.
    let near = Self.decide(0.779, 0.859, .atLeast(0.80))
    #expect(near.rowsToDecide == nil)
    #expect(near.sentence.hasSuffix("the value is too near it to tell how many would decide"))
    let exactly = Self.decide(0.5, 1.5, .atMost(1))
    #expect(exactly.rowsToDecide == nil)
    #expect(exactly.sentence.hasSuffix("rows decides a value that is the bound itself"))
    #expect(
      Self.decide(0.75, 1, .atLeast(0.5)).sentence
        == "0.875, 95% interval 0.75 to 1, all of it at least 0.5")
  }
}
