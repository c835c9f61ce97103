import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Every figure of `ranking.json`: scikit-learn's, trec_eval's, Evidently's and Jurity's.
@Suite struct RankingGoldenTests {
  @Test(arguments: try Golden<RankingInputs>.cases("ranking"))
  func ranking(_ golden: Golden<RankingInputs>) throws {
    let sample = Sample.ranking(try golden.inputs.sample())
    #expect(!golden.expected.isEmpty)
    for (key, expected) in golden.expected.sorted(by: { $0.key < $1.key }) {
      let figure = try #require(
        Figure.written(key, task: .ranking).first, "\(golden.name): '\(key)' names no metric")
      var given = figure
      for parameter in figure.metric.parameters {
        given.arguments.columns[parameter.id] = golden.inputs.columns?[parameter.id]
          .map { parameter.id == "item" || parameter.id == "by" ? $0.codes : .numbers($0.values) }
      }
      given.check(sample, gives: expected, "\(golden.name), \(key)")
    }
  }

  /// A metric without a figure would otherwise go unnoticed.
  @Test func everyMetricHasAFigure() throws {
    let keys = try Golden<RankingInputs>.cases("ranking").flatMap(\.expected.keys)
    let named = Set(keys.compactMap { $0.split(separator: " ").first.map(String.init) })
    #expect(named == Set(Metrics.ranking.map(\.id)))
  }
}

/// Rows of queries with the columns that metrics read, or how to make them.
struct RankingInputs: Decodable, Sendable {
  var relevance: [Double]?
  var scores: [Double]?
  var queries: [Int32]?
  var weights: [Double]?
  var columns: [String: Values]?
  var generate: Recipe?

  /// A column of the holdout.
  struct Values: Decodable, Sendable {
    var values: [Double]

    init(from decoder: any Decoder) throws {
      values = try decoder.singleValueContainer().decode([Double].self)
    }

    var codes: Arguments.RowValues {
      let codes = values.map { Int32($0) }
      return .codes(codes, (0...(codes.max() ?? 0)).map { "item \($0)" })
    }
  }

  /// `score_i = value(3 i)`, rounded down to `levels` steps where there are any; the relevance is
  /// `floor(4 value(3 i + 1))` where `value(3 i + 2)` is below the score, else 0.
  struct Recipe: Decodable, Sendable {
    var seed: UInt64
    var n: Int
    var levels: Double?
    var rowsPerQuery: Int
    var firstValues: [Double]

    private enum CodingKeys: String, CodingKey {
      case seed, n, levels
      case rowsPerQuery = "rows_per_query"
      case firstValues = "first_values"
    }
  }

  func sample() throws -> RankingSample {
    guard let generate else {
      return RankingSample(
        relevance: try #require(relevance), scores: try #require(scores),
        queries: try #require(queries), weights: weights)
    }
    var random = SplitMix(generate.seed)
    let values = (0..<(3 * generate.n)).map { _ in random.value() }
    try #require(Array(values.prefix(4)) == generate.firstValues)
    return RankingSample(
      relevance: (0..<generate.n).map { row in
        values[3 * row + 2] < values[3 * row] ? (4 * values[3 * row + 1]).rounded(.down) : 0
      },
      scores: (0..<generate.n).map { row in
        generate.levels.map { (values[3 * row] * $0).rounded(.down) / $0 } ?? values[3 * row]
      },
      queries: (0..<generate.n).map { Int32($0 / generate.rowsPerQuery) })
  }
}
