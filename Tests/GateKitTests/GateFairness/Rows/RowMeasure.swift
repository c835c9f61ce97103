import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// A metric of a number a row, on rows handed in.
struct RowMeasure {
  var sample: Sample
  /// Nil: the row is of no group.
  var groups: [String?]
  var reference: String?
  var features: [[Double]] = []
  var counterfactuals: Counterfactuals?
  var champion: Sample?
  var championCounterfactuals: Counterfactuals?
  var clusters: [Int32]?

  /// The rows as a metric reads them.
  func rows(_ arguments: Arguments) throws -> FairRows {
    let names = Set(groups.compactMap(\.self)).sorted()
    let sliced = SlicedRows(
      groups: names.map { SliceGroup(values: [SliceValue("g", .text($0))]) },
      codes: groups.map { name in Int32(name.flatMap { names.firstIndex(of: $0) } ?? -1) })
    let groups = try FairGroups(sliced, of: "g", within: nil, minRows: 1, .error)
    var models = [FairRows.Model(sample: sample, counterfactuals: counterfactuals)]
    if let champion {
      models.append(FairRows.Model(sample: champion, counterfactuals: championCounterfactuals))
    }
    return FairRows(
      groups: groups, reference: reference.flatMap { groups.names.firstIndex(of: $0) },
      arguments: arguments, models: models,
      features: RowFeatures(names: features.indices.map { "x\($0)" }, columns: features))
  }

  /// What a metric's terms are, and how they would vary.
  func distribution(
    _ id: String, _ arguments: Arguments, replicates: Int = 1000
  ) async throws -> (terms: RowTerms, distribution: RowDistribution) {
    let named = FairnessMetrics.named.first { metric in
      guard metric.id == id else { return false }
      return switch (sample, metric.task) {
      case (.binary, .binary), (.multiclass, .multiclass), (.regression, .regression): true
      default: false
      }
    }
    let metric = try #require(named, "no metric \(id)")
    guard case .rows(let measure) = metric.measure else { throw Undefined("it is of no rows") }
    let rows = try rows(arguments)
    let terms = try await measure.terms(rows)
    let certainty = Certainty(confidence: 0.95, replicates: replicates)
    return (terms, try RowDistribution(terms, rows, clusters, certainty))
  }

  /// The candidate's value.
  func value(_ id: String, _ arguments: Arguments = Arguments()) async throws -> Double {
    try await distribution(id, arguments).distribution.value(0)
  }
}

/// The examples of the definitions give what they say.
@Suite struct RowExampleTests {
  static let metrics = FairnessMetrics.named.filter {
    if case .rows = $0.measure { true } else { false }
  }

  @Test func `there are as many as were written`() {
    #expect(Self.metrics.count == 6)
    for metric in Self.metrics {
      #expect(!metric.source.isEmpty && !metric.formula.isEmpty)
      #expect(!metric.examples.isEmpty, "\(metric.id)")
    }
  }

  @Test(arguments: Self.metrics.indices) func `examples give what they say`(
    _ index: Int
  ) async throws {
    let metric = Self.metrics[index]
    for (place, example) in metric.examples.enumerated() {
      let measure = RowMeasure(
        sample: example.sample, groups: example.groups, reference: example.reference,
        features: example.features, counterfactuals: example.counterfactuals)
      guard let value = example.value else {
        await #expect(throws: Undefined.self, "\(metric.id) example \(place)") {
          try await measure.value(metric.id, example.arguments)
        }
        continue
      }
      let found = try await measure.value(metric.id, example.arguments)
      #expect(abs(found - value) < 1e-12, "\(metric.id) example \(place): \(found)")
      #expect(metric.range.contains(found))
    }
  }
}
