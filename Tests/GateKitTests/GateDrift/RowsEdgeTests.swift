import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What drift of texts, vectors and tables gives where there is little, too much or nothing to measure.
@Suite struct RowsEdgeTests {
  static func table(_ features: [(String, [Double], [Double])]) -> DriftSubject {
    .rows(
      DriftRows(
        features: features.map {
          DriftRows.Feature(name: $0.0, values: .numbers(reference: $0.1, current: $0.2))
        }))
  }

  @Test func `infinite values are ranked, and no moments`() throws {
    let subject = Self.table([
      ("a", [1, 2, 3, .infinity, 4], [1, 2, 3, 4, 5]), ("b", [1, 2, 3, 9, 4], [2, 1, 3, 5, 4]),
    ])
    let test = DriftTest.correlationChange
    let error = Undefined("feature 'a' has the value inf; method: spearman takes infinite values")
    #expect(throws: error) { try test.figure(on: subject) }
    let ranks = try test.figure(on: subject, Arguments(texts: ["method": "spearman"]))
    #expect(ranks.value.isClose(to: 0.2))
    #expect(throws: Undefined("feature 'a' has infinite values")) {
      try DriftTest.pcaReconstructionError.figure(on: subject)
    }
  }

  @Test func `constant features are left out and said`() throws {
    let rising = (0..<10).map(Double.init)
    let subject = Self.table([
      ("a", rising, rising), ("b", rising.reversed(), rising),
      ("c", [Double](repeating: 0.1, count: 10), rising),
    ])
    let figure = try DriftTest.correlationChange.figure(on: subject)
    #expect(figure.value.isClose(to: 2))
    #expect(figure.settings["features_left_out"] == .array([.string("c")]))
    #expect(figure.settings["pairs_left_out"] == .integer(2))
    // Ten rows in line against ten in line the other way: certain, and still a p-value of a few rows.
    let p = try #require(figure.pValue)
    #expect(p > 1e-20 && p < 1e-6)
  }

  @Test func `two correlations of one do not differ, however many rows`() throws {
    let subject = Self.table([
      ("a", (0..<5000).map(Double.init), (0..<5).map(Double.init)),
      ("b", (0..<5000).map { Double($0) * 3 }, (0..<5).map { Double($0) * 0.1 }),
    ])
    let figure = try DriftTest.correlationChange.figure(on: subject)
    #expect(figure.value.isClose(to: 0))
    #expect(figure.pValue == 1)
  }

  @Test func `few rows in line are no proof`() throws {
    let subject = Self.table([
      ("a", (0..<200).map { Double($0 % 20) }, [1, 2, 3, 4]),
      ("b", (0..<200).map { Double($0 % 20 + $0 % 7) }, [1, 2, 3, 4]),
    ])
    let figure = try DriftTest.correlationChange.figure(on: subject)
    #expect(try #require(figure.pValue) > 0.2)
  }

  /// A pair's own mean may lie far from its columns': sums over blocks lose it, and the pair is measured by itself.
  @Test func `a pair far from the mean of its columns keeps its digits`() throws {
    let rows = 60
    var (a, b) = ([Double](), [Double]())
    for row in 0..<rows {
      // Where b has a value, a lies near 1,000,000 and varies by hundredths.
      let isShared = row % 2 == 0
      a.append(isShared ? 1e6 + Double(row * row % 17) / 100 : Double(row) - 1e6)
      b.append(isShared ? Double(row * row % 13) : .nan)
    }
    let shared = stride(from: 0, to: rows, by: 2).map { $0 }
    let alone = Self.table([
      ("a", shared.map { a[$0] }, shared.map { Double($0) }),
      ("b", shared.map { b[$0] }, shared.map { Double($0) }),
    ])
    let holed = Self.table([
      ("a", a, shared.map { Double($0) }), ("b", b, shared.map { Double($0) }),
    ])
    let test = DriftTest.correlationChange
    #expect(try test.figure(on: holed).value.isClose(to: test.figure(on: alone).value))
  }

  @Test func `numbers near the end of what there is are correlated`() throws {
    let rows = (0..<50).map { Double($0) }
    let noise = (0..<50).map { Double($0 * $0 % 23) }
    // Near enough to the first that one component holds most of both.
    let near = zip(rows, noise).map { $0 + $1 }
    let plain = Self.table([("a", rows, noise), ("b", noise, noise)])
    let huge = Self.table([
      ("a", rows.map { $0 * 1e300 }, noise), ("b", noise.map { $0 * 1e-300 }, noise),
    ])
    let test = DriftTest.correlationChange
    #expect(try test.figure(on: huge).value.isClose(to: test.figure(on: plain).value))
    let errors = DriftTest.pcaReconstructionErrorNannyML
    let (one, other) = (
      Self.table([("a", rows, rows), ("b", near, near)]),
      Self.table([
        ("a", rows.map { $0 * 1e300 }, rows.map { $0 * 1e300 }),
        ("b", near.map { $0 * 1e-300 }, near.map { $0 * 1e-300 }),
      ])
    )
    #expect(try errors.figure(on: other).value.isClose(to: errors.figure(on: one).value))
  }

  @Test func `what cannot be rebuilt has a reason`() throws {
    let test = DriftTest.pcaReconstructionErrorNannyML
    let rising = (0..<12).map(Double.init)
    let held = [Double](repeating: 3, count: 12)
    func reason(_ subject: DriftSubject) -> String? {
      do throws(Undefined) {
        _ = try test.figure(on: subject)
        return nil
      } catch {
        return error.reason
      }
    }
    #expect(
      reason(Self.table([("a", rising, rising)]))
        == "it takes 1 of 1 component to hold more than 0.65 of the variance, which leaves no error"
    )
    #expect(
      reason(Self.table([("a", held, rising), ("b", held, rising)]))
        == "no feature varies in the reference")
    #expect(
      reason(Self.table([("a", [.nan, .nan], [1]), ("b", [1, 2], [1])]))
        == "feature 'a' has no value but nulls in the reference")
    #expect(
      reason(Self.table([("a", rising, []), ("b", rising, [])])) == "there is no current row")
    #expect(reason(.rows(DriftRows(features: []))) == "the reference has no row")
  }

  @Test func `rows rebuilt without error have none to measure in`() throws {
    let rising = (0..<40).map(Double.init)
    let line = Self.table([("a", rising, rising), ("b", rising, rising)])
    let test = DriftTest.pcaReconstructionError
    #expect(try test.figure(on: line).value == 0)
    let broken = Self.table([("a", rising, rising), ("b", rising, rising.reversed())])
    #expect(throws: Undefined.self) { try test.figure(on: broken) }
    #expect(try DriftTest.pcaReconstructionErrorNannyML.figure(on: broken).value > 0.5)
  }

  @Test func `many categories and rows of one`() throws {
    let count = 200_000
    let names = (0..<count).map { "customer \($0)" }
    let numbers = (0..<count).map { Double($0 % 1000) }
    let subject = DriftSubject.rows(
      DriftRows(features: [
        DriftRows.Feature(
          name: "id",
          values: .categories(
            reference: (0..<Int32(count)).map { $0 }, current: [5, -1], names: names)),
        DriftRows.Feature(name: "income", values: .numbers(reference: numbers, current: [1, 999])),
        DriftRows.Feature(
          name: "debt", values: .numbers(reference: numbers, current: [999, .nan])),
      ]))
    // A category a row does not vary in its share; income and debt are one in the reference and not any more.
    let figure = try DriftTest.pcaReconstructionErrorNannyML.figure(on: subject)
    #expect(figure.value > 1 && figure.value < 3)
  }

  @Test func `one row a side is measured where that can be`() throws {
    let vectors = DriftSubject.vectors(
      DriftVectors(width: 2, reference: [1, 2], current: [1, 2]))
    let distance = try DriftTest.centroidDistance.figure(on: vectors, wantsPValue: true)
    #expect(distance.value == 0 && distance.pValue == 1)
    #expect(throws: Undefined("the reference has one vector; two were wanted")) {
      try DriftTest.mmd.figure(on: vectors)
    }
    let reason =
      "the reference has 1 vector; two were wanted, one to learn from and one to judge by"
    #expect(throws: Undefined(reason)) {
      try DriftTest.vectorDomainClassifier.figure(on: vectors)
    }
    let texts = DriftSubject.texts(DriftTexts(reference: ["a b"], current: ["a b"]))
    #expect(try DriftTest.textLength.figure(on: texts).pValue == 1)
    #expect(try DriftTest.outOfVocabulary.figure(on: texts).value == 0)
  }
}

