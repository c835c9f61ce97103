import Foundation
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

/// A classifier that tells both sides of some rows apart, in processes of its own.
struct DomainClassifierTrainingTests {
  private func separate(
    _ features: [DriftRows.Feature], most: Int = 100_000, rounds: Int = 100, leaves: Int = 31,
    seed: UInt64 = 0, limits: ModelLimits = ModelLimits(), executable: String = Models.executable
  ) throws -> DomainClassifierResult {
    try GateModels.trainDomainClassifier(
      DomainClassifierRequest(
        rows: DriftRows(features: features), mostRows: most, rounds: rounds, leaves: leaves,
        seed: seed, limits: limits), executable: executable, temporary: Models.temporary)
  }

  private func figure(_ found: DomainClassifierResult) throws -> (area: Double, p: Double) {
    let test = try #require(DriftTests.named("domain_classifier"))
    let figure = try test.figure(on: .separation(found))
    return (figure.value, try #require(figure.pValue))
  }

  /// Normal numbers by Box and Muller.
  private func normal(_ count: Int, _ stream: UInt64, seed: UInt64 = 1) -> [Double] {
    var random = RandomSource(seed: seed, stream: stream)
    return (0..<count).map { _ in
      (-2 * log(1 - random.uniform())).squareRoot() * cos(2 * .pi * random.uniform())
    }
  }

  private func numbers(
    _ name: String, _ reference: [Double], _ current: [Double]
  ) -> DriftRows.Feature {
    DriftRows.Feature(name: name, values: .numbers(reference: reference, current: current))
  }

  @Test func learnsAsThePythonPackageDoes() throws {
    let golden = Training.golden.job
    let trainer = try LightGBMTrainer(
      TrainingJob(
        memory: 0, seconds: 0, rounds: golden.rounds, leaves: golden.leaves,
        leafRows: golden.leafRows,
        categoryRows: golden.categoryRows, seed: golden.seed,
        features: golden.features.count, isCurrent: golden.isCurrent, isScored: golden.isScored))
    for feature in golden.features {
      if let codes = feature.codes {
        try trainer.take(.categories(codes))
      } else {
        try trainer.take(.numbers((feature.numbers ?? []).map { $0 ?? .nan }))
      }
    }
    let found = try trainer.learn()
    #expect(distance(found.scores, golden.scores) < 1e-12)
    #expect(distance(found.gains, golden.gains) < 1e-9)
    #expect(Set(found.scores).count > 50)
  }

  @Test func oneDistributionIsNotToldApart() throws {
    let n = 8000
    let found = try separate([
      numbers("income", normal(n, 0), normal(n, 1)), numbers("debt", normal(n, 2), normal(n, 3)),
      numbers("age", normal(n, 4), normal(n, 5)),
    ])
    let (area, p) = try figure(found)
    #expect(abs(area - 0.5) < 0.02, "\(area)")
    #expect(p > 0.001)
    #expect(found.folds.map(\.scores.count) == [n, n])
    #expect(abs(found.features.reduce(0) { $0 + $1.share } - 1) < 1e-12)
  }

  @Test func pValuesOfOneDistributionAreSpread() throws {
    var values: [Double] = []
    for seed in 0..<40 as Range<UInt64> {
      let found = try separate(
        [
          numbers("income", normal(150, 0, seed: seed), normal(120, 1, seed: seed)),
          numbers("debt", normal(150, 2, seed: seed), normal(120, 3, seed: seed)),
        ], rounds: 20)
      values.append(try figure(found).p)
    }
    // Of 40, more than 7 at 0.05 or fewer than 5 below 0.5 come by chance once in a thousand.
    #expect(values.count { $0 <= 0.05 } <= 7 && values.count { $0 <= 0.5 } >= 5, "\(values)")
  }

  @Test func aChangeThatNoColumnShowsIsFound() throws {
    let n = 3000
    let (a, b) = (normal(n, 0), normal(n, 1))
    let (c, d) = (normal(n, 2), normal(n, 3))
    // Both margins are normal on both sides; the signs agree on one and differ on the other.
    let found = try separate([
      numbers("noise", normal(n, 4), normal(n, 5)),
      numbers("income", a, c),
      numbers(
        "debt", zip(a, b).map { $0 > 0 ? abs($1) : -abs($1) },
        zip(c, d).map { $0 > 0 ? -abs($1) : abs($1) }),
    ])
    let (area, p) = try figure(found)
    #expect(area > 0.9, "\(area)")
    #expect(p < 1e-12)
    let shares = found.features.map(\.share)
    #expect(shares[0] < shares[1] && shares[0] < shares[2], "\(shares)")
  }

  @Test func categoriesAndNullsTell() throws {
    let n = 400
    let same = (0..<n).map { Int32($0 % 5) }
    let names = (0..<5).map { "r\($0)" }
    func region(_ codes: [Int32]) -> DriftRows.Feature {
      DriftRows.Feature(
        name: "region", values: .categories(reference: same, current: codes, names: names))
    }
    #expect(try abs(figure(separate([region(same)])).area - 0.5) < 0.1)
    let gone = try figure(separate([region(same.map { $0 == 1 ? -1 : $0 })]))
    #expect(gone.area > 0.6 && gone.p < 1e-6, "a null is a category: \(gone)")
    let moved = try figure(separate([region(same.map { $0 == 1 ? 4 : $0 })]))
    #expect(moved.area > 0.55 && moved.p < 1e-3, "\(moved)")
    let missing = try figure(
      separate([
        numbers(
          "income", normal(n, 0),
          normal(n, 1).enumerated().map { $0.offset % 3 == 0 ? .nan : $0.element })
      ]))
    #expect(missing.area > 0.6 && missing.p < 1e-6, "\(missing)")
  }

  @Test func theSameRowsGiveTheSameBytes() throws {
    let features = [
      numbers("income", normal(2000, 0), normal(1500, 1)),
      numbers("debt", normal(2000, 2), normal(1500, 3).map { $0 + 0.2 }),
    ]
    let runs = try (0..<2).map { _ in try separate(features, most: 1200, seed: 4) }
    for (one, other) in zip(runs[0].folds, runs[1].folds) {
      #expect(one.scores.map(\.bitPattern) == other.scores.map(\.bitPattern))
      #expect(one.isCurrent == other.isCurrent && one.scores.count == 1200)
    }
    #expect(runs[0].features.map(\.share) == runs[1].features.map(\.share))
    #expect(runs[0].settings == runs[1].settings)
    #expect(
      runs[0].settings.contains(
        JSON.Member(
          "rows_drawn",
          .object([
            JSON.Member("reference", .integer(1200)), JSON.Member("of_reference", .integer(2000)),
            JSON.Member("current", .integer(1200)), JSON.Member("of_current", .integer(1500)),
          ]))))
    let other = try separate(features, most: 1200, seed: 5)
    #expect(other.folds[0].scores != runs[0].folds[0].scores)
  }

