import GateCore

/// A column's rows dealt to both sides anew, each choice of as many rows as likely, and looked at only where it is asked.
///
/// The rows lie in the order of their values. How many of the first ones the reference gets is drawn when it is asked for,
/// by the hypergeometric distribution given what was asked before: exact, and in a time that does not grow with the rows.
struct PermutationSampler {
  private var random: RandomSource
  /// What was asked: the reference's rows among so many of the first; rising.
  private var known: [(rows: Int, reference: Int)]

  /// All rows are of one side or the other.
  package init(reference: Int, of rows: Int, _ random: RandomSource) {
    self.random = random
    known = [(0, 0), (rows, reference)]
  }

  /// The reference's rows among so many of the first.
  package mutating func reference(among rows: Int) -> Int {
    let above = known.firstPlace { $0.rows >= rows }
    if known[above].rows == rows { return known[above].reference }
    let (low, high) = (known[above - 1], known[above])
    let found =
      low.reference
      + random.hypergeometric(
        total: high.rows - low.rows, marked: high.reference - low.reference,
        drawn: rows - low.rows)
    known.insert((rows, found), at: above)
    return found
  }

  /// Where among all rows the reference's row of a rank lies; both from 0.
  package mutating func place(ofReference rank: Int) -> Int {
    while true {
      let above = known.firstPlace { $0.reference > rank }
      let (low, high) = (known[above - 1], known[above])
      let (rows, wanted) = (high.rows - low.rows, high.reference - low.reference)
      if rows == wanted { return low.rows + rank - low.reference }
      // Any place may be asked for: near where the row should lie, few are.
      let share = (Double(rank - low.reference) + 0.5) / Double(wanted)
      let guess = low.rows + Int(share * Double(rows))
      _ = reference(among: min(max(guess, low.rows + 1), high.rows - 1))
    }
  }
}

extension Array {
  /// The first place from which on a condition holds, by halving; it holds for the last at least.
  fileprivate func firstPlace(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Deals a column's rows anew and counts them in cells, again and again.
struct CellPermutations {
  private let column: DriftColumn
  private let binning: Binning
  /// The cells as they are; where they lie does not depend on the deal, except at the reference's own quantiles or range.
  private let cells: DriftCells
  /// The numbers, and the rows of both sides up to each of them.
  private let numbers: [Double]
  private let upTo: [Int]

  /// Nil: only the column as a whole can be dealt for these cells.
  package init?(_ column: DriftColumn, _ binning: Binning, _ cells: DriftCells) {
    (self.column, self.binning, self.cells) = (column, binning, cells)
    guard case .numbers(let numbers) = column.values else {
      (self.numbers, upTo) = ([], [])
      return
    }
    switch (binning, cells.labels) {
    case (.doane, _): return nil
    case (.sturges, _), (.values, _), (_, .numbers): (self.numbers, upTo) = ([], [])
    default:
      self.numbers = numbers
      var rows = 0
      upTo = numbers.indices.map { place in
        rows += Int(column.reference.counts[place]) + Int(column.current.counts[place])
        return rows
      }
    }
  }

  /// The cells of one deal.
  func dealt(_ random: RandomSource) -> DriftCells {
    switch binning {
    case .auto(let bins) where !numbers.isEmpty:
      return dealt(random) { quantiles in quantiles(DriftColumn.levels(bins)).asEdgesOrTies }
    case .quantiles(let bins) where !numbers.isEmpty:
      return dealt(random) { quantiles in quantiles(DriftColumn.levels(bins)).asEdges }
    case .even(let bins) where !numbers.isEmpty:
      return dealt(random) { quantiles in
        let ends = quantiles([0, 1])
        return DriftColumn.Ends(least: ends[0], most: ends[1]).asEdges(bins)
      }
    default: return dealtInPlace(random)
    }
  }

  /// Cells that lie where they lay.
  private func dealtInPlace(_ source: RandomSource) -> DriftCells {
    var random = source
    var rest = column.reference.total + column.current.total
    var wanted = column.reference.total
    var (reference, current) = (cells.reference, cells.current)
    for cell in reference.indices {
      let total = Int(reference[cell] + current[cell])
      let found = random.hypergeometric(total: rest, marked: wanted, drawn: total)
      (reference[cell], current[cell]) = (Double(found), Double(total - found))
      rest -= total
      wanted -= found
    }
    return DriftCells(reference: reference, current: current, labels: cells.labels)
  }

  /// Cells between edges that the dealt reference's quantiles make.
  private func dealt(
    _ random: RandomSource, _ edges: (_ quantiles: ([Double]) -> [Double]) -> [Double]
  ) -> DriftCells {
    let (n, m) = (column.reference.total, column.current.total)
    var deal = PermutationSampler(reference: n, of: n + m, random)
    let edges = edges { levels in
      levels.quantiles(of: n) { rank in
        let row = deal.place(ofReference: rank)
        return numbers[upTo.firstPlace { $0 > row }]
      }
    }
    var (reference, current) = ([Double](), [Double]())
    var before = (all: 0, reference: 0)
    for all in edges.map(rows(below:)) + [n + m] {
      let ofReference = deal.reference(among: all)
      reference.append(Double(ofReference - before.reference))
      current.append(Double(all - before.all - ofReference + before.reference))
      before = (all, ofReference)
    }
    return DriftCells(reference: reference, current: current, labels: .edges(edges))
  }

  /// Rows of both sides with a number below an edge.
  private func rows(below edge: Double) -> Int {
    guard let last = numbers.last, last >= edge else { return upTo.last ?? 0 }
    let place = numbers.firstPlace { $0 >= edge }
    return place == 0 ? 0 : upTo[place - 1]
  }
}
