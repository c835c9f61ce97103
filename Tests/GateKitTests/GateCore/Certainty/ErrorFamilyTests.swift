import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What a family of limits asks of the draws before any limit is judged.
@Suite struct ErrorFamilyTests {
  @Test(arguments: [
    (ErrorControl.holm, 36, 0.95, 1_441), (.bonferroni, 10, 0.95, 1_000), (.bh, 100, 0.9, 2_001),
    (.holm, 1_000_000, 0.95, 100_000),
  ]) func `draws are as many as one decided limit needs`(
    control: ErrorControl, limits: Int, confidence: Double, replicates: Int
  ) {
    let asked = Certainty(confidence: confidence)
    let enlarged = ErrorFamily(control: control, limits: limits).enlarged(asked)
    #expect(enlarged.replicates == replicates)
    #expect(enlarged.confidence == confidence)
  }

  @Test func `more draws than that stay`() {
    let asked = Certainty(confidence: 0.95, replicates: 5000)
    #expect(ErrorFamily(control: .holm, limits: 36).enlarged(asked).replicates == 5000)
  }

  @Test func `so many draws let one statement of the family stand`() throws {
    let replicates = ErrorFamily(control: .holm, limits: 36)
      .enlarged(Certainty(confidence: 0.95)).replicates
    var pValues = [Double](repeating: 0.5, count: 36)
    pValues[7] = 1 / Double(replicates + 1)
    #expect(try ErrorControl.holm.adjusted(pValues)[7] <= 0.025)
  }

  @Test func `intervals of a bounded figure stay in its range`() throws {
    let curve = ConfidenceCurve(try MeanInterval(of: [0.2, 1, 1]))
    let plain = try curve.interval(0.95)
    #expect(plain.low < 0 || plain.high > 1)
    let cut = try curve.within(0...1).interval(0.95)
    #expect(cut.low >= 0 && cut.high <= 1 && cut.low < cut.high)
    let difference = try curve.within(-1...1).interval(0.99)
    #expect(difference.low >= -1 && difference.high <= 1)
    let open = try curve.within(-Double.infinity...Double.infinity).interval(0.95)
    #expect(open == plain)
  }

  @Test func `a ranking counts queries`() {
    let ranking = RankingSample(
      relevance: [1, 0, 2, 0, 1], scores: [5, 4, 3, 2, 1], queries: [7, 7, 3, 3, 3])
    #expect(Sample.ranking(ranking).units == 2)
    #expect(Sample.ranking(ranking).count == 5)
  }
}