  @Test func edges() throws {
    // Nothing varies.
    let constant = [Double](repeating: 7, count: 50)
    let flat = try separate([numbers("income", constant, constant)])
    #expect(try figure(flat).area == 0.5 && figure(flat).p == 1)
    #expect(flat.features.map(\.share) == [0])
    // One value against another, also infinite ones.
    for (one, two) in [(7, 8), (-Double.infinity, .infinity), (1e308, .infinity), (.nan, 3)] {
      let (area, _) = try figure(
        separate([
          numbers(
            "income", [Double](repeating: one, count: 50), [Double](repeating: two, count: 50))
        ]))
      // The library takes what is past 1e300 as one.
      #expect(area == (one == 1e308 ? 0.5 : 1), "\(one) \(two)")
    }
    // The fewest rows.
    let few = try figure(separate([numbers("income", [1, 2], [3, 4])]))
    #expect(0...1 ~= few.area && few.p > 0.1)
    #expect(throws: Undefined.self) { try separate([numbers("income", [1], [3, 4])]) }
    #expect(throws: Diagnostic.self) {
      try separate([numbers("income", [1, 2], [3, 4]), numbers("debt", [1, 2], [3])])
    }
  }

  @Test func manyCategories() throws {
    let n = 20_000
    let found = try separate(
      [
        DriftRows.Feature(
          name: "customer",
          values: .categories(
            reference: (0..<Int32(n)).map { $0 }, current: (0..<Int32(n)).map { $0 + Int32(n) },
            names: (0..<2 * n).map { "c\($0)" }))
      ], rounds: 10)
    // Every category is met once, so none tells anything of rows that were not learned from.
    #expect(try abs(figure(found).area - 0.5) < 0.02)
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["GATEWRIGHT_TEST_FIGURES"] != nil),
    arguments: [10, 30, 100])
  func takesSoLong(_ columns: Int) throws {
    let n = 100_000
    let features = (0..<columns).map { place in
      numbers("x\(place)", normal(n, UInt64(place)), normal(n, UInt64(place + 1000)))
    }
    let start = ContinuousClock.now
    let area = try figure(separate(features)).area
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print("figures", columns, "features of 100,000 rows a side:", seconds, "s, area", area)
    #expect(abs(area - 0.5) < 0.02)
  }

  @Test func aMissingLibraryIsSaidSo() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = folder.appendingPathComponent("worker").path
    try "#!/bin/sh\nexec env -i HOME=/nowhere '\(Models.executable)' \"$@\"\n".write(
      toFile: script, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    let missing = try problem {
      try separate([numbers("income", [1, 2], [3, 4])], executable: script)
    }
    #expect(
      missing.message.hasPrefix("the domain classifier: the library of LightGBM was not found"))
    #expect(missing.hint?.contains("make native") == true)
  }

  @Test func limitsHold() throws {
    let n = 20_000
    let features = (0..<10).map { place in
      numbers("x\(place)", normal(n, UInt64(place)), normal(n, UInt64(place + 100)))
    }
    let slow = try problem {
      try separate(features, rounds: 100_000, limits: ModelLimits(seconds: 2))
    }
    #expect(
      slow.message
        == "the worker process that trains the domain classifier did not finish within 2 s"
    )
    #expect(slow.temporary && slow.hint?.contains("'rounds'") == true)
    let large = try problem {
      try separate(features, limits: ModelLimits(memory: 60 << 20))
    }
    #expect(large.message.contains("ran out of memory"), "\(large.message)")
  }

  @Test func aProgramThatIsNoWorkerIsAnError() throws {
    for program in ["/bin/false", "/bin/cat", "/nonexistent/gatewright"] {
      _ = try problem { try separate([numbers("income", [1, 2], [3, 4])], executable: program) }
    }
  }

  @Test func lessonsThatLieAboutLengthsAreRefused() throws {
    let job = TrainingJob(
      memory: 1, seconds: 1, rounds: 1, leaves: 2, leafRows: 1, categoryRows: 1, seed: 0,
      features: 1, isCurrent: [true, false], isScored: [false, true])
    for message in [
      Message.job(job), .feature(.numbers([1, 2])), .feature(.categories([1, 2])),
      .learned(TrainingJob.Outcome(scores: [0.5], gains: [1])),
    ] {
      let whole = message.encoded
      let payload = Array(whole[Message.header...])
      for length in payload.indices {
        #expect(throws: Diagnostic.self) {
          try Message(kind: whole[0], payload: payload.prefix(length))
        }
      }
      _ = try Message(kind: whole[0], payload: payload[...])
    }
    let trainer = try LightGBMTrainer(job)
    #expect(throws: Diagnostic.self) { try trainer.learn() }
    #expect(throws: Diagnostic.self) { try trainer.take(.numbers([1])) }
    try trainer.take(.numbers([1, 2]))
    #expect(throws: Diagnostic.self) { try trainer.take(.numbers([1, 2])) }
  }
}
