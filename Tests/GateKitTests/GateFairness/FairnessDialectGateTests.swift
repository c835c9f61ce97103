import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The named metrics in a gate: what is compared with, what is refused, and intervals.
@Suite struct FairnessDialectGateTests {
  /// A gate's checks of some metrics by `sex`, of which a row of three each is.
  static func checks(
    _ body: KeyValuePairs<String, Any>, _ candidate: Sample, champion: Sample? = nil,
    codes: [Int32]? = nil, task: TaskKind = .binary
  ) async throws -> [Check] {
    let settings = GateSettings(
      id: "fairness", node: RunTests.node(body), task: task, hasChampion: champion != nil)
    let gate = try FairnessGate(settings)
    var samples = [Role.candidate: Result<Sample, Diagnostic>.success(candidate)]
    if let champion { samples[.champion] = .success(champion) }
    let groups = ["a", "b", "c"].map { SliceGroup(values: [SliceValue("sex", .text($0))]) }
    let own = codes ?? (0..<candidate.count).map { Int32($0 % 3) }
    let used = groups.prefix(Int(own.max() ?? 0) + 1)
    return try await gate.checks(
      on: Workbench(
        task: task, hasChampion: champion != nil, rows: candidate.count, samples: samples,
        slices: [.column("sex"): .success(SlicedRows(groups: Array(used), codes: own))]))
  }

  /// What a metric must be given.
  private static func given(_ metric: FairnessMetric) -> [(String, Any)] {
    metric.parameters.filter(\.required).map { parameter in
      if case .choice(let values) = parameter.shape { return (parameter.id, values[0]) }
      return (parameter.id, parameter.id == "class" ? "a" : "0.5")
    }
  }

  private static func node(_ pairs: [(String, Any)]) -> Node {
    Node(
      .mapping(
        pairs.map { key, value in
          Node.Pair(key: RunTests.node(key), value: value as? Node ?? RunTests.node(value))
        }), at: RunTests.mark)
  }

  @Test(arguments: [TaskKind.binary, .multiclass, .regression])
  func `every named metric is judged on both models`(_ task: TaskKind) async throws {
    let metrics = FairnessNamedTests.metrics.filter { $0.task == task }
    let (mine, other) = (
      Rows(seed: 3, task: task, count: 240), Rows(seed: 4, task: task, count: 240)
    )
    var champion = mine
    (champion.scores, champion.probabilities) = (other.scores, other.probabilities)
    let body = metrics.map { metric -> (String, Any) in
      let bound = metric.range.upperBound
      return (
        metric.id,
        Self.node(
          Self.given(metric) + [("max", bound.isFinite ? bound : 9), ("max_increase", 0.5)])
      )
    }
    let settings = GateSettings(
      id: "fairness",
      node: Self.node([
        ("gate", "fairness"), ("by", ["sex"]), ("replicates", 200),
        ("reference", RunTests.pairs(["sex": "a"])), ("metrics", Self.node(body)),
      ]), task: task, hasChampion: true)
    let groups = ["a", "b", "c"].map { SliceGroup(values: [SliceValue("sex", .text($0))]) }
    let codes = (0..<240).map { Int32($0 % 3) }
    let checks = try await FairnessGate(settings).checks(
      on: Workbench(
        task: task, hasChampion: true, rows: 240,
        samples: [.candidate: .success(mine.sample), .champion: .success(champion.sample)],
        slices: [.column("sex"): .success(SlicedRows(groups: groups, codes: codes))]))
    #expect(checks.count == metrics.count)
    for (check, metric) in zip(checks, metrics) {
      #expect(check.outcome != .error, "\(metric.id): \(check.message)")
      let value = try #require(check.value, "\(metric.id)")
      #expect(check.champion != nil && check.evidence["groups"] != nil, "\(metric.id)")
      var arguments = Arguments()
      for (name, value) in Self.given(metric) {
        if let number = Double("\(value)") { arguments.numbers[name] = number }
        arguments.texts[name] = "\(value)"
      }
      let plain = try await metric.value(
        on: mine.sample, codes: codes, names: ["a", "b", "c"], reference: 0, arguments)
      #expect(value == plain, "\(metric.id)")
      if let interval = check.interval {
        #expect(interval.low <= value && value <= interval.high, "\(metric.id): \(interval)")
      } else {
        #expect(check.message.contains("no interval"), "\(metric.id): \(check.message)")
      }
    }
  }

  @Test func `Aequitas compares with the largest group, or the one that is named`() async throws {
    let sample = Rows(seed: 5, task: .binary, count: 100).sample
    let codes = (0..<100).map { Int32($0 < 20 ? 0 : $0 < 70 ? 1 : 2) }
    let metrics = RunTests.pairs(["tpr_parity@aequitas": RunTests.pairs(["min": 0.8])])
    let plain = try await Self.checks(
      ["gate": "fairness", "by": ["sex"], "metrics": metrics], sample, codes: codes)
    #expect(plain[0].evidence["reference"] == "b")
    let named = try await Self.checks(
      [
        "gate": "fairness", "by": ["sex"], "reference": RunTests.pairs(["sex": "c"]),
        "metrics": metrics,
      ], sample, codes: codes)
    #expect(named[0].evidence["reference"] == "c")
    #expect(named[0].value != plain[0].value)
  }

