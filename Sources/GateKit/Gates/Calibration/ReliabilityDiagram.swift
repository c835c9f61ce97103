import GateCore

/// How calibrated a model is on a group of rows, whatever is asked of it: what a person reads and a plot shows.
struct ReliabilityDiagram: Sendable {
  /// Of the plot.
  let bins: Int
  /// Of the plot.
  let strategy: BinStrategy
  /// The confidence of the interval of each bin.
  package let level: Double
  /// The calibration metrics of the task.
  package let metrics: [Metric]

  /// What stands in a check's evidence of both models.
  package func evidence(_ candidate: Sample, _ champion: Sample?) -> [String: JSON] {
    let models = [("candidate", candidate)] + (champion.map { [("champion", $0)] } ?? [])
    func each(_ body: (Sample) -> JSON) -> [JSON.Member] {
      models.map { JSON.Member($0.0, body($0.1)) }
    }
    let of = candidate.isBinary ? "positives by score" : "right decisions by their probability"
    let plot: [JSON.Member] = [
      JSON.Member("of", .string(of)), JSON.Member("binning", .string(strategy.rawValue)),
      JSON.Member("bins", .integer(bins)),
    ]
    return [
      "reliability": .object(plot + each(reliability)),
      "confidence": .object(each(confidence)),
      "figures": .object(each(figures)),
    ]
  }

  /// The bins that have rows, from the lowest scores.
  private func reliability(_ sample: Sample) -> JSON {
    orUndefined { () throws(Undefined) in
      let scored = try sample.plotted()
      var list: [JSON] = []
      for bin in scored.scoreBins(bins, strategy).reversed() {
        list.append(try ReliabilityBin(bin, of: scored, bins, strategy, level).json)
      }
      return .array(list)
    }
  }

  /// How sure the model is of what it decides, and how often it is right.
  private func confidence(_ sample: Sample) -> JSON {
    orUndefined { () throws(Undefined) in
      let decided = try sample.decidedProbabilities()
      let found = decided.scoreBins(bins, strategy)
      let whole = decided.scoreBins(1, .uniform)[0]
      return [
        "mean_confidence": .number(whole.meanScore), "accuracy": .number(whole.rate),
        "overconfidence": .number(found.value(.above(byScore: false))),
        "underconfidence": .number(found.value(.below)),
      ]
    }
  }

  /// Every calibration metric, in the bins of the plot where it is of bins.
  private func figures(_ sample: Sample) -> JSON {
    .object(
      metrics.map { metric in
        var arguments = Arguments()
        let names = metric.parameters.map(\.id)
        if names.contains("bins") { arguments.numbers["bins"] = Double(bins) }
        if names.contains("strategy") { arguments.texts["strategy"] = strategy.rawValue }
        return JSON.Member(
          metric.id,
          orUndefined { () throws(Undefined) in
            .number(try metric.value(on: sample, arguments))
          })
      })
  }

  /// What `body` gives, or why there is none.
  private func orUndefined(_ body: () throws(Undefined) -> JSON) -> JSON {
    do throws(Undefined) { return try body() } catch { return ["undefined": .string(error.reason)] }
  }
}

extension Sample {
  /// Whether it is of two classes.
  fileprivate var isBinary: Bool { if case .binary = self { true } else { false } }
}

/// One bin of a plot of reliability.
struct ReliabilityBin: Sendable {
  /// The bin's edges where all are of one width, (low, high]; else the lowest and the highest score in it.
  package let low: Double
  package let high: Double
  let meanScore: Double
  /// Of positive rows, or of right decisions.
  package let share: Double
  package let n: Int
  /// Of the share: Clopper and Pearson's, for rows with weights Wilson's at Kish's effective size.
  package let interval: ConfidenceInterval

  /// Throws `Undefined` where the share has no interval.
  package init(
    _ bin: ScoreBin, of sample: BinarySample, _ bins: Int, _ strategy: BinStrategy, _ level: Double
  ) throws(Undefined) {
    let (first, last) = (bin.places.lowerBound, bin.places.upperBound - 1)
    switch strategy {
    case .quantile: (low, high) = (sample.scores[last], sample.scores[first])
    case .uniform:
      let edges = (0...bins).map { Double($0) / Double(bins) }
      let upper = min(bins, max(1, edges.partitioningIndex { $0 >= sample.scores[first] }))
      (low, high) = (edges[upper - 1], edges[upper])
    }
    // Rounding must not put the mean of equal scores beside them.
    meanScore = bin.meanScore.clamped(to: sample.scores[last]...sample.scores[first])
    (share, n) = (bin.rate.clamped(to: 0...1), bin.places.count)
    if let weights = sample.weights {
      interval = try ShareInterval.wilson(
        share: share, size: effectiveSize(of: Array(weights[bin.places])),
        confidence: level)
    } else {
      interval = try ShareInterval.clopperPearson(
        successes: Int(bin.positive), trials: n, confidence: level)
    }
  }

  /// As it stands in a check's evidence.
  package var json: JSON {
    [
      "low": .number(low), "high": .number(high), "mean_score": .number(meanScore),
      "share": .number(share), "n": .integer(n),
      "interval": [
        "low": .number(interval.low), "high": .number(interval.high),
        "level": .number(interval.level), "method": .string(interval.method),
      ],
    ]
  }
}
