import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// The rows whose decision depends on the attribute itself, by scoring the model again.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct CounterfactualTests {
  static let regions = ["east", "north", "south"]
  static let metric = "metrics: {counterfactual_flip_rate: {max: 0.5}}"
  static let home = "\"CASE WHEN sex = 'f' THEN 'north' ELSE region END\""

  /// The one check of a gate.
  private func check(_ checks: [Check]) throws -> Check {
    try #require(checks.count == 1, "\(checks.map(\.id))")
    return checks[0]
  }

  @Test func `a column that the model takes`() async throws {
    let fixture = try CounterfactualFixture()
    let check = try check(try await fixture.checks("by: [region]\n" + Self.metric))
    let flips = try fixture.flips("region", Self.regions)
    #expect(flips.count > 10 && flips.count < 200)
    #expect(check.id == "fairness/counterfactual_flip_rate/region")
    #expect(check.value == Double(flips.count) / 239, "\(check.message)")
    #expect(check.message.contains("it reaches the model by region"))
    #expect(check.message.contains("1 row without a value left out") && check.n == 239)
    #expect(check.evidence["inputs"] == .array(["region"]))
    #expect(check.evidence["values"] == .array(Self.regions.map(JSON.string)))
    let own = try fixture.fixture.holdout(fixture.workshop.path + "/holdout.parquet")
      .columns(["region"])[0].shown
    for region in Self.regions {
      let mine = flips.filter { own[$0] == region }
      #expect(check.line(region)?["flips"] == .integer(mine.count))
      #expect(check.numbers("rows", group: region) == mine.prefix(10).map { $0 + 1 })
    }
    let exact = try ShareInterval.clopperPearson(
      successes: flips.count, trials: 239, confidence: 0.95)
    #expect(check.interval == exact)
  }

  @Test func `nothing that the model takes`() async throws {
    let fixture = try CounterfactualFixture()
    let check = try check(
      try await fixture.checks("by: [sex]\nmetrics: {counterfactual_flip_rate: {max: 0}}"))
    #expect(check.outcome == .passed && check.value == 0, "\(check.message)")
    #expect(check.message.contains("nothing that the model takes changes with it"))
    #expect(check.evidence["inputs"] == .array([]))
    #expect(check.interval?.high == 0)
  }

  @Test func `an expression of the model that reads it`() async throws {
    let fixture = try CounterfactualFixture()
    let check = try check(
      try await fixture.checks(
        "by: [sex]\n" + Self.metric,
        models: "candidate: {from: binary.lightgbm.txt, derive: {region: \(Self.home)}}"))
    let flips = try fixture.flips(
      "sex", ["f", "m"],
      derive: [("region", "CASE WHEN sex = 'f' THEN 'north' ELSE region END")])
    #expect(!flips.isEmpty && check.value == Double(flips.count) / 240, "\(check.message)")
    #expect(check.evidence["inputs"] == .array(["region"]))
  }

  @Test func `an expression of the data that reads it, one upon the other`() async throws {
    let fixture = try CounterfactualFixture()
    let data =
      "derive: {woman: \"sex = 'f'\", home: \"CASE WHEN woman THEN 'north' ELSE region END\"}"
    let models = "candidate: {from: binary.lightgbm.txt, derive: {region: home}}"
    let check = try check(
      try await fixture.checks("by: [sex]\n" + Self.metric, models: models, data: data))
    let flips = try fixture.flips(
      "sex", ["f", "m"],
      derive: [("region", "CASE WHEN sex = 'f' THEN 'north' ELSE region END")])
    #expect(check.value == Double(flips.count) / 240, "\(check.message)")
    // The derived column is set itself, and what it is made of stays.
    let derived = try self.check(
      try await fixture.checks("by: [woman]\n" + Self.metric, models: models, data: data))
    #expect(derived.value == check.value)
    #expect(derived.evidence["values"] == .array(["false", "true"]))
  }

  @Test func `a cross of columns`() async throws {
    let fixture = try CounterfactualFixture()
    let check = try check(
      try await fixture.checks("by: [[region, joint]]\n" + Self.metric))
    let now = try fixture.decisions(["region": "region"])
    let table = try fixture.fixture.holdout(fixture.workshop.path + "/holdout.parquet")
    let region = try table.columns(["region"])[0].shown
    let joint = try table.columns(["CAST(joint AS VARCHAR)"])[0].shown
    var flips: Set<Int> = []
    for (one, other) in Self.regions.flatMap({ one in ["false", "true"].map { (one, $0) } }) {
      let then = try fixture.decisions(["region": "'\(one)'", "joint": other])
      flips.formUnion(
        now.indices.filter {
          region[$0] != "null" && (region[$0], joint[$0]) != (one, other) && then[$0] != now[$0]
        })
    }
    #expect(check.value == Double(flips.count) / 239, "\(check.message)")
    #expect(check.evidence["inputs"] == .array(["region", "joint"]))
  }

  @Test func `the champion is asked where a limit compares with it`() async throws {
    let fixture = try CounterfactualFixture()
    let models = """
      champion: {from: matrix.onnx, features: [income, age]}
      candidate: {from: binary.lightgbm.txt}
      """
    let gate = "by: [region]\nmetrics: {counterfactual_flip_rate: {max_increase: 0.01}}"
    let check = try check(try await fixture.checks(gate, models: models))
    #expect(check.champion == 0 && check.outcome == .failed, "\(check.message)")
    #expect(check.difference == check.value)
    let turned = models.replacing("champion", with: "x").replacing("candidate", with: "champion")
      .replacing("x:", with: "candidate:")
    let better = try self.check(
      try await fixture.checks(gate, models: turned))
    #expect(better.value == 0 && better.outcome == .passed, "\(better.message)")
    let alone = try self.check(
      try await fixture.checks("by: [region]\n" + Self.metric, models: models))
    #expect(alone.champion == nil && alone.value == check.value)
  }

  @Test func `classes and numbers`() async throws {
    let fixture = try CounterfactualFixture(
      "SELECT *, ['low', 'mid', 'high'][1 + i % 3] AS grade FROM "
        + "(\(CounterfactualFixture.applications)) s, LATERAL (SELECT id AS i)")
    let classes = try check(
      try await fixture.checks(
        "by: [region]\n" + Self.metric, models: "candidate: {from: classes.lightgbm.txt}",
        task: "task: multiclass\nclasses: [high, low, mid]", label: "grade"))
    let value = try #require(classes.value)
    #expect(value > 0 && value < 1, "\(classes.message)")
    let numbers = try check(
      try await fixture.checks(
        "by: [joint]\nmetrics: {counterfactual_change: {max: 10}}",
        models: """
          candidate: {from: regression.onnx, may_read_label: true, features: [income, age], derive: {income: "income + 10 * joint::INTEGER"}}
          """, task: "task: regression", label: "income"))
    // The model is linear: ten of income move every row alike.
    let source = Models.source(
      "regression.onnx", task: .regression, classes: [], features: ["income", "age"],
      derive: [("income", "10.0"), ("age", "0.0")])
    let zero = Models.source(
      "regression.onnx", task: .regression, classes: [], features: ["income", "age"],
      derive: [("income", "0.0"), ("age", "0.0")])
    let table = try fixture.fixture.holdout(fixture.workshop.path + "/holdout.parquet")
    let slope = try Models.score(source, table).numbers[0] - Models.score(zero, table).numbers[0]
    #expect(abs(try #require(numbers.value) - abs(slope)) < 1e-4, "\(numbers.message)")
    #expect(numbers.evidence["inputs"] == .array(["income"]))
  }
}
