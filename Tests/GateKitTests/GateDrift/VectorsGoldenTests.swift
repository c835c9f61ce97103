import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Drift of vectors, as numpy, scipy, scikit-learn and Evidently have it.
@Suite struct VectorsGoldenTests {
  typealias Figure = TablesGolden.Figure

  struct Case: Decodable {
    let centroidEuclidean, centroidCosine, centroidCityblock, centroidChebyshev: Figure
    let ksShare, wassersteinShare, mmdUnbiased, bandwidth: Figure
  }
  struct Cases: Decodable { let embeddings: [String: Case] }
  struct Evidently: Decodable {
    struct Value: Decodable { let value: Double? }
    let ratioWasserstein, mmd: Value
  }
  struct EvidentlyCases: Decodable { let embeddings: [String: Evidently] }
  struct Area: Decodable { let value, pValue: Double? }
  struct Classifiers: Decodable { let vectors: [String: Area] }

  static func all() throws -> [(name: String, subject: DriftSubject, golden: Case)] {
    let data = try TablesGolden.data().embeddings
    let golden = try TablesGolden.cases("drift-tables-numpy", Cases.self).embeddings
    try #require(golden.count == 10)
    return try golden.map { ($0.key, try #require(data[$0.key]).subject, $0.value) }
  }

  @Test func `centroids are as far apart`() throws {
    for (name, subject, golden) in try Self.all() {
      let figures = [
        "euclidean": golden.centroidEuclidean, "cosine": golden.centroidCosine,
        "cityblock": golden.centroidCityblock, "chebyshev": golden.centroidChebyshev,
      ]
      for (distance, figure) in figures {
        DriftTest.centroidDistance.expect(
          figure, on: subject, Arguments(texts: ["distance": distance]),
          case: "\(name), \(distance)")
      }
    }
  }

  @Test func `as many components drifted`() throws {
    let evidently = try TablesGolden.cases("drift-tables-evidently", EvidentlyCases.self)
    for (name, subject, golden) in try Self.all() {
      DriftTest.driftedComponents.expect(golden.ksShare, on: subject, case: name)
      let other = DriftTest.driftedComponentsEvidently
      other.expect(golden.wassersteinShare, on: subject, case: name)
      let value = try #require(evidently.embeddings[name]?.ratioWasserstein.value)
      other.expect(.number(value), on: subject, case: name)
    }
  }

  @Test func `discrepancies are the same`() throws {
    let evidently = try TablesGolden.cases("drift-tables-evidently", EvidentlyCases.self)
    for (name, subject, golden) in try Self.all() {
      if name == "all one point" {
        // Whatever the kernel's width, vectors that are all equal are not apart.
        let figure = try DriftTest.mmd.figure(on: subject, wantsPValue: true)
        #expect(figure.value == 0 && figure.pValue == 1)
        continue
      }
      DriftTest.mmd.expect(golden.mmdUnbiased, on: subject, case: name)
      let value = try #require(evidently.embeddings[name]).mmd.value
      DriftTest.mmdEvidently.expect(
        value.map(Figure.number) ?? .undefined("no number"), on: subject, case: name)
      guard golden.mmdUnbiased.number != nil, let wanted = golden.bandwidth.number,
        case .number(let median)? = try DriftTest.mmd.figure(on: subject)
          .settings["median_distance"]
      else { continue }
      #expect(median.isClose(to: wanted), "\(name)")
    }
  }

  @Test func `a linear classifier does as well as scikit-learn's`() throws {
    let areas = try TablesGolden.cases("drift-classifiers", Classifiers.self).vectors
    try #require(areas.count == 10)
    for (name, subject, _) in try Self.all() {
      let golden = try #require(areas[name])
      let figure = try? DriftTest.vectorDomainClassifier.figure(on: subject)
      #expect((figure == nil) == (golden.value == nil), "\(name)")
      guard let figure, let area = golden.value, let pValue = golden.pValue else { continue }
      #expect(figure.value.isClose(to: area), "\(name): \(figure.value)")
      #expect(try #require(figure.pValue).isClose(to: pValue, relative: 1e-6), "\(name)")
    }
  }

  /// Every way to deal 8 vectors to two sides of 4 and 4.
  @Test func `shuffles give the p-value of all deals`() throws {
    let rows: [[Double]] = [[0, 1], [1, 0], [2, 2], [1, 3], [3, 1], [2, 4], [4, 4], [3, 5]]
    func subject(_ reference: [Int]) -> DriftSubject {
      let rest = rows.indices.filter { !reference.contains($0) }
      return .vectors(
        DriftVectors(
          width: 2, reference: reference.flatMap { rows[$0] }, current: rest.flatMap { rows[$0] }))
    }
    let draws = 20_000
    for test in [DriftTest.centroidDistance, .mmd, .mmdEvidently] {
      let figure = try test.figure(
        on: subject([0, 1, 2, 3]), Arguments(["permutations": Double(draws)]), wantsPValue: true)
      var (asFar, all) = (0, 0)
      for deal in 0..<256 where deal.nonzeroBitCount == 4 {
        let value = try test.figure(on: subject((0..<8).filter { deal >> $0 & 1 == 1 })).value
        all += 1
        // Evidently's width depends on the deal; the kernel of the rows as they are stays in shuffles.
        if value >= figure.value - 1e-12 { asFar += 1 }
      }
      #expect(all == 70)
      if test.id == DriftTest.mmdEvidently.id { continue }
      let exact = Double(asFar) / 70
      let error = (exact * (1 - exact) / Double(draws)).squareRoot()
      #expect(abs(try #require(figure.pValue) - exact) < 5 * error + 1e-4, "\(test.id)")
    }
  }

  @Test func `the choice of rows is seeded and told`() throws {
    let many = (0..<3000).map { Double($0 % 97) }
    let subject = DriftSubject.vectors(
      DriftVectors(width: 1, reference: many, current: many.map { $0 + 40 }))
    let one = try DriftTest.mmd.figure(on: subject, Arguments(["rows": 100]))
    let same = try DriftTest.mmd.figure(on: subject, Arguments(["rows": 100]))
    let other = try DriftTest.mmd.figure(on: subject, Arguments(["rows": 100, "seed": 1]))
    #expect(one.value == same.value && one.value != other.value)
    #expect(abs(one.value - other.value) < 0.3 && one.value > 0.05)
    guard case .object(let drawn)? = one.settings["rows_drawn"] else {
      Issue.record("the choice of rows is not told")
      return
    }
    #expect(drawn["reference"] == .integer(100) && drawn["of_current"] == .integer(3000))
  }

  @Test func `one value against another is told apart for certain`() throws {
    let subject = DriftSubject.vectors(
      DriftVectors(
        width: 2, reference: [Double](repeating: 1, count: 40),
        current: [Double](repeating: 2, count: 40)))
    let area = try DriftTest.vectorDomainClassifier.figure(on: subject)
    #expect(area.value == 1)
    #expect(try #require(area.pValue) < 1e-4)
    #expect(try DriftTest.driftedComponents.figure(on: subject).value == 1)
    #expect(try DriftTest.centroidDistance.figure(on: subject).value.isClose(to: 2.0.squareRoot()))
  }
}
