package import GateCore

extension DriftColumn {
  /// Cells as Evidently makes them of doubles; of whole numbers that pandas holds as such numpy makes no bin narrower than 1.
  ///
  /// Source: evidently 0.7.23, calculations.stattests.utils.get_binned_data. Throws `Undefined` where a side has no finite value.
  func evidentlyCells() throws(Undefined) -> DriftCells {
    let column = try finite()
    guard case .numbers(let numbers) = column.values,
      column.reference.counts.count(where: { $0 > 0 }) > 20
    else { return column.categories }
    let ends = try column.ends(of: nil)
    let bins = ends.sturges(rows: column.reference.total + column.current.total)
    return column.cells(numbers, edges: ends.asEdges(bins))
  }

  /// Bins of the distinct numbers of both sides: Evidently's Hellinger distance counts each once to find them.
  func evidentlyDistinctCells() throws(Undefined) -> DriftCells {
    let column = try finite()
    guard case .numbers(let numbers) = column.values else { return column.categories }
    let ends = try column.ends(of: nil)
    return column.cells(numbers, edges: ends.asEdges(ends.sturges(rows: column.distinct)))
  }

  /// Without infinite values, which Evidently takes for missing ones.
  ///
  /// Throws `Undefined` where a side then has none.
  package func finite() throws(Undefined) -> DriftColumn {
    guard case .numbers(let numbers) = values, let least = numbers.first, let most = numbers.last,
      !least.isFinite || !most.isFinite
    else { return self }
    let kept = numbers.indices.filter { numbers[$0].isFinite }
    func side(_ side: Side) -> Side {
      let counts = kept.map { side.counts[$0] }
      return Side(counts: counts, nulls: side.rows - counts.reduce(0) { $0 + Int($1) })
    }
    let column = DriftColumn(
      .numbers(kept.map { numbers[$0] }), reference: side(reference), current: side(current))
    if column.reference.total == 0 { throw Undefined("the reference has no finite value") }
    if column.current.total == 0 { throw Undefined("the current rows have no finite value") }
    return column
  }
}

/// What Evidently puts where a side has nothing in a cell.
enum EvidentlyFill {
  /// For the report.
  package static let words =
    "0.0001, or a millionth of the side's least share where that is no larger"

  /// The shares of a side, filled, not made to sum to 1 again.
  package static func filled(_ shares: [Double]) -> [Double] {
    let least = shares.reduce(1) { $1 > 0 ? min($0, $1) : $0 }
    let fill = least <= 0.0001 ? least / 1_000_000 : 0.0001
    return shares.map { $0 == 0 ? fill : $0 }
  }
}

extension DriftCells {
  /// Both sides' shares as Evidently fills them.
  var sharesFilledAsEvidently: (reference: [Double], current: [Double]) {
    let (p, q) = shares
    return (EvidentlyFill.filled(p), EvidentlyFill.filled(q))
  }
}
