import GateCore

extension Metric.Regression {
  /// Pairs in the same order less pairs in the other.
  static let kendall = Metric(
    "kendall", task: .regression, aliases: ["kendalltau", "kendall_tau", "kendall_rank_corrcoef"],
    summary: "How many more pairs of rows predictions order as targets do than the other way.",
    direction: .higherIsBetter,
    range: -1...1,
    formula:
      "(concordant - discordant pairs) / sqrt(pairs of different targets * of different "
      + "predictions): tau-b, a pair weighing the product of its rows",
    source: "scipy kendalltau; Kendall (1945); Knight (1966) for the order of n log n",
    undefined: constantUndefined,
    measure: .regression { sample, _ throws(Undefined) in
      try sample.requireBothVaried()
      let pairs = sample.pairs
      return (pairs.excess / (pairs.ofTargets.squareRoot() * pairs.ofPredictions.squareRoot()))
        .clamped(to: -1...1)
    },
    examples: [
      Metric.Example(.regression([1, 2, 3], predictions: [1, 3, 2]), gives: 1.0 / 3),
      Metric.Example(.losses, gives: 4 / 24.0.squareRoot()),
      Metric.Example(.regression([3, 3], predictions: [2, 3]), gives: nil),
    ])

  /// The chance that the higher of two targets has the higher prediction.
  static let cIndex = Metric(
    "c_index", task: .regression, aliases: ["concordance_index"],
    summary: "The chance that of two rows the one with the higher target is predicted higher.",
    direction: .higherIsBetter,
    formula:
      "(concordant pairs + half of those with equal predictions) / pairs of different targets",
    source: "Harrell et al. (1982), without censored rows",
    undefined: ["All targets are equal.", "There is one row only."],
    measure: .regression { sample, _ throws(Undefined) in
      try sample.requireVaried()
      let pairs = sample.pairs
      return ((1 + pairs.excess / pairs.ofTargets) / 2).clamped(to: 0...1)
    },
    examples: [
      Metric.Example(.regression([1, 2, 3], predictions: [1, 3, 2]), gives: 2.0 / 3),
      Metric.Example(.regression([1, 2], predictions: [3, 3]), gives: 0.5),
      Metric.Example(.regression([3, 3], predictions: [2, 3]), gives: nil),
    ])
}

/// Pairs of rows, each weighing the product of its rows' weights.
private struct Pairs {
  /// Ordered alike by target and prediction, less those ordered unlike.
  package var excess: Double
  /// Of different targets.
  var ofTargets: Double
  /// Of different predictions.
  var ofPredictions: Double
}

/// Sums over ranks that grow: what stands below a rank takes log n steps (Fenwick, 1994).
private struct RankSums {
  /// The sum of a stretch of ranks that ends at each.
  private var sums: [Double]

  package init(_ ranks: Int) { sums = [Double](repeating: 0, count: ranks + 1) }

  /// Adds at a rank, from 0.
  package mutating func add(_ value: Double, at rank: Int) {
    var place = rank + 1
    while place < sums.count {
      sums[place] += value
      place += place & -place
    }
  }

  /// The sum of the ranks below one.
  package func below(_ rank: Int) -> Double {
    var place = rank
    var sum = 0.0
    while place > 0 {
      sum += sums[place]
      place -= place & -place
    }
    return sum
  }
}

extension RegressionSample {
  /// All pairs of rows, counted in n log n steps.
  fileprivate var pairs: Pairs {
    let (order, steps) = groups(of: targets)
    let (byPrediction, levels) = groups(of: predictions)
    var rank = [Int](repeating: 0, count: count)
    for (level, places) in levels.enumerated() {
      for place in places { rank[Int(byPrediction[place])] = level }
    }
    var sums = RankSums(levels.count)
    var excess = Sum()
    var before = Sum()
    for places in steps {
      for place in places {
        let row = Int(order[place])
        // Ranks fall as predictions do, and targets fall along the steps.
        let higher = sums.below(rank[row])
        let lower = before.value - sums.below(rank[row] + 1)
        excess.add((weights?[row] ?? 1) * (higher - lower))
      }
      for place in places {
        let row = Int(order[place])
        sums.add(weights?[row] ?? 1, at: rank[row])
        before.add(weights?[row] ?? 1)
      }
    }
    return Pairs(
      excess: excess.value, ofTargets: different(order, steps),
      ofPredictions: different(byPrediction, levels))
  }

  /// The rows in falling order of a value, and the stretches of equal ones.
  private func groups(of values: [Double]) -> ([Int32], [Range<Int>]) {
    let order = descendingOrder(of: values)
    var groups: [Range<Int>] = []
    var start = 0
    for place in 1...count
    where place == count || values[Int(order[place])] != values[Int(order[start])] {
      groups.append(start..<place)
      start = place
    }
    return (order, groups)
  }

  /// The weight of the pairs of rows of different stretches.
  private func different(_ order: [Int32], _ groups: [Range<Int>]) -> Double {
    var pairs = Sum()
    var before = Sum()
    for places in groups {
      var own = Sum()
      for place in places { own.add(weights?[Int(order[place])] ?? 1) }
      pairs.add(own.value * before.value)
      before.add(own.value)
    }
    return pairs.value
  }
}
