import GateCore

/// What a manifest may say, for each task with the metrics everybody has: made when it is first asked for, and kept.
enum ManifestShapes {
  private static let binary = Manifest.shape(task: .binary)
  private static let multiclass = Manifest.shape(task: .multiclass)
  private static let multilabel = Manifest.shape(task: .multilabel)
  private static let regression = Manifest.shape(task: .regression)
  private static let ranking = Manifest.shape(task: .ranking)
  private static let text = Manifest.shape(task: .text)

  /// The shape of a task's manifest.
  package static func of(_ task: TaskKind) -> Shape {
    switch task {
    case .binary: binary
    case .multiclass: multiclass
    case .multilabel: multilabel
    case .regression: regression
    case .ranking: ranking
    case .text: text
    }
  }
}
