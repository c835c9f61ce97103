import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The bins of a plot, and overconfidence and underconfidence, which scikit-learn's calibration_curve made.
@Suite struct CalibrationGoldenTests {
  @Test(arguments: try LaterGolden<BinaryInputs>.cases("calibration-curve"))
  func binary(_ golden: LaterGolden<BinaryInputs>) throws {
    golden.check(.binary(try golden.inputs.sample()), task: .binary)
  }

  @Test(arguments: try LaterGolden<MulticlassInputs>.cases("calibration-confidence"))
  func multiclass(_ golden: LaterGolden<MulticlassInputs>) throws {
    golden.check(.multiclass(try golden.inputs.sample()), task: .multiclass)
  }

  /// One case of calibration-curve.json, for its curves.
  struct Plotted: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var inputs: BinaryInputs
    var curves: [Curve]

    var testDescription: String { name }

    /// scikit-learn's bins, from the lowest scores.
    struct Curve: Decodable, Sendable {
      var bins: Int
      var strategy: String
      var share: [Double]
      var meanScore: [Double]
      var n: [Int]

      private enum CodingKeys: String, CodingKey {
        case bins, strategy, share, n
        case meanScore = "mean_score"
      }
    }

    static var all: [Plotted] {
      get throws {
        let url = try #require(
          Bundle.module.url(
            forResource: "calibration-curve", withExtension: "json", subdirectory: "Golden"))
        let cases = try JSONDecoder().decode([Plotted].self, from: Data(contentsOf: url))
        try #require(cases.flatMap(\.curves).contains { $0.strategy == "quantile" })
        return cases.filter { !$0.curves.isEmpty }
      }
    }
  }

  @Test(arguments: try Plotted.all)
  func `the bins of the plot are scikit-learn's`(golden: Plotted) throws {
    let sample = Sample.binary(try golden.inputs.sample())
    for curve in golden.curves {
      let portrait = ReliabilityDiagram(
        bins: curve.bins, strategy: try #require(BinStrategy(rawValue: curve.strategy)),
        level: 0.9, metrics: [])
      let plot = portrait.evidence(sample, nil)["reliability"]
      guard case .array(let found)? = plot?["candidate"] else {
        Issue.record("no bins")
        return
      }
      try #require(found.count == curve.n.count)
      for (index, bin) in found.enumerated() {
        #expect(bin["n"] == .integer(curve.n[index]))
        let mean = try #require(bin.number("mean_score"))
        let share = try #require(bin.number("share"))
        #expect(agree(mean, curve.meanScore[index], relative: 1e-12))
        #expect(agree(share, curve.share[index], relative: 1e-12))
        let (low, high) = (try #require(bin.number("low")), try #require(bin.number("high")))
        #expect(low <= mean && mean <= high)
        let interval = try #require(bin["interval"])
        let exact = try ShareInterval.clopperPearson(
          successes: Int((curve.share[index] * Double(curve.n[index])).rounded()),
          trials: curve.n[index], confidence: 0.9)
        #expect(interval.number("low") == exact.low && interval.number("high") == exact.high)
      }
    }
  }
}

extension JSON {
  /// The number under a key; nil: there is none.
  func number(_ key: String) -> Double? {
    switch self[key] {
    case .number(let number)?: number
    case .integer(let number)?: Double(number)
    default: nil
    }
  }
}
