/// What is predicted.
package enum TaskKind: String, Sendable, CaseIterable {
  case binary, multiclass, multilabel, regression, ranking, text

  /// Its name with what other tools call it.
  package var naming: Naming {
    switch self {
    case .binary: Naming(rawValue, ["classification", "binary_classification", "classifier"])
    case .multiclass:
      Naming(rawValue, ["classification", "multiclass_classification", "classifier"])
    case .multilabel: Naming(rawValue, ["multilabel_classification", "multi_output"])
    case .regression: Naming(rawValue, ["regressor", "forecasting", "forecast"])
    case .ranking: Naming(rawValue, ["recommendation", "learning_to_rank", "ranker", "ltr"])
    case .text:
      Naming(rawValue, ["nlp", "generation", "text_generation", "summarization", "translation"])
    }
  }

  /// Whether a score becomes a positive decision at a threshold.
  package var hasThreshold: Bool { self == .binary || self == .multilabel }
}
