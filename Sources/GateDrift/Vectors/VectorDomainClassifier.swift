import GateCore

extension DriftTest {
  /// How well a linear classifier tells both sides apart.
  static let vectorDomainClassifier = DriftTest(
    "vector_domain_classifier",
    "How well a linear classifier tells current vectors from the reference's: its area under the ROC curve, 0.5 by chance.",
    aliases: ["embeddings_drift"],
    formula:
      "ROC AUC on the odd rows of S^-1 (mean of current - mean of reference) . x, learned on the even rows; S: the shrunk covariance within a side, of standardised components",
    source:
      "scikit-learn's StandardScaler and LinearDiscriminantAnalysis(solver='lsqr', shrinkage='auto'): Ledoit and Wolf, Journal of Multivariate Analysis 88, 2004; the p-value is Mann and Whitney's, one-sided",
    undefined: ["A side has fewer than two vectors."],
    parameters: DriftSample.parameters(20_000, in: 10...10_000_000),
    pValueMethod: .own,
    measure: .vectors { (vectors, arguments) throws(Undefined) in
      try vectors.wantVectors()
      try wantSplit(vectors.counts.reference, vectors.counts.current, "vector")
      let sample = DriftSample(vectors.counts, arguments, rows: 20_000)
      let sides = (
        VectorSide(vectors.reference, vectors.width, sample.reference),
        VectorSide(vectors.current, vectors.width, sample.current)
      )
      let direction = LinearDiscriminant.direction(sides.0, sides.1)
      guard direction.allSatisfy(\.isFinite) else {
        throw Undefined("the covariances of the vectors are beyond what numbers can hold")
      }
      return try rankArea(
        reference: sides.0.scores(direction), current: sides.1.scores(direction),
        settings: sample.settings)
    },
    examples: [
      Example(
        .vectors(
          DriftVectors(
            width: 2, reference: [0, 1, 1, 0, 2, 1, 3, 0], current: [7, 1, 8, 0, 9, 1, 6, 0])),
        gives: 1, p: 1 / 6),
      Example(
        .vectors(DriftVectors(width: 1, reference: [2, 2, 2, 2], current: [3, 3, 3, 3])),
        gives: 1, p: 0.09696542614120535),
      Example(
        .vectors(DriftVectors(width: 1, reference: [2, 2, 2], current: [2, 2, 2])), gives: 0.5,
        p: 1),
      Example(.vectors(DriftVectors(width: 1, reference: [1], current: [2, 3])), gives: nil),
    ])
}

/// The chosen vectors of one side.
private struct VectorSide {
  private let vectors: [Double]
  package let width: Int
  private let rows: [Int32]

  /// Takes the places of the chosen vectors.
  package init(_ vectors: [Double], _ width: Int, _ rows: [Int32]) {
    (self.vectors, self.width, self.rows) = (vectors, width, rows)
  }

  /// The products of the vectors at odd places with `direction`, each summed in one order, so that equal vectors tie.
  package func scores(_ direction: [Double]) -> [Double] {
    vectors.withUnsafeBufferPointer { vectors in
      direction.withUnsafeBufferPointer { direction in
        stride(from: 1, to: rows.count, by: 2).map { place in
          let start = Int(rows[place]) * width
          var sum = 0.0
          for component in 0..<width { sum += vectors[start + component] * direction[component] }
          return sum
        }
      }
    }
  }

  /// Rows to learn from.
  package var learned: Int { (rows.count + 1) / 2 }

  /// The mean and the standard deviation of each component of the vectors at even places; 0 where it does not vary.
  package var moments: (means: [Double], deviations: [Double]) {
    var means = [Double](repeating: 0, count: width)
    eachLearned { row in for place in 0..<width { means[place] += row[place] } }
    for place in 0..<width { means[place] /= Double(learned) }
    var squares = [Double](repeating: 0, count: width)
    eachLearned { row in
      for place in 0..<width {
        squares[place] += (row[place] - means[place]) * (row[place] - means[place])
      }
    }
    let deviations = squares.indices.map { place in
      let deviation = (squares[place] / Double(learned)).squareRoot()
      // What rounding of the mean leaves of a component that does not vary.
      return deviation <= 1e-14 * means[place].magnitude ? 0 : deviation
    }
    return (means, deviations)
  }

