import GateCore

/// How a function of the cells of all groups would vary with the rows: the joint bootstrap of the cells.
struct CellDistribution: Sendable {
  package let body: @Sendable (GroupCells, Arguments) throws(Undefined) -> Double
  package let arguments: Arguments
  let joint: JointCells
  package let counts: JointCounts
  package let control: SlicedRows?
  package let part: FairnessPart
  package let certainty: Certainty

  /// The intervals of what `basis` says.
  func curve(_ basis: ConfidenceInterval.Subject) async throws(Undefined) -> ConfidenceCurve {
    let rows = CountedRows(
      codes, sums: counts.sums, JointCells.pairs, part.candidate, clusters: part.clusters)
    return try await rows.curve(basis, certainty) { sums, role in
      let cells = JointCounts.cells(
        sums, role, groups: counts.groups, strata: counts.strata, reference: part.reference)
      return try? body(cells, arguments)
    }
  }

  /// The cell of each row, by stratum, group and paired cell; negative for rows that take no part.
  private var codes: [Int32] {
    part.groups.codes.indices.map { row in
      let group = part.groups.codes[row]
      let stratum = control?.codes[row] ?? 0
      guard group >= 0, stratum >= 0, row < joint.cells.count, joint.cells[row] != JointCells.none
      else { return -1 }
      let place = Int(stratum) * counts.groups + Int(group)
      return Int32(place * JointCells.width + Int(joint.cells[row]))
    }
  }
}
