extension Certainty {
  /// Kinds of rows, by class and decisions, up to which their counts are drawn.
  private static let mostKinds = 400
  /// The places of the imaginary row that are tried on every draw, for either bound: those where it moves the figure most.
  private static let placesTried = 3

  /// The intervals of a figure of decisions among several classes, by how many rows of each class each model decides for
  /// which: as of two classes, from draws of these counts and one imaginary row of the worst kind. Of the value, or with
  /// `champion` of the difference to it.
  ///
  /// Nil: the metric is no figure of decisions only, or there are too many kinds of rows. Throws `Undefined` for fewer than
  /// eight clusters with rows of a class.
  package func classes(
    _ measured: MetricCall, _ sample: Sample, champion: Sample? = nil, relative: Bool = false
  ) async throws(Undefined) -> ConfidenceCurve? {
    guard clusters != nil || !isStratified, case .multiclass(let rows) = sample else { return nil }
    var others = rows.decisions
    if case .multiclass(let theirs)? = champion {
      others = theirs.decisions.at(sample.places(in: .multiclass(theirs)))
    }
    var units: [Int32]?
    if clusters != nil { units = try resampling(of: sample).units(of: rows.rows) }
    let kinds = KindsOfRows(rows, champion: champion == nil ? nil : others, units: units)
    let width = rows.classes.count
    guard kinds.count <= Self.mostKinds, width * width * kinds.count < 40_000 else { return nil }
    let figure = KindsFigure(
      measured: measured, kinds: kinds, isPair: champion != nil, isRelative: relative)
    // What needs scores has no value without them, or another one.
    guard let own = measured.value(sample),
      let bare = measured.value(
        kinds.sample(kinds.sums, nil, 0, isChampion: false)),
      abs(own - bare) <= 1e-9 * max(1, abs(own))
    else { return nil }
    let sized = try kinds.sizes(isPair: champion != nil)
    let places = figure.places(Self.placesTried) { 3.7 * sized[Int($0.label)].size }
    if places.isEmpty { return nil }
    let draws = try await kinds.draws(max(2000, replicates), seed: seed)
    let rowSizes = PairedCells.exponentials(draws.count, seed: seed)
    let drawn = await inPieces(of: draws.count) {
      { (draw: Int) -> [Double] in
        places.map { place in
          figure.value(draws[draw], place, rowSizes[draw] * sized[Int(place.label)].size) ?? .nan
        }
      }
    }
    return ConfidenceCurve(
      WorstRowBounds(
        estimate: figure.value(kinds.sums, nil, 0),
        places: places.indices.map { place in
          WorstRowBounds.Place(
            drawn.map { $0[place] }, shares: sized[Int(places[place].label)].shares)
        }))
  }
}

/// A figure by how many rows of each kind there are: of one model, or how far two models' lie apart.
private struct KindsFigure: Sendable {
  let measured: MetricCall
  let kinds: KindsOfRows
  let isPair: Bool
  let isRelative: Bool

  /// Its value with rows of these weights and one more row of `kind`, of the weight `more`; nil: it is undefined.
  func value(_ weights: [Double], _ kind: KindsOfRows.Kind?, _ more: Double) -> Double? {
    guard let mine = measured.value(kinds.sample(weights, kind, more, isChampion: false)) else {
      return nil
    }
    guard isPair else { return mine }
    guard let other = measured.value(kinds.sample(weights, kind, more, isChampion: true)) else {
      return nil
    }
    return isRelative ? (mine - other) / abs(other) : mine - other
  }

  /// Where one more row of the weight `size` moves it most: `count` kinds each way.
  func places(_ count: Int, size: (KindsOfRows.Kind) -> Double) -> [KindsOfRows.Kind] {
    let tried = kinds.places(isPair: isPair).compactMap { kind in
      value(kinds.sums, kind, size(kind)).map { (kind, $0) }
    }.sorted { $0.1 < $1.1 }.map(\.0)
    return tried.count <= 2 * count ? tried : Array(tried.prefix(count) + tried.suffix(count))
  }
}
