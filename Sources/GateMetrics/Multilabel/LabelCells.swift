import GateCore

/// Figures of the confusion matrices of labels, as functions of sums over the rows.
struct LabelCells: Sendable {
  /// The metric they are for, for a sample of another task.
  package let id: String
  /// What recall weighs against precision; 1 where the figure does not ask.
  let beta: @Sendable (Arguments) throws(Undefined) -> Double
  /// The figure of one matrix, whose true negatives are not counted.
  package let figure:
    @Sendable (Confusion, PositiveClass, _ beta: Double) throws(Undefined) -> Double

  /// Takes the figure.
  package init(
    _ id: String,
    beta: @escaping @Sendable (Arguments) throws(Undefined) -> Double = { _ in 1 },
    _ figure:
      @escaping @Sendable (Confusion, PositiveClass, _ beta: Double) throws(Undefined) -> Double
  ) {
    self.id = id
    self.beta = beta
    self.figure = figure
  }

  /// Rows that give their cells, and the figure from the sums of the cells.
  package var sums: RowSums {
    RowSums(parts: parts) { sums, arguments throws(Undefined) in
      let averaging = try LabelAveraging(arguments)
      if averaging == .samples {
        return try share(sums[0], of: sums[1], orElse: "no row has a figure")
      }
      return try value(
        sums, averaging, arguments, outcomes: sums.indices.map { _ in .labels })
    }
  }

  /// What each row adds: its own figure, or the cells of the labels that count apart.
  private func parts(_ sample: Sample, _ arguments: Arguments) throws(Undefined) -> RowParts {
    let sample = try sample.multilabel(id)
    let averaging = try LabelAveraging(arguments)
    if averaging == .samples { return try rowFigures(sample, arguments) }
    var places = Array(sample.names.indices)
    if let name = arguments.text("label") { places = [try sample.index(of: name)] }
    let parts = sample.cells(
      of: places, at: arguments["threshold"], pooled: averaging == .micro)
    // The sums know no names: a label without a figure is told of here, by its own.
    _ = try value(
      parts.sums(weights: sample.weights), averaging, arguments,
      outcomes: averaging == .micro ? [.labels] : places.map { .label(sample.names[$0]) })
    return parts
  }

  /// The figure from the sums of three cells a label.
  private func value(
    _ sums: [Double], _ averaging: LabelAveraging, _ arguments: Arguments, outcomes: [PositiveClass]
  ) throws(Undefined) -> Double {
    let beta = try beta(arguments)
    let cells = stride(from: 0, to: sums.count, by: 3).map { Confusion(sums[$0..<($0 + 3)]) }
    let shares = averaging == .weighted ? cells.map(\.positives) : cells.map { _ in 1 }
    guard shares.contains(where: { $0 > 0 }) else {
      throw Undefined(PositiveClass.labels.hasNoRows)
    }
    return try EmptyFigure(arguments).mean(shares) { index throws(Undefined) in
      try figure(cells[index], outcomes[index], beta)
    }
  }

  /// The figure of each row over its labels.
  private func rowFigures(
    _ sample: MultilabelSample, _ arguments: Arguments
  ) throws(Undefined) -> RowParts {
    let beta = try beta(arguments)
    let empty = EmptyFigure(arguments)
    let cells = sample.cells(
      of: Array(sample.names.indices), at: arguments["threshold"], pooled: true)
    var figures: [Double?] = []
    figures.reserveCapacity(sample.rows.count)
    for row in sample.rows.indices {
      guard sample.weights?[row] != 0 else {
        figures.append(nil)
        continue
      }
      figures.append(
        try empty.figure { () throws(Undefined) in
          try figure(
            Confusion(cells.values[(3 * row)..<(3 * row + 3)]), sample.outcome(ofRow: row), beta)
        })
    }
    return RowParts(meanOf: figures)
  }
}

extension MultilabelSample {
  /// True positives, false positives and false negatives of each row: a label after another, or of
  /// all of them.
  fileprivate func cells(of places: [Int], at threshold: Double?, pooled: Bool) -> RowParts {
    let threshold = threshold ?? self.threshold
    let columns = pooled ? 3 : 3 * places.count
    var values = [Double](repeating: 0, count: rows.count * columns)
    for row in rows.indices {
      for (order, place) in places.enumerated() {
        let label = labels[row * width + place]
        let decided = scores[row * width + place] >= threshold
        guard label || decided else { continue }
        let start = row * columns + (pooled ? 0 : 3 * order)
        values[start + (label ? decided ? 0 : 2 : 1)] += 1
      }
    }
    return RowParts(width: columns, values)
  }
}

extension Confusion {
  /// Takes true positives, false positives and false negatives; nobody counted true negatives.
  fileprivate init(_ cells: ArraySlice<Double>) {
    let start = cells.startIndex
    self.init(
      truePositives: cells[start], falsePositives: cells[start + 1],
      falseNegatives: cells[start + 2], trueNegatives: 0)
  }
}

extension Metric {
  /// This metric with its average fixed, under a name of its own as a scikit-learn scorer.
  ///
  /// It keeps the examples of that average, and loses `average` and `label`.
  private func fixing(_ average: LabelAveraging, _ how: String) -> Metric? {
    guard case .sums(let sums) = measure else { return nil }
    let fixed = average.rawValue
    let kept = examples.filter {
      $0.arguments.text("label") == nil && ($0.arguments.text("average") ?? "macro") == fixed
    }
    return Metric(
      "\(id)_\(fixed)", task: task, aliases: ["\(fixed)_\(id)"],
      summary: "\(summary.dropLast()), \(how).",
      direction: direction, range: range, formula: formula, source: source,
      undefined: kept.contains { $0.value == nil } ? undefined : [],
      parameters: parameters.filter { $0.id != "average" && $0.id != "label" },
      measure: .sums(
        RowSums(parts: { sample, arguments throws(Undefined) in
          try sums.parts(sample, arguments.averaging(fixed))
        }) { values, arguments throws(Undefined) in
          try sums.total(values, arguments.averaging(fixed))
        }),
      spread: average == .samples ? .mean : spread,
      examples: kept.map { example in
        Example(example.sample, example.arguments.averaging(nil), gives: example.value)
      })
  }

  /// The scorers of this metric that scikit-learn has: macro, micro, weighted and samples.
  var labelAverages: [Metric] {
    [
      fixing(.macro, "the mean over labels"),
      fixing(.micro, "all decisions pooled"),
      fixing(.weighted, "labels weighing by their rows"),
      fixing(.samples, "the mean over rows of that over their labels"),
    ].compactMap(\.self)
  }
}

extension Arguments {
  /// The same with this average, or with none.
  fileprivate func averaging(_ average: String?) -> Arguments {
    var arguments = self
    arguments.texts["average"] = average
    return arguments
  }
}
