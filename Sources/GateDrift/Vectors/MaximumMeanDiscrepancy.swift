import GateCore

extension DriftTest {
  /// Maximum mean discrepancy.
  static let mmd = DriftTest(
    "mmd",
    "The squared maximum mean discrepancy of the vectors: how far both sides are apart in any respect.",
    aliases: ["maximum_mean_discrepancy"], range: -2...2,
    formula:
      "mean of k(x, x') + mean of k(y, y') - 2 mean of k(x, y), pairs of one row left out; k = exp(-|a - b|^2 / (2 s^2)), s the median distance of all pairs",
    source:
      "Gretton et al., A Kernel Two-Sample Test, JMLR 13, 2012, lemma 6: the unbiased estimate, which may be below 0",
    undefined: [
      "A side has fewer than two vectors.",
      "Most pairs of vectors are equal and others are not: the median distance is 0.",
    ],
    parameters: [DriftSample.rows(1000, in: 10...5000)],
    pValueMethod: .permutation,
    measure: .vectors { (vectors, arguments) throws(Undefined) in
      try vectors.discrepancy(arguments, KernelMatrix.Width.pooledMedian)
    },
    examples: [
      Example(
        .vectors(DriftVectors(width: 1, reference: [0, 0], current: [1, 1])),
        gives: 0.7869386805747332, p: nil),
      Example(
        .vectors(DriftVectors(width: 1, reference: [3, 3], current: [3, 3])), gives: 0, p: 1),
      Example(
        .vectors(DriftVectors(width: 1, reference: [3, 3, 3, 3], current: [3, 4])), gives: nil),
      Example(.vectors(DriftVectors(width: 1, reference: [3], current: [3, 4])), gives: nil),
    ])

  /// Evidently's own.
  static let mmdEvidently = DriftTest(
    "mmd@evidently",
    "The squared maximum mean discrepancy with the kernel that Evidently takes, and nothing below 0.",
    range: 0...2,
    formula:
      "max(0, mean of k(x, x') + mean of k(y, y') - 2 mean of k(x, y)); k = exp(-|a - b|^2 / s^2), s the median distance between the sides",
    source:
      "Evidently's embeddings drift method 'mmd'; of more than 1,000 rows a side it takes others than are drawn here",
    undefined: [
      "A side has fewer than two vectors.",
      "Most vectors are equal to those of the other side and others are not: the median distance is 0.",
    ],
    parameters: [DriftSample.rows(1000, in: 10...5000)],
    pValueMethod: .permutation,
    measure: .vectors { (vectors, arguments) throws(Undefined) in
      try vectors.discrepancy(arguments, KernelMatrix.Width.crossMedian)
    },
    examples: [
      Example(
        .vectors(DriftVectors(width: 1, reference: [0, 0], current: [1, 1])),
        gives: 1.2642411176571153),
      Example(
        .vectors(DriftVectors(width: 1, reference: [1, 2, 3], current: [1, 2, 3])), gives: 0),
      Example(.vectors(DriftVectors(width: 1, reference: [3], current: [3, 4])), gives: nil),
    ])
}

extension DriftVectors {
  /// The figure with a kernel of a width.
  fileprivate func discrepancy(
    _ arguments: Arguments, _ width: KernelMatrix.Width
  ) throws(Undefined) -> DriftFigure {
    try wantTwo()
    let sample = DriftSample(counts, arguments, rows: 1000)
    let before = sample.reference.count
    let kernel = try KernelMatrix(pooled(sample), self.width, before, width)
    // Only Evidently's is held at 0.
    let least = width == .crossMedian ? 0 : -Double.infinity
    let value = max(least, kernel.discrepancy(Array(0..<Int32(before))[...]))
    var figure = DriftFigure(
      value,
      settings: [
        JSON.Member("kernel", "gaussian"),
        JSON.Member("kernel_width", .string(width.rawValue)),
        JSON.Member("median_distance", .number(kernel.median)),
      ] + sample.settings)
    figure.shuffled = { (permutation) throws(Undefined) in
      // The smaller side is drawn; the figure is the same from either.
      try permutation.pValue(
        of: value, taking: min(before, kernel.count - before), of: kernel.count
      ) { (taken) throws(Undefined) in max(least, kernel.discrepancy(taken)) }
    }
    return figure
  }

  /// Throws `Undefined` where a side has fewer than two vectors.
  fileprivate func wantTwo() throws(Undefined) {
    try wantVectors()
    if counts.reference < 2 { throw Undefined("the reference has one vector; two were wanted") }
    if counts.current < 2 { throw Undefined("the current rows have one vector; two were wanted") }
  }

  /// The chosen vectors, the reference's first.
  fileprivate func pooled(_ sample: DriftSample) -> [Double] {
    var pool: [Double] = []
    pool.reserveCapacity((sample.reference.count + sample.current.count) * width)
    for row in sample.reference {
      pool.append(contentsOf: reference[(Int(row) * width)..<((Int(row) + 1) * width)])
    }
    for row in sample.current {
      pool.append(contentsOf: current[(Int(row) * width)..<((Int(row) + 1) * width)])
    }
    return pool
  }
}

