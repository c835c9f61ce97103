import GateCore
import GateMetrics

/// What may stand under `gates`, by far the most of what a manifest may say: for each task with the metrics everybody has,
/// made when it is first asked for, and kept.
enum GateShapes {
  private static let any = made(nil)
  private static let binary = made(.binary)
  private static let multiclass = made(.multiclass)
  private static let multilabel = made(.multilabel)
  private static let regression = made(.regression)
  private static let ranking = made(.ranking)
  private static let text = made(.text)

  /// The gates of a task's manifest; nil: of any task's.
  static func of(_ task: TaskKind?) -> Shape {
    switch task {
    case .binary: binary
    case .multiclass: multiclass
    case .multilabel: multilabel
    case .regression: regression
    case .ranking: ranking
    case .text: text
    case nil: any
    }
  }

  /// The gates that may ask for these metrics.
  static func made(_ task: TaskKind?, metrics: [Metric] = Metrics.all) -> Shape {
    .list(.tagged(key: "gate", kind: "gate", Gates.options(task: task, metrics: metrics)))
  }
}
