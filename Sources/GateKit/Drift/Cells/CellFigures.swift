extension DriftFigure {
  /// A number of cells, with how they came about and what they hold.
  init(
    _ value: Double, of cells: DriftCells, statistic: Double? = nil, p pValue: Double? = nil,
    settings: [JSON.Member]
  ) {
    self.init(
      value, statistic: statistic, p: pValue, settings: cells.settings + settings,
      evidence: cells.evidence)
  }
}

extension DriftColumn {
  /// A number of the cells that a manifest asks for, and what its p-value by permutation needs.
  func figure(
    _ arguments: Arguments, settings: [JSON.Member],
    _ value: @escaping @Sendable (DriftCells) -> Double
  ) throws(Undefined) -> DriftFigure {
    let binning = try Binning(arguments)
    let cells = try cells(binning)
    let seen = value(cells)
    var figure = DriftFigure(seen, of: cells, settings: self.settings(binning) + settings)
    figure.shuffled = { (permutation) throws(Undefined) in
      if let deals = CellDeals(self, binning, cells) {
        return try permutation.pValue(of: seen) { value(deals.dealt($0)) }
      }
      return try permutation.pValue(of: seen, self) { (dealt) throws(Undefined) in
        value(try dealt.cells(binning))
      }
    }
    return figure
  }

  /// How the cells were chosen; of categories there is nothing to choose.
  func settings(_ binning: Binning) -> [JSON.Member] { kind == .number ? binning.settings : [] }
}
