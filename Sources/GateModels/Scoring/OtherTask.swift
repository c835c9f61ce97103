import GateCore

/// Refuses a model that was trained for another task than the manifest's, where its file says so.
func refuseOtherTask(_ answers: AnswerDescription, _ model: ModelSource) throws(Diagnostic) {
  if let type = answers.regressor, model.options.link == nil,
    [.binary, .multiclass, .multilabel].contains(model.task)
  {
    throw Diagnostic(
      "\(model.role) is a regressor, its last operator is \(type), and its values are no probabilities of classes, "
        + "which the task \(model.task) wants",
      hint:
        "say 'task: regression'; or under models.\(model.role) 'link: none' where they are probabilities all the same, "
        + "'link: \(model.task == .multiclass ? "softmax" : "sigmoid")' where they are margins"
    )
  }
  guard let objective = answers.objective, let own = OwnTask(objective),
    !own.serves(model.task)
  else { return }
  let elsewhere =
    "to judge its numbers as they are, score it elsewhere and name the file under 'predictions'"
  throw Diagnostic(
    "\(model.role) was trained with the objective '\(objective)', which is for \(own.words), and the task is "
      + "\(model.task)",
    hint: own.task.map { "say 'task: \($0)'; \(elsewhere)" } ?? elsewhere)
}

/// The task that an objective of LightGBM or XGBoost is for, where no other can take its numbers.
private enum OwnTask: String {
  case binary, multiclass, ranking, survival
  /// Classes that are scored each by itself.
  case each

  /// Nil: its numbers are values, or it is not known.
  init?(_ objective: String) {
    switch objective {
    case "binary", "binary:logistic", "binary:logitraw", "binary:hinge": self = .binary
    case "multiclass", "multi:softmax", "multi:softprob": self = .multiclass
    case "multiclassova": self = .each
    case "lambdarank", "rank_xendcg": self = .ranking
    case let name where name.hasPrefix("rank:"): self = .ranking
    case let name where name.hasPrefix("survival:"): self = .survival
    default: return nil
    }
  }

  /// As a manifest names it; nil: there is no such task.
  var task: TaskKind? {
    switch self {
    case .binary: .binary
    case .multiclass, .each: .multiclass
    case .ranking: .ranking
    case .survival: nil
    }
  }

  /// What it is for.
  var words: String { task.map { "\($0) tasks" } ?? "survival times" }

  /// Whether its numbers can be what a task wants; of tasks of classes its margins are seen to elsewhere.
  func serves(_ task: TaskKind) -> Bool {
    switch task {
    case .regression: false
    case .ranking: self != .multiclass && self != .each
    case .multilabel: self != .multiclass
    case .binary, .multiclass, .text: true
    }
  }
}
