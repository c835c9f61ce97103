import GateCore

/// The rows of each side that a test of many rows is measured on: all, or a seeded choice of them in their order.
struct DriftSample: Sendable {
  /// Places of rows, rising.
  package let reference: [Int32]
  package let current: [Int32]
  /// Rows that there are.
  private let all: (reference: Int, current: Int)
  private let seed: UInt64

  /// The parameters of a test on at most so many rows a side.
  package static func parameters(_ standard: Int, in range: ClosedRange<Int>) -> [Parameter] {
    [rows(standard, in: range), seed]
  }

  /// How many rows.
  package static func rows(_ standard: Int, in range: ClosedRange<Int>) -> Parameter {
    Parameter(
      "rows", "Rows of each side at most; of more, as many are drawn by the seed.", .integer(range),
      standard: String(standard))
  }

  /// Which rows.
  private static let seed = Parameter(
    "seed", "What the choice of rows depends on.", .integer(0...Int(Int32.max)), standard: "0")

  /// At most `rows` of each side, where a manifest does not say how many.
  package init(_ counts: (reference: Int, current: Int), _ arguments: Arguments, rows: Int) {
    let most = Int(arguments["rows"] ?? Double(rows))
    all = counts
    seed = UInt64(arguments["seed"] ?? 0)
    // The streams of the shuffles count up from 0.
    reference = RandomSource.sample(most, of: counts.reference, seed: seed, stream: .max)
    current = RandomSource.sample(most, of: counts.current, seed: seed, stream: .max - 1)
  }

  /// For the report: nothing where all rows are taken.
  package var settings: [JSON.Member] {
    if reference.count == all.reference, current.count == all.current { return [] }
    return [
      JSON.Member(
        "rows_drawn",
        .object([
          JSON.Member("reference", .integer(reference.count)),
          JSON.Member("of_reference", .integer(all.reference)),
          JSON.Member("current", .integer(current.count)),
          JSON.Member("of_current", .integer(all.current)),
          JSON.Member("seed", .integer(Int(seed))),
        ]))
    ]
  }
}
