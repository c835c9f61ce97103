package import GateCore
import GateMetrics

/// Every gate; a new one is a line here.
package enum Gates {
  package static let all: [any Gate.Type] = [
    SchemaGate.self, PerformanceGate.self, ChampionGate.self, FairnessGate.self,
    CalibrationGate.self, DriftGate.self, SizeGate.self, LatencyGate.self, DeterminismGate.self,
    ExportParityGate.self, ImportanceGate.self, RobustnessGate.self, EstimateGate.self,
    PluginGate.self,
  ]

  /// What each takes in a manifest, for a task (nil: for any) that may ask for these metrics.
  package static func options(
    task: TaskKind?, metrics: [Metric] = Metrics.all
  ) -> [Shape.Option] {
    all.map { gate in
      Shape.Option(
        gate.id, gate.summary,
        [
          Parameter("id", "The gate's id, where there are two of a kind.", .text),
          Parameter(
            "blocking", "Whether it can block the merge.", .boolean, standard: "true"),
          gate.errorControl,
        ] + gate.parameters(task: task, metrics: metrics))
    }
  }
}

extension GateSettings {
  /// The same of a manifest without metrics of its own.
  package init(
    id: String, node: Node, task: TaskKind, slices: [Slice] = [], hasChampion: Bool,
    classes: [String]? = nil, tables: Set<String>? = nil, read: @escaping FileReading = noFiles
  ) {
    self.init(
      id: id, node: node, task: task, slices: slices, hasChampion: hasChampion,
      metrics: Metrics.all, classes: classes, tables: tables, read: read)
  }
}
