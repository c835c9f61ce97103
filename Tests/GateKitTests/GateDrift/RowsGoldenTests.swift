import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Drift of whole tables, as numpy, scipy and NannyML have it.
@Suite struct RowsGoldenTests {
  typealias Figure = TablesGolden.Figure

  struct Pair: Decodable {
    struct Fisher: Decodable { let z, pValue: Double? }
    let columns: [String]
    let referenceRows, currentRows: Int
    let reference, current, change: Figure
    let fisher: Fisher
  }
  struct Pairs: Decodable {
    let pairs: [Pair]
    let largest: Figure?
  }
  struct Errors: Decodable {
    let components: Int
    let current: Double
    let referenceChunks: [Double]
    let drifted: Bool
  }
  struct Case: Decodable {
    let reconstructionError: Errors
    let pearson, spearman: Pairs?
  }
  struct Cases: Decodable { let tables: [String: Case] }
  struct NannyML: Decodable {
    let components: Int
    let current: Double
    let drifted: Bool
  }
  struct NannyMLCases: Decodable { let tables: [String: NannyML] }

  static func all() throws -> [(name: String, subject: DriftSubject, golden: Case)] {
    let data = try TablesGolden.data().tables
    let golden = try TablesGolden.cases("drift-tables-numpy", Cases.self).tables
    try #require(golden.count == 9)
    return try golden.map { name, figures in
      (name, TablesGolden.rows(try #require(data[name])), figures)
    }
  }

  @Test(arguments: ["pearson", "spearman"])
  func `correlations change as much`(_ method: String) throws {
    for (name, subject, golden) in try Self.all() {
      guard let pairs = method == "pearson" ? golden.pearson : golden.spearman else { continue }
      // Fewer than four rows have no p-value and tell nothing of a correlation.
      let told = pairs.pairs.filter {
        $0.change.number != nil && min($0.referenceRows, $0.currentRows) > 3
      }
      let figure = try? DriftTest.correlationChange.figure(
        on: subject, Arguments(texts: ["method": method]))
      #expect((figure == nil) == told.isEmpty, "\(name)")
      guard let figure else { continue }
      let largest = try #require(told.compactMap { $0.change.number.map(abs) }.max())
      #expect(figure.value.isClose(to: largest), "\(name): \(figure.value)")
      #expect(figure.settings["pairs"] == .integer(told.count), "\(name)")
      try expect(figure, told, method, name)
    }
  }

  /// Every pair that is shown, and the p-value of all.
  private func expect(
    _ figure: DriftFigure, _ told: [Pair], _ method: String, _ name: String
  ) throws {
    guard case .array(let shown)? = figure.evidence["pairs"] else {
      Issue.record("no pairs of '\(name)'")
      return
    }
    #expect(shown.count == min(10, told.count), "\(name)")
    var pValues: [Double] = []
    for case .object(let members) in shown {
      let pair = try #require(
        told.first {
          members["first"] == .string($0.columns[0]) && members["second"] == .string($0.columns[1])
        })
      guard case .number(let before)? = members["reference"],
        case .number(let after)? = members["current"], case .number(let p)? = members["p_value"]
      else {
        Issue.record("a pair of '\(name)' is not told")
        return
      }
      #expect(before.isClose(to: try #require(pair.reference.number)), "\(name)")
      #expect(after.isClose(to: try #require(pair.current.number)), "\(name)")
      pValues.append(p)
      // Ranks have Fieller's variance, 1.06 times that of the golden figures.
      guard let z = pair.fisher.z else { continue }
      let scaled = abs(z) / (method == "spearman" ? 1.06.squareRoot() : 1)
      let wanted = 2 * (try StandardNormal.survival(scaled))
      #expect(p.isClose(to: wanted, relative: 1e-6), "\(name), \(pair.columns): \(p)")
    }
    let p = try #require(figure.pValue)
    #expect(p.isClose(to: min(1, try #require(pValues.min()) * Double(told.count))), "\(name)")
  }

  @Test func `rows are rebuilt with the same error`() throws {
    let nannyml = try TablesGolden.cases("drift-tables-nannyml", NannyMLCases.self).tables
    for (name, subject, golden) in try Self.all() {
      let errors = golden.reconstructionError
      let test = DriftTest.pcaReconstructionErrorNannyML
      test.expect(.number(errors.current), on: subject, case: name)
      let figure = try test.figure(on: subject)
      #expect(figure.settings["components"] == .integer(errors.components), "\(name)")
      let theirs = try #require(nannyml[name])
      #expect(figure.value.isClose(to: theirs.current), "\(name)")

      let mean = errors.referenceChunks.reduce(0, +) / Double(errors.referenceChunks.count)
      let squares = errors.referenceChunks.map { ($0 - mean) * ($0 - mean) }
      let deviation = (squares.reduce(0, +) / Double(squares.count)).squareRoot()
      let own = try DriftTest.pcaReconstructionError.figure(on: subject)
      #expect(own.value.isClose(to: abs(errors.current - mean) / deviation), "\(name)")
      #expect((own.value >= 3) == theirs.drifted, "\(name)")
    }
  }
}
