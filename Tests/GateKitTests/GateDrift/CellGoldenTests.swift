import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The tests in cells give what the libraries give, which Golden/make_drift.py wrote down.
@Suite struct CellGoldenTests {
  /// The scorecard's bins: the reference's deciles and nothing else.
  static let deciles = Arguments(texts: ["binning": "quantiles"])

  @Test(arguments: try CellGolden.read("scipy")) func scipy(_ golden: CellGolden) throws {
    for id in [
      "psi", "kl_divergence", "jensen_shannon", "hellinger", "total_variation", "l_infinity",
      "normalized_abs_diff",
    ] {
      try golden.compare(id, with: id, Self.deciles)
    }
    var natural = Self.deciles
    natural.texts["base"] = "e"
    try golden.compare("jensen_shannon_natural", with: "jensen_shannon", natural)
    try golden.compare("null_share", with: "null_share", of: { $0.value })
  }

  @Test(arguments: try CellGolden.read("scipy")) func `scipy, tables`(_ golden: CellGolden) throws {
    try golden.compare("fisher_exact", with: "fisher_exact", of: \.statistic)
    try golden.compare("proportion_z_test", with: "proportion_z_test", of: \.statistic)
    try golden.compare("chi_square", with: "chi_square")
    try golden.compare("g_test", with: "g_test")
    try golden.compare(
      "chi_square_yates", with: "chi_square", Arguments(texts: ["correction": "true"]))
    // What scipy has no figure for: one category is no association.
    if golden.isConstant { return }
    try golden.compare("cramers_v", with: "cramers_v")
    try golden.compare(
      "cramers_v_bias_corrected", with: "cramers_v", Arguments(texts: ["bias_correction": "true"]))
  }

  @Test(arguments: try CellGolden.read("evidently")) func evidently(_ golden: CellGolden) throws {
    for name in ["psi", "kl_divergence", "jensen_shannon"] {
      try golden.compare(name, with: "\(name)@evidently", valueWithin: 2e-8)
    }
    // 1 less a sum near 1: the library's own figure is so near only.
    try golden.compare("hellinger", with: "hellinger@evidently", valueWithin: 2e-8)
    if golden.column.kind == .category {
      try golden.compare("total_variation", with: "total_variation")
    }
    try golden.compare("z_test", with: "z_test@evidently", pWithin: 1e-15)
    try golden.compare("g_test", with: "g_test@evidently")
    // The library has no number for one category; the test says that nothing has moved.
    if golden.isConstant { return }
    try golden.compare("chi_square", with: "chi_square@evidently")
  }

  @Test(arguments: try CellGolden.read("nannyml")) func nannyml(_ golden: CellGolden) throws {
    // The library cuts a reference into ten parts before it measures anything.
    if golden.column.reference.rows < 10 { return }
    // What is left after shares that nearly add up to 1 is a cell of its own to the library.
    try golden.compare("jensen_shannon", with: "jensen_shannon@nannyml", valueWithin: 2e-8)
    try golden.compare("hellinger", with: "hellinger@nannyml", valueWithin: 2e-8)
    try golden.compare("l_infinity", with: "l_infinity@nannyml")
    try golden.compare("chi_square", with: "chi_square@nannyml")
  }

  @Test(arguments: try CellGolden.read("deepchecks")) func deepchecks(_ golden: CellGolden) throws {
    try golden.compare("psi", with: "psi@deepchecks")
    try golden.compare("cramers_v", with: "cramers_v@deepchecks")
  }

  @Test(arguments: try CellGolden.read("great_expectations")) func `great expectations`(
    _ golden: CellGolden
  ) throws {
    let id = "kl_divergence@great_expectations"
    var heldOut = Arguments(["tail_weight_holdout": 0.01])
    if golden.column.kind == .number { heldOut.numbers["internal_weight_holdout"] = 0.01 }
    try golden.compare("kl_divergence_uniform", with: id)
    try golden.compare("kl_divergence_uniform_held_out", with: id, heldOut)
    heldOut.texts["partition"] = "auto"
    try golden.compare("kl_divergence", with: id, Arguments(texts: ["partition": "auto"]))
    try golden.compare("kl_divergence_held_out", with: id, heldOut)
  }

  @Test(arguments: try CellGolden.read("tfdv")) func tfdv(_ golden: CellGolden) throws {
    try golden.compare("l_infinity", with: "l_infinity@tfdv")
    try golden.compare("jensen_shannon", with: "jensen_shannon@tfdv")
    if golden.column.kind == .category {
      try golden.compare("normalized_abs_diff", with: "normalized_abs_diff")
    }
  }

  @Test func `Fisher's exact test of tables up to twenty million rows`() throws {
    for (name, wanted) in try CellGolden.tables() {
      let cells = name.split(separator: ",").compactMap { Int($0) }
      let urn = Hypergeometric(
        total: cells.reduce(0, +), marked: cells[0] + cells[2], drawn: cells[0] + cells[1])
      let p = try urn.twoSided(cells[0])
      #expect(p.isClose(to: try #require(wanted.pValue), relative: 1e-9), "\(name): \(p)")
    }
  }

  @Test func `the moments of X^2 are those of all tables with these margins`() throws {
    var cases = 0
    for golden in try CellGolden.read("scipy") {
      guard let wanted = golden.figures["chi_square_moments"] else { continue }
      let totals = zip(golden.column.reference.counts, golden.column.current.counts)
        .map { Int($0 + $1) }
      let found = PermutedChiSquared(
        totals: totals, first: golden.column.reference.total, second: golden.column.current.total)
      #expect(found.mean.isClose(to: try #require(wanted.mean)), "\(golden.name)")
      #expect(found.variance.isClose(to: try #require(wanted.variance)), "\(golden.name)")
      cases += 1
    }
    #expect(cases > 5)
  }
}
