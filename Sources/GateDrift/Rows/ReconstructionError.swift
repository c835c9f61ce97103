import GateCore

extension DriftTest {
  /// Change of the error with which principal components rebuild rows.
  static let pcaReconstructionError = DriftTest(
    "pca_reconstruction_error",
    "How far the current rows' error of reconstruction from the reference's principal components lies from the reference's own, in standard deviations over chunks of it.",
    aliases: ["reconstruction_error", "data_reconstruction_drift"], range: 0...Double.infinity,
    formula:
      "|mean error of the current rows - mean over chunks| / standard deviation over chunks of a tenth of the reference; error: |z - V V' z|",
    source:
      "NannyML's DataReconstructionDriftCalculator, whose alert is a value of 3 or more; shares of categories for its counts",
    undefined: undefined + [
      "The reference has fewer than ten rows.",
      "The reference is rebuilt without error, or with the same in every chunk.",
    ],
    parameters: [variance], pValueMethod: .none,
    measure: .rows { (rows, arguments) throws(Undefined) in
      let share = arguments["variance"] ?? 0.65
      let errors = try ReconstructionError(rows, variance: share)
      let chunks = try errors.chunks()
      let value = try chunks.deviations(errors.current)
      return DriftFigure(
        value, statistic: errors.current,
        settings: errors.settings + [
          JSON.Member("chunks", .integer(chunks.count)),
          JSON.Member("chunk_mean", .number(chunks.mean)),
          JSON.Member("chunk_standard_deviation", .number(chunks.deviation)),
        ], evidence: errors.evidence)
    },
    examples: [
      Example(.rows(line(rows: 20, current: { ($0, $0) })), gives: 2.7250891316490136),
      Example(.rows(line(rows: 20, current: { ($0, $0 + 1) })), gives: 24.70460703244413),
      Example(.rows(line(rows: 9, current: { ($0, -$0) })), gives: nil),
    ])

  /// NannyML's own: the current rows' mean error.
  static let pcaReconstructionErrorNannyML = DriftTest(
    "pca_reconstruction_error@nannyml",
    "The current rows' mean error of reconstruction from the reference's principal components.",
    range: 0...Double.infinity,
    formula: "mean over the current rows of |z - V V' z|, z in units of the reference",
    source: "NannyML's DataReconstructionDriftCalculator: reconstruction_error of one chunk",
    undefined: undefined, parameters: [variance], pValueMethod: .none,
    measure: .rows { (rows, arguments) throws(Undefined) in
      let share = arguments["variance"] ?? 0.65
      let errors = try ReconstructionError(rows, variance: share)
      return DriftFigure(errors.current, settings: errors.settings, evidence: errors.evidence)
    },
    examples: [
      Example(.rows(line(rows: 3, current: { ($0, -$0) })), gives: 1.8520259177452136),
      Example(.rows(line(rows: 0, current: { ($0, -$0) })), gives: nil),
    ])

  /// How much is kept.
  private static let variance = Parameter(
    "variance",
    "The share of the reference's variance that the components kept hold more than; the least number of them.",
    .number(0.01...0.999), standard: "0.65")

  /// When there is no error to measure.
  private static let undefined = [
    "A side has no row, or a feature no value in the reference.", "A value is infinite.",
    "No feature varies in the reference, or all components are needed to hold the share of variance.",
  ]

  /// Two features that rise together in the reference.
  private static func line(rows: Int, current: (Double) -> (Double, Double)) -> DriftRows {
    let before = (0..<rows).map(Double.init)
    let other = (0..<rows).map { Double($0) + [0, 0.25, -0.125][$0 % 3] }
    let after = before.map(current)
    return DriftRows(features: [
      DriftRows.Feature(
        name: "income", values: .numbers(reference: before, current: after.map(\.0))),
      DriftRows.Feature(name: "debt", values: .numbers(reference: other, current: after.map(\.1))),
    ])
  }
}

/// The error with which the reference's leading principal components rebuild the rows of either side.
private struct ReconstructionError {
  private let names: [String]
  /// Of each reference row.
  private let errors: [Double]
  /// Mean of the current rows.
  package let current: Double
  private let components: Int
  private let variance: Double
  /// The mean squared error of each feature.
  private let features: (reference: [Double], current: [Double])

  /// Throws `Undefined` as the test says.
  package init(_ rows: DriftRows, variance: Double) throws(Undefined) {
    let (n, m) = rows.counts
    if n == 0 { throw Undefined("the reference has no row") }
    if m == 0 { throw Undefined("there is no current row") }
    let encoded = try EncodedRows(rows)
    let basis = try Self.leading(encoded, variance)
    components = basis.values.count / encoded.width
    (errors, features.reference) = Self.errors(encoded, basis, ofReference: true)
    let after: [Double]
    (after, features.current) = Self.errors(encoded, basis, ofReference: false)
    current = after.reduce(0, +) / Double(m)
    names = encoded.names
    self.variance = variance
  }

