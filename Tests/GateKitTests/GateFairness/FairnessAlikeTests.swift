import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Two models that answer every row alike, and are not one.
@Suite struct FairnessAlikeTests {
  /// What a gate says of "the candidate's is no more than 0.001 above the champion's", of one metric at a time.
  private static func checks(
    _ task: TaskKind, rows: Int, isOneModel: Bool
  ) async throws -> [(metric: FairnessMetric, check: Check)] {
    let derived = [
      "roc_auc_difference", "f1_ratio", "accuracy_group_max", "mean_absolute_error_difference",
      "r2_difference", "ndcg_difference", "f1_macro_difference",
    ]
    let metrics = FairnessMetrics.all(task: task).filter { metric in
      if case .rows = metric.measure { return false }
      let isNamed = FairnessMetrics.named.contains { $0.id == metric.id }
      return (isNamed || derived.contains(metric.id))
        && metric.parameters.allSatisfy { !$0.required }
    }
    let sample = Rows(seed: 3, task: task, count: rows).sample
    let groups = ["a", "b", "c"].map { SliceGroup(values: [SliceValue("sex", .text($0))]) }
    let codes = (0..<rows).map { Int32(max(0, $0 % 4 - 1)) }
    let bench = Workbench(
      task: task, hasChampion: true, rows: rows,
      samples: [.candidate: .success(sample), .champion: .success(sample)],
      slices: [.column("sex"): .success(SlicedRows(groups: groups, codes: codes))],
      isOneModel: isOneModel)
    var found: [(FairnessMetric, Check)] = []
    for metric in metrics {
      let limits = RunTests.pairs(["max_increase": 0.001])
      let body: KeyValuePairs<String, Any> = [
        "gate": "fairness", "by": ["sex"], "reference": RunTests.pairs(["sex": "a"]),
        "confidence": 0.95, "replicates": 100, "metrics": RunTests.pairs([metric.id: limits]),
      ]
      // Not every metric takes each of these keys.
      let settings = GateSettings(
        id: "fairness", node: RunTests.node(body), task: task, hasChampion: true)
      guard let gate = try? FairnessGate(settings) else { continue }
      found.append((metric, try await gate.checks(on: bench)[0]))
    }
    return found
  }

  @Test(arguments: TaskKind.allCases)
  func `few rows do not show that two models are as fair`(_ task: TaskKind) async throws {
    for (metric, check) in try await Self.checks(task, rows: 60, isOneModel: false) {
      // What labels alone say is the same of any model.
      if metric.isOfLabels(Arguments()) && check.outcome == .passed { continue }
      #expect(check.outcome != .passed, "\(metric.id): \(check.message)")
    }
  }

  @Test(arguments: [TaskKind.binary, .multiclass])
  func `a model is as fair as itself`(_ task: TaskKind) async throws {
    for (metric, check) in try await Self.checks(task, rows: 60, isOneModel: true) {
      #expect(check.outcome == .passed || check.outcome == .error, "\(metric.id): \(check.message)")
    }
  }
}