/// The Gaussian kernel of every pair of vectors, those of a vector with itself left out as 0.
private struct KernelMatrix: Sendable {
  /// How wide the kernel is.
  enum Width: String, Sendable {
    /// exp(-d^2 / (2 s^2)), s the median distance of all pairs.
    case pooledMedian = "median of all distances"
    /// exp(-d^2 / s^2), s the median distance between the sides.
    case crossMedian = "median of the distances between the sides"
  }

  /// Vectors.
  package let count: Int
  /// Of the distances that the width is made of.
  package let median: Double
  /// `count` numbers a vector.
  private let values: [Double]
  /// The sum of each vector's.
  private let sums: [Double]
  private let total: Double

  /// Takes two vectors at least, one after another: the first `before` are the reference's.
  package init(
    _ vectors: [Double], _ width: Int, _ before: Int, _ kernel: Width
  ) throws(Undefined) {
    let count = vectors.count / width
    let squares = Self.squaredDistances(vectors, width)
    median = Self.median(kernel == .pooledMedian ? squares : Self.across(squares, count, before))
    guard median > 0 || !squares.contains(where: { $0 > 0 }) else {
      throw Undefined(
        "most vectors are equal, so that the \(kernel.rawValue), the kernel's width, is 0")
    }
    guard median.isFinite else { throw Undefined("the distances are beyond what numbers can hold") }
    let halves = kernel == .pooledMedian ? 2.0 : 1
    let values = Self.kernel(
      squares, count, scale: median > 0 ? -1 / (halves * median * median) : 0)
    sums = (0..<count).map { row in
      values[(row * count)..<((row + 1) * count)].reduce(0, +)
    }
    total = sums.reduce(0, +)
    self.count = count
    self.values = values
  }

  /// The unbiased estimate between these vectors and the rest: two at least of either.
  func discrepancy(_ taken: ArraySlice<Int32>) -> Double {
    var (inside, across) = (0.0, 0.0)
    values.withUnsafeBufferPointer { values in
      taken.withUnsafeBufferPointer { taken in
        for place in taken.indices {
          let start = Int(taken[place]) * count
          across += sums[Int(taken[place])]
          var sum = 0.0
          for other in 0..<place { sum += values[start + Int(taken[other])] }
          inside += 2 * sum
        }
      }
    }
    across -= inside
    let rest = total - inside - 2 * across
    let (n, m) = (Double(taken.count), Double(count - taken.count))
    return inside / (n * (n - 1)) + rest / (m * (m - 1)) - 2 * across / (n * m)
  }

  /// exp(scale d^2) of every pair, both ways, with 0 for a vector and itself.
  private static func kernel(_ squares: [Double], _ count: Int, scale: Double) -> [Double] {
    [Double](unsafeUninitializedCapacity: count * count) { values, made in
      var pair = 0
      for row in 0..<count {
        values[row * count + row] = 0
        for other in (row + 1)..<max(count, row + 1) {
          let kernel = exponential(scale * squares[pair])
          values[row * count + other] = kernel
          values[other * count + row] = kernel
          pair += 1
        }
      }
      made = count * count
    }
  }

  /// Those of pairs of one vector of each side.
  private static func across(_ squares: [Double], _ count: Int, _ before: Int) -> [Double] {
    var found: [Double] = []
    found.reserveCapacity(before * (count - before))
    var start = 0
    for row in 0..<before {
      found += squares[(start + before - row - 1)..<(start + count - row - 1)]
      start += count - row - 1
    }
    return found
  }

  /// Of every pair, the first vector's pairs first.
  private static func squaredDistances(_ vectors: [Double], _ width: Int) -> [Double] {
    let count = vectors.count / width
    return vectors.withUnsafeBufferPointer { vectors in
      [Double](unsafeUninitializedCapacity: count * (count - 1) / 2) { squares, made in
        made = 0
        for row in 0..<count {
          let one = UnsafeBufferPointer(rebasing: vectors[(row * width)..<((row + 1) * width)])
          for other in (row + 1)..<max(count, row + 1) {
            squares[made] = squaredDistance(
              one, UnsafeBufferPointer(rebasing: vectors[(other * width)..<((other + 1) * width)]))
            made += 1
          }
        }
      }
    }
  }

  /// Between two vectors; four sums at once, as one sum would wait for itself.
  @inline(__always)
  private static func squaredDistance(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>
  ) -> Double {
    var sums = SIMD4<Double>()
    let whole = a.count & ~3
    for start in stride(from: 0, to: whole, by: 4) {
      let one = SIMD4(a[start], a[start + 1], a[start + 2], a[start + 3])
      let step = one - SIMD4(b[start], b[start + 1], b[start + 2], b[start + 3])
      sums += step * step
    }
    for place in whole..<a.count { sums[0] += (a[place] - b[place]) * (a[place] - b[place]) }
    return sums.sum()
  }

  /// The median of the roots: of an even number the mean of both in the middle.
  private static func median(_ squares: [Double]) -> Double {
    let sorted = squares.sorted()
    let upper = sorted[sorted.count / 2].squareRoot()
    if sorted.count % 2 == 1 { return upper }
    return (sorted[sorted.count / 2 - 1].squareRoot() + upper) / 2
  }
}
