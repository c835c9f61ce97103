import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

/// Groups of rows whose true rates are known, decided by two models.
struct Scenario: Sendable {
  let name: String
  let groups: [Group]
  /// How often the champion decides as the candidate does; else by rates of its own.
  var agreement = 0.7
  /// What a row weighs, out of two uniform numbers; nil: rows have no weights.
  var weight: (@Sendable (Double, Double) -> Double)?
  /// Rows a cluster, half of which have one label and are decided alike; 1: every row stands for itself.
  var clusterSize = 1

  /// One group.
  struct Group: Sendable {
    let rows: Int
    /// The share of positive rows.
    let base: Double
    let truePositiveRate: Double
    let falsePositiveRate: Double

    /// The share of rows decided positive.
    var selectionRate: Double { base * truePositiveRate + (1 - base) * falsePositiveRate }
  }

  /// Groups of these sizes and selection rates, half of whose rows are positive.
  init(
    _ name: String, _ sizes: [Int], _ rates: [Double], agreement: Double = 0.7,
    clusterSize: Int = 1, weight: (@Sendable (Double, Double) -> Double)? = nil
  ) {
    (self.name, self.agreement) = (name, agreement)
    (self.clusterSize, self.weight) = (clusterSize, weight)
    groups = zip(sizes, rates).map { rows, rate in
      Group(
        rows: rows, base: 0.5, truePositiveRate: min(1, 1.5 * rate), falsePositiveRate: 0.5 * rate)
    }
  }

  /// Fair and unfair groups of 50 to 5,000 rows.
  static let all: [Scenario] =
    [50, 200, 1000, 5000].flatMap { rows in
      [
        Scenario("2 groups of \(rows), fair", [rows, rows], [0.3, 0.3]),
        Scenario("2 groups of \(rows), 0.3 and 0.4", [rows, rows], [0.3, 0.4]),
      ]
    } + [
      Scenario("2 groups of 200, 0.1 and 0.2", [200, 200], [0.1, 0.2]),
      Scenario("2 groups of 50 and 5,000, 0.3 and 0.4", [50, 5000], [0.3, 0.4]),
      Scenario("2 groups of 1000, 0.3 and 0.32", [1000, 1000], [0.3, 0.32]),
      Scenario(
        "2 weighted groups of 500, 0.3 and 0.4", [500, 500], [0.3, 0.4],
        weight: { first, _ in 0.5 + first }),
      Scenario(
        "2 groups of 200, lognormal(1) weights, 0.3 and 0.4", [200, 200], [0.3, 0.4],
        weight: lognormal),
      Scenario(
        "2 groups of 200 in clusters of 5, 0.3 and 0.4", [200, 200], [0.3, 0.4], clusterSize: 5),
      Scenario("4 groups of 50 to 5,000, fair", [50, 200, 1000, 5000], [0.3, 0.3, 0.3, 0.3]),
      Scenario(
        "4 groups of 50 to 5,000, 0.2 to 0.5", [50, 200, 1000, 5000], [0.4, 0.3, 0.5, 0.2]),
      Scenario("4 groups of 500, one apart", [500, 500, 500, 500], [0.3, 0.3, 0.3, 0.4]),
      Scenario(
        "2 groups of 450 and 27 of 51, 0.25 and 0.35",
        [450, 450] + [Int](repeating: 51, count: 27),
        [0.25, 0.35] + [Double](repeating: 0.3, count: 27)),
      Scenario(
        "8 groups of 200, fair", [Int](repeating: 200, count: 8),
        [Double](repeating: 0.3, count: 8)),
      Scenario(
        "8 groups of 500, 0.2 to 0.5", [Int](repeating: 500, count: 8),
        [0.2, 0.25, 0.3, 0.3, 0.35, 0.4, 0.45, 0.5]),
    ] + seldomApart

  /// Two models of which one follows the other in nearly all rows.
  private static let seldomApart: [Scenario] =
    [0.9, 0.97, 0.99, 0.997].flatMap { agreement in
      [
        Scenario(
          "2 groups of 50 and 500, 0.5 and 0.3, \(agreement) alike", [50, 500], [0.5, 0.3],
          agreement: agreement),
        Scenario(
          "2 groups of 500, 0.5 and 0.3, \(agreement) alike", [500, 500], [0.5, 0.3],
          agreement: agreement),
      ]
    } + [
      Scenario(
        "2 groups of 200, lognormal(1) weights, 0.5 and 0.3, 0.97 alike", [200, 200], [0.5, 0.3],
        agreement: 0.97, weight: lognormal),
      Scenario(
        "2 groups of 200 in clusters of 5, 0.5 and 0.3, 0.97 alike", [200, 200], [0.5, 0.3],
        agreement: 0.97, clusterSize: 5),
    ]

  private static let lognormal: @Sendable (Double, Double) -> Double = {
    exponential(normal($0, $1))
  }

  /// The champion's rate where it does not follow the candidate.
  static let otherTruePositiveRate = 0.55
  static let otherFalsePositiveRate = 0.2

  /// What a gate reads of one draw of the rows.
  func bench(_ number: Int) -> Workbench {
    var source = RandomSource(seed: 20_261_121, stream: UInt64(number))
    var (labels, candidate, champion): ([Bool], [Double], [Double]) = ([], [], [])
    var codes: [Int32] = []
    var (weights, clusters, cluster): ([Double], [Int32], Int32) = ([], [], -1)
    for (index, group) in groups.enumerated() {
      var shared: [Double] = []
      for row in 0..<group.rows {
        if row % clusterSize == 0 {
          cluster += 1
          if clusterSize > 1 { shared = (0..<4).map { _ in source.uniform() } }
        }
        let isShared = clusterSize > 1 && source.uniform() < 0.5
        let uniforms = (0..<4).map { isShared ? shared[$0] : source.uniform() }
        let label = uniforms[0] < group.base
        let own = uniforms[1] < (label ? group.truePositiveRate : group.falsePositiveRate)
        let follows = uniforms[2] < agreement
        let other =
          uniforms[3] < (label ? Self.otherTruePositiveRate : Self.otherFalsePositiveRate)
        labels.append(label)
        candidate.append(own ? 0.75 : 0.25)
        // Other scores, so that the models are not one where they decide alike.
        champion.append((follows ? own : other) ? 0.8 : 0.2)
        codes.append(Int32(index))
        clusters.append(cluster)
        if let weight { weights.append(weight(source.uniform(), source.uniform())) }
      }
    }
    func sample(_ scores: [Double]) -> Result<Sample, Diagnostic> {
      .success(
        .binary(
          BinarySample(
            scores: scores, positives: labels, weights: weight == nil ? nil : weights)))
    }
    let rows = SlicedRows(
      groups: groups.indices.map { SliceGroup(values: [SliceValue("group", .text("\($0)"))]) },
      codes: codes)
    return Workbench(
      task: .binary, hasChampion: true, rows: labels.count,
      samples: [.candidate: sample(candidate), .champion: sample(champion)],
      slices: [.column("group"): .success(rows)],
      clusters: clusterSize == 1 ? nil : clusters)
  }
}
