/// The rows of several classes by their kind: the true class, and what each model decides.
struct KindsOfRows: Sendable {
  /// One kind; of one model's decisions the champion's is the candidate's.
  package struct Kind: Hashable, Sendable {
    package let label, champion, candidate: Int32
  }

  private let classes: [String]
  private let kinds: [Kind]
  /// The weights of the kinds in each cluster that has any, by the kind's place; nil: every row stands for itself.
  private let clusters: [[(kind: Int, weight: Double)]]?
  /// The weights of each kind's rows, added up, and their squares.
  package let sums, squares: [Double]

  /// Kinds that have rows.
  package var count: Int { kinds.count }
  /// The weight of the row that a unit of weight finds itself in.
  private var row: Double { squares.reduce(0, +) / sums.reduce(0, +) }

  /// `champion`: its decision place by place; nil: one model's. `units`: which cluster each place is of; nil: none.
  package init(_ sample: MulticlassSample, champion: [Int32]?, units: [Int32]?) {
    classes = sample.classes
    var places: [Kind: Int] = [:]
    var (kinds, sums, squares): ([Kind], [Double], [Double]) = ([], [], [])
    var byCluster: [Int32: [Int: Double]] = [:]
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
      if let units { byCluster[units[place], default: [:]][found, default: 0] += weight }
    }
    (self.kinds, self.sums, self.squares) = (kinds, sums, squares)
    clusters = units.map { _ in
      byCluster.sorted { $0.key < $1.key }.map { cluster in
        cluster.value.sorted { $0.key < $1.key }.map { (kind: $0.key, weight: $0.value) }
      }
    }
  }

  /// Kinds that an imaginary row may be of: those that one model has right and the other wrong, or all of one model's.
  package func places(isPair: Bool) -> [Kind] {
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

  /// What the imaginary row of each class weighs on average, and how the class lies on the clusters.
  ///
  /// `isPair`: two models are compared. Throws `Undefined` for fewer than eight clusters with rows of a class.
  package func sizes(isPair: Bool) throws(Undefined) -> [(size: Double, shares: UnitShares?)] {
    guard let clusters else { return classes.map { _ in (row, nil) } }
    var sizes: [(size: Double, shares: UnitShares?)] = []
    for label in classes.indices {
      let parts = clusters.map { cluster in
        var (weight, right, differing) = (0.0, 0.0, 0.0)
        for (place, own) in cluster where Int(kinds[place].label) == label {
          let kind = kinds[place]
          weight += own
          if kind.champion == kind.label { right += own }
          if kind.champion != kind.candidate { differing += own }
        }
        return ClusteredClass.Cluster(weight: weight, right: right, differing: differing)
      }
      let found = try ClusteredClass(
        parts, row: row, isOwn: !isPair, named: "'\(classes[label])'")
      sizes.append((found.size, found.shares))
    }
    return sizes
  }

  /// Draws of the kinds' weights: of clusters an exponential number each, of rows a gamma number a kind, of Kish's count of
  /// its rows.
  package func draws(_ count: Int, seed: UInt64) async throws(Undefined) -> [[Double]] {
    if let clusters {
      let parts = clusters.reduce(0) { $0 + $1.count }
      let kinds = kinds.count
      return await inPieces(of: max(1000, min(count, 40_000_000 / max(1, parts)))) {
        { (draw: Int) -> [Double] in
          var source = RandomSource(seed: seed, stream: 16 + UInt64(draw))
          var weights = [Double](repeating: 0, count: kinds)
          for cluster in clusters {
            let factor = -logarithm(1 - source.uniform())
            for (kind, weight) in cluster { weights[kind] += weight * factor }
          }
          return weights
        }
      }
    }
    var draws = [[Double]](repeating: [Double](repeating: 0, count: kinds.count), count: count)
    for kind in kinds.indices {
      let distribution = try GammaQuantiles(shape: max(1, sums[kind] * sums[kind] / squares[kind]))
      let scale = squares[kind] / sums[kind]
      var source = RandomSource(seed: seed, stream: 16 + UInt64(kind))
      for draw in 0..<count { draws[draw][kind] = scale * distribution.at(source.normals().0) }
    }
    return draws
  }

  /// One model's decisions, a row a kind of the weights given, and one more row.
  package func sample(_ weights: [Double], _ more: Kind?, _ weight: Double, isChampion: Bool)
    -> Sample
  {
    let total = sums.reduce(0, +) / (weights.reduce(0, +) + (more == nil ? 0 : weight))
    let all = more.map { kinds + [$0] } ?? kinds
    let drawn = (more == nil ? weights : weights + [weight]).map { $0 * total }
    return .multiclass(
      MulticlassSample(
        classes: classes, probabilities: [], labels: all.map(\.label),
        decisions: all.map { isChampion ? $0.champion : $0.candidate }, weights: drawn))
  }
}
