package import GateCore

extension DriftFigure {
  /// A number of cells, with how they came about and what they hold.
  package init(
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
  package func figure(
    _ arguments: Arguments, settings: [JSON.Member],
    blindBelow floor: Double = 0, _ value: @escaping @Sendable (DriftCells) -> Double
  ) throws(Undefined) -> DriftFigure {
    let binning = try Binning(arguments)
    let cells = try cells(binning)
    if floor > 0 { try cells.refuseBlind(below: floor) }
    let seen = value(cells)
    var figure = DriftFigure(seen, of: cells, settings: self.settings(binning) + settings)
    // Of a few numbers the one that changed says more than the median, which may not have moved.
    if case .numbers = values, distinct <= DriftRule.mostFew { figure.finding = mostChanged }
    figure.shuffled = { (permutation) throws(Undefined) in
      if let deals = CellPermutations(self, binning, cells) {
        return try permutation.pValue(of: seen) { value(deals.dealt($0)) }
      }
      return try permutation.pValue(of: seen, self) { (dealt) throws(Undefined) in
        value(try dealt.cells(binning))
      }
    }
    return figure
  }

  /// The value whose share changed most, for people; nil: none has.
  private var mostChanged: String? {
    let (n, m) = (Double(reference.total), Double(current.total))
    var (most, found) = (0.0, String?.none)
    eachValue { place, a, b in
      let (p, q) = (Double(a) / n, Double(b) / m)
      guard abs(q - p) > most else { return }
      most = abs(q - p)
      found = "'\(name(place))' went from \(p.percent(unlike: q)) to \(q.percent(unlike: p))"
    }
    return found
  }

  /// How the cells were chosen; of categories there is nothing to choose.
  package func settings(_ binning: Binning) -> [JSON.Member] {
    kind == .number ? binning.settings : []
  }
}

extension DriftCells {
  /// Throws `Undefined` where cells that are no larger than `floor` on both sides, which a figure that raises shares to it
  /// cannot tell apart, hold more than one row in a hundred of a side.
  fileprivate func refuseBlind(below floor: Double) throws(Undefined) {
    let small = { (p: Double, q: Double) in p <= floor && q <= floor }
    let share = max(sum { small($0, $1) ? $0 : 0 }, sum { small($0, $1) ? $1 : 0 })
    guard share > 0.01 else { return }
    throw Undefined(
      "\(share.percent) of the rows have values that are rarer than 'fill' (\(floor.brief)), and it cannot tell such values "
        + "apart; total_variation can, or set a smaller 'fill'")
  }
}
