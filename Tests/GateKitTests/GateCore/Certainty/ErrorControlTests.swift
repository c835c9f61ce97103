import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What becomes of statements that are held together.
@Suite struct ErrorControlTests {
  /// A check with one statement a p-value; above 0 it says kept, below broken.
  static func check(
    _ id: String, _ pValues: [Double], level: Double = 0.025, smallest: Double = 1e-12
  ) -> Check {
    var check = Check(id: id, gate: "g", outcome: .error, message: "")
    check.judgement = Judgement(
      opening: "m ",
      statements: pValues.enumerated().map { index, p in
        let isKept = p > 0
        return Statement(
          limit: "limit\(index)",
          outcome: abs(p) <= level ? (isKept ? .passed : .failed) : .inconclusive,
          claim: isKept ? .satisfied : .violated, pValue: abs(p), smallestPValue: smallest,
          level: level,
          test: "t", statistic: 1, sentence: "says \(index)")
      })
    if let decided = check.judgement?.decide() {
      (check.outcome, check.message) = decided
    }
    return check
  }

  private func control(
    _ method: ErrorControl, _ checks: [Check]
  ) -> (checks: [Check], corrected: MultipleTestingReport?) {
    var checks = checks
    let corrected = method.apply(to: &checks, of: { $0.gate == "g" }, named: "g")
    return (checks, corrected)
  }

