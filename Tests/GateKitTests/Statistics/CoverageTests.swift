import Foundation
import Testing

@testable import GateKit

/// How often 95% intervals hold the true value, on simulated data; run in release with
/// GATEWRIGHT_COVERAGE=1.
///
/// The columns beside the coverage are the two ways of being wrong. An interval wholly above the true
/// value passes, at a bound just above it, a model that does not keep to the bound: for the paired
/// differences that is the rate at which a truly inferior candidate is passed.
@Suite(
  .serialized, .enabled(if: ProcessInfo.processInfo.environment["GATEWRIGHT_COVERAGE"] == "1"))
struct CoverageTests {
  private static let simulations = 2000

  @Test(arguments: [200, 5000], Scenario.all)
  func `95% intervals cover 95% of the time`(count: Int, scenario: Scenario) async {
    let found = await Array(0..<Self.simulations).concurrentMap { number in
      let seed: UInt64 = 20_260_301
      return await scenario.intervals(count, Simulation(seed: seed, stream: UInt64(number)))
    }
    for (index, method) in scenario.methods.enumerated() {
      let intervals = found.compactMap { $0[index] }
      let above = Double(intervals.count { $0.low > method.truth }) / Double(Self.simulations)
      let below = Double(intervals.count { $0.high < method.truth }) / Double(Self.simulations)
      let none = Double(Self.simulations - intervals.count) / Double(Self.simulations)
      let coverage = 1 - above - below - none
      print(
        "| \(method.name) | \(count) | \(method.truth.brief) | \((coverage * 100).brief) "
          + "| \((above * 100).brief) | \((below * 100).brief) | \((none * 100).brief) |")
      guard count >= method.fitFrom else { continue }
      #expect(none < 0.05, "\(method.name)")
      #expect(coverage >= (count == 200 ? 0.92 : 0.93), "\(method.name)")
      if count == 5000 { #expect(coverage <= 0.97, "\(method.name)") }
      // 2.5%, and three standard errors of 2,000 simulations.
      if method.isPaired { #expect(above <= (count == 200 ? 0.045 : 0.0355), "\(method.name)") }
    }
  }
}

/// A way to make data, and the intervals taken on it.
struct Scenario: Sendable, CustomTestStringConvertible {
  struct Method: Sendable {
    let name: String
    let truth: Double
    /// The fewest rows from which it must cover; a method that is only shown never need.
    var fitFrom = 200
    var isPaired = false
  }

  let methods: [Method]
  /// An interval a method; nil: undefined on these rows.
  let intervals: @Sendable (Int, Simulation) async -> [Check.Interval?]
  var testDescription: String { methods.map(\.name).joined(separator: ", ") }

  static let all = [
    share, means, independentShares, pairedShares, area, nearPerfect, precision, cells, clusters,
  ]

  private static let share = Scenario(methods: [
    Method(name: "Wilson", truth: 0.9), Method(name: "Clopper-Pearson", truth: 0.9),
    Method(name: "Wilson, weighted by Kish", truth: 0.9),
  ]) { count, simulation in
    var simulation = simulation
    let hits = (0..<count).map { _ in simulation.uniform() < 0.9 }
    let weights = (0..<count).map { _ in 0.2 + 2.8 * simulation.uniform() }
    let successes = hits.count { $0 }
    let weighted = zip(hits, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
    return [
      try? ShareInterval.wilson(
        share: Double(successes) / Double(count), size: Double(count), confidence: 0.95),
      try? ShareInterval.clopperPearson(successes: successes, trials: count, confidence: 0.95),
      try? ShareInterval.wilson(
        share: weighted / weights.reduce(0, +), size: effectiveSize(of: weights), confidence: 0.95),
    ]
  }

  private static let means = Scenario(methods: [
    Method(name: "mean, t (exponential losses)", truth: 1),
    Method(name: "mean, t, weighted", truth: 1),
    Method(name: "mean, t, clusters of 5", truth: 0),
  ]) { count, simulation in
    var simulation = simulation
    let losses = (0..<count).map { _ in -log(1 - simulation.uniform()) }
    let weights = (0..<count).map { _ in 0.2 + 2.8 * simulation.uniform() }
    let shared = (0..<count / 5).map { _ in simulation.normal() }
    let errors = (0..<count).map { shared[$0 / 5] + simulation.normal() }
    let clusters = (0..<count).map { Int32($0 / 5) }
    return [
      try? MeanInterval(of: losses).interval(confidence: 0.95),
      try? MeanInterval(of: losses, weights: weights).interval(confidence: 0.95),
      try? MeanInterval(of: errors, clusters: clusters).interval(confidence: 0.95),
    ]
  }

  private static let independentShares = Scenario(methods: [
    Method(name: "Newcombe, two groups", truth: 0.1)
  ]) { count, simulation in
    var simulation = simulation
    let half = count / 2
    let first = (0..<half).count { _ in simulation.uniform() < 0.8 }
    let second = (0..<half).count { _ in simulation.uniform() < 0.7 }
    let size = Double(half)
    return [
      try? ShareInterval.newcombe(
        (Double(first) / size, size), (Double(second) / size, size), confidence: 0.95)
    ]
  }

  private static let pairedShares = Scenario(methods: [
    Method(name: "Tango, accuracy difference", truth: -0.02, isPaired: true),
    Method(name: "Tango, few differing rows", truth: -0.01, isPaired: true),
  ]) { count, simulation in
    var simulation = simulation
    func interval(_ gain: Double, _ loss: Double) -> Check.Interval? {
      var (gained, lost) = (0, 0)
      for _ in 0..<count {
        let number = simulation.uniform()
        if number < gain { gained += 1 } else if number < gain + loss { lost += 1 }
      }
      return try? PairedShares(gained: gained, lost: lost, rows: count).interval(confidence: 0.95)
    }
    return [interval(0.08, 0.10), interval(0.005, 0.015)]
  }

  private static let area = Scenario(methods: [
    Method(name: "DeLong, logit", truth: Truth.area(1.2)),
    Method(name: "DeLong, plain", truth: Truth.area(1.2)),
    Method(
      name: "DeLong, paired difference", truth: Truth.area(1.1) - Truth.area(1.2), isPaired: true),
  ]) { count, simulation in
    let (better, worse) = simulation.pair(count: count, prevalence: 0.3)
    let pair = try? DeLongDifference(candidate: worse, champion: better)
    return [
      try? pair?.champion.interval(confidence: 0.95),
      try? pair?.champion.plainInterval(confidence: 0.95),
      try? pair?.interval(confidence: 0.95),
    ]
  }

  private static let nearPerfect = Scenario(methods: [
    Method(name: "roc_auc near 1, 10% positive, as chosen", truth: Truth.area(3)),
    Method(name: "the same, Newcombe", truth: Truth.area(3), fitFrom: .max),
    Method(name: "the same, DeLong, logit", truth: Truth.area(3), fitFrom: 5000),
    Method(name: "the same, DeLong, plain", truth: Truth.area(3), fitFrom: .max),
    Method(
      name: "the same, paired difference, as chosen", truth: Truth.area(2.8) - Truth.area(3),
      isPaired: true),
    Method(
      name: "the same, paired difference, DeLong", truth: Truth.area(2.8) - Truth.area(3),
      fitFrom: 5000, isPaired: true),
  ]) { count, simulation in
    let (better, worse) = simulation.pair(count: count, prevalence: 0.1, lifts: (3, 2.8))
    let pair = try? DeLongDifference(candidate: worse, champion: better)
    let area = pair?.champion
    return [
      try? area?.interval(confidence: 0.95), try? area?.newcombeInterval(confidence: 0.95),
      try? area?.logitInterval(confidence: 0.95), try? area?.plainInterval(confidence: 0.95),
      try? pair?.interval(confidence: 0.95), try? pair?.plainInterval(confidence: 0.95),
    ]
  }

  private static let precision = Scenario(methods: [
    Method(name: "bootstrap of average_precision, percentile", truth: Truth.precision(1.2)),
    Method(name: "bootstrap of average_precision, BCa", truth: Truth.precision(1.2)),
    Method(
      name: "bootstrap of average_precision, paired difference, percentile",
      truth: Truth.precision(1.1) - Truth.precision(1.2), isPaired: true),
    Method(
      name: "bootstrap of average_precision, paired difference, BCa",
      truth: Truth.precision(1.1) - Truth.precision(1.2), fitFrom: 5000, isPaired: true),
    Method(
      name: "bootstrap of average_precision, stratified by class, percentile",
      truth: Truth.precision(1.2), fitFrom: .max),
  ]) { count, simulation in
    let (better, worse) = simulation.pair(count: count, prevalence: 0.3)
    var codes = [Int32](repeating: 0, count: count)
    for (row, isPositive) in zip(better.rows, better.positives) where isPositive {
      codes[Int(row)] = 1
    }
    let resampling = Resampling.rows(better.rows, seed: 1)
    let strata = Resampling.stratified(better.rows, by: codes, seed: 1)
    guard let first = try? BinaryResample(better, resampling),
      let second = try? BinaryResample(worse, resampling),
      let kept = try? BinaryResample(better, strata)
    else { return [nil, nil, nil, nil, nil] }
    let values = await bootstrap(resampling) {
      { draw in
        let champion = first.averagePrecision(draw)
        let difference = champion.flatMap { c in second.averagePrecision(draw).map { $0 - c } }
        return [champion, difference]
      }
    }
    let stratified = await bootstrap(strata, groups: 0) { { [kept.averagePrecision($0)] } }
    return [
      try? values[0].percentileInterval(confidence: 0.95),
      try? values[0].bcaInterval(confidence: 0.95),
      try? values[1].percentileInterval(confidence: 0.95),
      try? values[1].bcaInterval(confidence: 0.95),
      try? stratified[0].percentileInterval(confidence: 0.95),
    ]
  }

  /// F1 with 15% true positives, 8% false positives and 10% false negatives.
  private static let cells = Scenario(methods: [
    Method(name: "bootstrap of cells, F1, percentile", truth: 0.625),
    Method(name: "bootstrap of cells, F1, BCa", truth: 0.625),
  ]) { count, simulation in
    var simulation = simulation
    var cells = [0, 0, 0, 0]
    for _ in 0..<count {
      let number = simulation.uniform()
      cells[number < 0.15 ? 0 : number < 0.23 ? 1 : number < 0.33 ? 2 : 3] += 1
    }
    guard let resampling = try? CellResampling(cells: cells, seed: 1) else { return [nil, nil] }
    let values = await bootstrap(resampling) { cells in
      let decided = 2 * cells[0] + cells[1] + cells[2]
      return [decided > 0 ? Double(2 * cells[0]) / Double(decided) : nil]
    }
    return [
      try? values[0].percentileInterval(confidence: 0.95),
      try? values[0].bcaInterval(confidence: 0.95),
    ]
  }

  /// Customers of five rows that share half of the variance of the score and all have one label.
  private static let clusters = Scenario(methods: [
    Method(
      name: "bootstrap of roc_auc, clusters of 5, percentile", truth: Truth.area(1.2),
      fitFrom: 5000),
    Method(name: "bootstrap of roc_auc, clusters of 5, BCa", truth: Truth.area(1.2)),
    Method(name: "DeLong that ignores clusters of 5", truth: Truth.area(1.2), fitFrom: .max),
  ]) { count, simulation in
    var simulation = simulation
    var (scores, labels): ([Double], [Bool]) = ([], [])
    let part = 0.5.squareRoot()
    for _ in 0..<count / 5 {
      let isPositive = simulation.uniform() < 0.3
      let shared = simulation.normal()
      for _ in 0..<5 {
        scores.append(part * (shared + simulation.normal()) + (isPositive ? 1.2 : 0))
        labels.append(isPositive)
      }
    }
    let sample = BinarySample(scores: scores, positives: labels)
    let codes = (0..<count).map { Int32($0 / 5) }
    let resampling = Resampling.clusters(sample.rows, by: codes, seed: 1)
    guard let resample = try? BinaryResample(sample, resampling) else { return [nil, nil, nil] }
    let values = await bootstrap(resampling) { { [resample.rocAUC($0)] } }
    return [
      try? values[0].percentileInterval(confidence: 0.95),
      try? values[0].bcaInterval(confidence: 0.95),
      try? DeLong(sample).interval(confidence: 0.95),
    ]
  }
}

/// True values for normal scores of which the positives' stand higher by a lift.
private enum Truth {
  static func area(_ lift: Double) -> Double { 0.5 * erfc(-lift / 2) }

  /// The mean precision at the scores of positives, for 30% positives; by the trapezoid rule.
  static func precision(_ lift: Double) -> Double {
    let step = 1e-3
    return stride(from: -9.0, through: 12, by: step).reduce(0) { sum, score in
      let density = exp(-(score - lift) * (score - lift) / 2) / (2 * Double.pi).squareRoot()
      let positives = 0.3 * 0.5 * erfc((score - lift) / 2.0.squareRoot())
      let negatives = 0.7 * 0.5 * erfc(score / 2.0.squareRoot())
      return sum + density * positives / (positives + negatives) * step
    }
  }
}
