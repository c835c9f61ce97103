/// How the rows fall into the eight cells of two models' decisions, or the four of one's, and how sure a figure of the cells
/// is of them.
///
/// A bound on the figure: a Bayesian bootstrap of the cells, to which one imaginary row of the worst kind is added. Where
/// few rows differ, or none, the rows that could have differed are not in any resample, and a bootstrap alone has nothing
/// to say of them; the imaginary row has. For a share won against a share lost it is McNemar's exact test, for one share
/// Clopper and Pearson's interval. One more right row of the candidate never lowers a bound, of rows without weights.
///
/// Sources: Rubin, "The Bayesian bootstrap", Annals of Statistics 9, 1981; Walley, "Inferences from multinomial data",
/// JRSS B 58, 1996 (the imprecise Dirichlet model with s = 1); Fay, Proschan, Brittain, "Combining one-sample confidence
/// procedures", Biometrics 71, 2015 (melding). Simulated in `benchmarks/coverage.md`.
package struct PairedCells: Sendable {
  /// The rows' weights by cell, added up: four if the row is positive, two if the champion decides so, one if the
  /// candidate does.
  package let weights: SIMD8<Double>
  /// Draws of the cells.
  package let draws: [SIMD8<Double>]
  /// An exponential number a draw: how much the imaginary row weighs in it.
  package let rows: [Double]
  /// What the imaginary row weighs on average, of each class.
  package let size: (negative: Double, positive: Double)
  /// How the weight of each class lies on the clusters that were drawn; nil: rows were.
  package let shares: (negative: UnitShares?, positive: UnitShares?)

  /// Cells in which two models differ.
  static let discordant = [1, 2, 5, 6]
  /// Cells of one model, the candidate.
  package static let own = [0, 1, 4, 5]

  /// A figure of the candidate's matrix, and of the champion's where it compares them; nil: undefined.
  package typealias Figure = @Sendable (_ candidate: Confusion, _ champion: Confusion) -> Double?

  /// The cell of a row.
  package static func cell(positive: Bool, champion: Bool, candidate: Bool) -> UInt8 {
    (positive ? 4 : 0) | (champion ? 2 : 0) | (candidate ? 1 : 0)
  }

  /// The figure on the rows and on every draw, with the imaginary row in each of `places`.
  ///
  /// `isStratified`: every class keeps its weight in every draw.
  package func bounds(
    _ places: [Int], isStratified: Bool, _ figure: @escaping Figure
  ) async -> WorstRowBounds {
    let pieces = await inPieces(of: (draws.count + 511) / 512, size: 1) {
      { (piece: Int) -> [Double] in
        let range = piece * 512..<min(draws.count, piece * 512 + 512)
        return places.flatMap { place in
          let size = place >= 4 ? size.positive : size.negative
          return range.map { draw in
            var cells = draws[draw]
            cells[place] += rows[draw] * size
            return value(of: cells, isStratified, figure) ?? .nan
          }
        }
      }
    }
    return WorstRowBounds(
      estimate: value(of: weights, isStratified, figure),
      places: places.indices.map { place in
        let drawn = pieces.flatMap { piece in
          let width = piece.count / places.count
          return piece[place * width..<(place + 1) * width]
        }
        return WorstRowBounds.Place(
          drawn, shares: places[place] >= 4 ? shares.positive : shares.negative)
      })
  }

  /// The figure of cells, which are first made to weigh what the rows do; nil: undefined.
  private func value(
    of cells: SIMD8<Double>, _ isStratified: Bool, _ figure: Figure
  ) -> Double? {
    var cells = cells
    if isStratified {
      let (own, drawn) = (weights.lowHalf.sum(), cells.lowHalf.sum())
      if drawn > 0 { cells.lowHalf *= own / drawn }
      let (positive, found) = (weights.highHalf.sum(), cells.highHalf.sum())
      if found > 0 { cells.highHalf *= positive / found }
    } else {
      cells *= weights.sum() / cells.sum()
    }
    let found = figure(
      Confusion(
        truePositives: cells[5] + cells[7], falsePositives: cells[1] + cells[3],
        falseNegatives: cells[4] + cells[6], trueNegatives: cells[0] + cells[2]),
      Confusion(
        truePositives: cells[6] + cells[7], falsePositives: cells[2] + cells[3],
        falseNegatives: cells[4] + cells[5], trueNegatives: cells[0] + cells[1]))
    return found.flatMap { $0.isFinite ? $0 : nil }
  }
}
