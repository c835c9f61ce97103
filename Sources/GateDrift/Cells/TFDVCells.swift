import GateCore

extension DriftColumn {
  /// Cells as TensorFlow Data Validation compares them: each side's own ten bins, cut at the edges of both.
  ///
  /// Source: tensorflow/data-validation, anomalies/metrics.cc, AlignHistograms. A side of one finite number has it as a
  /// cell of its own, apart from all bins. Throws `Undefined` where a side's range is no number.
  func tfdvCells() throws(Undefined) -> DriftCells {
    guard case .numbers(let numbers) = values else { return categories }
    let sides = [
      try EvenHistogram(numbers, reference), try EvenHistogram(numbers, current),
    ]
    var cells = AlignedHistograms()
    let edges = Set(sides.flatMap(\.edges)).sorted()
    for (low, high) in zip(edges, edges.dropFirst()) {
      cells.add(
        "from \(low.brief) to \(high.brief)", sides[0].rows(from: low, to: high),
        sides[1].rows(from: low, to: high))
    }
    for point in Set(sides.compactMap(\.point)).sorted() {
      cells.add(
        point.brief, sides[0].point == point ? sides[0].finite : 0,
        sides[1].point == point ? sides[1].finite : 0)
    }
    if sides[0].infinite > 0 { cells.add("infinite in the reference", sides[0].infinite, 0) }
    if sides[1].infinite > 0 { cells.add("infinite in the current rows", 0, sides[1].infinite) }
    return DriftCells(
      reference: cells.reference, current: cells.current, labels: .named(cells.names))
  }
}

/// The cells of both sides as they are put together.
private struct AlignedHistograms {
  package private(set) var names: [String] = []
  package private(set) var reference: [Double] = []
  package private(set) var current: [Double] = []

  package mutating func add(_ name: String, _ ofReference: Double, _ ofCurrent: Double) {
    names.append(name)
    reference.append(ofReference)
    current.append(ofCurrent)
  }
}

/// One side's rows in ten bins a step apart over its own range.
private struct EvenHistogram {
  /// Eleven; of a side without two finite numbers none.
  package let edges: [Double]
  /// The only finite number.
  let point: Double?
  /// Rows of a finite number, and of an infinite one.
  package let finite: Double
  let infinite: Double
  private let rows: [Double]

  package init(_ numbers: [Double], _ side: DriftColumn.Side) throws(Undefined) {
    let occurring = numbers.indices.filter { side.counts[$0] > 0 && numbers[$0].isFinite }
    finite = occurring.reduce(0) { $0 + Double(side.counts[$1]) }
    infinite = Double(side.total) - finite
    guard let first = occurring.first, let last = occurring.last, first < last else {
      (edges, rows, point) = ([], [], occurring.first.map { numbers[$0] })
      return
    }
    let ends = DriftColumn.Ends(least: numbers[first], most: numbers[last])
    guard ends.width.isFinite else {
      throw Undefined("the values lie further apart than a number can say")
    }
    (edges, point) = (ends.edges(10), nil)
    let counts = DriftColumn.Side(counts: occurring.map { side.counts[$0] })
    rows = counts.rows(
      of: occurring.map { numbers[$0] }, between: Array(edges.dropFirst().dropLast()))
  }

  /// The rows between two edges of either side, next to each other: the part of a bin that they cut out.
  package func rows(from low: Double, to high: Double) -> Double {
    guard let above = edges.firstIndex(where: { $0 >= high }), above > 0, low >= edges[0] else {
      return 0
    }
    return (high - low) / (edges[above] - edges[above - 1]) * rows[above - 1]
  }
}