  /// Hands over the vectors at even places.
  private func eachLearned(_ body: (UnsafeBufferPointer<Double>) -> Void) {
    vectors.withUnsafeBufferPointer { vectors in
      for place in stride(from: 0, to: rows.count, by: 2) {
        let start = Int(rows[place]) * width
        body(UnsafeBufferPointer(rebasing: vectors[start..<(start + width)]))
      }
    }
  }

  /// The covariance of the vectors at even places, drawn towards equal variances of independent components.
  ///
  /// In units of each component's deviation it is (1 - b) C + b (trace C / d), b as Ledoit and Wolf have it; then it is
  /// in `units`, of which a component that does not vary has one.
  func shrunkCovariance(
    _ means: [Double], _ deviations: [Double], _ units: [Double]
  ) -> SquareMatrix {
    let scales = zip(deviations, units).map { $0 > 0 ? $0 : $1 }
    var covariance = SquareMatrix(width: width)
    var fourth = 0.0
    var block: [Double] = []
    let most = max(1, 1 << 18 / width) * width
    func flush() {
      block.withUnsafeBufferPointer { covariance.addSquares(of: $0) }
      block.removeAll(keepingCapacity: true)
    }
    eachLearned { row in
      var square = 0.0
      for place in 0..<width {
        let z = (row[place] - means[place]) / scales[place]
        square += z * z
        block.append(z)
      }
      fourth += square * square
      if block.count >= most { flush() }
    }
    flush()
    let n = Double(learned)
    covariance.shrink(rows: n, fourth: fourth)
    for row in 0..<width {
      for column in 0..<width {
        covariance[row, column] *= scales[row] / units[row] * scales[column] / units[column]
      }
    }
    return covariance
  }
}

extension SquareMatrix {
  /// Makes sums of products of `rows` rows their shrunk covariance; `fourth`: the sum of the squares of the rows' squared
  /// lengths.
  fileprivate mutating func shrink(rows: Double, fourth: Double) {
    for place in values.indices { values[place] /= rows }
    let size = Double(width)
    let squares = values.reduce(0) { $0 + $1 * $1 }
    let mean = (0..<width).reduce(0) { $0 + self[$1, $1] } / size
    let spread = (squares - size * mean * mean) / size
    let noise = min((fourth / rows - squares) / (size * rows), spread)
    let share = noise <= 0 || spread <= 0 ? 0 : noise / spread
    for place in values.indices { values[place] *= 1 - share }
    for place in 0..<width { self[place, place] += share * mean }
  }
}

extension SquareMatrix {
  /// Gives a component that varies on neither side the mean variance, or 1 where nothing varies: without one, what is one
  /// number on a side and another on the other would not count.
  fileprivate mutating func fillDiagonal() {
    let mean = (0..<width).reduce(0) { $0 + self[$1, $1] } / Double(width)
    for place in 0..<width where self[place, place] == 0 {
      self[place, place] = mean > 0 ? mean : 1
    }
  }
}

/// Fisher's linear discriminant.
private enum LinearDiscriminant {
  /// The direction along which current vectors lie higher; all zeros where both means are one.
  package static func direction(_ reference: VectorSide, _ current: VectorSide) -> [Double] {
    let (before, after) = (reference.moments, current.moments)
    let all = Double(reference.learned + current.learned)
    let (share, rest) = (Double(reference.learned) / all, Double(current.learned) / all)
    // The standard deviation of both sides together; 1 where there is none.
    let units = before.means.indices.map { place in
      let gap = after.means[place] - before.means[place]
      let variance =
        share * before.deviations[place] * before.deviations[place]
        + rest * after.deviations[place] * after.deviations[place] + share * rest * gap * gap
      return variance > 0 ? variance.squareRoot() : 1
    }
    var within = reference.shrunkCovariance(before.means, before.deviations, units)
    let other = current.shrunkCovariance(after.means, after.deviations, units)
    for place in within.values.indices {
      within.values[place] = share * within.values[place] + rest * other.values[place]
    }
    within.fillDiagonal()
    let gaps = units.indices.map { (after.means[$0] - before.means[$0]) / units[$0] }
    return zip(within.solved(for: gaps), units).map { $0 / $1 }
  }
}
