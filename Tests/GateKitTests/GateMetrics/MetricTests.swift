import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What holds for every definition, and for its value on samples made at random.
@Suite struct MetricTests {
  @Test(arguments: Metrics.all.map(Named.init))
  func examplesHold(_ named: Named) {
    let metric = named.metric
    #expect(metric.examples.count >= 2)
    for (index, example) in metric.examples.enumerated() {
      Figure(metric: metric, arguments: example.arguments).check(
        example.sample, champion: example.champion,
        gives: example.value.map(Expectation.number) ?? .undefined("example"), isValue: true,
        "\(named), example \(index)")
    }
  }

  @Test(arguments: Metrics.all.map(Named.init))
  func describesItself(_ named: Named) {
    let metric = named.metric
    for text in [metric.summary] + metric.undefined + metric.parameters.map(\.summary) {
      #expect(text.hasSuffix(".") && text.first?.isUppercase == true, "\(text)")
    }
    #expect(!metric.formula.isEmpty && !metric.source.isEmpty)
    #expect(metric.examples.contains { $0.value != nil })
    #expect(metric.undefined.isEmpty || metric.examples.contains { $0.value == nil })
    #expect(Set(metric.parameters.map(\.id)).count == metric.parameters.count)
  }

  @Test func idsAreUniqueInATask() {
    for (task, count) in [
      (TaskKind.binary, 74), (.multiclass, 52), (.multilabel, 35), (.regression, 36),
      (.ranking, 16), (.text, 19),
    ] {
      let ids = Metrics.all.filter { $0.task == task }.map(\.id)
      #expect(Set(ids).count == ids.count)
      #expect(ids.count == count)
    }
  }

  @Test func decisionsTakeAThreshold() {
    for metric in Metrics.binary {
      guard case .confusion = metric.measure else { continue }
      #expect(metric.parameters.contains { $0.id == "threshold" }, "\(metric.id)")
    }
  }

  @Test(arguments: Metrics.all.map(Named.init), 0..<12)
  func liesInItsRange(_ named: Named, seed: Int) throws {
    let rows = Rows(seed: UInt64(seed), task: named.metric.task, count: 3 + seed * 7)
    guard let value = try named.value(on: rows) else { return }
    #expect(named.metric.range.contains(value), "\(named) is \(value)")
  }

  /// Most of the random samples must have a value, or the tests on them test nothing.
  @Test(arguments: Metrics.all.map(Named.init))
  func isDefinedOnRandomRows(_ named: Named) throws {
    let rows = Rows(seed: 5, task: named.metric.task, count: 200)
    #expect(try named.value(on: rows) != nil)
  }

  /// All but two: a query and its copy are a pair of lists that is all alike, and their equal scores fall out twice; a
  /// weight makes neither.
  private static let notOfPairs = Metrics.all.filter {
    !["coverage", "personalization"].contains($0.id)
  }

  @Test(arguments: notOfPairs.map(Named.init), 0..<6)
  func rowsTwiceAreWeightTwo(_ named: Named, seed: Int) throws {
    let rows = Rows(seed: UInt64(seed), task: named.metric.task, count: 20 + 13 * seed)
    let twice = try named.value(on: rows.twice)
    let weighted = try named.value(on: rows.weighing { _ in 2 })
    #expect(isNear(twice, weighted, 1e-12), "\(named): \(twice as Any), \(weighted as Any)")
  }

  @Test(arguments: Metrics.all.map(Named.init), 0..<6)
  func rowsOfWeightZeroAreNotThere(_ named: Named, seed: Int) throws {
    let rows = Rows(seed: UInt64(seed), task: named.metric.task, count: 20 + 13 * seed)
    let kept = rows.indices.filter { rows.unit($0) % 3 != 0 }
    let without = try named.value(on: rows.picked(kept).weighing { _ in 1 })
    let weighted = try named.value(on: rows.weighing { rows.unit($0) % 3 == 0 ? 0 : 1 })
    #expect(isNear(without, weighted, 1e-12), "\(named): \(without as Any), \(weighted as Any)")
  }

