import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The examples that stand beside the definitions.
@Suite struct FairnessExampleTests {
  static let tasks = TaskKind.allCases

  @Test(arguments: tasks) func `no two definitions of a task share a name`(task: TaskKind) {
    let ids = FairnessMetrics.all(task: task).map(\.id)
    #expect(Set(ids).count == ids.count)
    let plain = Set(Metrics.all.filter { $0.task == task }.map(\.id))
    #expect(plain.isDisjoint(with: ids))
  }

  @Test func `every definition says what it is and where it comes from`() {
    for metric in FairnessMetrics.named {
      let definition = metric.definition
      #expect(definition.summary.hasSuffix("."), "\(metric.id)")
      #expect(!definition.formula.isEmpty && !definition.source.isEmpty, "\(metric.id)")
    }
  }

  @Test func `metrics of the manifest's own are compared as well`() {
    let own = Metric(
      "profit", task: .binary, summary: "Profit.", direction: .higherIsBetter,
      range: -Double.infinity ... .infinity, formula: "tp", source: "the manifest",
      measure: .confusion { cells, _ in cells.truePositives }, examples: [])
    let ids = FairnessMetrics.all(task: .binary, metrics: Metrics.all + [own]).map(\.id)
    #expect(ids.contains("profit_difference") && ids.contains("profit_group_min"))
  }
}
