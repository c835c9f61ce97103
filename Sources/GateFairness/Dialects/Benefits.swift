import GateCore

/// How evenly a benefit is shared out: the generalized entropy index and its kin.
struct Benefits {
  /// The benefit of each kind of row, or of each group, and the weight of those that have it.
  package let parts: [(benefit: Double, weight: Double)]
  /// The mean benefit of all.
  package let mean: Double
  /// The weight of all.
  package let total: Double

  /// Of rows: 0 for a positive row decided negative, 2 for a negative one decided positive, 1 for a right decision.
  package init(_ cells: Confusion) {
    parts = [
      (0, cells.falseNegatives), (1, cells.truePositives + cells.trueNegatives),
      (2, cells.falsePositives),
    ]
    (mean, total) = (Self.mean(cells), cells.total)
  }

  /// Of groups: every row has its group's mean.
  package init(between groups: [Confusion]) {
    let all = groups.reduce(.empty, +)
    parts = groups.filter { $0.total > 0 }.map { (Self.mean($0), $0.total) }
    (mean, total) = (Self.mean(all), all.total)
  }

  /// 1 + decision - label, on average.
  private static func mean(_ cells: Confusion) -> Double {
    (cells.truePositives + cells.trueNegatives + 2 * cells.falsePositives) / cells.total
  }

  /// The index of order `alpha`; with `isDivided` the index of order 0 is over the mean benefit, as AIF360 has it.
  ///
  /// Throws `Undefined` where no row has any benefit, or one has none and the order takes a logarithm or a negative power.
  /// Source: Speicher et al., KDD 2018.
  package func index(alpha: Double, isDivided: Bool = false) throws(Undefined) -> Double {
    guard total > 0 else { throw Undefined("there are no rows") }
    guard mean > 0 else {
      throw Undefined("every row is positive and decided negative, so there is no benefit to share")
    }
    if alpha <= 0, parts.contains(where: { $0.benefit == 0 && $0.weight > 0 }) {
      throw Undefined(
        "a positive row was decided negative, so its benefit is 0, of which an order of 0 or below "
          + "takes the logarithm or the inverse")
    }
    let divisor = isDivided && alpha == 0 ? mean : 1
    return parts.reduce(0) { sum, part in
      let weight = part.weight / total
      return weight > 0 ? sum + weight * Self.term(part.benefit / mean, alpha) / divisor : sum
    }
  }

  /// What a row adds whose benefit is `ratio` times the mean.
  private static func term(_ ratio: Double, _ alpha: Double) -> Double {
    switch alpha {
    case 0: -logarithm(ratio)
    case 1: ratio > 0 ? ratio * logarithm(ratio) : 0
    // The same sum as that of the squares less 1, without a difference of near numbers.
    case 2: (ratio - 1) * (ratio - 1) / 2
    default:
      ((ratio > 0 ? exponential(alpha * logarithm(ratio)) : 0) - 1) / (alpha * (alpha - 1))
    }
  }

  /// The standard deviation over the mean.
  func variation() throws(Undefined) -> Double {
    try (2 * max(0, index(alpha: 2))).squareRoot()
  }
}