  /// The fewest principal components of the reference that hold more than a share of its variance.
  private static func leading(_ rows: EncodedRows, _ share: Double) throws(Undefined) -> Basis {
    var covariance = SquareMatrix(width: rows.width)
    rows.eachBlock(ofReference: true) { block, _ in
      covariance.addSquares(of: UnsafeBufferPointer(block))
    }
    let (values, vectors) = try covariance.eigen()
    // Rounding gives a direction without variance a value a little off 0.
    let variances = values.map { max(0, $0) }
    let all = variances.reduce(0, +)
    if all == 0 { throw Undefined("no feature varies in the reference") }
    var (kept, held) = (0, 0.0)
    while kept < rows.width, held <= share * all {
      kept += 1
      held += variances[rows.width - kept]
    }
    if kept == rows.width {
      throw Undefined(
        "it takes \(kept) of \(kept.counted("component")) to hold more than \(share.brief) of the variance, which leaves no error"
      )
    }
    return Basis(
      width: rows.width, values: Array(vectors[((rows.width - kept) * rows.width)...]))
  }

  /// The error of each row, and the mean squared error of each feature.
  private static func errors(
    _ rows: EncodedRows, _ basis: Basis, ofReference: Bool
  ) -> ([Double], [Double]) {
    let count = ofReference ? rows.counts.reference : rows.counts.current
    var errors = [Double](repeating: 0, count: count)
    var squares = [Double](repeating: 0, count: rows.width)
    rows.eachBlock(ofReference: ofReference) { block, start in
      basis.remove(from: block)
      for row in 0..<(block.count / rows.width) {
        var sum = 0.0
        for feature in 0..<rows.width {
          let square = block[row * rows.width + feature] * block[row * rows.width + feature]
          sum += square
          squares[feature] += square
        }
        errors[start + row] = sum.squareRoot()
      }
    }
    return (errors, squares.map { $0 / Double(count) })
  }

  /// How it was made.
  package var settings: [JSON.Member] {
    [
      JSON.Member("variance", .number(variance)), JSON.Member("components", .integer(components)),
      JSON.Member("features", .integer(names.count)),
      JSON.Member("reference_error", .number(errors.reduce(0, +) / Double(errors.count))),
      JSON.Member("current_error", .number(current)),
    ]
  }

  /// The features whose error moved most.
  package var evidence: [JSON.Member] {
    let order = names.indices.sorted {
      let (one, other) = (
        abs(features.current[$0] - features.reference[$0]),
        abs(features.current[$1] - features.reference[$1])
      )
      return one == other ? $0 < $1 : one > other
    }
    let most = order.prefix(10).map { feature in
      JSON.object([
        JSON.Member("feature", .string(names[feature])),
        JSON.Member("reference", .number(features.reference[feature])),
        JSON.Member("current", .number(features.current[feature])),
      ])
    }
    return [JSON.Member("squared_errors", .array(most))]
  }

  /// The mean errors of chunks of a tenth of the reference's rows, in their order; what is left over is one more.
  func chunks() throws(Undefined) -> Chunks {
    let size = errors.count / 10
    if size == 0 {
      throw Undefined(
        "the reference has \(errors.count.counted("row")); ten chunks want ten at least")
    }
    return Chunks(
      means: stride(from: 0, to: errors.count, by: size).map { start in
        let chunk = errors[start..<min(errors.count, start + size)]
        return chunk.reduce(0, +) / Double(chunk.count)
      })
  }

  /// Errors of chunks of the reference, each counting alike.
  struct Chunks {
    package let count: Int
    package let mean: Double
    let deviation: Double

    /// Takes the mean error of each.
    package init(means: [Double]) {
      count = means.count
      let mean = means.reduce(0, +) / Double(means.count)
      self.mean = mean
      let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      deviation = (squares / Double(means.count)).squareRoot()
    }

    /// How many standard deviations off an error is; throws `Undefined` where there is none to measure in.
    package func deviations(_ error: Double) throws(Undefined) -> Double {
      // What rounding leaves of rows that are rebuilt exactly, or all alike.
      let rounding = 1e-12 * max(1, mean)
      if deviation > rounding { return abs(error - mean) / deviation }
      if abs(error - mean) <= rounding { return 0 }
      throw Undefined(
        "every chunk of the reference is rebuilt with the error \(mean.brief), the current rows with \(error.brief): there is no deviation to measure in; 'pca_reconstruction_error@nannyml' gives the error itself"
      )
    }
  }
}
