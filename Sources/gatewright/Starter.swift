import GateKit

/// The manifest that `init` writes.
enum Starter {
  /// For a task, with comments, and with what is known already.
  static func manifest(_ task: TaskKind, known: Findings.Known = .init()) -> String {
    let label = known.label ?? (task == .regression ? "loss" : "outcome")
    return """
      # What a candidate model must hold before it goes on; 'gatewright check' judges by it.
      version: 1
      name: loan-default
      task: \(task.rawValue)
      \(positive(task))
      data:
        # The rows both models are judged on: csv, parquet or json lines; a file, glob or folder.
        holdout:
          path: \(known.path ?? "data/holdout.csv")
          \(task == .multilabel ? "labels: [fraud, late]" : "label: \(label)")
      \(rows(task))  # What drift and schema are measured from.
        # reference: {path: data/train.csv}

      models:
      \(models(task))
      # slices:
      #   - column: region

      gates:
        # The candidate by itself. 'gatewright list metrics' shows the names.
        - gate: performance
          metrics:
      \(performance(task))
        # The candidate against the champion, on the same rows.
        - gate: champion
          metrics:
      \(champion(task))

      # reports: {junit: build/gatewright.xml, json: build/gatewright.json}

      """
  }

  /// What else a task asks of the rows.
  private static func rows(_ task: TaskKind) -> String {
    let id =
      "    # What names a row, so that scores made elsewhere find theirs.\n    id: application_id\n"
    return switch task {
    case .binary, .multiclass, .regression: ""
    case .ranking: "    # Which rows are ranked together.\n    query: query_id\n" + id
    case .multilabel, .text: id
    }
  }

  /// Both models: files that are scored here, or scores made elsewhere.
  private static func models(_ task: TaskKind) -> String {
    let columns: String
    switch task {
    case .binary, .multiclass, .regression:
      return """
          # The model in production: a path, or a file of another commit.
          champion:
            from: git:origin/main:models/candidate.onnx
          # The model that is judged; the runtime follows from the file.
          candidate:
            from: models/candidate.onnx

        """
    case .ranking: columns = "score: score"
    case .multilabel: columns = "scores: {fraud: p_fraud, late: p_late}"
    case .text: columns = "text: answer"
    }
    return """
        # What the model in production answered, joined by the id.
        champion: {predictions: scores/champion.csv, \(columns)}
        # What the model that is judged answered.
        candidate: {predictions: scores/candidate.csv, \(columns)}

      """
  }

  /// The key that only binary manifests have.
  private static func positive(_ task: TaskKind) -> String {
    task == .binary
      ? "# The label of the positive class; may be left out for 0/1 and false/true.\npositive: 1\n"
      : ""
  }

  /// Limits on the candidate's own values.
  private static func performance(_ task: TaskKind) -> String {
    switch task {
    case .binary:
      "      accuracy: {min: 0.8}\n      # recall: {min: 0.6, slices: all, min_rows: 100}\n"
    case .multiclass: "      accuracy: {min: 0.8}\n"
    case .regression: "      mean_absolute_error: {max: 100}\n"
    case .multilabel: "      subset_accuracy: {min: 0.8}\n"
    case .ranking: "      ndcg: {k: 10, min: 0.5}\n"
    case .text: "      rouge_l: {min: 0.3}\n"
    }
  }

  /// Limits against the champion.
  private static func champion(_ task: TaskKind) -> String {
    switch task {
    case .binary, .multiclass: "      accuracy: {max_drop: 0.005}"
    case .regression: "      mean_absolute_error: {max_drop_relative: 0.01}"
    case .multilabel: "      subset_accuracy: {max_drop: 0.005}"
    case .ranking: "      ndcg: {k: 10, max_drop: 0.005}"
    case .text: "      rouge_l: {max_drop: 0.01}"
    }
  }
}
