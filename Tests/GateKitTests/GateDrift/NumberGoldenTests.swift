import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The tests of numbers give what the libraries give, which Golden/make_drift.py wrote down.
@Suite struct DriftNumberGoldenTests {
  @Test(arguments: try DriftGolden.read("scipy")) func scipy(_ golden: DriftGolden) throws {
    let plain = Arguments()
    try golden.compare("ks", with: "ks")
    try golden.compare("ks_exact", with: "ks", Arguments(texts: ["p_value": "exact"]))
    try golden.compare("ks_asymptotic", with: "ks", Arguments(texts: ["p_value": "asymptotic"]))
    // Of one row there is a statistic and no distribution of it, so that the test is undefined here.
    if golden.leastRows > 1 { try golden.compare("anderson_darling", with: "anderson_darling") }
    try golden.compare("anderson_darling", with: "anderson_darling@evidently")
    try golden.compare("t_test", with: "t_test", plain, of: \.statistic)
    // One row has no deviation of its own; scipy takes the other side's for both, and the test is undefined here.
    if golden.leastRows > 1 {
      try golden.compare(
        "t_test_pooled", with: "t_test", Arguments(texts: ["equal_variances": "true"]),
        of: \.statistic)
    }
    try golden.compare("z_test", with: "z_test", plain, of: \.statistic)
    try golden.compare("wasserstein", with: "wasserstein")
    try golden.compare(
      "wasserstein_scaled", with: "wasserstein", Arguments(texts: ["scale": "std"]))
    try golden.compare("energy", with: "energy")
    // Of a column of two values the covariance has no inverse, and scipy's is of what rounding leaves.
    if golden.distinct > 2 { try golden.compare("epps_singleton", with: "epps_singleton") }
    let rankSum =
      golden.figures["mann_whitney_exact"] == nil ? "mann_whitney" : "mann_whitney_exact"
    try golden.compare(rankSum, with: "mann_whitney", plain, of: \.statistic)
  }

  /// Scipy stops its series at 1e-7, so that its p-values are only so near.
  @Test(arguments: try DriftGolden.read("scipy")) func `Cramér-von Mises`(
    _ golden: DriftGolden
  ) throws {
    let small = golden.figures["cramer_von_mises_exact"] != nil
    let name = small ? "cramer_von_mises_exact" : "cramer_von_mises"
    let ids = ["cramer_von_mises@evidently"] + (golden.hasTies ? [] : ["cramer_von_mises"])
    for id in ids { try golden.compare(name, with: id, pWithin: small ? 0 : 1e-7) }
  }

  @Test(arguments: try DriftGolden.read("evidently")) func evidently(_ golden: DriftGolden) throws {
    try golden.compare("ks", with: "ks")
    for name in ["wasserstein", "energy", "t_test", "mann_whitney", "anderson_darling"] {
      try golden.compare(name, with: "\(name)@evidently")
    }
    if golden.distinct > 2 { try golden.compare("epps_singleton", with: "epps_singleton") }
  }

  @Test(arguments: try DriftGolden.read("nannyml")) func nannyml(_ golden: DriftGolden) throws {
    // Its limits want ten chunks of the reference; the distance itself does not.
    let isChunked = golden.column.reference.rows >= 10
    guard isChunked else { return }
    try golden.compare("ks", with: "ks@nannyml")
    try golden.compare("wasserstein", with: "wasserstein@nannyml")
  }

  @Test(arguments: try DriftGolden.read("deepchecks")) func deepchecks(_ golden: DriftGolden) throws
  {
    try golden.compare("ks", with: "ks@deepchecks")
    try golden.compare("wasserstein", with: "wasserstein@deepchecks")
  }
}

/// One column of numbers and what a library says of it.
struct DriftGolden: CustomTestStringConvertible, Sendable {
  let name: String
  let column: DriftColumn
  let figures: [String: Figure]

  var testDescription: String { name }
  var distinct: Int { column.distinct }
  /// Rows with a value of the side that has fewer.
  var leastRows: Int { min(column.reference.total, column.current.total) }
  var hasTies: Bool { distinct < column.reference.total + column.current.total }

  /// A figure, or why there is none.
  struct Figure: Decodable, Sendable {
    let value, pValue: Double?
    let undefined: String?

    private enum CodingKeys: String, CodingKey {
      case value, undefined
      case pValue = "p_value"
    }
  }

  /// Compares a figure of the library's with a test's value, or what else of its figure.
  func compare(
    _ name: String, with id: String, _ arguments: Arguments = Arguments(),
    of part: KeyPath<DriftFigure, Double?>? = nil, pWithin tolerance: Double = 0
  ) throws {
    guard let wanted = figures[name] else { return }
    let test = try #require(DriftTests.named(id))
    let place = Comment(rawValue: "\(id), \(self.name)")
    guard wanted.undefined == nil else {
      #expect(throws: Undefined.self, place) { try test.figure(on: .column(column), arguments) }
      return
    }
    let found = try test.figure(on: .column(column), arguments)
    if let value = wanted.value {
      let ours = part.map { found[keyPath: $0] ?? .nan } ?? found.value
      #expect(ours.isClose(to: value), place)
    }
    if let p = wanted.pValue {
      let ours = try #require(found.pValue, place)
      #expect(ours.isClose(to: p, relative: 1e-6) || abs(ours - p) <= tolerance, place)
    }
  }

  /// Every case of numbers that the library was asked about.
  static func read(_ library: String) throws -> [DriftGolden] {
    let data = try file("data", as: Cases.self)
    let figures = try file(library, as: Figures.self)
    return figures.cases.sorted { $0.key < $1.key }.compactMap { name, figures in
      guard let column = data.column(name) else { return nil }
      return DriftGolden(name: name, column: column, figures: figures.compactMapValues(\.figure))
    }
  }

  private static func file<Content: Decodable>(_ name: String, as type: Content.Type) throws
    -> Content
  {
    let url = try #require(
      Bundle.module.url(
        forResource: "drift-\(name)", withExtension: "json", subdirectory: "Golden"))
    return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
  }

  /// Figures by case; what has another shape is another test's.
  private struct Figures: Decodable {
    let cases: [String: [String: Entry]]

    struct Entry: Decodable {
      let figure: Figure?
      init(from decoder: any Decoder) { figure = try? Figure(from: decoder) }
    }
  }

  /// The columns, written out or as whole-number arithmetic.
  private struct Cases: Decodable {
    let cases: [String: Rows]
    let formulas: [String: Formulas]

    struct Rows: Decodable {
      let kind: String
      let reference, current: [Double?]?

      private enum Key: CodingKey { case kind, reference, current }

      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        kind = try values.decode(String.self, forKey: .kind)
        let isNumber = kind == "number"
        reference = isNumber ? try values.decode([Double?].self, forKey: .reference) : nil
        current = isNumber ? try values.decode([Double?].self, forKey: .current) : nil
      }
    }
    struct Formulas: Decodable {
      let kind: String
      let reference, current: Formula
    }
    struct Formula: Decodable {
      let rows, multiplier, offset, modulus, shift, divisor: Int
      var values: [Double] {
        (0..<rows).map { Double(($0 * multiplier + offset) % modulus + shift) / Double(divisor) }
      }
    }

    func column(_ name: String) -> DriftColumn? {
      if let formula = formulas[name], formula.kind == "number" {
        return DriftColumn(numbers: formula.reference.values, formula.current.values)
      }
      guard let reference = cases[name]?.reference, let current = cases[name]?.current else {
        return nil
      }
      return DriftColumn(numbers: reference.map { $0 ?? .nan }, current.map { $0 ?? .nan })
    }
  }
}
