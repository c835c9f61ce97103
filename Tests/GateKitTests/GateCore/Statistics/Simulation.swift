import Foundation

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Simulated data whose true values are known.
struct Simulation {
  private var source: RandomSource

  init(seed: UInt64, stream: UInt64) { source = RandomSource(seed: seed, stream: stream) }

  mutating func uniform() -> Double { source.uniform() }

  /// Box and Muller's.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - source.uniform())).squareRoot()
    return radius * cos(2 * .pi * source.uniform())
  }

  /// Two models' scores on the same rows: normal, the positives' `lift` higher, correlated.
  func pair(
    count: Int, prevalence: Double, lifts: (Double, Double) = (1.2, 1.1), correlation: Double = 0.7
  ) -> (BinarySample, BinarySample) {
    var simulation = self
    var labels: [Bool] = []
    var scores: ([Double], [Double]) = ([], [])
    let own = (1 - correlation * correlation).squareRoot()
    for _ in 0..<count {
      let isPositive = simulation.uniform() < prevalence
      let first = simulation.normal()
      let second = correlation * first + own * simulation.normal()
      labels.append(isPositive)
      scores.0.append(first + (isPositive ? lifts.0 : 0))
      scores.1.append(second + (isPositive ? lifts.1 : 0))
    }
    return (
      BinarySample(scores: scores.0, positives: labels),
      BinarySample(scores: scores.1, positives: labels)
    )
  }
}
