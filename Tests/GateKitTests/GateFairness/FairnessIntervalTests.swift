import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What the intervals of aggregates rest on: comparisons of groups that hold together.
@Suite struct FairnessIntervalTests {
  /// A distribution of one measure's shares, each of so many rows.
  static func distribution(
    _ shares: [(part: Double, rows: Double)], _ kind: Aggregate.Kind,
    _ comparison: Aggregate.Comparison = .betweenGroups
  ) throws -> AggregateDistribution {
    let estimates = try shares.map {
      try GroupEstimate(share: $0.part / $0.rows, size: $0.rows, confidence: 0.95)
    }
    let rows = shares.reduce(0) { $0 + $1.rows }
    return AggregateDistribution(
      aggregate: Aggregate(kind, comparison), estimates: [estimates],
      overall: [shares.reduce(0) { $0 + $1.part } / rows], parts: [shares.map { $0.rows / rows }],
      champion: nil, draws: 2000, seed: 0)
  }

  static func interval(_ distribution: AggregateDistribution) throws -> ConfidenceInterval {
    try distribution.curve(0.95).interval(0.95)
  }

  @Test func `two groups far apart have Newcombe's interval`() throws {
    let interval = try Self.interval(Self.distribution([(56, 70), (48, 80)], .difference))
    let newcombe = try ShareInterval.newcombe((0.8, 70), (0.6, 80), confidence: 0.95)
    #expect(abs(interval.low - newcombe.low) < 1e-12)
    #expect(abs(interval.high - newcombe.high) < 1e-12)
  }

  @Test func `groups that may be equal have an interval from 0`() throws {
    let interval = try Self.interval(Self.distribution([(30, 100), (33, 100)], .difference))
    #expect(interval.low == 0)
    let newcombe = try ShareInterval.newcombe((0.33, 100), (0.3, 100), confidence: 0.95)
    #expect(abs(interval.high - newcombe.high) < 1e-12)
  }

  @Test func `the ratio's interval is that of its inverse, inverted`() throws {
    let one = try Self.distribution([(30, 100), (60, 100)], .signedRatio)
    let other = try Self.distribution([(60, 100), (30, 100)], .signedRatio)
    let (a, b) = (try Self.interval(one), try Self.interval(other))
    #expect(abs(a.low - 1 / b.high) < 1e-9)
    #expect(abs(a.high - 1 / b.low) < 1e-9)
  }

  @Test func `a ratio to a share that is nearly certain has the other share's interval`() throws {
    let interval = try Self.interval(Self.distribution([(30, 100), (5e11, 1e12)], .signedRatio))
    let own = try ShareInterval.wilson(share: 0.3, size: 100, confidence: 0.95)
    #expect(abs(interval.low - own.low / 0.5) < 1e-5)
    #expect(abs(interval.high - own.high / 0.5) < 1e-5)
  }

  @Test func `a ratio is at most 1, and groups may be equal`() throws {
    let interval = try Self.interval(Self.distribution([(30, 100), (33, 100), (31, 100)], .ratio))
    #expect(interval.high == 1)
    #expect(interval.low > 0.4 && interval.low < 30.0 / 33)
  }

  @Test func `more groups that may be the highest make the lower end lower`() throws {
    let two = try Self.interval(Self.distribution([(1000, 10000), (2000, 10000)], .difference))
    let five = try Self.interval(
      Self.distribution(
        [(1000, 10000), (2000, 10000), (2000, 10000), (1995, 10000), (1998, 10000)], .difference))
    let apart = try Self.interval(
      Self.distribution([(1000, 10000), (2000, 10000), (1500, 10000), (1510, 10000)], .difference))
    #expect(five.low < two.low - 0.001)
    // Groups that are neither the highest nor the lowest do not count.
    #expect(abs(apart.low - two.low) < 1e-9)
    #expect(abs(apart.high - two.high) < 1e-9)
  }

  @Test func `the least group's interval is its own where no other may be the least`() throws {
    let interval = try Self.interval(Self.distribution([(100, 1000), (500, 1000)], .groupMin))
    let own = try ShareInterval.wilson(share: 0.1, size: 1000, confidence: 0.95)
    #expect(abs(interval.low - own.low) < 1e-12 && abs(interval.high - own.high) < 1e-12)
  }

  @Test func `against all rows a group moves what it is compared with`() throws {
    // Half of the rows: the distance to all is half of that between the groups.
    let between = try Self.interval(Self.distribution([(100, 1000), (500, 1000)], .difference))
    let overall = try Self.interval(
      Self.distribution([(100, 1000), (500, 1000)], .difference, .toOverall))
    #expect(abs(overall.low - between.low / 2) < 1e-9)
    #expect(abs(overall.high - between.high / 2) < 1e-9)
  }

  @Test func `a hundred groups are compared at their ends`() throws {
    let shares = (0..<100).map { (part: Double(200 + $0), rows: 1000.0) }
    let interval = try Self.interval(Self.distribution(shares, .difference))
    #expect(interval.low > 0.005 && interval.low < 0.06)
    #expect(interval.high > 0.099 && interval.high < 0.15)
  }

  @Test(arguments: [(51.0, 14), (30, 24), (10, 61)])
  func `many small groups do not drown what two large ones show`(rows: Double, count: Int) throws {
    let large = [(part: 45.0, rows: 450.0), (part: 112, rows: 450)]
    let small = [(part: Double, rows: Double)](
      repeating: ((rows * 0.175).rounded(), rows), count: count)
    let alone = try Self.interval(Self.distribution(large, .difference))
    let among = try Self.interval(Self.distribution(large + small, .difference))
    // Equal parts of the tail would put it below 0.05.
    #expect(alone.low > 0.099 && among.low > alone.low - 0.012 && among.low <= alone.low)
  }

