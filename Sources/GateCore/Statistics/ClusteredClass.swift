/// The rows of one true class in clusters: what an imaginary row of it weighs, and how the class lies on the clusters.
///
/// The imaginary row weighs what a row of the class finds in its cluster (the mean size by rows) while fewer than four
/// clusters hold rows of it that differ, which do not show whether a mistake takes whole clusters; else the largest weight
/// that differs in one cluster, or what the intraclass correlation of the right rows leaves of the mean size where that is
/// more. Rows differ where two models do, or of one model's where they are decided wrongly (rightly).
struct ClusteredClass: Sendable {
  /// What the imaginary row weighs on average; 0 where no row is of the class.
  package let size: Double
  /// How the class's weight lies on the clusters; nil: no row is of it.
  package let shares: UnitShares?

  /// Clusters that differ from which on they show how many rows of one differ together.
  private static let fewestDiffering = 4

  /// The class in one cluster, by weight: all of it, what is decided rightly (by the champion where two models are
  /// compared), and what two models decide otherwise.
  struct Cluster {
    package let weight, right, differing: Double
  }

  /// Takes every cluster; `row` is the weight of a row, `isOwn` says that one model is judged.
  ///
  /// Throws `Undefined` for fewer than eight clusters with rows of the class.
  package init(
    _ clusters: [Cluster], row: Double, isOwn: Bool, named name: String
  ) throws(Undefined) {
    let clusters = clusters.filter { $0.weight > 0 }
    // A class that is not there moves no figure that is defined.
    guard !clusters.isEmpty else {
      (size, shares) = (0, nil)
      return
    }
    guard clusters.count >= MeanInterval.fewestClusters else {
      throw tooFewClusters(clusters.count, of: " with \(name) rows")
    }
    let sizes = clusters.map(\.weight)
    let total = sizes.reduce(0, +)
    let mean = sizes.reduce(0) { $0 + $1 * $1 } / total
    let common = row + (mean - row) * Self.correlation(clusters.map(\.right), of: sizes)
    let differing =
      isOwn
      ? min(clusters.count { $0.right > 0 }, clusters.count { $0.right < $0.weight })
      : clusters.count { $0.differing > 0 }
    let largest = clusters.reduce(0) { max($0, $1.differing) }
    shares = UnitShares(sizes)
    size = differing < Self.fewestDiffering ? mean : isOwn ? common : max(largest, common)
  }

  /// The intraclass correlation of shares `right` of `sizes` rows, in 0...1.
  ///
  /// Source: Ridout, Demétrio, Firth, "Estimating intraclass correlation for binary data", Biometrics 55, 1999: the
  /// analysis of variance's.
  package static func correlation(_ right: [Double], of sizes: [Double]) -> Double {
    let (count, total) = (Double(sizes.count), sizes.reduce(0, +))
    let share = right.reduce(0, +) / total
    guard total > count, count > 1, share > 0, share < 1 else { return 0 }
    var (between, within) = (0.0, 0.0)
    for (size, hits) in zip(sizes, right) {
      let own = hits / size
      between += size * (own - share) * (own - share)
      within += size * own * (1 - own)
    }
    between /= count - 1
    within /= total - count
    let size = (total - sizes.reduce(0) { $0 + $1 * $1 } / total) / (count - 1)
    let found = (between - within) / (between + (size - 1) * within)
    return found.isFinite ? min(1, max(0, found)) : 0
  }
}
