import GateCore

/// The weights of a partition of the reference, and of the current rows in it.
struct GreatExpectationsPartition {
  package let cells: DriftCells
  package let expected: [Double]
  let observed: [Double]
  package let settings: [JSON.Member]

  /// What stands beside the limits.
  package static let parameters = [
    Parameter(
      "bins", "Bins of a column of numbers, where 'partition' is uniform.", .integer(2...1000),
      standard: "10"),
    Parameter(
      "partition",
      "How many bins a column of numbers has: as many as 'bins' says, or by the library's rule for auto.",
      .choice(["uniform", "auto"]), standard: "uniform"),
    Parameter(
      "tail_weight_holdout",
      "The weight kept for rows outside of the reference's range, half on each side, or for categories it lacks.",
      .number(0...1), standard: "0"),
    Parameter(
      "internal_weight_holdout", "The weight kept for bins that the reference leaves empty.",
      .number(0...1), standard: "0"),
  ]

  /// Throws `Undefined` for infinite values and for weights that cannot be held out.
  package init(_ column: DriftColumn, _ arguments: Arguments) throws(Undefined) {
    let tail = arguments["tail_weight_holdout"] ?? 0
    let inner = arguments["internal_weight_holdout"] ?? 0
    guard tail + inner < 1 else {
      throw Undefined("weights of \(tail.brief) and \(inner.brief) are held out, which leaves none")
    }
    settings = [
      JSON.Member("tail_weight_holdout", .number(tail)),
      JSON.Member("internal_weight_holdout", .number(inner)),
    ]
    if case .categories = column.values {
      guard inner == 0 else {
        throw Undefined("'internal_weight_holdout' is for bins of numbers, not for categories")
      }
      cells = column.categories
      let (p, q) = cells.shares
      let lacking = Double(p.count { $0 == 0 })
      observed = q
      expected = p.map { $0 > 0 ? $0 * (lacking > 0 ? 1 - tail : 1) : tail / lacking }
      return
    }
    let ends = try column.ends(of: column.reference)
    guard ends.least < ends.most else {
      throw Undefined("the reference has one distinct number, which has no bins a step apart")
    }
    cells = try column.cells(ends.edges(try Self.bins(column, ends, arguments)))
    let (p, q) = cells.shares
    let bins = p.dropFirst().dropLast()
    let empty = Double(bins.count { $0 == 0 })
    observed = q
    expected =
      [tail / 2]
      + bins.map { $0 == 0 && inner > 0 ? inner / empty : $0 * (1 - tail - inner) } + [tail / 2]
  }

  /// The bins of a column of numbers; of themselves as many as Sturges or Freedman and Diaconis want, whichever is more.
  private static func bins(
    _ column: DriftColumn, _ ends: DriftColumn.Ends, _ arguments: Arguments
  ) throws(Undefined) -> Int {
    guard arguments.text("partition") == "auto" else { return Int(arguments["bins"] ?? 10) }
    if let bins = arguments["bins"] {
      throw Undefined("'bins: \(Int(bins))' is not for 'partition: auto', which finds their number")
    }
    let rows = Double(column.reference.total)
    let least = binaryLogarithm(rows + 1).rounded(.up)
    let quarters = column.quantiles([0.25, 0.75], of: column.reference)
    let spread = quarters[1] - quarters[0]
    if spread < 1e-10 { return Int(least) }
    let bins = max(least, (ends.width / (2 * spread / cubeRoot(rows))).rounded(.up))
    guard bins <= 1_000_000 else {
      throw Undefined("the library's rule wants \(bins.brief) bins, which is too many to count in")
    }
    return Int(bins)
  }
}
