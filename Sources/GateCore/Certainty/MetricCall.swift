/// A metric with what a manifest gave for its parameters.
package struct MetricCall: Sendable {
  package let metric: Metric
  package let arguments: Arguments

  /// Takes what it holds.
  package init(metric: Metric, arguments: Arguments) {
    self.metric = metric
    self.arguments = arguments
  }

  /// The value; nil: undefined.
  package func value(_ sample: Sample) -> Double? { try? metric.value(on: sample, arguments) }

  /// What each row adds to the sums of a metric that is a function of them, and that function.
  package func sums(
    _ sample: Sample, _ champion: Sample? = nil
  ) throws(Undefined) -> (parts: RowParts, total: @Sendable ([Double]) -> Double?)? {
    let (metric, arguments) = (metric, arguments)
    switch (metric.measure, champion) {
    case (.sums(let sums), _), (.confusionOrSums(_, let sums), _):
      if case .confusionOrSums = metric.measure, arguments.columns.isEmpty { return nil }
      return (try sums.parts(sample, arguments), { try? sums.total($0, arguments) })
    case (.pair(let sums), let champion?):
      return (try sums.parts(sample, champion, arguments), { try? sums.total($0, arguments) })
    default: return nil
    }
  }

  /// The value from the four cells, where with these arguments they are all that it needs.
  package var cells: (@Sendable (Confusion, Arguments) throws(Undefined) -> Double)? {
    guard case .confusionOrSums(let body, _) = metric.measure else { return metric.cells }
    return arguments.columns.isEmpty ? body : nil
  }

  /// What takes the value from a draw of the rows as they lie.
  package var kernel: (@Sendable (BinaryResample, Draw) -> Double?)? {
    guard metric.task == .binary, arguments.numbers.isEmpty else { return nil }
    return switch metric.spread {
    case .drawn(let kernel): kernel
    case .areaUnderCurve: { $0.rocAUC($1) }
    default: nil
    }
  }

  /// The analytic method; a parameter that changes what is measured leaves the bootstrap.
  package var spread: IntervalMethod {
    if case .areaUnderCurve = metric.spread, !arguments.numbers.isEmpty { return .resampled }
    return metric.spread
  }

  /// Whether each place is decided rightly, of a metric that is the share of the places that are, or that are not. Nil: it
  /// is none, or a parameter changes what is right.
  package func rightRows(_ sample: Sample) -> [Bool]? {
    guard spread.isOfRightRows else { return nil }
    if arguments == Arguments() { return sample.rightByPlace }
    guard case .binary(let rows) = sample, let threshold = arguments["threshold"] else {
      return nil
    }
    return rows.scores.indices.map { (rows.scores[$0] >= threshold) == rows.positives[$0] }
  }

  /// Whether each place counts, of a metric that is the share of the places that do; nil in the place of a row that takes
  /// no part. Nil: it is no such metric. `parts`: what it is a mean of, if it is one of sums.
  func shareRows(_ sample: Sample, _ parts: RowParts?) throws(Undefined) -> [Bool?]? {
    guard spread.isShare else { return nil }
    if let right = rightRows(sample) {
      if case .wrongRows = spread { return right.map { !$0 } }
      return right
    }
    guard let parts, parts.share != nil else { return nil }
    return sample.rows.indices.map {
      parts.values[2 * $0 + 1] == 1 ? parts.values[2 * $0] == 1 : nil
    }
  }

  /// The candidate's number of each row less the champion's, of a metric that is the mean of a number a row, with the
  /// weight of each; nil: it is none, or the models' numbers are not of the same rows.
  package func differences(
    _ candidate: Sample, _ champion: Sample
  ) throws(Undefined) -> (values: [Double], weights: [Double]?)? {
    let places = candidate.places(in: champion)
    if case .meanLoss(let loss) = spread {
      guard let mine = candidate.losses(loss), let other = champion.losses(loss)?.at(places) else {
        return nil
      }
      return (mine.indices.map { mine[$0] - other[$0] }, candidate.rowWeightsByPlace)
    }
    guard let mine = try sums(candidate)?.parts, let other = try sums(champion)?.parts, mine.isMean,
      other.isMean
    else { return nil }
    var values: [Double] = []
    var weights: [Double] = []
    let own = candidate.rowWeightsByPlace
    for (place, theirs) in places.enumerated() {
      let part = mine.values[2 * place + 1]
      guard part == other.values[2 * Int(theirs) + 1] else { return nil }
      values.append(mine.values[2 * place] - other.values[2 * Int(theirs)])
      weights.append(part * (own?[place] ?? 1))
    }
    return (values, weights)
  }
}
