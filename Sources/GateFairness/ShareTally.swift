import GateCore

/// One group's share by both models, and what is known of how uncertain it is.
struct ShareTally: Sendable {
  /// The sums of weights of the rows that count, and of those that they are among.
  package private(set) var part: [Role: Double] = [:]
  package private(set) var whole: [Role: Double] = [:]
  /// Linearised variances of the shares.
  private var variance: [Role: Double] = [:]
  /// What the rows are worth at most: Kish's effective size. Of clusters, what they are worth where all are alike, so that
  /// their variance says nothing.
  private var worth: [Role: Double] = [:]
  /// Of rows in clusters: the weight of each that the share is of.
  private var clusters: [Role: [Double]]?
  private var covariance = 0.0
  /// Whether the rows weigh nothing at all.
  let isWeightless: Bool

  /// What a share is of.
  package typealias Parts = @Sendable (Confusion) -> (part: Double, whole: Double)

  /// Of paired cells; `squares` are the sums of the squares of the weights.
  package init(_ sums: [Double], squares: [Double], _ parts: Parts) {
    let cells = sums.indices
    isWeightless = sums.allSatisfy { $0 == 0 }
    var residuals: [Role: [Double]] = [:]
    for role in Role.allCases {
      let each = cells.map { parts(Confusion(cell: $0, role)) }
      let own = cells.reduce((0.0, 0.0)) {
        ($0.0 + sums[$1] * each[$1].part, $0.1 + sums[$1] * each[$1].whole)
      }
      (part[role], whole[role]) = own
      let share = own.0 / own.1
      residuals[role] = cells.map { each[$0].part - share * each[$0].whole }
      worth[role] = own.1 * own.1 / cells.reduce(0) { $0 + squares[$1] * each[$1].whole }
    }
    func product(_ one: Role, _ other: Role) -> Double {
      guard let mine = residuals[one], let theirs = residuals[other] else { return 0 }
      let sum = cells.reduce(0) { $0 + squares[$1] * mine[$1] * theirs[$1] }
      return sum / ((whole[one] ?? 0) * (whole[other] ?? 0))
    }
    for role in Role.allCases { variance[role] = product(role, role) }
    covariance = product(.candidate, .champion)
  }

  /// Of rows in clusters: `cells` are the sums of each cluster's cells.
  package init(clusters: [[Double]], _ parts: Parts) {
    let cells = 0..<JointCells.width
    var sizes: [Role: [Double]] = [:]
    let sums = cells.map { cell in clusters.reduce(0) { $0 + $1[cell] } }
    isWeightless = sums.allSatisfy { $0 == 0 }
    var residuals: [Role: [Double]] = [:]
    for role in Role.allCases {
      let each = cells.map { parts(Confusion(cell: $0, role)) }
      let own = clusters.map { cluster in
        cells.reduce((0.0, 0.0)) {
          ($0.0 + cluster[$1] * each[$1].part, $0.1 + cluster[$1] * each[$1].whole)
        }
      }
      let all = own.reduce((0.0, 0.0)) { ($0.0 + $1.0, $0.1 + $1.1) }
      (part[role], whole[role]) = all
      residuals[role] = own.map { $0.0 - all.0 / all.1 * $0.1 }
      sizes[role] = own.map(\.1).filter { $0 > 0 }
      worth[role] = Double(sizes[role]?.count ?? 0)
    }
    self.clusters = sizes
    let count = Double(clusters.count)
    func product(_ one: Role, _ other: Role) -> Double {
      guard let mine = residuals[one], let theirs = residuals[other], count > 1 else { return 0 }
      let sum = zip(mine, theirs).reduce(0) { $0 + $1.0 * $1.1 } * count / (count - 1)
      return sum / ((whole[one] ?? 0) * (whole[other] ?? 0))
    }
    for role in Role.allCases { variance[role] = product(role, role) }
    covariance = product(.candidate, .champion)
  }

  /// The share; throws the reason where there is nothing it is of.
  package func value(_ role: Role, missing: String) throws(Undefined) -> Double {
    try share(part[role] ?? 0, of: whole[role] ?? 0, orElse: missing)
  }

