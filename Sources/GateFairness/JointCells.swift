package import GateCore

/// Which cell of both models' paired confusion matrix each row of the holdout falls into: its label, the champion's
/// decision, the candidate's.
///
/// Made once a threshold; every attribute is then counted in one pass over two arrays.
struct JointCells: Sendable {
  /// Cells a group has: label * 4 + champion * 2 + candidate.
  package static let width = 8
  /// Of a row that takes no part.
  package static let none = UInt8(width)
  /// Where the decisions differ.
  package static let pairs = CountedRows.PairedCells(
    width: width, apart: (0..<width).filter { $0 & 1 != $0 >> 1 & 1 })
  /// By row of the holdout.
  package let cells: [UInt8]
  /// By row of the holdout; nil: every row counts once.
  package let weights: [Double]?

  /// Of two classes, decided at `threshold` or at each model's own; `champion` has the same rows.
  package init(_ candidate: BinarySample, _ champion: BinarySample?, threshold: Double?) {
    var cells = Self.empty(candidate.rows)
    let split = candidate.scores.partitioningIndex { $0 < threshold ?? candidate.threshold }
    for (place, row) in candidate.rows.enumerated() {
      cells[Int(row)] = (candidate.positives[place] ? 4 : 0) + (place < split ? 1 : 0)
    }
    if let champion {
      let split = champion.scores.partitioningIndex { $0 < threshold ?? champion.threshold }
      for row in champion.rows[..<split] { cells[Int(row)] += 2 }
    }
    self.cells = cells
    weights = Self.byRow(candidate.weights, candidate.rows)
  }

  /// Of one class against all others.
  package init(_ candidate: MulticlassSample, _ champion: MulticlassSample?, class index: Int32) {
    var cells = Self.empty(candidate.rows)
    for (place, row) in candidate.rows.enumerated() {
      cells[Int(row)] =
        (candidate.labels[place] == index ? 4 : 0) + (candidate.decisions[place] == index ? 1 : 0)
    }
    for (place, row) in (champion?.rows ?? []).enumerated()
    where champion?.decisions[place] == index {
      cells[Int(row)] += 2
    }
    self.cells = cells
    weights = Self.byRow(candidate.weights, candidate.rows)
  }

  /// Whether each row's answer is right: a "positive decision" is a right answer, and every row is "positive".
  package init(right candidate: Sample, _ champion: Sample?) {
    var cells = Self.empty(candidate.rows)
    for (row, right) in zip(candidate.rows, candidate.rightByPlace) {
      cells[Int(row)] = 4 + (right ? 1 : 0)
    }
    if let champion {
      for (row, right) in zip(champion.rows, champion.rightByPlace) where right {
        cells[Int(row)] += 2
      }
    }
    self.cells = cells
    weights = Self.byRow(candidate.rowWeightsByPlace, candidate.rows)
  }

  /// Takes them.
  package init(cells: [UInt8], weights: [Double]?) { (self.cells, self.weights) = (cells, weights) }

  /// No row taking part, yet.
  private static func empty(_ rows: [Int32]) -> [UInt8] {
    [UInt8](repeating: none, count: Int(rows.max() ?? -1) + 1)
  }

  /// Weights in the order of the holdout.
  private static func byRow(_ weights: [Double]?, _ rows: [Int32]) -> [Double]? {
    guard let weights else { return nil }
    var ordered = [Double](repeating: 0, count: Int(rows.max() ?? -1) + 1)
    for (place, row) in rows.enumerated() { ordered[Int(row)] = weights[place] }
    return ordered
  }
}

/// One model's matrix out of paired cells.
extension Confusion {
  /// Of `sums`, a stretch of `JointCells.width` of them, as `role` decided.
  package init(joint sums: ArraySlice<Double>, _ role: Role) {
    let first = sums.startIndex
    func sum(_ positive: Bool, _ decided: Bool) -> Double {
      let label = positive ? 4 : 0
      let own = decided ? (role == .candidate ? 1 : 2) : 0
      let other = role == .candidate ? 2 : 1
      return sums[first + label + own] + sums[first + label + own + other]
    }
    self.init(
      truePositives: sum(true, true), falsePositives: sum(false, true),
      falseNegatives: sum(true, false), trueNegatives: sum(false, false))
  }

  /// Of one row in a cell.
  package init(cell: Int, _ role: Role) {
    var sums = [Double](repeating: 0, count: JointCells.width)
    sums[cell] = 1
    self.init(joint: sums[...], role)
  }

  /// The cells of both.
  package static func + (one: Confusion, other: Confusion) -> Confusion {
    Confusion(
      truePositives: one.truePositives + other.truePositives,
      falsePositives: one.falsePositives + other.falsePositives,
      falseNegatives: one.falseNegatives + other.falseNegatives,
      trueNegatives: one.trueNegatives + other.trueNegatives)
  }

  /// No row.
  package static let empty = Confusion(
    truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
}
