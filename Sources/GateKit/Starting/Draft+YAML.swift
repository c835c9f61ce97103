import GateCore

extension Draft {
  /// The manifest as YAML, with the reasons as comments.
  package var yaml: String {
    var lines = [
      "# Written by 'gatewright init' from the files it found; 'gatewright check' judges by it.",
      "# Read what was taken for what, correct it, and set limits that you would defend.",
      "version: 1", "name: \(name.yaml)", "task: \(task.rawValue)",
    ]
    if let positive {
      lines += [
        "# The label of the positive class: a guess from its name.",
        "positive: \(positive.yaml)",
      ]
    }
    lines += ["", "data:"] + dataLines + ["", "models:"]
    if !left.isEmpty {
      lines.append("  # Found, and not used:")
      lines += left.map { "  #   \($0.path.visible): \($0.reason.visible)" }
    }
    lines += Self.lines(champion, "champion") + Self.lines(candidate, "candidate")
    if champion == nil {
      lines += [
        "  # \(left.isEmpty ? "No model in production was found; with one" : "With a model in production"), add a "
          + "'champion' gate, which compares both:",
        "  # champion: {\(candidate.earlier)}",
      ]
    }
    lines += ["", "gates:"] + gates.flatMap { $0.lines(isWorse) }
    lines += [
      "",
      "# What a table must be: 'gatewright schema infer \(holdout.path.visible)' writes a first schema.",
      "# reports: {junit: build/gatewright.xml, json: build/gatewright.json}", "",
    ]
    return lines.joined(separator: "\n")
  }

  private var dataLines: [String] {
    var lines = [
      "  # The rows that are judged: \(holdout.reason).", "  holdout:",
      "    path: \(holdout.path.yaml)",
    ]
    if let csv = holdout.csv {
      lines += ["    # How its text is written, by its cells.", "    csv: \(csv)"]
    }
    if holdout.hasPartitions {
      lines += ["    # The names of its folders are columns.", "    partitions: true"]
    }
    lines.append("    # The true value: \(labelReason).")
    if task == .multilabel {
      lines.append("    labels: [\(labels.map(\.yaml).joined(separator: ", "))]")
    } else {
      lines.append("    label: \((labels.first ?? "").yaml)")
    }
    if let query {
      lines += [
        "    # Which rows are ranked together.", "    query: \(query.yaml)",
      ]
    }
    if let id {
      lines += ["    # What names a row.", "    id: \(id.yaml)"]
    }
    if let reference {
      lines += [
        "  # What drift is measured from: \(reference.reason).",
        "  reference: {path: \(reference.path.yaml)\(reference.csv.map { ", csv: \($0)" } ?? "")"
          + "\(reference.hasPartitions ? ", partitions: true" : "")}",
      ]
    }
    if !derive.isEmpty {
      lines += [
        "  # Columns of every table that models take, as another manifest here has them.",
        "  derive:",
      ]
      lines += derive.map { "    \($0.name.yaml): \($0.sql.yaml)" }
    }
    return lines
  }

  private static func lines(_ model: Model?, _ role: String) -> [String] {
    guard let model else { return [] }
    return ["  # \(model.reason).", "  \(role):"]
      + model.keys.map { "    \($0.key): \($0.yaml)" }
  }
}

extension Draft.Model {
  /// The same of the target branch, as a mapping's inside.
  fileprivate var earlier: String {
    keys.enumerated().map { place, pair in
      place > 0 ? "\(pair.key): \(pair.yaml)" : "\(pair.key): \(Self.ofMain(pair.yaml))"
    }.joined(separator: ", ")
  }

  /// The file of that path in the main branch.
  private static func ofMain(_ yaml: String) -> String {
    yaml.hasPrefix("\"") ? "\"git:origin/main:\(yaml.dropFirst())" : "git:origin/main:\(yaml)"
  }
}

extension Draft.Gate {
  /// As a manifest has it.
  fileprivate func lines(_ isWorse: Bool) -> [String] {
    var lines = ["  # \(comment)", "  - gate: \(kind)"]
    if isWorse, kind == "performance" {
      lines.insert(
        "  # WORSE THAN GUESSING: what says the same of every row does better, so this gate fails. Is the label right?",
        at: 1)
    }
    if !limits.isEmpty { lines.append("    metrics:") }
    for limit in limits {
      let parameters = limit.parameters.map { $0 + ", " } ?? ""
      let comment = limit.comment.map { "  # \($0)" } ?? ""
      lines.append("      \(limit.metric): {\(parameters)\(limit.limit)}\(comment)")
    }
    if !columns.isEmpty {
      lines.append("    columns: [\(columns.map(\.yaml).joined(separator: ", "))]")
    }
    return lines
  }
}
