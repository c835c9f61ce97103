import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The tests on the half that was not searched, against scipy's figures.
@Suite struct SliceTestTests {
  static func losses(
    _ candidate: [Double], _ champion: [Double]?, isWrongOrRight: Bool, weights: [Double]? = nil,
    clusters: [Int32]? = nil
  ) -> RowLosses {
    RowLosses(
      name: "loss", rows: Array(0..<Int32(candidate.count)), candidate: candidate,
      champion: champion, weights: weights, clusters: clusters, isWrongOrRight: isWrongOrRight,
      isInUnit: true)
  }

  @Test func `decisions against the champion are a binomial of the changed rows`() throws {
    // Nine rows lost, two gained, four as before: scipy binomtest(9, 11, alternative='greater').
    let candidate = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0.0]
    let champion = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0.0]
    let test = try SliceTest(
      Self.losses(candidate, champion, isWrongOrRight: true), slice: Array(0..<15),
      unseen: 0..<15)
    #expect(test.pValue.isClose(to: 0.03271484375))
    #expect(test.difference.isClose(to: 7.0 / 15))
    #expect(test.statistic == 9)
  }

  @Test func `decisions against other rows are Fisher's`() throws {
    // Six of eight wrong, three of twelve others: scipy fisher_exact([[6, 2], [3, 9]], 'greater').
    let candidate = [1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0.0]
    let test = try SliceTest(
      Self.losses(candidate, nil, isWrongOrRight: true), slice: Array(0..<8), unseen: 0..<20)
    #expect(test.pValue.isClose(to: 6700.0 / 167_960), "\(test.pValue)")
    #expect(test.candidate == 0.75 && test.other == 0.25)
  }

  @Test func `equal losses that are all higher are as sure as their signs`() throws {
    let test = try SliceTest(
      Self.losses([3, 3, 3, 3, 3], [1, 1, 1, 1, 1], isWrongOrRight: false),
      slice: Array(0..<5), unseen: 0..<5)
    #expect(test.pValue.isClose(to: 1.0 / 32))
  }

  @Test func `rows with weights or in clusters that all lose the same are tested all the same`()
    throws
  {
    let (all, none) = ([1.0, 1, 1, 1, 1, 1], [0.0, 0, 0, 0, 0, 0])
    let weighted = try SliceTest(
      Self.losses(all, none, isWrongOrRight: true, weights: [1, 2, 3, 1, 2, 3]),
      slice: Array(0..<6), unseen: 0..<6)
    #expect(weighted.pValue.isClose(to: 1.0 / 64) && weighted.difference == 1)
    let clustered = try SliceTest(
      Self.losses(all, none, isWrongOrRight: true, clusters: [7, 7, 8, 8, 9, 9]),
      slice: Array(0..<6), unseen: 0..<6)
    #expect(clustered.pValue.isClose(to: 1.0 / 8))
    // Six rows of the twelve drawn are the six that lose: one way of 924; three clusters of six: one of 20.
    let weak = try SliceTest(
      Self.losses(
        all + none, nil, isWrongOrRight: true, weights: [Double](repeating: 2, count: 12)),
      slice: Array(0..<6), unseen: 0..<12)
    #expect(weak.pValue.isClose(to: 1.0 / 924))
    let pairs = try SliceTest(
      Self.losses(
        all + none, nil, isWrongOrRight: true, clusters: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
      slice: Array(0..<6), unseen: 0..<12)
    #expect(pairs.pValue.isClose(to: 1.0 / 20))
  }

  @Test func `no higher loss is no finding, and one row is none to test`() throws {
    let same = try SliceTest(
      Self.losses([1, 0, 1], [1, 0, 1], isWrongOrRight: true), slice: [0, 1, 2], unseen: 0..<3)
    #expect(same.pValue == 1 && same.difference == 0)
    #expect(throws: Undefined.self) {
      try SliceTest(Self.losses([1, 0], [0, 0], isWrongOrRight: true), slice: [0], unseen: 0..<2)
    }
  }

  @Test func `a mean is tested with Student's degrees at least as carefully as he does`() throws {
    let candidate = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5]
    let champion = [1.0, 1.0, 3.0, 3.0, 5.0, 5.0]
    let test = try SliceTest(
      Self.losses(candidate, champion, isWrongOrRight: false), slice: Array(0..<6), unseen: 0..<6)
    let student = try pairedT(zip(candidate, champion).map { $0 - $1 }, .greater)
    #expect(test.statistic.isClose(to: student.statistic))
    #expect(test.pValue >= student.pValue && test.pValue < 4 * student.pValue)
  }

  @Test func `a slice against the others has Welch's standard error`() throws {
    let slice = (0..<40).map { Double($0 % 7) + 1 }
    let others = (0..<200).map { Double($0 % 11) / 2 }
    let test = try SliceTest(
      Self.losses(slice + others, nil, isWrongOrRight: false), slice: Array(0..<40),
      unseen: 0..<240)
    func parts(_ values: [Double]) -> (mean: Double, square: Double) {
      let mean = values.sum / Double(values.count)
      let squares = values.map { ($0 - mean) * ($0 - mean) }.sum
      return (mean, squares / Double(values.count * values.count))
    }
    let (mine, theirs) = (parts(slice), parts(others))
    let error = (mine.square + theirs.square).squareRoot()
    #expect(test.difference.isClose(to: mine.mean - theirs.mean))
    // One factor for all rows in place of one for each group.
    #expect(
      test.statistic.isClose(
        to: (mine.mean - theirs.mean) / (error * (240.0 / 239).squareRoot())))
  }
}
