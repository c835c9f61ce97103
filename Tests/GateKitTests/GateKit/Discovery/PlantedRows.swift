@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Loan applications with two models' decisions, which are as good everywhere but on planted rows.
struct PlantedRows {
  let table: MemoryTable
  let positives, champion, candidate: [Bool]
  let planted: [Bool]

  /// On the planted rows (of one value of `region`, one interval of `age`) the candidate decides `harm` fewer rightly.
  init(_ rows: Int, seed: UInt64, harm: Double) {
    var random = RandomSource(seed: seed, stream: 1)
    var (positives, champion, candidate, planted) = ([Bool](), [Bool](), [Bool](), [Bool]())
    var (ages, regions, sexes, incomes) = ([Double?](), [String?](), [String?](), [Double?]())
    for _ in 0..<rows {
      let age = 18 + (random.uniform() * 60).rounded(.down)
      let region = Int(random.uniform() * 6)
      let isPlanted = region == 2 && age >= 30 && age < 48
      ages.append(age)
      regions.append("r\(region)")
      sexes.append(random.uniform() < 0.5 ? "f" : "m")
      incomes.append(random.uniform() < 0.1 ? nil : random.uniform() * 1000)
      let isRight = random.uniform() < 0.85
      var isStill = random.uniform() < (isRight ? 0.96 : 0.227)
      if isPlanted, isStill, random.uniform() < harm / 0.85 { isStill = false }
      positives.append(random.uniform() < 0.3)
      champion.append(isRight == positives[positives.count - 1])
      candidate.append(isStill == positives[positives.count - 1])
      planted.append(isPlanted)
    }
    table = MemoryTable([
      .numbers("age", ages), .texts("region", regions), .texts("sex", sexes),
      .numbers("income", incomes),
    ])
    (self.positives, self.champion) = (positives, champion)
    (self.candidate, self.planted) = (candidate, planted)
  }

  /// What a gate reads; the rows' numbers are kept where some are left out.
  func bench(
    table: MemoryTable? = nil, weights: [Double]? = nil, clusters: [Int32]? = nil
  ) -> Workbench {
    func sample(_ decisions: [Bool]) -> Result<Sample, Diagnostic> {
      .success(
        .binary(
          BinarySample(
            scores: decisions.map { $0 ? 0.9 : 0.1 }, positives: positives, weights: weights)))
    }
    return Workbench(
      task: .binary, hasChampion: true, rows: positives.count,
      samples: [.candidate: sample(candidate), .champion: sample(champion)], clusters: clusters,
      tables: ["holdout": .success(table ?? self.table)])
  }

  /// The check of a gate with these keys.
  static func check(
    _ bench: Workbench, comparing: Bool = true, _ keys: KeyValuePairs<String, Any>
  ) async throws -> Check {
    let settings = GateSettings(
      id: "g", node: RunTests.node(keys), task: .binary, hasChampion: comparing)
    let gate: any Gate =
      comparing ? try ChampionGate(settings) : try PerformanceGate(settings)
    guard let check = try await gate.checks(on: bench).last, check.id == "g/discovered" else {
      throw Diagnostic("there is no check of the search")
    }
    return check
  }
}

extension Check {
  /// The slices that stand, as their members by name.
  var discovered: [[String: JSON]] {
    guard case .array(let slices)? = evidence["slices"] else { return [] }
    return slices.map { slice in
      guard case .object(let members) = slice else { return [:] }
      return Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    }
  }

  /// Their predicates.
  var predicates: [String] {
    discovered.compactMap { if case .string(let sql)? = $0["where"] { sql } else { nil } }
  }
}

extension JSON {
  /// The number it is.
  var double: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}