  @Test(arguments: [
    ("recall_difference@clarify", true), ("class_imbalance@clarify", true),
    ("between_group_theil_index@aif360", true), ("theil_index@aif360", false),
    ("between_all_groups_theil_index@aif360", false), ("fdr_parity@aequitas", false),
    ("class_imbalance", false),
  ])
  func `a reference is asked for where one is compared with`(
    _ id: String, _ isAsked: Bool
  ) async throws {
    let sample = Rows(seed: 5, task: .binary, count: 90).sample
    let body: KeyValuePairs<String, Any> = [
      "gate": "fairness", "by": ["sex"],
      "metrics": RunTests.pairs([
        id: RunTests.pairs([id.contains("parity") ? "min" : "max": 0.5])
      ]),
    ]
    guard isAsked else {
      #expect(try await Self.checks(body, sample)[0].outcome != .error)
      return
    }
    let error = await #expect(throws: Diagnostics.self) { try await Self.checks(body, sample) }
    #expect(error?.all.first?.message.contains("compares with a reference group") == true)
  }

  @Test(arguments: ["fdr_parity@aequitas", "theil_index@aif360", "scoring_impact_ratio"])
  func `weights are refused where the definition knows none`(_ id: String) async throws {
    let sample = Rows(seed: 5, task: .binary, count: 90, weighted: true).sample
    let checks = try await Self.checks(
      [
        "gate": "fairness", "by": ["sex"],
        "metrics": RunTests.pairs([
          id: RunTests.pairs([id.hasPrefix("theil") ? "max" : "min": 0.5])
        ]),
      ], sample)
    #expect(checks[0].outcome == .error && checks[0].message.contains("weights"))
  }

  @Test func `labels are the same rows' whatever the model, and no threshold decides them`()
    async throws
  {
    let (mine, other) = (
      Rows(seed: 5, task: .binary, count: 300), Rows(seed: 6, task: .binary, count: 300)
    )
    var champion = mine
    champion.scores = other.scores
    let codes = (0..<300).map { Int32($0 % 10 < 7 ? 0 : 1) }
    let body: KeyValuePairs<String, Any> = [
      "gate": "fairness", "by": ["sex"],
      "metrics": RunTests.pairs([
        "class_imbalance": RunTests.pairs(["max": 0.6, "max_increase": 0.0])
      ]),
    ]
    let check = try await Self.checks(
      body, mine.sample, champion: champion.sample, codes: codes)[0]
    #expect(check.outcome == .passed, "\(check.message)")
    #expect(check.difference == 0)
    // Twice a share of 0.7 of 300 rows, less 1: the root of 0.21 / 300 is its standard error.
    let interval = try #require(check.interval)
    let width = 2 * 1.96 * (0.21 / 300).squareRoot()
    #expect(abs(interval.low - (0.4 - width)) < 0.02 && abs(interval.high - (0.4 + width)) < 0.02)
    let refused: KeyValuePairs<String, Any> = [
      "gate": "fairness", "by": ["sex"],
      "metrics": RunTests.pairs([
        "conditional_demographic_disparity": RunTests.pairs([
          "max": 0.1, "of": "label", "threshold": 0.4,
        ])
      ]),
    ]
    let error = await #expect(throws: Diagnostics.self) {
      try await Self.checks(refused, mine.sample)
    }
    #expect(error?.all.first?.message.contains("labels, which no 'threshold' decides") == true)
  }

  @Test func `each model has the median of its own scores`() {
    let rows = Rows(seed: 7, task: .regression, count: 101)
    var other = rows
    other.scores = rows.scores.map { $0 * 3 + 2 }
    let part = FairnessPart(
      attribute: .column("sex"), slice: nil, sliceGroup: nil,
      groups: FairGroups(names: ["a"], codes: [Int32](repeating: 0, count: 101)), reference: nil,
      clusters: nil, candidate: rows.sample, champion: .success(other.sample))
    let cells = JointCells(aboveMedianOf: part).cells
    #expect(Set(cells) == [0, 3])
    #expect(cells.count { $0 == 3 } <= 50)
  }

  @Test func `rows of weight 1 have the interval of rows without weights`() async throws {
    let rows = Rows(seed: 8, task: .binary, count: 600)
    let weighed = rows.weighing { _ in 1 }
    let body: KeyValuePairs<String, Any> = [
      "gate": "fairness", "by": ["sex"],
      "metrics": RunTests.pairs([
        "generalized_entropy_index": RunTests.pairs(["max": 0.5]),
        "difference_in_proportions_of_labels": RunTests.pairs(["max": 0.5]),
      ]),
    ]
    let codes = (0..<600).map { Int32($0 < 200 ? 0 : 1) }
    let plain = try await Self.checks(body, rows.sample, codes: codes)
    let other = try await Self.checks(body, weighed.sample, codes: codes)
    for (one, two) in zip(plain, other) {
      #expect(one.value == two.value)
      guard let left = one.interval, let right = two.interval else {
        #expect((one.interval == nil) == (two.interval == nil), "\(one.message); \(two.message)")
        continue
      }
      let near = 0.15 * (left.high - left.low)
      #expect(abs(left.low - right.low) < near && abs(left.high - right.high) < near)
    }
  }
}
