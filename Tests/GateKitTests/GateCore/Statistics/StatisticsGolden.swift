import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What Golden/make_statistics.py wrote.
struct StatisticsGolden: Decodable {
  struct Case: Decodable {
    let arguments: [Double]
    let value: Double
  }
  struct Share: Decodable {
    let successes, trials: Int
    let level: Double
    let wilson, exact, midP: [Double]
  }
  struct Newcombe: Decodable {
    let first, second: [Double]
    let interval: [Double]
  }
  struct Tango: Decodable {
    let counts: [Int]
    let interval: [Double]
  }
  struct Mean: Decodable {
    let mean, error: Double
    let interval, hall: [Double]
  }
  struct Means: Decodable {
    let values, weights: [Double]
    let clusters: [Int32]
    let plain, weighted, clustered: Mean
    let weightedMean: Double
  }
  struct Area: Decodable {
    let name: String
    let labels: [Bool]
    let first, second, areas, variances: [Double]
    let variance, p: Double
    let logit, plain, difference: [Double]
  }
  struct Replicates: Decodable {
    let estimate: Double
    let replicates, jackknife: [Double]
    let acceleration: Double
    let percentile, bca: [Double]
  }
  struct BCa: Decodable {
    let values, interval: [Double]
    let error: Double
  }
  struct Counts: Decodable {
    let counts: [Int]
    let exact, mid: Double
  }
  struct Series: Decodable {
    let name, alternative: String
    let differences, t, wilcox, pratt: [Double]
    let flips: [Double]?
  }
  struct Tests: Decodable {
    let mcnemar: [Counts]
    let series: [Series]
  }
  struct Large: Decodable {
    let rows, successes, gained, lost: Int
    let wilson, exact, areas, variances, t, wilcoxon: [Double]
    let mcnemar, variance: Double
  }
  struct Multiple: Decodable {
    let p: [Double]
    let adjusted: [String: [Double]]
  }

  let special: [String: [Case]]
  let shares: [Share]
  let newcombe: [Newcombe]
  let tango: [Tango]
  let means: Means
  let areas: [Area]
  let bootstrap: Replicates
  let bca: BCa
  let tests: Tests
  let multiple: [Multiple]
  let ovarian: [Area]
  let large: Large

  /// Read from the test's resources.
  static func read() throws -> StatisticsGolden {
    let file = try #require(
      Bundle.module.url(forResource: "Golden/statistics", withExtension: "json"))
    return try JSONDecoder().decode(StatisticsGolden.self, from: Data(contentsOf: file))
  }
}

/// Whether the numbers agree within `tolerance`, relative to the wanted one; near 0 absolutely at
/// 1e-300.
func agree(_ found: Double, _ wanted: Double, _ tolerance: Double = 1e-9) -> Bool {
  found == wanted || abs(found - wanted) <= tolerance * abs(wanted) + 1e-300
}

/// Whether both bounds agree, relative to 1 at least: a bound may be a difference of numbers about
/// 1.
func agree(_ found: ConfidenceInterval, _ wanted: [Double], _ tolerance: Double = 1e-9) -> Bool {
  wanted.count == 2 && abs(found.low - wanted[0]) <= tolerance * max(1, abs(wanted[0]))
    && abs(found.high - wanted[1]) <= tolerance * max(1, abs(wanted[1]))
}