  /// How many rows of weight 1, each for itself, would leave the share as uncertain.
  ///
  /// Of rows with weights no more than Kish's effective size: where a few rows carry the weight, the others' variance says
  /// little of theirs. Of clusters less by how much wider Student's distribution is than the normal, at the degrees of freedom that
  /// the clusters' sizes leave their variance. Throws `Undefined` for clusters that are too few to tell how much they differ.
  package func size(_ role: Role, confidence: Double) throws(Undefined) -> Double {
    let worth = worth[role] ?? 0
    let share = (part[role] ?? 0) / (whole[role] ?? 0)
    var size = worth
    if let variance = variance[role], variance > 0, share > 0, share < 1 {
      size = share * (1 - share) / variance
    }
    if clusters == nil { return min(size, worth) }
    let stretch = try stretch(role, confidence)
    return size / (stretch * stretch)
  }

  /// How much wider Student's distribution is than the normal, of as many clusters as there are; 1 without clusters.
  private func stretch(_ role: Role, _ confidence: Double) throws(Undefined) -> Double {
    guard let sizes = clusters?[role] else { return 1 }
    guard sizes.count >= MeanInterval.fewestClusters else { throw tooFewClusters(sizes.count) }
    return try StudentT(degrees: UnitShares(sizes).degrees).width(confidence)
      / StandardNormal.width(confidence)
  }

  /// Between both models' shares `one` and `other`, so that their difference is as uncertain as the rows that changed say,
  /// and the rows that did not: of d that changed another sample of so many has up to z²/2 + z √(d + z²/4) more.
  ///
  /// Source: the score interval of a Poisson count; of no row it comes near 1 - (tail)^(1/n), the largest share of which n
  /// rows show none.
  package func correlation(
    _ one: GroupEstimate, _ other: GroupEstimate, confidence: Double
  ) throws(Undefined) -> Double {
    let z = try StandardNormal.width(confidence)
    let count = min(worth[.candidate] ?? 0, worth[.champion] ?? 0)
    let variance = (variance[.candidate] ?? 0) + (variance[.champion] ?? 0) - 2 * covariance
    let changed = max(0, variance) * count * count
    let deviation =
      try stretch(.candidate, confidence) * (z / 2 + (changed + z * z / 4).squareRoot()) / count
    return Pearson.correlation(
      deviations: (one.standardError, other.standardError), ofDifference: deviation)
  }
}

extension JointCounts {
  /// Each group's share by both models.
  package func tallies(_ parts: ShareTally.Parts) -> [ShareTally] {
    (0..<groups).map { group in
      ShareTally(joint(group, of: sums), squares: joint(group, of: squares), parts)
    }
  }

  /// All groups but the reference as one, and the reference: in that order, or the other way round.
  func facets(_ reference: Int, referenceFirst: Bool) -> JointCounts {
    func pooled(_ values: [Double]) -> [Double] {
      (0..<strata).flatMap { stratum -> [Double] in
        var both = [[Double]](repeating: [Double](repeating: 0, count: JointCells.width), count: 2)
        for group in 0..<groups {
          let start = (stratum * groups + group) * JointCells.width
          let facet = (group == reference) == referenceFirst ? 0 : 1
          for cell in 0..<JointCells.width { both[facet][cell] += values[start + cell] }
        }
        return both.flatMap { $0 }
      }
    }
    return JointCounts(groups: 2, strata: strata, sums: pooled(sums), squares: pooled(squares))
  }

  private init(groups: Int, strata: Int, sums: [Double], squares: [Double]) {
    (self.groups, self.strata, self.sums, self.squares) = (groups, strata, sums, squares)
    stratumNames = []
  }
}

extension JointCells {
  /// Each group's share by both models, of rows in clusters.
  package func tallies(
    _ codes: [Int32], groups: Int, clusters: [Int32], _ parts: ShareTally.Parts
  ) -> [ShareTally] {
    var places: [UInt64: Int] = [:]
    var byGroup = [[[Double]]](repeating: [], count: groups)
    for row in 0..<min(cells.count, codes.count)
    where codes[row] >= 0 && cells[row] != Self.none {
      let group = Int(codes[row])
      // A row without a cluster is one of its own.
      let cluster = clusters[row] >= 0 ? UInt64(clusters[row]) : UInt64(row) | 1 << 31
      let key = UInt64(group) << 32 | cluster
      let place: Int
      if let known = places[key] {
        place = known
      } else {
        place = byGroup[group].count
        places[key] = place
        byGroup[group].append([Double](repeating: 0, count: Self.width))
      }
      byGroup[group][place][Int(cells[row])] += weights?[row] ?? 1
    }
    return byGroup.map { ShareTally(clusters: $0, parts) }
  }
}