  @Test func `a small group that is far apart is found among large ones`() throws {
    let distribution = try Self.distribution(
      [(135, 450), (135, 450), (37, 51), (15, 51), (15, 51), (15, 51)], .difference)
    #expect(try Self.interval(distribution).low > 0.1)
  }

  @Test func `weights make a share worth fewer rows`() throws {
    // Kish: equal weights change nothing, and one heavy row is worth less than ten.
    let parts: ShareTally.Parts = { ($0.predictedPositives, $0.total) }
    let plain = ShareTally([3, 2, 0, 0, 4, 1, 0, 0], squares: [3, 2, 0, 0, 4, 1, 0, 0], parts)
    #expect(abs(try plain.size(.candidate, confidence: 0.95) - 10) < 1e-9)
    let doubled = ShareTally([6, 4, 0, 0, 8, 2, 0, 0], squares: [12, 8, 0, 0, 16, 4, 0, 0], parts)
    #expect(abs(try doubled.size(.candidate, confidence: 0.95) - 10) < 1e-9)
    let heavy = ShareTally([3, 50, 0, 0, 4, 1, 0, 0], squares: [3, 2500, 0, 0, 4, 1, 0, 0], parts)
    #expect(try heavy.size(.candidate, confidence: 0.95) < 10)
    // One row that carries all the weight is worth one, whatever the others are.
    for odd in [0, 1] {
      var (sums, squares) = ([99.0, 100, 0, 0, 0, 0, 0, 0], [99.0, 100, 0, 0, 0, 0, 0, 0])
      (sums[odd], squares[odd]) = (sums[odd] + 1e6, squares[odd] + 1e12)
      #expect(
        try ShareTally(sums, squares: squares, parts).size(.candidate, confidence: 0.95) < 1.1)
    }
  }

  @Test func `few clusters say nothing and one large one little`() throws {
    let parts: ShareTally.Parts = { ($0.predictedPositives, $0.total) }
    func cluster(_ rows: Double, decided: Bool) -> [Double] {
      (0..<8).map { $0 == (decided ? 1 : 0) ? rows : 0 }
    }
    let seven = ShareTally(clusters: (0..<7).map { cluster(9, decided: $0 < 3) }, parts)
    #expect(throws: Undefined.self) { try seven.size(.candidate, confidence: 0.95) }
    let one =
      [cluster(1000, decided: false)] + (0..<9).map { _ in cluster(1, decided: true) }
    let size = try ShareTally(clusters: one, parts).size(.candidate, confidence: 0.95)
    #expect(size < 5)
  }

  @Test(arguments: [20.0, 400, 10_000], [0.0, 1, 5, 400])
  func `rows that changed leave room for as many that did not`(rows: Double, changed: Double) throws
  {
    guard changed < rows / 8 else { return }
    let parts: ShareTally.Parts = { ($0.predictedPositives, $0.total) }
    // Half are decided positive by both; what changed was found by the champion alone.
    let sums = [rows / 2, 0, changed, rows / 2 - changed, 0, 0, 0, 0]
    let tally = ShareTally(sums, squares: sums, parts)
    let both = try Role.allCases.map { role in
      try GroupEstimate(
        share: tally.value(role, missing: ""), size: tally.size(role, confidence: 0.95),
        confidence: 0.95)
    }
    let half = try tally.deviation(of: both[0], both[1]) * 1.96 * rows
    // The largest mean of a Poisson count of which so few are seen in 2.5% of samples, less what was seen.
    let poisson: [Double: Double] = [0: 3.69, 1: 4.57, 5: 6.67, 400: 41.2]
    let wanted = try #require(poisson[changed])
    #expect(half > 0.97 * wanted && half < 1.35 * wanted, "\(half) of \(wanted)")
  }

  @Test func `rows in clusters of their own are rows`() throws {
    let parts: ShareTally.Parts = { ($0.truePositives, $0.positives) }
    let sums: [Double] = [30, 20, 0, 5, 12, 18, 4, 11]
    let rows = sums.indices.flatMap { cell -> [[Double]] in
      var row = [Double](repeating: 0, count: 8)
      row[cell] = 1
      return [[Double]](repeating: row, count: Int(sums[cell]))
    }
    let plain = ShareTally(sums, squares: sums, parts)
    let clustered = ShareTally(clusters: rows, parts)
    func change(_ tally: ShareTally) throws -> Double {
      let both = try Role.allCases.map { role in
        try GroupEstimate(
          share: tally.value(role, missing: ""), size: tally.size(role, confidence: 0.95),
          confidence: 0.95)
      }
      return try tally.deviation(of: both[0], both[1])
    }
    #expect(abs(try change(clustered) / change(plain) - 1) < 0.04)
    // Of the positive rows alone, and by Student's distribution.
    let width = try StudentT(degrees: 44).width(0.95) / StandardNormal.width(0.95)
    let size = try clustered.size(.candidate, confidence: 0.95)
    #expect(abs(try plain.size(.candidate, confidence: 0.95) / (size * width * width) - 1) < 0.03)
    // Twice the same row is no more than once.
    let pairs = stride(from: 0, to: rows.count, by: 1).map { rows[$0].map { $0 * 2 } }
    #expect(try ShareTally(clusters: pairs, parts).size(.candidate, confidence: 0.95) == size)
  }
}

extension ShareTally {
  /// The standard deviation of the difference of both models' shares, out of their correlation.
  fileprivate func deviation(of one: GroupEstimate, _ other: GroupEstimate) throws -> Double {
    let (mine, theirs) = (one.standardError, other.standardError)
    let shared = try correlation(one, other, confidence: 0.95)
    return (mine * mine + theirs * theirs - 2 * shared * mine * theirs).squareRoot()
  }
}