  @Test func `Holm's steps decide, each side among its own`() throws {
    let before = [0.004, 0.01, 0.012, -0.004, 0.2].enumerated().map { Self.check("c\($0)", [$1]) }
    #expect(before.map(\.outcome) == [.passed, .passed, .passed, .failed, .inconclusive])
    let (after, corrected) = control(.holm, before)
    let tests = try #require(corrected).tests
    #expect(tests.map(\.adjustedPValue) == [0.02, 0.04, 0.04, 0.02, 0.4])
    #expect(tests.map(\.isDecided) == [true, false, false, true, false])
    #expect(tests.map(\.statement) == [.satisfied, .satisfied, .satisfied, .violated, .satisfied])
    #expect(
      after.map(\.outcome) == [.passed, .inconclusive, .inconclusive, .failed, .inconclusive])
    #expect(
      after[1].message
        == "m says 0; its p-value is 0.01, by Holm over 5 limits 0.04, above 0.025")
    #expect(after[0].message == before[0].message)
  }

  @Test func `a check fails if any of its limits still does`() throws {
    let (after, _) = control(
      .bonferroni, [Self.check("a", [0.001, -0.001]), Self.check("b", [0.02])])
    #expect(after.map(\.outcome) == [.failed, .inconclusive])
    #expect(after[0].message == "m says 1")
    let (undone, _) = control(.bonferroni, [Self.check("a", [0.001, -0.02])])
    #expect(undone[0].outcome == .inconclusive)
    #expect(undone[0].message.contains("says 1; its p-value is 0.02, by Bonferroni over 2 limits"))
  }

  @Test func `no control changes nothing, and no method decides more than none`() throws {
    var source = RandomSource(seed: 5, stream: 0)
    for _ in 0..<50 {
      let checks = (0..<12).map { index in
        let p = source.uniform() * source.uniform() * 0.5
        return Self.check("c\(index)", [source.uniform() < 0.5 ? p : -p])
      }
      #expect(control(.none, checks).corrected == nil)
      var decided: [ErrorControl: Int] = [:]
      for method in ErrorControl.allCases where method != .none {
        let (after, corrected) = control(method, checks)
        let tests = try #require(corrected).tests
        decided[method] = tests.count(where: \.isDecided)
        for (check, old) in zip(after, checks) where old.outcome == .inconclusive {
          #expect(check.outcome == .inconclusive)
        }
        for (check, old) in zip(after, checks) {
          #expect(check.outcome == old.outcome || check.outcome == .inconclusive)
        }
        for test in tests { #expect(test.adjustedPValue >= test.pValue) }
      }
      #expect(decided[.bonferroni, default: 0] <= decided[.holm, default: 0])
      #expect(decided[.holm, default: 0] <= decided[.bh, default: 0])
      #expect(decided[.by, default: 0] <= decided[.bh, default: 0])
    }
  }

  @Test func `each statement is held against its own level`() throws {
    let (after, _) = control(
      .bonferroni, [Self.check("a", [0.02], level: 0.05), Self.check("b", [0.02], level: 0.025)])
    #expect(after.map(\.outcome) == [.passed, .inconclusive])
  }

  @Test func `resamples that can never be enough say how many would`() throws {
    let few = (0..<30).map { Self.check("c\($0)", [1.0 / 1001], smallest: 1.0 / 1001) }
    let (after, _) = control(.bonferroni, few)
    #expect(after[0].outcome == .inconclusive)
    #expect(
      after[0].message.contains(
        "1000 resamples cannot show enough, and 'replicates: 1201' could"), "\(after[0].message)")
    let wanted = ErrorControl.bonferroni.wantedReplicates(0.025, 30)
    let enough = (0..<30).map {
      Self.check("c\($0)", [1 / Double(wanted + 1)], smallest: 1 / Double(wanted + 1))
    }
    #expect(control(.bonferroni, enough).checks.allSatisfy { $0.outcome == .passed })
    let strict = (0..<30).map {
      Self.check("c\($0)", [1.0 / 1001], level: 1e-6, smallest: 1.0 / 1001)
    }
    #expect(control(.by, strict).checks[0].message.contains("nor can 100000"))
  }

  @Test func `of 20 shares just short of their bounds, hardly ever one passes`() throws {
    var source = RandomSource(seed: 41, stream: 0)
    var wrong: [ErrorControl: Int] = [:]
    let runs = 300
    for _ in 0..<runs {
      let checks = (0..<20).map { index -> Check in
        let right = (0..<200).count { _ in source.uniform() < 0.699_999 }
        let share = Double(right) / 200
        let curve = ConfidenceCurve(test: "score z") { confidence throws(Undefined) in
          try ShareInterval.wilson(share: share, size: 200, confidence: confidence)
        }
        let bound = Decision.Bound.atLeast(0.7)
        let outcome = (try? curve.interval(0.95)).map(bound.outcome) ?? .inconclusive
        let isKept = outcome == .inconclusive ? share >= 0.7 : outcome == .passed
        let p = curve.pValue(
          that: bound, isKept: isKept, level: 0.025, isShown: outcome != .inconclusive)
        return Self.check("c\(index)", [isKept ? p : -p])
      }
      for method in ErrorControl.allCases
      where control(method, checks).checks.contains(where: { $0.outcome == .passed }) {
        wrong[method, default: 0] += 1
      }
    }
    // At most 2.5% with three standard errors of 300 runs on top; without control about 40%.
    let most = Int(Double(runs) * (0.025 + 3 * (0.025 * 0.975 / Double(runs)).squareRoot()))
    for method in [ErrorControl.holm, .bonferroni, .bh, .by] {
      #expect(wrong[method, default: 0] <= most, "\(method): \(wrong[method, default: 0])")
    }
    #expect(wrong[.none, default: 0] > runs / 4)
  }
}

/// What a check that was judged with confidence gives as evidence.
@Suite struct StatisticsEvidenceTests {
  /// The checks of one metric in a champion gate with confidence.
  private static func checks(
    _ metric: String, limits: KeyValuePairs<String, Any>, _ candidate: Sample, _ champion: Sample
  ) async throws -> Check {
    let node = RunTests.node(
      RunTests.pairs([
        "gate": "champion", "confidence": "0.95", "seed": "4",
        "metrics": RunTests.pairs([metric: limits]),
      ]))
    let gate = try ChampionGate(
      GateSettings(id: "champion", node: node, task: .binary, slices: [], hasChampion: true))
    let bench = Workbench(
      task: .binary, hasChampion: true, rows: candidate.count,
      samples: [.candidate: .success(candidate), .champion: .success(champion)])
    return try #require(await gate.checks(on: bench).first)
  }

  private static func number(_ json: JSON?) -> Double? {
    switch json {
    case .number(let number)?: number
    case .integer(let number)?: Double(number)
    default: nil
    }
  }

