/// How a function of the cells of all groups would vary with the rows: the joint bootstrap of the cells.
struct CellLaw: Sendable {
  let body: @Sendable (GroupCells, Arguments) throws(Undefined) -> Double
  let arguments: Arguments
  let joint: JointCells
  let counts: JointCounts
  let control: SlicedRows?
  let part: FairnessPart
  let certainty: Certainty

  /// The intervals of the value (nil), of the difference to the champion, or of it as a share of the champion's (true).
  func curve(_ basis: Bool?) async throws(Undefined) -> ConfidenceCurve {
    let values = try await values(basis)
    return ConfidenceCurve(
      values, method: basis == nil ? "bootstrap, BCa" : "bootstrap, percentile"
    ) { values, confidence throws(Undefined) in
      if basis != nil { return try values.percentileInterval(confidence: confidence) }
      return try values.bcaInterval(confidence: confidence)
    }
  }

  /// The value on the rows and on every draw of them.
  private func values(_ basis: Bool?) async throws(Undefined) -> BootstrapValues {
    let statistic: @Sendable ([Double]) -> Double? = { sums in value(sums, basis) }
    if joint.weights == nil, part.clusters == nil {
      let resampling = try CellResampling(cells: counts.sums.map { Int($0) }, seed: certainty.seed)
      return await bootstrap(resampling, replicates: certainty.replicates) { cells in
        [statistic(cells.map(Double.init))]
      }[0]
    }
    let sample = part.candidate.partitioned(by: codes, groups: 1)[0]
    let width = counts.sums.count
    let cells = sample.rows.map { row -> Int32 in
      let stratum = control.map { Int($0.codes[Int(row)]) } ?? 0
      let group = stratum * counts.groups + Int(part.groups.codes[Int(row)])
      return Int32(group * JointCells.width + Int(joint.cells[Int(row)]))
    }
    return try await certainty.clustered(part.clusters).summed(
      [(RowParts(width: width, codes: cells), statistic)], [sample]
    ) { $0[0] }
  }

  /// 0 for the rows that take part.
  private var codes: [Int32] {
    part.groups.codes.indices.map { row in
      part.groups.codes[row] >= 0 && (control?.codes[row] ?? 0) >= 0 ? 0 : -1
    }
  }

  /// Of one draw.
  private func value(_ sums: [Double], _ basis: Bool?) -> Double? {
    func value(_ role: Role) -> Double? {
      let cells = JointCounts.cells(
        sums, role, groups: counts.groups, strata: counts.strata, reference: part.reference)
      return try? body(cells, arguments)
    }
    guard let mine = value(.candidate) else { return nil }
    guard let isRelative = basis else { return mine }
    guard let other = value(.champion) else { return nil }
    return isRelative ? (mine - other) / abs(other) : mine - other
  }
}

extension Certainty {
  /// The same with rows that are drawn by clusters.
  fileprivate func clustered(_ clusters: [Int32]?) -> Certainty {
    var certainty = self
    certainty.clusters = clusters
    return certainty
  }
}
