/// Labels of several classes with a row of probabilities, in row order.
package struct MulticlassSample: Sendable {
  /// Names of the classes, in the order of the probabilities.
  package let classes: [String]
  /// A row of `classes.count` after another; empty when the model gives classes only.
  package let probabilities: [Double]
  /// The true class of each row, an index into `classes`.
  package let labels: [Int32]
  /// The decided class: the first of the highest probability.
  package let decisions: [Int32]
  /// The row of the holdout each stands for.
  package let rows: [Int32]
  /// Nil: every row counts once.
  package let weights: [Double]?
  /// The sum of the weights, or the number of rows where there are none.
  package let totalWeight: Double
  /// Weighted counts, row-major: true class times `classes.count` plus decided class.
  package let confusion: [Double]
  /// The order of the rows by each class's probability, where many weighings of them share it.
  private let orders: [[Int32]]

  /// Takes values in row order: `labels.count * classes.count` probabilities, or none where
  /// `decisions` are given.
  package init(
    classes: [String], probabilities: [Double], labels: [Int32], decisions: [Int32]? = nil,
    weights: [Double]? = nil, rows: [Int32]? = nil
  ) {
    self.init(
      classes: classes, probabilities: probabilities, labels: labels, decisions: decisions,
      weights: weights, rows: rows, orders: [])
  }

  /// Takes the orders of the same probabilities besides.
  private init(
    classes: [String], probabilities: [Double], labels: [Int32], decisions: [Int32]?,
    weights: [Double]?, rows: [Int32]?, orders: [[Int32]]
  ) {
    self.classes = classes
    self.probabilities = probabilities
    self.labels = labels
    self.orders = orders
    self.weights = weights
    self.rows = rows ?? labels.indices.map { Int32(truncatingIfNeeded: $0) }
    let decided = decisions ?? highest(in: probabilities, width: classes.count)
    self.decisions = decided
    totalWeight = weights?.sum ?? Double(labels.count)
    confusion = tally(labels, decided, weights: weights, width: classes.count)
  }

  /// Rows.
  package var count: Int { labels.count }
  /// Whether the model gave probabilities, or only classes.
  package var hasScores: Bool { !probabilities.isEmpty }

  /// One class against all others, sorted by its probability; the model must have given
  /// probabilities.
  package func oneVersusRest(_ positive: Int) -> BinarySample {
    let column = probabilities(of: positive)
    let order = orders.isEmpty ? descendingOrder(of: column) : orders[positive]
    return BinarySample(
      scores: column.at(order), positives: labels.at(order).map { $0 == Int32(positive) },
      weights: weights?.at(order), rows: order, threshold: 0.5, hasScores: true)
  }

  /// Sorts by every class now, for itself and all its weighings: four bytes a row and class.
  fileprivate var inOrder: MulticlassSample {
    guard hasScores else { return self }
    return MulticlassSample(
      classes: classes, probabilities: probabilities, labels: labels, decisions: decisions,
      weights: weights, rows: rows,
      orders: classes.indices.map { descendingOrder(of: probabilities(of: $0)) })
  }

  /// One class's probability of each row.
  private func probabilities(of index: Int) -> [Double] {
    let width = classes.count
    return [Double](unsafeUninitializedCapacity: count) { column, initialized in
      probabilities.withUnsafeBufferPointer { probabilities in
        for row in 0..<count { column[row] = probabilities[row * width + index] }
      }
      initialized = count
    }
  }

  /// One sample a group, where `codes[row]` says which group (negative: none) a row is of.
  package func partitioned(by codes: [Int32], groups: Int) -> [MulticlassSample] {
    let width = classes.count
    let grouping = Grouping(codes.at(self.rows), groups: groups)
    return (0..<groups).map { group in
      let rows = grouping.places(of: group)
      var scores: [Double] = []
      if hasScores {
        scores.reserveCapacity(rows.count * width)
        for row in rows {
          scores.append(contentsOf: probabilities[(Int(row) * width)..<((Int(row) + 1) * width)])
        }
      }
      return MulticlassSample(
        classes: classes, probabilities: scores, labels: labels.at(rows),
        decisions: decisions.at(rows), weights: weights?.at(rows),
        rows: self.rows.at(rows))
    }
  }
}

extension MulticlassSample: SampleRows {
  package var right: [Bool] { labels.indices.map { labels[$0] == decisions[$0] } }

  package var sample: Sample { .multiclass(self) }

  package var words: String {
    "classes \(classes), probabilities \(probabilities), labels \(labels)"
  }

  package func weighing(_ weights: [Double]) -> MulticlassSample {
    MulticlassSample(
      classes: classes, probabilities: probabilities, labels: labels, decisions: decisions,
      weights: weights, rows: rows, orders: orders)
  }

  package func isSame(as other: MulticlassSample) -> Bool {
    probabilities == other.probabilities && decisions == other.decisions
  }
}

extension Sample {
  /// Of several classes: keeps the order of its rows by each of them, for all weighings of them.
  package var inOrder: Sample {
    guard case .multiclass(let sample) = self else { return self }
    return .multiclass(sample.inOrder)
  }
}

/// The first place of the highest value in each row of `width` values.
private func highest(in probabilities: [Double], width: Int) -> [Int32] {
  let count = probabilities.count / width
  return probabilities.withUnsafeBufferPointer { probabilities in
    [Int32](unsafeUninitializedCapacity: count) { decisions, initialized in
      for row in 0..<count {
        let start = row * width
        var best = 0
        var highest = probabilities[start]
        for place in 1..<width where probabilities[start + place] > highest {
          best = place
          highest = probabilities[start + place]
        }
        decisions[row] = Int32(truncatingIfNeeded: best)
      }
      initialized = count
    }
  }
}

/// The confusion matrix, row-major: true class times `width` plus decided class.
private func tally(
  _ labels: [Int32], _ decisions: [Int32], weights: [Double]?, width: Int
) -> [Double] {
  guard let weights else {
    var cells = [Int](repeating: 0, count: width * width)
    for (label, decision) in zip(labels, decisions) {
      cells[Int(label) * width + Int(decision)] += 1
    }
    return cells.map(Double.init)
  }
  var cells = [Sum](repeating: Sum(), count: width * width)
  for row in labels.indices {
    cells[Int(labels[row]) * width + Int(decisions[row])].add(weights[row])
  }
  return cells.map(\.value)
}
