import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What the tests in cells make of columns that leave little to measure, or much.
@Suite struct CellEdgeTests {
  /// Tests of the counts of cells, all but those that a column of nulls has a figure for.
  static let ids = [
    "psi", "psi@evidently", "psi@deepchecks", "jensen_shannon", "jensen_shannon@evidently",
    "jensen_shannon@nannyml", "jensen_shannon@tfdv", "kl_divergence", "kl_divergence@evidently",
    "kl_divergence@great_expectations", "hellinger", "hellinger@evidently", "hellinger@nannyml",
    "total_variation", "l_infinity", "l_infinity@nannyml", "l_infinity@tfdv",
    "normalized_abs_diff", "chi_square", "chi_square@evidently", "chi_square@nannyml", "g_test",
    "g_test@evidently", "fisher_exact", "proportion_z_test", "z_test@evidently", "cramers_v",
    "cramers_v@deepchecks", "unseen_share",
  ]
  /// Those of a library's own bins, for which a reference of one number or an infinite one has none.
  static let closed = [
    "jensen_shannon@nannyml", "hellinger@nannyml", "kl_divergence@great_expectations",
  ]

  private func figure(
    _ id: String, _ column: DriftColumn, _ arguments: Arguments = Arguments(), p: Bool = false
  ) throws(Undefined) -> DriftFigure {
    guard let test = DriftTests.named(id) else { throw Undefined("there is no \(id)") }
    return try test.figure(on: .column(column), arguments, wantsPValue: p)
  }

  private func takesNumbers(_ id: String) -> Bool {
    DriftTests.named(id)?.measure.kinds.contains(.number) ?? false
  }

  private func reason(_ id: String, _ column: DriftColumn) -> String? {
    do {
      _ = try figure(id, column)
      return nil
    } catch { return error.reason }
  }

