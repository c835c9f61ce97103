import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Every fairness metric gives on its examples what it says.
@Suite struct FairnessNamedTests {
  /// Those of rows are measured on more than a sample, and have tests of their own.
  static let metrics = FairnessMetrics.named.filter { metric in
    if case .rows = metric.measure { false } else { true }
  }

  @Test(arguments: metrics.indices)
  func `examples give what they say`(_ index: Int) async throws {
    let metric = Self.metrics[index]
    for (place, example) in metric.examples.enumerated() {
      let context = "\(metric.id) of \(metric.task.rawValue), example \(place)"
      guard let expected = example.value else {
        let error = await #expect(throws: Undefined.self, "\(context)") {
          try await metric.value(of: example)
        }
        #expect(error?.reason.isEmpty == false && error?.reason.contains("not a finite") == false)
        continue
      }
      let value = try await metric.value(of: example)
      #expect(abs(value - expected) <= 1e-12, "\(context): \(value), expected \(expected)")
      #expect(metric.range.contains(value), "\(context): \(value)")
    }
  }

  @Test func `every name is once, with its source, and has an example`() {
    for task in [TaskKind.binary, .multiclass, .regression] {
      let named = FairnessMetrics.named.filter { $0.task == task }
      #expect(Set(named.map(\.id)).count == named.count)
    }
    for metric in FairnessMetrics.named {
      let definition = metric.definition
      #expect(!definition.source.isEmpty && !definition.formula.isEmpty)
      #expect(!definition.undefined.isEmpty && definition.summary.hasSuffix("."), "\(metric.id)")
      #expect(!metric.examples.isEmpty, "\(metric.id) of \(metric.task.rawValue)")
    }
  }
}

extension FairnessMetric {
  /// The number of an example, by the way that a gate takes.
  ///
  /// `arguments`: others than the example's own.
  func value(
    of example: Example, _ arguments: Arguments? = nil
  ) async throws(Undefined) -> Double {
    let names = Set(example.groups).sorted()
    let strata = Set(example.strata).sorted()
    let control =
      strata.isEmpty
      ? nil
      : SlicedRows(
        groups: strata.map { SliceGroup(values: [SliceValue("control", .text($0))]) },
        codes: example.strata.map { Int32(strata.firstIndex(of: $0) ?? -1) })
    return try await value(
      on: example.sample, codes: example.groups.map { Int32(names.firstIndex(of: $0) ?? -1) },
      names: names, reference: example.reference.flatMap { names.firstIndex(of: $0) },
      control: control, arguments ?? example.arguments)
  }
}
