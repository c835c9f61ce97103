package import GateCore

extension DriftColumn {
  /// Cells as NannyML makes them of the reference, and one more for current rows that lie in none of them.
  ///
  /// Source: nannyml 0.13.1, drift.univariate.methods. Throws `Undefined` for infinite values.
  func nannyMLCells() throws(Undefined) -> DriftCells {
    guard case .numbers = values else { return categories.withRestOutsideReference }
    let ends = try ends(of: reference)
    return try cells(ends.edges(try doaneBins(ends))).withTailsAsOne
  }

  /// Rows between all these edges, the last of which belongs to its bin, and those below and above them.
  package func cells(_ edges: [Double]) throws(Undefined) -> DriftCells {
    let numbers = try numbers()
    return cells(numbers, edges: edges.dropLast() + edges.suffix(1).map(\.nextUp))
  }
}

extension DriftCells {
  /// The bins between edges, and what lies outside of all as one where there is any.
  fileprivate var withTailsAsOne: DriftCells {
    split(kept: Array(1..<count - 1), others: "elsewhere")
  }

  /// The cells that the reference has rows in, and all others as one where there are any.
  fileprivate var withRestOutsideReference: DriftCells {
    split(kept: reference.indices.filter { reference[$0] > 0 }, others: "not in the reference")
  }

  /// Some cells, and the others as one where they hold anything.
  private func split(kept: [Int], others: String) -> DriftCells {
    let isKept = kept.reduce(into: [Bool](repeating: false, count: count)) { $0[$1] = true }
    var rest = (reference: 0.0, current: 0.0)
    for cell in reference.indices where !isKept[cell] {
      rest.reference += reference[cell]
      rest.current += current[cell]
    }
    let isWhole = rest.reference + rest.current == 0
    return DriftCells(
      reference: kept.map { reference[$0] } + (isWhole ? [] : [rest.reference]),
      current: kept.map { current[$0] } + (isWhole ? [] : [rest.current]),
      labels: .named(kept.map(name) + (isWhole ? [] : [others])))
  }
}