  @Test(arguments: ids) func `a side of nulls has no figure`(_ id: String) {
    #expect(
      reason(id, DriftColumn(categories: [nil, nil], ["a"]))
        == "the reference has no value but nulls")
    #expect(
      reason(id, DriftColumn(categories: ["a"], [nil]))
        == "the current rows have no value but nulls")
  }

  @Test(arguments: ids) func `one category on both sides is no drift`(_ id: String) throws {
    let column = DriftColumn(
      categories: [String](repeating: "a", count: 40), [String](repeating: "a", count: 40))
    let found = try figure(id, column, p: true)
    #expect(found.value == 0)
    #expect(found.pValue == nil || found.pValue == 1)
  }

  @Test(arguments: ids) func `one number on both sides is no drift`(_ id: String) throws {
    guard takesNumbers(id), id != "kl_divergence@great_expectations" else { return }
    let column = DriftColumn(
      numbers: [Double](repeating: 3, count: 40), [Double](repeating: 3, count: 40))
    let found = try figure(id, column, p: true)
    #expect(found.value == 0)
    #expect(found.pValue == nil || found.pValue == 1)
  }

  @Test(arguments: ids) func `one value against another is drift`(_ id: String) throws {
    if id == "kl_divergence@great_expectations" { return }
    let few = Arguments(["permutations": 199])
    let categories = DriftColumn(
      categories: [String](repeating: "a", count: 40), [String](repeating: "b", count: 40))
    let numbers = DriftColumn(
      numbers: [Double](repeating: 3, count: 40), [Double](repeating: 5, count: 40))
    for column in [categories, numbers] where column.kind == .category || takesNumbers(id) {
      let found = try figure(id, column, few, p: true)
      #expect(found.value > 0.45)
      #expect(found.pValue.map { $0 <= 0.005 } ?? true)
    }
  }

  @Test(arguments: ids) func `infinite values are in a cell, or the reason says so`(_ id: String)
    throws
  {
    guard takesNumbers(id) else { return }
    let numbers = (0..<60).map(Double.init)
    let column = DriftColumn(
      numbers: numbers + [.infinity, -.infinity], numbers + [-.infinity, .infinity])
    switch id {
    case _ where Self.closed.contains(id):
      #expect(reason(id, column) == "4 values of both sides are infinite")
    case "fisher_exact", "proportion_z_test":
      #expect(
        reason(id, column) == "the column has 62 distinct values, and the test is for two at most")
    case "jensen_shannon@tfdv":
      // The library never takes infinite values of the sides for the same.
      #expect(try figure(id, column).value.isClose(to: 2.0 / 62))
    default: #expect(try figure(id, column).value == 0)
    }
  }

  @Test(arguments: ids) func `one row on a side has a figure, or the reason says so`(_ id: String)
    throws
  {
    let column = DriftColumn(categories: ["a", "b", "b", "b"], ["a"])
    switch id {
    case "psi@deepchecks", "cramers_v@deepchecks":
      #expect(reason(id, column) == "the reference has 4 values, and the test wants 10")
    case "g_test@evidently":
      #expect(
        reason(id, column)
          == "the reference has 4 values and the current rows have 1, and Evidently's G test is for sides of one size"
      )
    case "unseen_share": #expect(try figure(id, column).value == 0)
    default:
      let found = try figure(id, column)
      #expect(found.value > 0 && found.value.isFinite)
      #expect(found.pValue.map { $0 > 0.05 } ?? true)
    }
  }

  @Test(arguments: ids) func `two hundred thousand categories are counted in time`(_ id: String)
    throws
  {
    if ["fisher_exact", "proportion_z_test", "kl_divergence@great_expectations"].contains(id) {
      return
    }
    let names = (0..<200_000).map { "category \(1_000_000 + $0)" }
    let column = DriftColumn(
      .categories(names),
      reference: DriftColumn.Side(counts: names.indices.map { $0 % 3 == 0 ? 2 : 1 }),
      current: DriftColumn.Side(counts: names.indices.map { $0 % 3 == 1 ? 2 : 1 }))
    // Shares as small as these are told apart by a smaller fill alone.
    let isFilled = ["psi", "kl_divergence"].contains(id)
    if isFilled {
      #expect(reason(id, column)?.contains("rarer than 'fill' (0.0001)") == true)
    }
    let arguments = Arguments(isFilled ? ["fill": 1e-9] : [:])
    var found: DriftFigure?
    let taken = try processorSeconds { found = try figure(id, column, arguments) }
    #expect(found?.value.isNaN == false)
    // Of an unoptimised build.
    #expect(taken < 20, "\(taken)")
  }

  @Test func `a column of zeros nine times in ten is not looked past`() throws {
    func column(_ others: Int) -> [Double] {
      (0..<1000).map { $0 < others ? Double($0) + 0.5 : 0 }
    }
    let moved = DriftColumn(numbers: column(80), column(500))
    #expect(try figure("psi", moved).value > 1)
    #expect(try figure("psi", moved, Arguments(texts: ["binning": "quantiles"])).value == 0)
    // Ones nine times in ten, too, and a 0 or 1 of each row.
    let ones = DriftColumn(numbers: column(80).map { -$0 }, column(500).map { -$0 })
    #expect(try figure("psi", ones).value > 1)
    let flags = DriftColumn(
      numbers: column(80).map { $0 == 0 ? 0 : 1 }, column(500).map { $0 == 0 ? 0 : 1 })
    let found = try figure("psi", flags)
    #expect(found.value.isClose(to: (0.5 - 0.08) * (logarithm(0.5 / 0.08) - logarithm(0.5 / 0.92))))
  }

  @Test func `cells of too few rows become one`() throws {
    let column = DriftColumn(
      counts: ["a": 50, "b": 50, "c": 1, "d": 1], nulls: 0, ["a": 40, "b": 60, "c": 1, "e": 2],
      nulls: 0)
    let found = try figure("chi_square", column, Arguments(["min_expected": 5]))
    let pooled = DriftColumn(
      counts: ["a": 50, "b": 50, "o": 2], nulls: 0, ["a": 40, "b": 60, "o": 3], nulls: 0)
    #expect(found.value == (try figure("chi_square", pooled)).value)
    #expect(found.settings.contains(JSON.Member("cells_pooled", 3)))
  }

  @Test func `what a rule finds is not also given`() {
    let column = DriftColumn(numbers: [1, 2, 3], [1, 2, 3])
    for name in ["sturges", "doane"] {
      #expect(
        throws: Undefined("'bins: 5' is not for 'binning: \(name)', which finds their number")
      ) {
        try figure("psi", column, Arguments(["bins": 5], texts: ["binning": name]))
      }
    }
  }

  @Test func `rules of steps have as many bins as numpy's`() throws {
    // numpy.histogram_bin_edges(numpy.arange(100) ** 2, rule) has 8 and 10 bins; of both sides, 200 rows, 9.
    let squares = (0..<100).map { Double($0 * $0) }
    let column = DriftColumn(numbers: squares, squares)
    func cells(_ rule: String) throws -> [Double] {
      let found = try figure("psi", column, Arguments(texts: ["binning": rule]))
      guard case .array(let edges)? = found.settings.first(where: { $0.key == "edges" })?.value
      else { return [] }
      return edges.compactMap { if case .number(let edge) = $0 { edge } else { nil } }
    }
    #expect(try cells("doane").count + 1 == 10)
    #expect(try cells("sturges").count + 1 == 9)
    #expect(try cells("doane").first?.isClose(to: 980.1) == true)
  }
}
