import GateCore

/// A p-value by shuffling which side each row is of.
///
/// Under the hypothesis that both sides are of one distribution every assignment of the pooled rows to sides is as likely;
/// p = (1 + draws whose value is at least the one seen) / (1 + draws), which never is 0 and never too small (Phipson and
/// Smyth, Statistical Applications in Genetics and Molecular Biology 9(1), 2010).
struct Permutation: Sendable {
  package let draws: Int
  package let seed: UInt64

  /// What a manifest gave.
  package init(_ arguments: Arguments) {
    draws = Int(arguments["permutations"] ?? 999)
    seed = UInt64(arguments["seed"] ?? 0)
  }

  /// The smallest p-value that so many draws can give.
  package var least: Double { 1 / Double(1 + draws) }

  /// What stands beside the limits of a test whose p-value this is.
  package static let parameters = [
    Parameter(
      "permutations", "Shuffles that the p-value is counted from.", .integer(99...100_000),
      standard: "999"),
    Parameter("seed", "What the shuffles depend on.", .integer(0...Int(Int32.max)), standard: "0"),
  ]

  /// For the report.
  package var settings: [JSON.Member] {
    [
      JSON.Member("p_value_by", "permutation"), JSON.Member("permutations", .integer(draws)),
      JSON.Member("seed", .integer(Int(seed))),
    ]
  }

  /// The p-value of `seen` by draws that `value` makes from random numbers of their own; throws what `value` throws.
  package func pValue(
    of seen: Double, _ value: (RandomSource) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    var asFar = 0
    // What rounding alone tells apart is the same value.
    let bound = seen - 1e-12 * Swift.max(1, seen.magnitude)
    for draw in 0..<draws where try value(RandomSource(seed: seed, stream: UInt64(draw))) >= bound {
      asFar += 1
    }
    return Double(1 + asFar) / Double(1 + draws)
  }

  /// The p-value of `seen` by columns of the same rows, dealt to both sides anew; throws what `value` throws.
  package func pValue(
    of seen: Double, _ column: DriftColumn,
    _ value: (DriftColumn) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    try pValue(of: seen) { (random) throws(Undefined) in try value(column.dealt(random)) }
  }
}

extension Permutation {
  /// The p-value of `seen` by draws that each take some of as many `rows`; throws what `value` throws.
  ///
  /// `value` has the rows that were taken, `wanted` of them, by their places from 0.
  package func pValue(
    of seen: Double, taking wanted: Int, of rows: Int,
    _ value: (ArraySlice<Int32>) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    var pool = Array(0..<Int32(rows))
    return try pValue(of: seen) { (source) throws(Undefined) in
      var random = source
      for place in 0..<wanted {
        pool.swapAt(place, place + random.index(below: UInt32(rows - place)))
      }
      return try value(pool[..<wanted])
    }
  }
}

extension DriftColumn {
  /// The same values with other sides, of as many rows each: every choice of the reference's rows is as likely.
  ///
  /// Value after value, the rows of both sides are shared by the hypergeometric distribution.
  func dealt(_ source: RandomSource) -> DriftColumn {
    var random = source
    var (rest, wanted) = (reference.total + current.total, reference.total)
    var (ofReference, ofCurrent) = (reference.counts, current.counts)
    ofReference.withUnsafeMutableBufferPointer { a in
      ofCurrent.withUnsafeMutableBufferPointer { b in
        for place in 0..<min(a.count, b.count) {
          let total = Int(a[place]) + Int(b[place])
          // Most columns of numbers have most values once.
          let found =
            total == 1
            ? (random.index(below: UInt32(rest)) < wanted ? 1 : 0)
            : random.hypergeometric(total: rest, marked: wanted, drawn: total)
          a[place] = Int32(truncatingIfNeeded: found)
          b[place] = Int32(truncatingIfNeeded: total - found)
          rest -= total
          wanted -= found
        }
      }
    }
    return DriftColumn(
      values, reference: Side(counts: ofReference, nulls: reference.nulls),
      current: Side(counts: ofCurrent, nulls: current.nulls))
  }
}
