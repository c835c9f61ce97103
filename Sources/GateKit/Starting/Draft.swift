/// A manifest that is being written: what was found, what was taken for what, and why.
public struct Draft: Sendable {
  /// What is gated.
  public var name: String
  public var task: TaskKind
  /// The rows that both models are judged on, and why these.
  public var holdout: Choice
  /// The columns of the true value; several for a multilabel task.
  public var labels: [String]
  public var labelReason: String
  /// The label of the positive class, where it does not follow.
  public var positive: String?
  public var id: String?
  public var query: String?
  public var reference: Choice?
  public var candidate: Model
  public var champion: Model?
  public var gates: [Gate]

  /// A file that was taken for something.
  public struct Choice: Sendable {
    public var path: String
    public var reason: String
  }

  /// A model, or what it answered.
  public struct Model: Sendable {
    /// Its keys, as a manifest has them, in order.
    public var keys: [(key: String, yaml: String)]
    public var reason: String
  }

  /// A gate and what it limits.
  public struct Gate: Sendable {
    public var kind: String
    /// One sentence that stands above it.
    public var comment: String
    /// By metric; of a drift gate by test.
    public var limits: [Limit]
    /// Only these columns, of a drift gate.
    public var columns: [String] = []
  }

  /// A metric with its limit.
  public struct Limit: Sendable {
    public var metric: String
    /// What stands beside the limit: `k: 10`.
    public var parameters: String?
    /// `min: 0.8`.
    public var limit: String
    /// What stands behind it.
    public var comment: String?
  }

  /// The manifest as YAML, with the reasons as comments.
  public var yaml: String {
    var lines = [
      "# Written by 'gatewright init' from the files it found; 'gatewright check' judges by it.",
      "# Read what was taken for what, mend it, and set limits that you would defend.",
      "version: 1", "name: \(name.yaml)", "task: \(task.rawValue)",
    ]
    if let positive {
      lines += [
        "# The label of the positive class: a guess from its name.",
        "positive: \(positive.yaml)",
      ]
    }
    lines += ["", "data:"] + dataLines + ["", "models:"]
    lines += Self.lines(champion, "champion") + Self.lines(candidate, "candidate")
    if champion == nil {
      lines += [
        "  # No model in production was found; with one, add a 'champion' gate, which compares both:",
        "  # champion: {\(candidate.earlier)}",
      ]
    }
    lines += ["", "gates:"] + gates.flatMap(\.lines)
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
      "    path: \(holdout.path.yaml)", "    # The true value: \(labelReason).",
    ]
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
        "  reference: {path: \(reference.path.yaml)}",
      ]
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
  fileprivate var lines: [String] {
    var lines = ["  # \(comment)", "  - gate: \(kind)"]
    lines.append(kind == "drift" ? "    features:" : "    metrics:")
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

extension Draft {
  /// The draft without what could not be judged, and with limits just beside what was measured; nil where nothing is
  /// left that judges the candidate.
  ///
  /// `checks` are those of a run of this draft.
  public func mended(by checks: [Check]) -> (draft: Draft, isSound: Bool)? {
    var draft = self
    var isSound = true
    for place in draft.gates.indices {
      let kind = draft.gates[place].kind
      let own = checks.filter { $0.gate == kind }
      draft.gates[place].limits = draft.gates[place].limits.compactMap { limit in
        let found = own.filter { $0.metric == limit.metric }
        if found.isEmpty || found.contains(where: { $0.outcome == .error }) {
          isSound = false
          return nil
        }
        guard kind == "performance", let value = found.first?.value else { return limit }
        return limit.near(value, of: task) ?? (limit.metric == own.first?.metric ? limit : nil)
      }
    }
    draft.gates.removeAll(where: \.limits.isEmpty)
    guard draft.gates.contains(where: { $0.kind == "performance" }) else { return nil }
    if !draft.gates.contains(where: { $0.kind == "champion" }) { draft.champion = nil }
    if !draft.gates.contains(where: { $0.kind == "drift" }) { draft.reference = nil }
    return (draft, isSound)
  }
}

extension Draft.Limit {
  /// The limit a little worse than a measured value; nil where nothing is worse.
  fileprivate func near(_ value: Double, of task: TaskKind) -> Draft.Limit? {
    guard let metric = Metrics.all.first(where: { $0.id == self.metric && $0.task == task }) else {
      return self
    }
    var limit = self
    let isHigher = metric.direction == .higherIsBetter
    let slack = value == 0 ? 0.01 : value.magnitude * 0.02
    let rounded = (isHigher ? value - slack : value + slack).rounded(up: !isHigher)
    let bound = Swift.min(Swift.max(rounded, metric.range.lowerBound), metric.range.upperBound)
    guard bound != (isHigher ? metric.range.lowerBound : metric.range.upperBound) else {
      return nil
    }
    limit.limit = "\(isHigher ? "min" : "max"): \(bound.brief)"
    limit.comment = "\(value.short) now"
    return limit
  }
}

extension Double {
  /// The number with its first two digits, not nearer to zero or not farther from it.
  fileprivate func rounded(up: Bool) -> Double {
    guard isFinite, self != 0 else { return self }
    var scale = 1.0
    while magnitude * scale < 10, scale < 1e12 { scale *= 10 }
    while magnitude * scale >= 100, scale > 1e-12 { scale /= 10 }
    return ((self * scale).rounded(up ? .up : .down) / scale)
  }
}
