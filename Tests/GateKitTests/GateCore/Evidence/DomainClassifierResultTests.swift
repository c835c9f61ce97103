import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Which rows a classifier is made of, and what its scores say.
@Suite struct DomainClassifierResultTests {
  /// Rows of one feature whose values do not matter.
  private func request(_ reference: Int, _ current: Int, most: Int = 100_000, seed: UInt64 = 0)
    -> DomainClassifierRequest
  {
    DomainClassifierRequest(
      rows: DriftRows(features: [
        DriftRows.Feature(
          name: "income",
          values: .numbers(
            reference: [Double](repeating: 0, count: reference),
            current: [Double](repeating: 0, count: current)))
      ]), mostRows: most, seed: seed)
  }

  @Test func halvesAreEqualOnEachSide() throws {
    let halves = try DomainClassifierHalves(request(101, 60))
    #expect(halves.reference == Array(0..<101) && halves.current == Array(0..<60))
    #expect(
      halves.isSecond[..<101].count { $0 } == 51 && halves.isSecond[101...].count { $0 } == 30)
    #expect(halves.isCurrent == (0..<161).map { $0 >= 101 })
    #expect(halves.isSecond[..<60] != halves.isSecond[101...], "the sides are drawn apart")
  }

  @Test func rowsAreDrawnByTheSeed() throws {
    let one = try DomainClassifierHalves(request(1000, 30, most: 50))
    #expect(one.reference.count == 50 && one.current.count == 30)
    #expect(Set(one.reference).count == 50 && one.reference.allSatisfy { 0..<1000 ~= Int($0) })
    let again = try DomainClassifierHalves(request(1000, 30, most: 50))
    #expect(again.reference == one.reference && again.isSecond == one.isSecond)
    let other = try DomainClassifierHalves(request(1000, 30, most: 50, seed: 1))
    #expect(other.reference != one.reference && other.isSecond != one.isSecond)
  }

  @Test func aSideOfOneRowIsUndefined() throws {
    let few = #expect(throws: Undefined.self) { try DomainClassifierHalves(request(1, 50)) }
    #expect(few?.reason.hasPrefix("the reference has 1 row; a classifier") == true)
    #expect(throws: Undefined.self) { try DomainClassifierHalves(request(50, 0)) }
    #expect(try DomainClassifierHalves(request(2, 2)).isSecond.count { $0 } == 2)
  }

  @Test func aHalfWithoutASideIsUndefined() throws {
    let test = try #require(DriftTests.named("domain_classifier"))
    let lame = DomainClassifierResult(
      folds: [DomainClassifierResult.Fold(scores: [0.5, 0.6], isCurrent: [true, true])],
      features: [],
      settings: [])
    #expect(throws: Undefined.self) { try test.figure(on: .separation(lame)) }
  }

  @Test func theFeaturesThatTellMostAreShown() throws {
    let test = try #require(DriftTests.named("domain_classifier"))
    let fold = DomainClassifierResult.Fold(scores: [0.2, 0.6], isCurrent: [false, true])
    let found = DomainClassifierResult(
      folds: [fold, fold],
      features: (0..<14).map {
        DomainClassifierResult.Feature("x\($0)", share: $0 < 2 ? 0 : Double($0) / 90)
      },
      settings: [JSON.Member("rounds", .integer(3))])
    let figure = try test.figure(on: .separation(found))
    #expect(figure.settings.first == JSON.Member("rounds", .integer(3)))
    let shown = try #require(figure.evidence.first { $0.key == "features" })
    guard case .array(let features) = shown.value else { throw Undefined("no list") }
    #expect(features.count == 10)
    #expect(
      features.first
        == .object([
          JSON.Member("feature", "x13"), JSON.Member("share_of_gain", .number(13.0 / 90)),
        ]))
  }

  /// The chance of a p-value of at most 0.05 is at most that, and not far below, also when both halves say the same.
  @Test(arguments: [false, true]) func thePValueHolds(_ same: Bool) throws {
    let test = try #require(DriftTests.named("domain_classifier"))
    var rejected = 0
    let draws = 4000
    for draw in 0..<draws {
      var random = RandomSource(seed: 9, stream: UInt64(draw))
      func fold() -> DomainClassifierResult.Fold {
        DomainClassifierResult.Fold(
          scores: (0..<80).map { _ in random.uniform() }, isCurrent: (0..<80).map { $0 % 2 == 0 })
      }
      let one = fold()
      let found = DomainClassifierResult(
        folds: [one, same ? one : fold()], features: [], settings: [])
      let p = try #require(try test.figure(on: .separation(found)).pValue)
      if p <= 0.05 { rejected += 1 }
    }
    let share = Double(rejected) / Double(draws)
    #expect(share < 0.06 && share > (same ? 0.015 : 0.035), "\(share)")
  }
}
