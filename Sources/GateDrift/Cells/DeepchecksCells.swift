import GateCore

extension DriftColumn {
  /// Categories as Deepchecks counts them: those rarer than 1% in the reference are one, which is left out itself where
  /// neither side has more than 1% of its rows in it.
  ///
  /// Source: deepchecks 0.19.1, utils.distribution.preprocessing.preprocess_2_cat_cols_to_same_bins. Throws `Undefined`
  /// where a side has fewer than 10 rows with a value.
  func deepchecksCells() throws(Undefined) -> DriftCells {
    try wantRows(10)
    let least = (
      reference: 0.01 * Double(reference.total), current: 0.01 * Double(current.total)
    )
    let cells = categories
    var (names, reference, current) = ([String](), [Double](), [Double]())
    var others = (reference: 0.0, current: 0.0)
    for cell in cells.reference.indices {
      if cells.reference[cell] < least.reference {
        others.reference += cells.reference[cell]
        others.current += cells.current[cell]
      } else {
        names.append(cells.name(cell))
        reference.append(cells.reference[cell])
        current.append(cells.current[cell])
      }
    }
    if others.reference > least.reference || others.current > least.current {
      names.append("Other rare categories")
      reference.append(others.reference)
      current.append(others.current)
    }
    return DriftCells(reference: reference, current: current, labels: .named(names))
  }
}
