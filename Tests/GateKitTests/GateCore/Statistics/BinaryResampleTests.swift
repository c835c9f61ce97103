import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

@Suite struct BinaryResampleTests {
  /// Twelve rows with ties, with and without weights.
  private static func samples() -> [BinarySample] {
    let scores = [0.1, 0.9, 0.4, 0.4, 0.8, 0.9, 0.3, 0.4, 0.7, 0.2, 0.9, 0.1]
    let labels = scores.indices.map { $0 % 3 == 1 || $0 == 4 }
    let weights = scores.indices.map { Double($0 % 4) + 0.5 }
    return [
      BinarySample(scores: scores, positives: labels),
      BinarySample(scores: scores, positives: labels, weights: weights),
    ]
  }

  /// The rows written out as often as they were drawn, with their weights.
  private static func drawn(
    _ sample: BinarySample, _ counts: (Int32) -> UInt8
  ) -> [(score: Double, isPositive: Bool, weight: Double)] {
    sample.rows.indices.flatMap { index in
      [(Double, Bool, Double)](
        repeating: (sample.scores[index], sample.positives[index], sample.weights?[index] ?? 1),
        count: Int(counts(sample.rows[index])))
    }
  }

  @Test(arguments: [0, 1])
  func `a draw is measured as the rows written out would be`(kind: Int) throws {
    let sample = Self.samples()[kind]
    let resampling = Resampling.clusters(sample.rows, by: [0, 0, 1, 2, 3, 4], seed: 12)
    let resample = try BinaryResample(sample, resampling)
    var draw = resampling.asIs
    var buffer: [Double] = []
    for replicate in 0..<100 {
      resampling.draw(replicate, into: &draw)
      let rows = Self.drawn(sample) { draw[resampling.unitOfRow[Int($0)]] }
      let positives = rows.filter(\.isPositive)
      let negatives = rows.filter { !$0.isPositive }
      var (pairs, right, precision, found) = (0.0, 0.0, 0.0, 0.0)
      for p in positives {
        found += p.weight
        let above = rows.filter { $0.score >= p.score }.reduce(0) { $0 + $1.weight }
        let hits = positives.filter { $0.score >= p.score }.reduce(0) { $0 + $1.weight }
        precision += p.weight * hits / above
        for n in negatives {
          pairs += p.weight * n.weight
          right += p.weight * n.weight * (p.score > n.score ? 1 : p.score == n.score ? 0.5 : 0)
        }
      }
      let area = resample.rocAUC(draw)
      let average = resample.averagePrecision(draw)
      #expect(pairs == 0 ? area == nil : agree(area ?? .nan, right / pairs))
      #expect(found == 0 ? average == nil : agree(average ?? .nan, precision / found))
      let total = rows.reduce(0) { $0 + $1.weight }
      let mean = rows.reduce(0) { $0 + $1.weight * $1.score } / total
      #expect(agree(resample.mean(of: sample.scores, draw) ?? .nan, mean))
      let reweighted = try #require(resample.reweighted(draw, reusing: &buffer))
      #expect(agree(reweighted.totalWeight, total))
      #expect(agree(reweighted.confusion(at: 0.5).positives, found))
    }
  }

  @Test func `two models in different orders take the same draw`() throws {
    let sample = Self.samples()[0]
    let turned = BinarySample(
      scores: (0..<12).map { Double($0 * 5 % 12) },
      positives: (0..<12).map { $0 % 3 == 1 || $0 == 4 })
    let resampling = Resampling.rows(sample.rows, seed: 2)
    let one = try BinaryResample(sample, resampling)
    let two = try BinaryResample(turned, resampling)
    var draw = resampling.asIs
    resampling.draw(3, into: &draw)
    var buffers: ([Double], [Double]) = ([], [])
    let first = try #require(one.reweighted(draw, reusing: &buffers.0))
    let second = try #require(two.reweighted(draw, reusing: &buffers.1))
    let byRow = Dictionary(uniqueKeysWithValues: zip(first.rows, first.weights ?? []))
    for (row, weight) in zip(second.rows, second.weights ?? []) { #expect(byRow[row] == weight) }
  }

  @Test func `a draw of another resampling is refused`() throws {
    let sample = Self.samples()[0]
    let resample = try BinaryResample(sample, Resampling.rows(sample.rows, seed: 1))
    let other = Resampling.rows([0, 1, 2], seed: 1).asIs
    var buffer: [Double] = []
    #expect(resample.rocAUC(other) == nil)
    #expect(resample.averagePrecision(other) == nil)
    #expect(resample.mean(of: sample.scores, other) == nil)
    #expect(resample.reweighted(other, reusing: &buffer) == nil)
    #expect(throws: Undefined.self) {
      try BinaryResample(sample, Resampling.rows([0, 1, 2], seed: 1))
    }
  }
}
