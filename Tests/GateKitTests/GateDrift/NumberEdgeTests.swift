import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What the tests of numbers make of columns that leave little to measure.
@Suite struct DriftNumberEdgeTests {
  /// The ids of the tests that read numbers and no cells.
  static let ids = [
    "ks", "ks@nannyml", "ks@deepchecks", "cramer_von_mises", "cramer_von_mises@evidently",
    "anderson_darling", "anderson_darling@evidently", "mann_whitney", "mann_whitney@evidently",
    "t_test", "t_test@evidently", "z_test", "epps_singleton", "wasserstein",
    "wasserstein@evidently", "wasserstein@nannyml", "wasserstein@deepchecks", "energy",
    "energy@evidently",
  ]

  private func figure(_ id: String, _ reference: [Double], _ current: [Double]) throws(Undefined)
    -> DriftFigure
  {
    guard let test = DriftTests.named(id) else { throw Undefined("there is no \(id)") }
    return try test.figure(on: .column(DriftColumn(numbers: reference, current)))
  }

  private func reason(_ id: String, _ reference: [Double], _ current: [Double]) -> String? {
    do {
      _ = try figure(id, reference, current)
      return nil
    } catch { return error.reason }
  }

  @Test(arguments: ids) func `a side of nulls has no figure`(_ id: String) {
    #expect(reason(id, [.nan, .nan], [1, 2]) == "the reference has no value but nulls")
    #expect(reason(id, [1, 2], [.nan]) == "the current rows have no value but nulls")
  }

  @Test(arguments: ids) func `one value on both sides is no drift, or has no figure`(_ id: String)
    throws
  {
    // The sum of so many tenths is not that many times a tenth.
    let (a, b) = ([Double](repeating: 0.1, count: 40), [Double](repeating: 0.1, count: 25))
    switch id {
    case "anderson_darling", "anderson_darling@evidently":
      #expect(reason(id, a, b) == "both sides have one and the same value")
    case "t_test", "t_test@evidently", "z_test":
      #expect(reason(id, a, b) == "neither side varies, and both have one and the same value")
    case "epps_singleton":
      #expect(reason(id, a, b) == "the interquartile range of both sides together is 0")
    case "cramer_von_mises@evidently":
      // Scipy's mean ranks see drift here, which is why the plain test has none.
      #expect(try figure(id, a, b).value > 0.5)
    default:
      let found = try figure(id, a, b)
      #expect(found.value == (id.hasPrefix("mann_whitney") ? 0.5 : 0))
      #expect(found.pValue == nil || found.pValue == 1)
    }
  }

  @Test(arguments: ids) func `one value against another is drift`(_ id: String) throws {
    let (a, b) = ([Double](repeating: 3, count: 40), [Double](repeating: 5, count: 25))
    let found = try figure(id, a, b)
    #expect(found.value > 0.9)
    if let p = found.pValue { #expect(p < 0.0011) }
  }

  @Test(arguments: ids) func `infinite values have ranks, and no mean`(_ id: String) throws {
    let a = (1...30).map(Double.init) + [.infinity, -.infinity]
    let b = (4...30).map(Double.init) + [.infinity]
    let hasRanks = ["ks", "cramer_von_mises", "anderson_darling", "mann_whitney"]
    if hasRanks.contains(where: id.hasPrefix) || id.hasSuffix("@evidently") {
      #expect(try figure(id, a, b).value.isFinite)
    } else {
      #expect(reason(id, a, b) == "3 values of both sides are infinite")
    }
  }

  @Test func `Evidently drops infinite values`() throws {
    for id in Self.ids where id.hasSuffix("@evidently") {
      let (a, b) = ((1...30).map { Double($0).squareRoot() }, (4...30).map(Double.init))
      let plain = try figure(id, a, b)
      let found = try figure(id, a + [.infinity], b + [-.infinity, .infinity])
      #expect(found.value == plain.value && found.pValue == plain.pValue, "\(id)")
    }
  }

  @Test(arguments: ids) func `one row has a figure, or too few rows`(_ id: String) throws {
    let a = (1...30).map(Double.init)
    for (left, right) in [(a, [25.5]), ([25.5], a)] {
      if let reason = reason(id, left, right) {
        #expect(reason.contains("1 value") || reason.contains("one row"))
        continue
      }
      let found = try figure(id, left, right)
      #expect(found.value.isFinite)
      if let p = found.pValue { #expect(p > 0.1 && p <= 1) }
    }
  }

  @Test func `numbers too large to square have no moments`() {
    #expect(reason("t_test", [1e300, -1e300], [1e300, 2]) != nil)
    #expect(reason("wasserstein", [-1.7e308], [1.7e308]) != nil)
    #expect(reason("energy", [-1.7e308], [1.7e308]) != nil)
    let wide = [-1.7e308, -1.6e308, 0, 1.6e308, 1.7e308]
    #expect(reason("epps_singleton", wide, wide) != nil)
  }

  @Test func `an exact p-value that would take minutes is refused with a reason`() throws {
    var random = RandomSource(seed: 1, stream: 0)
    let a = (0..<120_000).map { _ in random.uniform() }
    let b = (0..<119_999).map { _ in 0.1 + random.uniform() }
    let column = DriftSubject.column(DriftColumn(numbers: a, b))
    #expect(throws: Undefined.self) {
      try DriftTest.ks.figure(on: column, Arguments(texts: ["p_value": "exact"]))
    }
    #expect(try DriftTest.ks.figure(on: column).pValue != nil)
  }

  @Test func `figures say how they were made`() throws {
    let a = (1...30).map(Double.init)
    for id in Self.ids where id != "ks@deepchecks" && !id.hasPrefix("energy") {
      #expect(try !figure(id, a, a.map { $0 * 1.5 }).settings.isEmpty, "\(id)")
    }
  }
}
