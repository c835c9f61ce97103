import Foundation
import Testing

@testable import GateCore
@testable import GateKit
@testable import GateMetrics

/// Estimates without labels against NannyML's CBPE on the same chunk.
@Suite struct EstimateTests {
  /// One chunk of the golden file.
  struct Golden: Decodable, Sendable {
    let reference: [Double]
    let labels: [Int]
    let scores: [Double]
    let threshold: Double
    let expected: [String: Double]

    static func read() throws -> [Golden] {
      let file = try #require(
        Bundle.module.url(forResource: "Golden/estimate", withExtension: "json"))
      return try JSONDecoder().decode([Golden].self, from: Data(contentsOf: file))
    }

    func estimate(isCalibrated: Bool = true) -> PerformanceEstimate {
      PerformanceEstimate(
        reference: (reference, labels.map { $0 == 1 }), scores: scores, threshold: threshold,
        isCalibrated: isCalibrated)
    }
  }

  private func metric(_ id: String) throws -> Metric {
    try #require(Metrics.all.first { $0.id == id && $0.task == .binary })
  }

  @Test func `estimates are NannyML's`() throws {
    let cases = try Golden.read()
    #expect(cases.count == 2)
    for golden in cases {
      let sample = try golden.estimate().sample()
      for (id, expected) in golden.expected {
        let found = try metric(id).value(on: sample, Arguments())
        // Its areas are of counts that it rounds to five digits.
        let tolerance = ["roc_auc", "average_precision"].contains(id) ? 1e-6 : 1e-9
        #expect(abs(found - expected) < tolerance, "\(id): \(found), NannyML \(expected)")
      }
      #expect(golden.expected.count == 7)
    }
  }

  @Test func `an estimate of chances that hold is what comes of them`() throws {
    let golden = try #require(try Golden.read().first)
    let estimate = golden.estimate(isCalibrated: false)
    let accuracy = try metric("accuracy").value(on: try estimate.sample(), Arguments())
    let hand =
      golden.scores.map { $0 >= golden.threshold ? $0 : 1 - $0 }.reduce(0, +)
      / Double(golden.scores.count)
    #expect(abs(accuracy - hand) < 1e-12)
  }

  @Test func `an interval holds the estimate and widens with confidence`() async throws {
    let estimate = try #require(try Golden.read().first).estimate()
    let recall = try metric("recall")
    let value = try recall.value(on: try estimate.sample(), Arguments())
    let narrow = try await estimate.interval(recall, confidence: 0.6, draws: 100)
    let wide = try await estimate.interval(recall, confidence: 0.95, draws: 100)
    #expect(wide.low < narrow.low && narrow.low < value)
    #expect(value < narrow.high && narrow.high < wide.high)
    #expect(try await estimate.interval(recall, confidence: 0.6, draws: 100) == narrow)
  }

  @Test func `a reference of one class, and scores that are no chances, give none`() {
    let one = PerformanceEstimate(
      reference: ([0.1, 0.9], [true, true]), scores: [0.5], threshold: 0.5, isCalibrated: true)
    #expect(throws: Undefined.self) { try one.sample() }
    let margins = PerformanceEstimate(
      reference: ([0.1, 0.9], [false, true]), scores: [1.5], threshold: 0.5, isCalibrated: false)
    #expect(throws: Undefined.self) { try margins.sample() }
    #expect(margins.shareOutside == 1)
  }
}
