import GateKit

extension Flag {
  /// Which manifest to write.
  fileprivate static let task = Flag(
    "task", "binary, multiclass or regression (default: binary)", value: "TASK",
    completion: .words { TaskKind.allCases.map(\.rawValue) })
}

extension Command {
  /// Writes a manifest to begin with.
  static let `init` = Command(
    "init", "write a commented manifest to begin with",
    details: ["A file that is there already is never overwritten."],
    flags: [.manifest, .task],
    examples: [("gatewright init --task regression", "write gatewright.yaml for a regression")]
  ) { invocation in
    let path = invocation.value(.manifest) ?? "gatewright.yaml"
    let text = invocation.value(.task) ?? TaskKind.binary.rawValue
    guard let task = TaskKind(rawValue: text) else {
      let all = TaskKind.allCases.map(\.rawValue)
      throw Usage(
        "'--task' is '\(text)', wanted \(all.joined(separator: ", "))",
        hint: text.nearest(in: all).map { "did you mean '\($0)'" })
    }
    try Output.create(Starter.manifest(task), at: path)
    return try Output.print("wrote '\(path)'; change its paths, then run 'gatewright validate'\n")
  }
}

/// The manifest that `init` writes.
enum Starter {
  /// For a task, with comments.
  static func manifest(_ task: TaskKind) -> String {
    """
    # What a candidate model must hold before it goes on; 'gatewright check' judges by it.
    version: 1
    name: loan-default
    task: \(task.rawValue)
    \(positive(task))
    data:
      # The rows both models are judged on: csv, parquet or json lines; a file, glob or folder.
      holdout:
        path: data/holdout.csv
        label: \(task == .regression ? "loss" : "outcome")
      # What drift and schema are measured from.
      # reference: {path: data/train.csv}

    models:
      # The model in production: a path, or a file of another commit.
      champion:
        from: git:origin/main:models/candidate.onnx
      # The model that is judged; the runtime follows from the file.
      candidate:
        from: models/candidate.onnx

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