  @Test(arguments: Metrics.all.map(Named.init), 0..<6)
  func orderOfRowsDoesNotMatter(_ named: Named, seed: Int) throws {
    var random = SplitMix(UInt64(seed) + 99)
    let rows = Rows(
      seed: UInt64(seed), task: named.metric.task, count: 20 + 40 * seed, weighted: seed % 2 == 1)
    let shuffled = rows.picked(Array(rows.indices).shuffled(using: &random))
    let before = try named.value(on: rows)
    let after = try named.value(on: shuffled)
    #expect(isNear(before, after, 1e-12), "\(named): \(before as Any), \(after as Any)")
  }

  @Test(arguments: Metrics.all.map(Named.init), 0..<6)
  func groupsAreAsIfAlone(_ named: Named, seed: Int) throws {
    var random = SplitMix(UInt64(seed) + 7)
    let rows = Rows(
      seed: UInt64(seed), task: named.metric.task, count: 150, weighted: seed % 2 == 1)
    let codes = rows.indices.map { _ in Int32.random(in: -1...2, using: &random) }
    let parts = rows.sample.partitioned(by: codes, groups: 4)
    #expect(parts.map(\.count).reduce(0, +) == codes.filter { $0 >= 0 }.count)
    #expect(parts[3].count == 0)
    for (group, part) in parts.enumerated() {
      let alone = rows.picked(rows.indices.filter { codes[$0] == group })
      #expect(part.count == alone.sample.count)
      let (together, apart) = (try named.value(on: part, of: rows), try named.value(on: alone))
      #expect(together == apart, "\(named), group \(group)")
    }
  }

  @Test(arguments: 0..<6)
  func areaOfTurnedScoresIsTheRest(_ seed: Int) throws {
    let rows = Rows(seed: UInt64(seed), task: .binary, count: 300, weighted: seed % 2 == 1)
    let turned = BinarySample(
      scores: rows.scores.map { -$0 }, positives: rows.positives, weights: rows.weights)
    let area = try Metric.Binary.rocAuc.value(on: rows.sample, Arguments())
    let rest = try Metric.Binary.rocAuc.value(on: .binary(turned), Arguments())
    #expect(abs(area + rest - 1) < 1e-14)
    #expect(area > 0.6)
  }
}

/// Whether both are undefined, or both numbers and close.
private func isNear(_ left: Double?, _ right: Double?, _ tolerance: Double) -> Bool {
  guard let left, let right else { return left == nil && right == nil }
  return abs(left - right) <= tolerance * max(1, abs(left))
}

/// A metric that a failed test calls by its name.
struct Named: Sendable, CustomTestStringConvertible, CustomStringConvertible {
  var metric: Metric

  var description: String { "\(metric.task.rawValue) \(metric.id)" }
  var testDescription: String { description }

  /// The arguments of the first example with a value, the classes and columns being those of random rows.
  func ordinary(_ rows: Rows) -> Arguments {
    var arguments = metric.examples.first { $0.value != nil }?.arguments ?? Arguments()
    arguments.columns = rows.columns.filter { name, _ in
      metric.parameters.contains { $0.id == name }
    }
    for (name, text) in ["true_class": "a", "predicted_class": "b"]
    where arguments.text(name) != nil {
      arguments.texts[name] = text
    }
    return arguments
  }

  /// The value with ordinary arguments, nil where it is undefined; a sample of another task is
  /// an error.
  func value(on rows: Rows) throws -> Double? { try value(on: rows.sample, of: rows) }

  /// The same on a sample of some of the rows.
  func value(on sample: Sample, of rows: Rows) throws -> Double? {
    do {
      return try metric.value(
        on: sample, ordinary(rows), champion: metric.comparesModels ? sample.otherwise : nil)
    } catch {
      if error.reason.contains("is a metric of") { throw error }
      return nil
    }
  }
}
