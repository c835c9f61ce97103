import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Every drift test gives on its examples what it says.
@Suite struct DriftExampleTests {
  @Test(arguments: DriftTests.all.map(\.id)) func `examples give what they say`(_ id: String) throws
  {
    let test = try #require(DriftTests.named(id))
    #expect(!test.examples.isEmpty)
    for (place, example) in test.examples.enumerated() {
      let figure = try? test.figure(
        on: example.subject, example.arguments, wantsPValue: example.pValue != nil)
      guard let value = example.value else {
        #expect(figure == nil, "\(id) example \(place)")
        continue
      }
      let found = try #require(figure, "\(id) example \(place)")
      #expect(found.value.isClose(to: value), "\(id) example \(place): \(found.value)")
      #expect(test.range.contains(found.value), "\(id) example \(place)")
      guard let pValue = example.pValue else { continue }
      let p = try #require(found.pValue, "\(id) example \(place)")
      #expect(p.isClose(to: pValue, relative: 1e-6), "\(id) example \(place): \(p)")
    }
  }

  @Test func `ids are unique and sources said`() {
    #expect(Set(DriftTests.all.map(\.id)).count == DriftTests.all.count)
    for test in DriftTests.all {
      #expect(!test.source.isEmpty && !test.formula.isEmpty && !test.summary.isEmpty)
    }
  }
}

extension Double {
  /// Whether two figures agree to a relative error, or lie this near to each other at 0.
  func isClose(to other: Double, relative: Double = 1e-9) -> Bool {
    self == other || abs(self - other) <= max(relative * max(abs(self), abs(other)), 1e-12)
  }
}
