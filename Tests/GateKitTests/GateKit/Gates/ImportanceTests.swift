import Foundation
import Testing

@testable import GateCore
@testable import GateKit
@testable import GateMetrics

/// Permutation importance against scikit-learn's, with the permutations that it drew.
@Suite struct ImportanceTests {
  /// One metric of one model of the golden file.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    let metric: String
    let task: String
    let columns: [[Double]]
    let labels: [Double]
    let weights: [Double]
    let orders: [[Int32]]
    let baseline: Double
    let drops: [[Double]]
    var testDescription: String { metric }

    static let all: [Golden] = {
      let file = Bundle.module.url(forResource: "Golden/importance", withExtension: "json")
      let cases = try? file.map {
        try JSONDecoder().decode([Golden].self, from: Data(contentsOf: $0))
      }
      return cases ?? []
    }()

    var names: [String] { columns.indices.map { "x\($0)" } }

    /// The rows as a table.
    var table: MemoryTable {
      MemoryTable(zip(names, columns).map { Column.numbers($0, $1.map(Optional.init)) })
    }

    /// What the model answers on some rows of its columns.
    func answers(_ columns: [Column]) -> Predictions {
      let values = columns.map { $0.doubles ?? [] }
      let scores = labels.indices.map { row in
        let total = values.indices.reduce(weights[values.count]) {
          $0 + weights[$1] * values[$1][row]
        }
        return task == "binary" ? 1 / (1 + Foundation.exp(-total)) : total
      }
      return Predictions(values: .scores(scores), runtime: "test")
    }

    /// Answers beside the labels.
    func sample(_ answers: Predictions) -> Result<Sample, Diagnostic> {
      guard case .scores(let scores) = answers.values else {
        return .failure(Diagnostic("no scores"))
      }
      return .success(
        task == "binary"
          ? .binary(BinarySample(scores: scores, positives: labels.map { $0 == 1 }))
          : .regression(RegressionSample(targets: labels, predictions: scores)))
    }

    /// A workbench on which the model is scored as a worker would score it.
    func bench() throws -> Workbench {
      var backends = Backends.none
      let names = names
      backends.describe = { _, _ in
        ModelFeatures(features: names.map { .init(name: $0, sql: $0.sqlName, isNumber: true) })
      }
      backends.scoreEach = { _, runs, take in
        for (place, run) in runs.enumerated() {
          try take(place, answers(try run.rows().columns(names.map(\.sqlName))))
        }
      }
      let table = table
      let sample = sample(answers(try table.columns(names.map(\.sqlName))))
      let kind: TaskKind = task == "binary" ? .binary : .regression
      var models = Workbench.Models(
        sample: { _ in sample }, answers: { _ in .failure(Diagnostic("not asked for")) },
        source: { role in
          .success(
            ModelSource(
              role: role, artifact: Artifact(uri: "m", path: "m", sha256: "", bytes: 0), task: kind)
          )
        },
        predicted: { _, _ in .failure(Diagnostic("not asked for")) }, mark: { _ in nil },
        backends: backends)
      models.judged = { _, answers in self.sample(answers) }
      return Workbench(
        task: kind, hasChampion: false, rows: labels.count, tables: ["holdout": .success(table)],
        models: models)
    }

    /// The importances by the orders of the file.
    func importances() async throws -> FeatureImportances {
      let metric = try #require(
        Metrics.all.first { $0.id == self.metric && $0.task.rawValue == task })
      let orders = orders
      return try await bench().importances(
        of: .candidate, metric, repeats: orders.count, order: { _, place in orders[place] })
    }
  }

  @Test func `there are golden cases`() { #expect(Golden.all.count == 5) }

  @Test(arguments: Golden.all)
  func `drops are scikit-learn's`(golden: Golden) async throws {
    let found = try await golden.importances()
    #expect(abs(found.baseline - golden.baseline) < 1e-12)
    #expect(found.features == golden.names)
    for (mine, theirs) in zip(found.drops, golden.drops) {
      for (one, other) in zip(mine, theirs) { #expect(abs(one - other) < 1e-12) }
    }
    #expect(found.drops.count == golden.drops.count)
  }

  @Test func `shares are of the drops above 0, and sum to 1`() async throws {
    let golden = try #require(Golden.all.first)
    let found = try await golden.importances()
    let shares = try found.features.indices.map { try found.share(of: [$0]) }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    let means = golden.drops.map { max(0, $0.reduce(0, +) / Double($0.count)) }
    #expect(abs(shares[0] - means[0] / means.reduce(0, +)) < 1e-12)
    // Its weight is 0.
    #expect(shares[2] == 0)
    let idle = try found.interval(ofShareOf: [2], confidence: 0.95)
    #expect(idle.low == 0 && idle.high == 0)
    let wide = try found.interval(ofShareOf: [0], confidence: 0.99)
    let narrow = try found.interval(ofShareOf: [0], confidence: 0.8)
    #expect(wide.low < narrow.low && narrow.low < shares[0] && shares[0] < narrow.high)
    #expect(found.unused(confidence: 0.95).contains(2))
    #expect(!found.unused(confidence: 0.95).contains(0))
  }

  @Test func `no share is told where nothing matters`() {
    let none = FeatureImportances(features: ["a", "b"], baseline: 1, drops: [[0, 0], [-1, 0]])
    #expect(throws: Undefined.self) { try none.share(of: [0]) }
  }

  @Test func `ranks are compared over the features in common`() throws {
    let one = FeatureImportances(
      features: ["a", "b", "c", "d"], baseline: 1, drops: [[4, 4], [3, 3], [2, 2], [9, 9]])
    let other = FeatureImportances(
      features: ["c", "b", "a", "e"], baseline: 1, drops: [[1, 1], [2, 2], [3, 3], [9, 9]])
    let found = try one.rankCorrelation(to: other)
    #expect(abs(found.value - 1) < 1e-12 && found.n == 3)
    let turned = FeatureImportances(
      features: ["c", "b", "a"], baseline: 1, drops: [[3, 3], [2, 2], [1, 1]])
    #expect(abs(try one.rankCorrelation(to: turned).value + 1) < 1e-12)
    let few = FeatureImportances(features: ["a", "b"], baseline: 1, drops: [[3, 3], [2, 2]])
    #expect(throws: Undefined.self) { try one.rankCorrelation(to: few) }
  }
}
