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

/// What the metrics of a number a row say of a manifest, of data or of models that do not fit.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct RowFairnessMistakeTests {
  private func refusal(_ gate: String, data: String = "") throws -> Diagnostic {
    let fixture = try CounterfactualFixture()
    return try problem {
      try fixture.manifest(
        gate, models: "candidate: {from: binary.lightgbm.txt}", data: data, task: "task: binary",
        label: "y")
    }
  }

  private func message(
    _ gate: String, models: String = "candidate: {from: binary.lightgbm.txt}", data: String = ""
  ) async throws -> String {
    let checks = try await CounterfactualFixture().checks(gate, models: models, data: data)
    let check = try #require(checks.first)
    #expect(check.outcome == .error, "\(check.message)")
    return check.message
  }

  static let metric = "metrics: {counterfactual_flip_rate: {max: 0.5}}"

  @Test func `groups of many values have none to be set to`() throws {
    let bins = "derive: {x: \"1\"}\nslices:\n  - {name: band, column: age, bins: [30, 50]}"
    let mistake = try refusal("by: [sex, band]\n" + Self.metric, data: bins)
    #expect(mistake.message.contains("'band' is no column: many values"), "\(mistake.message)")
    #expect(mistake.excerpt?.contains("counterfactual_flip_rate") == true)
    #expect(mistake.hint?.contains("gate of its own") == true)
    let condition = "derive: {x: \"1\"}\nslices:\n  - {name: old, where: age > 40}"
    #expect(
      try refusal("by: [[sex, old]]\n" + Self.metric, data: condition).message
        .contains("'sex,old' is no column"))
  }

  @Test func `scores made elsewhere say nothing of other values`() async throws {
    let fixture = try CounterfactualFixture()
    let scores = try fixture.fixture.copy(
      "SELECT (id % 10) / 10.0 AS score FROM (\(CounterfactualFixture.applications))",
      to: "scores.csv")
    try fixture.workshop.run("cp '\(scores)' scores.csv")
    let models = "candidate: {predictions: scores.csv, score: score}"
    let checks = try await fixture.checks("by: [sex]\n" + Self.metric, models: models)
    #expect(checks.map(\.outcome) == [.error])
    #expect(
      checks[0].message.contains(
        "the candidate's scores were made elsewhere, and what it would answer were 'sex' another takes the model itself"
      ))
    // Neighbours need no model: every column of numbers that has no role is one of them.
    let like = try await fixture.checks(
      "by: [sex]\nmetrics: {consistency: {min: 0.1}}", models: models)
    #expect(like.map(\.outcome) == [.passed], "\(like[0].message)")
    #expect(like[0].evidence["columns"] == .array(["id", "income", "age", "joint"]))
  }

  @Test func `an attribute of too many values, or that is not there`() async throws {
    #expect(
      try await message("by: [many]\n" + Self.metric)
        .contains("'many' has 30 values, and each takes a scoring of all rows: at most 20"))
    #expect(
      try await message("by: [[id, many]]\n" + Self.metric).contains("'id,many' has 240 values"))
    #expect(
      try await message("by: [regoin]\n" + Self.metric)
        .contains("there is no slice and no column 'regoin'"))
    let large = try CounterfactualFixture(
      "SELECT *, income || '-' || age || '-' || (i * 7919) AS key, i AS n FROM "
        + "(\(CounterfactualFixture.applications)) s, range(50) u(i)")
    let check = try #require(try await large.checks("by: [key]\n" + Self.metric).first)
    #expect(check.outcome == .error)
    #expect(check.message.contains("more than 10000 values"), "\(check.message)")
  }

  @Test func `a window over rows that are set all at once`() async throws {
    let derived =
      "candidate: {from: binary.lightgbm.txt, derive: {income: \"avg(income) OVER (PARTITION BY sex)\"}}"
    #expect(
      try await message("by: [sex]\n" + Self.metric, models: derived)
        .contains("it has a window over other rows"))
  }

  @Test func `more neighbours than rows`() async throws {
    #expect(
      try await message("by: [sex]\nmetrics: {consistency: {min: 0.1, neighbours: 300}}")
        .contains("300 neighbours were asked for, and 240 rows take part"))
  }

  @Test func `nulls, texts and columns that are not there`() async throws {
    let named = "by: [sex]\nmetrics: {consistency: {min: 0.1, columns: [income, gap]%}}"
    let gap = "derive: {gap: \"CASE WHEN id = 6 OR id = 9 THEN NULL ELSE id END\"}"
    #expect(
      try await message(named.replacing("%", with: ""), data: gap)
        .contains("the column 'gap' is null or NaN in row 7, and 2 rows in all"))
    let skipped = try await CounterfactualFixture().checks(
      named.replacing("%", with: ", nulls: skip"), data: gap)
    #expect(skipped[0].outcome != .error)
    #expect(skipped[0].message.contains("2 rows with nulls left out"), "\(skipped[0].message)")
    #expect(
      try await message(named.replacing("gap", with: "many").replacing("%", with: ""))
        .contains("the column 'many' holds texts, and rows are alike by numbers"))
    let unknown = named.replacing("gap", with: "agee").replacing("%", with: "")
    let check = try await CounterfactualFixture().checks(unknown)[0]
    #expect(check.message.contains("there is no column 'agee'") && check.message.contains("'age'?"))
  }

  @Test func `a reference group must be named`() throws {
    let mistake = try refusal("by: [sex]\nmetrics: {\"flip_test@clarify\": {max: 0.1}}")
    #expect(mistake.message.contains("compares with a reference group, and 'sex' has none"))
  }

  @Test func `like rows by what the candidate takes, beside the champion`() async throws {
    let models = """
      champion: {from: matrix.onnx, features: [income, age]}
      candidate: {from: binary.lightgbm.txt}
      """
    let checks = try await CounterfactualFixture().checks(
      """
      by: [sex]
      reference: {sex: m}
      metrics:
        consistency: {min: 0.2, max_drop: 0.5}
        "flip_test@clarify": {min: -0.9, max: 0.9}
      """, models: models)
    #expect(checks.map(\.outcome) == [.passed, .passed], "\(checks.map(\.message))")
    #expect(checks[0].evidence["columns"] == .array(["income", "age", "joint"]))
    #expect(checks[0].champion != nil && checks[0].interval?.method == "Student's t, Hall")
    #expect(checks[1].evidence["reference"] == .string("m"))
  }
}