/// Choices of rows.
@Suite struct SampleTests {
  @Test func `every row is chosen as often`() {
    var chosen = [Int](repeating: 0, count: 20)
    let draws = 20_000
    for seed in 0..<UInt64(draws) {
      let places = RandomSource.sample(5, of: 20, seed: seed, stream: 3)
      #expect(places.count == 5 && places == places.sorted() && Set(places).count == 5)
      for place in places { chosen[Int(place)] += 1 }
    }
    // 5,000 each, with a standard deviation of 61.
    #expect(chosen.allSatisfy { abs($0 - 5000) < 300 })
    #expect(RandomSource.sample(9, of: 3, seed: 0, stream: 0) == [0, 1, 2])
  }
}

/// Matrices on Eigen.
@Suite struct SquareMatrixTests {
  @Test func `eigenvectors span the matrix`() throws {
    var matrix = SquareMatrix(width: 5)
    for row in 0..<5 {
      for column in 0..<5 {
        matrix[row, column] = 1 / Double(row + column + 1) + (row == column ? 2 : 0)
      }
    }
    let (values, vectors) = try matrix.eigen()
    #expect(values == values.sorted())
    for row in 0..<5 {
      for column in 0..<5 {
        let sum = (0..<5).reduce(0.0) {
          $0 + values[$1] * vectors[$1 * 5 + row] * vectors[$1 * 5 + column]
        }
        #expect(sum.isClose(to: matrix[row, column], relative: 1e-12))
      }
    }
    let solution = matrix.solved(for: [1, 2, 3, 4, 5])
    for row in 0..<5 {
      let sum = (0..<5).reduce(0.0) { $0 + matrix[row, $1] * solution[$1] }
      #expect(sum.isClose(to: Double(row + 1), relative: 1e-12))
    }
    matrix[0, 0] = .nan
    #expect(throws: Undefined.self) { try matrix.eigen() }
  }

  @Test func `sums of products are whole`() {
    let (left, right) = ([1, 2, 3, 4, 5, 6.0], [2, 0, 1, 1, 0, 3.0])
    var sum = SquareMatrix(width: 2)
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { sum.addProducts(of: left, $0) }
    }
    // [[1, 3, 5], [2, 4, 6]] times [[2, 0], [1, 1], [0, 3]].
    #expect(sum.values == [5, 18, 8, 22])
    var squares = SquareMatrix(width: 2)
    left.withUnsafeBufferPointer { squares.addSquares(of: $0) }
    left.withUnsafeBufferPointer { squares.addSquares(of: $0) }
    #expect(squares.values == [70, 88, 88, 112])
  }
}
