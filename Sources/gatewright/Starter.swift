import GateCore
import GateKit

/// The manifest that `init` writes.
enum Starter {
  /// For a task and a name, with comments, with what is known already, and with the files that could not be judged.
  static func manifest(
    _ task: TaskKind, name: String, known: Findings.Known?, unused: [(path: String, reason: String)]
  ) -> String {
    """
    # What a candidate model must hold before it goes on; 'gatewright check' judges by it.
    version: 1
    name: \(name.yaml)
    task: \(task.rawValue)
    \(positive(task, known))
    data:
      # The rows both models are judged on: csv, parquet or json lines; a file, glob or folder.
      holdout:
    \(rows(task, known))
      # What drift and schema are measured from.
      # reference: {path: data/train.csv}

    models:
    \(found(unused))\(models(task, known))
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

  /// Where the rows are and which columns of them say what; only what was found where rows were.
  private static func rows(_ task: TaskKind, _ known: Findings.Known?) -> String {
    var lines = ["    path: \(known.map(\.path.yaml) ?? "data/holdout.csv")"]
    if let csv = known?.csv { lines.append("    csv: \(csv)") }
    if known?.hasPartitions == true { lines.append("    partitions: true") }
    let labels = known?.labels ?? (task == .multilabel ? ["fraud", "late"] : ["outcome"])
    lines.append(
      task == .multilabel
        ? "    labels: [\(labels.map(\.yaml).joined(separator: ", "))]"
        : "    label: \((labels.first ?? "").yaml)")
    if let query = known.map(\.query) ?? (task == .ranking ? "query_id" : nil) {
      lines += ["    # Which rows are ranked together.", "    query: \(query.yaml)"]
    }
    let isJoined = [.ranking, .multilabel, .text].contains(task)
    if let id = known.map(\.id) ?? (isJoined ? "application_id" : nil) {
      lines += [
        "    # What names a row, so that scores made elsewhere find theirs.", "    id: \(id.yaml)",
      ]
    }
    return lines.joined(separator: "\n")
  }

  /// What was found and could not be judged.
  private static func found(_ unused: [(path: String, reason: String)]) -> String {
    guard !unused.isEmpty else { return "" }
    return "  # Found, and not used:\n"
      + unused.prefix(20).map { "  #   \($0.path.visible): \($0.reason.visible)\n" }.joined()
  }

  /// Both models: files that are scored here, or scores made elsewhere.
  private static func models(_ task: TaskKind, _ known: Findings.Known?) -> String {
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
        \(elsewhere(known))
        """
    case .ranking: columns = "score: score"
    case .multilabel:
      let pairs = (known?.labels ?? ["fraud", "late"]).map {
        "\($0.yaml): \("p_\($0)".yaml)"
      }
      columns = "scores: {\(pairs.joined(separator: ", "))}"
    case .text: columns = "text: answer"
    }
    return """
        # What the model in production answered\(known != nil && known?.id == nil ? ", row by row" : ", joined by the id").
        champion: {predictions: scores/champion.csv, \(columns)}
        # What the model that is judged answered.
        candidate: {predictions: scores/candidate.csv, \(columns)}

      """
  }

  /// How scores of a multiclass model that were made elsewhere are named, where the classes are known.
  private static func elsewhere(_ known: Findings.Known?) -> String {
    guard let classes = known?.classes, !classes.isEmpty, classes.count <= 20 else { return "" }
    let pairs = classes.map { "\($0.yaml): \("p_\($0)".yaml)" }.joined(separator: ", ")
    return """
        # Of scores made elsewhere, with a column of probabilities a class:
        # candidate: {predictions: scores/candidate.csv, scores: {\(pairs)}}

      """
  }

  /// The key that only binary manifests have; of rows that were found only where it follows from them.
  private static func positive(_ task: TaskKind, _ known: Findings.Known?) -> String {
    guard task == .binary else { return "" }
    return
      "# The label of the positive class; may be left out for 0/1 and false/true.\n"
      + (known == nil
        ? "positive: 1\n" : known?.positive.map { "positive: \($0.yaml)\n" } ?? "# positive: 1\n")
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
