import GateCore

extension DriftTest {
  /// Klotz's test of two spreads.
  static let scaleShift = DriftTest(
    "scale_shift",
    "How much wider or narrower the current rows lie than the reference: the change of the mean squared normal score.",
    aliases: ["klotz", "spread", "variance"], range: 0...Double.infinity,
    formula:
      "|A - B| / C, A, B, C the means over the current rows, the reference and both of z(r)^2, z the normal quantile, r the mid-rank as a share; neighbours share a rank where fewer than one row in 1,000 has a value",
    source:
      "Klotz, Annals of Mathematical Statistics 33, 1962; the p-value is Pearson's type III distribution with the mean, variance and third moment that shuffling the rows gives the score's sum, which are exact with ties",
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      let spread = try RankSpread(column)
      var figure = DriftFigure(
        spread.change.magnitude, statistic: spread.z, p: try spread.pValue(),
        settings: [JSON.Member("p_value_by", "exact moments of the shuffles")])
      // What it takes to say so is read only where there may be something to say.
      if figure.pValue ?? 1 < 0.05 {
        figure.finding = column.widths(areWider: spread.change > 0)
      }
      return figure
    },
    examples: [
      Example(
        .numbers([1, 2, 3, 4], [2, 3, 2, 3]), gives: 1.377500323276861, p: 0.12663045794761718),
      Example(.numbers([1, 2, 3, 4], [1, 2, 3, 4]), gives: 0, p: 1),
      Example(.numbers([7, 7], [7]), gives: 0, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])
}

/// The sum of the current rows' squared normal scores, and its moments under shuffles of the rows.
private struct RankSpread {
  /// Rows of the current side, and of both.
  private let rows: (current: Double, all: Double)
  /// The mean score of all rows, and of the current ones.
  private let mean: Double
  private let currentMean: Double
  /// Sums over all rows of the squared and cubed distance from the mean.
  private let squares: Double
  private let cubes: Double

  package init(_ column: DriftColumn) throws(Undefined) {
    let (n, m) = (column.reference.total, column.current.total)
    let all = Double(n + m)
    var cells: [(all: Double, current: Double, middle: Double)] = []
    var (open, ofCurrent, passed) = (0, 0, 0)
    func close() {
      guard open > 0 else { return }
      cells.append(
        (Double(open), Double(ofCurrent), (Double(passed) + Double(open) / 2) / all))
      passed += open
      (open, ofCurrent) = (0, 0)
    }
    column.eachValue { _, a, b in
      if (a + b) * Self.mostCells >= n + m { close() }
      open += a + b
      ofCurrent += b
      if open * Self.mostCells >= n + m { close() }
    }
    close()
    var scores: [Double] = []
    for cell in cells {
      let z = try StandardNormal.quantile(cell.middle)
      scores.append(z * z)
    }
    let mean = zip(cells, scores).reduce(0) { $0 + $1.0.all * $1.1 } / all
    var (squares, cubes, current) = (0.0, 0.0, 0.0)
    for (cell, score) in zip(cells, scores) {
      let distance = score - mean
      squares += cell.all * distance * distance
      cubes += cell.all * distance * distance * distance
      current += cell.current * distance
    }
    (rows, self.mean, self.squares, self.cubes) = ((Double(m), all), mean, squares, cubes)
    currentMean = mean + current / Double(m)
  }

  /// A value of one row in so many has a rank of its own.
  private static let mostCells = 1000

  /// How much more the current rows score than the reference, as a share of the mean.
  package var change: Double {
    guard squares > 0, mean > 0 else { return 0 }
    return (currentMean - mean) * rows.all / (rows.all - rows.current) / mean
  }

  /// The variance of the current rows' sum.
  private var variance: Double {
    rows.current * (rows.all - rows.current) / (rows.all * (rows.all - 1)) * squares
  }

  /// The sum in standard deviations; 0 where all scores are one.
  package var z: Double {
    variance > 1e-12 ? (currentMean - mean) * rows.current / variance.squareRoot() : 0
  }

  /// Both tails, twice the smaller one.
  package func pValue() throws(Undefined) -> Double {
    guard variance > 1e-12, rows.all > 2 else { return 1 }
    let (m, all) = (rows.current, rows.all)
    let third = m * (all - m) * (all - 2 * m) / (all * (all - 1) * (all - 2)) * cubes
    let skewness = third / (variance * variance.squareRoot())
    let upper = try PearsonIII(skewness: skewness).survival(z)
    let lower = try PearsonIII(skewness: -skewness).survival(-z)
    return min(1, 2 * min(upper, lower))
  }
}

extension DriftColumn {
  /// How far both sides reach, for people: of the middle rows, the most of which it shows that they lie wider or narrower.
  fileprivate func widths(areWider: Bool) -> String {
    for (words, level) in [
      ("nine rows of ten lie", 0.05), ("eight rows of ten lie", 0.1),
      ("half of the rows lie", 0.25),
    ] {
      let levels = [level, 1 - level]
      let (p, q) = (quantiles(levels, of: reference), quantiles(levels, of: current))
      guard p.count == 2, q.count == 2, p != q, (q[1] - q[0] > p[1] - p[0]) == areWider,
        q[1] - q[0] != p[1] - p[0]
      else { continue }
      return "\(words) from \(q[0].brief(unlike: p[0])) to \(q[1].brief(unlike: p[1])), of the "
        + "reference from \(p[0].brief(unlike: q[0])) to \(p[1].brief(unlike: q[1]))"
    }
    let word = areWider ? "farther from" : "nearer to"
    if let (before, after) = deviations, (after > before) == areWider, after != before {
      return "the rows lie \(word) the middle: the standard deviation went from "
        + "\(before.brief(unlike: after)) to \(after.brief(unlike: before))"
    }
    return "the rows lie \(word) the middle than the reference's, by their ranks"
  }

  /// The standard deviation of the finite values of the reference and of the current rows; nil: a side has none.
  private var deviations: (Double, Double)? {
    guard case .numbers(let numbers) = values else { return nil }
    func deviation(_ counts: [Int32]) -> Double? {
      var (rows, mean, squares) = (0.0, 0.0, 0.0)
      for (number, count) in zip(numbers, counts) where count > 0 && number.isFinite {
        let share = Double(count)
        let step = number - mean
        rows += share
        mean += step * share / rows
        squares += step * (number - mean) * share
      }
      return rows > 1 ? (squares / (rows - 1)).squareRoot() : nil
    }
    guard let before = deviation(reference.counts), let after = deviation(current.counts) else {
      return nil
    }
    return (before, after)
  }
}
