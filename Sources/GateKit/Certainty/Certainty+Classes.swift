extension Certainty {
  /// Kinds of rows, by class and decisions, up to which their counts are drawn.
  private static let mostKinds = 400
  /// The places of the imaginary row that are tried on every draw, for either bound: those where it moves the figure most.
  private static let placesTried = 3

  /// The intervals of a figure of decisions among several classes, by how many rows of each class each model decides for
  /// which: as of two classes, from draws of these counts and one imaginary row of the worst kind. Of the value, or with
  /// `champion` of the difference to it.
  ///
  /// Nil: the metric is no figure of decisions only, rows are in clusters, or there are too many kinds of them.
  func classes(
    _ measured: Measured, _ sample: Sample, champion: Sample? = nil, relative: Bool = false
  ) async throws(Undefined) -> ConfidenceCurve? {
    guard clusters == nil, !isStratified, case .multiclass(let rows) = sample else { return nil }
    var others = rows.decisions
    if case .multiclass(let theirs)? = champion {
      others = theirs.decisions.at(sample.places(in: .multiclass(theirs)))
    }
    let kinds = KindsOfRows(rows, champion: champion == nil ? nil : others)
    let width = rows.classes.count
    guard kinds.count <= Self.mostKinds, width * width * kinds.count < 40_000 else { return nil }
    let isPair = champion != nil
    let figure: @Sendable ([Double], KindsOfRows.Kind?, Double) -> Double? = {
      weights, kind, more in
      guard let mine = measured.value(kinds.sample(weights, kind, more, isChampion: false)) else {
        return nil
      }
      guard isPair else { return mine }
      guard let other = measured.value(kinds.sample(weights, kind, more, isChampion: true)) else {
        return nil
      }
      return relative ? (mine - other) / abs(other) : mine - other
    }
    // What needs scores has no value without them, or another one.
    guard let own = measured.value(sample),
      let bare = measured.value(
        kinds.sample(kinds.sums, nil, 0, isChampion: false)),
      abs(own - bare) <= 1e-9 * max(1, abs(own))
    else { return nil }
    // Where a row of as much weight as the bound allows moves the figure most.
    let tried = kinds.places(isPair: isPair).compactMap { kind in
      figure(kinds.sums, kind, 3.7 * kinds.size).map { (kind, $0) }
    }.sorted { $0.1 < $1.1 }.map(\.0)
    if tried.isEmpty { return nil }
    let places =
      tried.count <= 2 * Self.placesTried
      ? tried : Array(tried.prefix(Self.placesTried) + tried.suffix(Self.placesTried))
    let draws = try kinds.draws(max(2000, replicates), seed: seed)
    let sizes = PairedCells.exponentials(draws.count, seed: seed).map { $0 * kinds.size }
    let drawn = await inPieces(of: draws.count) {
      { (draw: Int) -> [Double] in
        places.map { figure(draws[draw], $0, sizes[draw]) ?? .nan }
      }
    }
    return ConfidenceCurve(
      WorstRowBounds(
        estimate: figure(kinds.sums, nil, 0),
        places: places.indices.map { place in
          WorstRowBounds.Place(drawn.map { $0[place] }, shares: nil)
        }))
  }
}

/// The rows of several classes by their kind: the true class, and what each model decides.
private struct KindsOfRows: Sendable {
  /// One kind; of one model's decisions the champion's is the candidate's.
  struct Kind: Hashable, Sendable {
    let label, champion, candidate: Int32
  }

  private let classes: [String]
  private let kinds: [Kind]
  /// The weights of each kind's rows, added up, and their squares.
  let sums, squares: [Double]

  /// Kinds that have rows.
  var count: Int { kinds.count }
  /// What the imaginary row weighs on average: what a unit of weight finds itself in.
  var size: Double { squares.reduce(0, +) / sums.reduce(0, +) }

  /// `champion`: its decision place by place; nil: one model's.
  init(_ sample: MulticlassSample, champion: [Int32]?) {
    classes = sample.classes
    var places: [Kind: Int] = [:]
    var (kinds, sums, squares): ([Kind], [Double], [Double]) = ([], [], [])
    for place in sample.labels.indices {
      let weight = sample.weights?[place] ?? 1
      guard weight > 0 else { continue }
      let decided = sample.decisions[place]
      let kind = Kind(
        label: sample.labels[place], champion: champion?[place] ?? decided, candidate: decided)
      let found = places[kind] ?? kinds.count
      if found == kinds.count {
        places[kind] = found
        kinds.append(kind)
        sums.append(0)
        squares.append(0)
      }
      sums[found] += weight
      squares[found] += weight * weight
    }
    (self.kinds, self.sums, self.squares) = (kinds, sums, squares)
  }

  /// Kinds that an imaginary row may be of: those that one model has right and the other wrong, or all of one model's.
  func places(isPair: Bool) -> [Kind] {
    let all = classes.indices.map { Int32(truncatingIfNeeded: $0) }
    return all.flatMap { label in
      all.flatMap { decided -> [Kind] in
        guard isPair else { return [Kind(label: label, champion: decided, candidate: decided)] }
        return decided == label
          ? []
          : [
            Kind(label: label, champion: label, candidate: decided),
            Kind(label: label, champion: decided, candidate: label),
          ]
      }
    }
  }

  /// Draws of the kinds' weights: a gamma number each, of Kish's count of its rows.
  func draws(_ count: Int, seed: UInt64) throws(Undefined) -> [[Double]] {
    var draws = [[Double]](repeating: [Double](repeating: 0, count: kinds.count), count: count)
    for kind in kinds.indices {
      let law = try GammaQuantiles(shape: max(1, sums[kind] * sums[kind] / squares[kind]))
      let scale = squares[kind] / sums[kind]
      var source = RandomSource(seed: seed, stream: 16 + UInt64(kind))
      for draw in 0..<count { draws[draw][kind] = scale * law.at(source.normals().0) }
    }
    return draws
  }

  /// One model's decisions, a row a kind of the weights given, and one more row.
  func sample(_ weights: [Double], _ more: Kind?, _ weight: Double, isChampion: Bool) -> Sample {
    let total = sums.reduce(0, +) / (weights.reduce(0, +) + (more == nil ? 0 : weight))
    let all = more.map { kinds + [$0] } ?? kinds
    let drawn = (more == nil ? weights : weights + [weight]).map { $0 * total }
    return .multiclass(
      MulticlassSample(
        classes: classes, probabilities: [], labels: all.map(\.label),
        decisions: all.map { isChampion ? $0.champion : $0.candidate }, weights: drawn))
  }
}