  @Test func `an area has DeLong's z and p-value, of the limit and of no difference`()
    async throws
  {
    let (candidate, champion) = CertaintyTests.models(rows: 300)
    let check = try await Self.checks("roc_auc", limits: ["max_drop": 0.02], candidate, champion)
    guard case .binary(let mine) = candidate, case .binary(let other) = champion else { return }
    let areas = try DeLongDifference(candidate: mine, champion: other)
    let error = areas.variance.squareRoot()
    // The drop is the champion's less the candidate's.
    let z = (-areas.difference - 0.02) / error
    #expect(check.evidence["statistic"]?["name"] == "DeLong z, Hall")
    #expect(try abs(#require(Self.number(check.evidence["statistic"]?["value"])) - z) < 1e-9)
    let p = try #require(Self.number(check.evidence["p_value"]))
    // The interval whose tails are the p-value ends at the limit.
    let edge = try areas.interval(confidence: 1 - 2 * p)
    #expect(abs((z < 0 ? edge.low : edge.high) + 0.02) < 1e-6)
    #expect(check.evidence["statement"] == .string(z < 0 ? "satisfied" : "violated"))
    let tests = check.evidence["tests"]
    #expect(tests?[0]?["name"] == "DeLong z" && tests?[1] == nil)
    #expect(try Self.number(tests?[0]?["p_value"]) == areas.pValue)
    #expect(tests?[0]?["hypothesis"] == "no difference, two-sided")
  }

  @Test func `accuracy has McNemar's tests with both counts`() async throws {
    let (candidate, champion) = CertaintyTests.models(rows: 300)
    let check = try await Self.checks(
      "accuracy", limits: ["max_drop": 0.02, "min_gain": 0], candidate, champion)
    let (gained, lost) = candidate.changes(from: champion)
    let tests = check.evidence["tests"]
    for (index, wanted) in [
      try McNemar.exact(gained: gained, lost: lost), try McNemar.midP(gained: gained, lost: lost),
    ].enumerated() {
      #expect(tests?[index]?["name"] == .string(wanted.method))
      #expect(Self.number(tests?[index]?["p_value"]) == wanted.pValue)
      #expect(tests?[index]?["gained"] == .integer(gained))
      #expect(tests?[index]?["lost"] == .integer(lost))
    }
    // Two limits: each has its own.
    let limits = try #require(check.evidence["limits"])
    #expect(limits.keys == ["max_drop", "min_gain"])
    for key in limits.keys { #expect(Self.number(limits[key]?["p_value"]) != nil) }
  }

  @Test func `a mean loss has Student's, Wilcoxon's and sign flips`() async throws {
    let (candidate, champion) = CertaintyTests.models(rows: 300)
    let check = try await Self.checks("log_loss", limits: ["max_drop": 0.02], candidate, champion)
    let measured = try CertaintyTests.measured("log_loss")
    let differences = try #require(try measured.differences(candidate, champion)).values
    let wanted = [
      try pairedT(differences), try Wilcoxon.test(differences),
      try await signFlips(differences, replicates: 1000, seed: 4),
    ]
    let tests = check.evidence["tests"]
    for (index, wanted) in wanted.enumerated() {
      #expect(tests?[index]?["name"] == .string(wanted.method))
      #expect(Self.number(tests?[index]?["p_value"]) == wanted.pValue)
      #expect(Self.number(tests?[index]?["statistic"]) == wanted.statistic)
    }
    #expect(tests?[3] == nil)
  }

  @Test func `rows with weights have none of the tests that know no weights`() async throws {
    let (candidate, champion) = CertaintyTests.models(rows: 100)
    func weighted(_ sample: Sample) -> Sample {
      sample.body.weighing([Double](repeating: 2, count: sample.count)).sample
    }
    for id in ["roc_auc", "accuracy", "log_loss"] {
      let check = try await Self.checks(
        id, limits: ["max_drop": 0.02], weighted(candidate), weighted(champion))
      #expect(check.evidence["tests"] == nil && check.evidence["p_value"] != nil, "\(id)")
    }
  }
}
