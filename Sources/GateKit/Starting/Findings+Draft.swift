import GateCore
import GateMetrics

/// What is judged by what.
extension Findings {
  /// The drafts for these rows and what is predicted of them, the likeliest candidate first.
  package func drafts(_ holdout: (table: FoundTable, reason: String), _ reading: Reading) -> [Draft]
  {
    let query = reading.task == .ranking ? queryColumn(of: holdout.table)?.name : nil
    guard reading.task != .ranking || query != nil else { return [] }
    let answers = answers(on: holdout.table, reading)
    return roles(answers).prefix(3).compactMap { candidate, champion in
      let own = answers[candidate]
      var other = champion.map { answers[$0] }
      var left: [(path: String, reason: String)] = []
      if let found = other, !own.canStand(beside: found, on: holdout.table.path) {
        if wishes.champion != nil { return nil }
        left = [(found.path, "its rows are joined in another way than those of '\(own.path)'")]
        other = nil
      }
      var draft = Draft(
        name: name, task: reading.task,
        holdout: Draft.Choice(
          path: holdout.table.path, csv: holdout.table.csv, reason: holdout.reason,
          hasPartitions: holdout.table.hasPartitions),
        labels: reading.columns.map(\.name), labelReason: reading.reason,
        positive: reading.task == .binary ? positive(reading.columns[0]) : nil,
        id: own.id ?? other?.id ?? id(of: holdout.table)?.name, query: query,
        reference: reference(of: holdout.table), candidate: own.model, champion: other?.model,
        gates: [])
      if let other, isGuess(own, other) {
        draft.candidate.reason += "; that it is the newer of the two is a guess from their names"
      }
      draft.left = left
      draft.paths = [own.path] + (other.map { [$0.path] } ?? [])
      if own.isByRow(holdout.table.path) || other?.isByRow(holdout.table.path) == true {
        draft.id = nil
      }
      if own.isDerived || other?.isDerived == true { draft.derive = derive }
      draft.gates = gates(draft, holdout.table, reading, own.inputs)
      draft.constant = ConstantAnswer(reading, positive: draft.positive, rows: holdout.table.rows)
      return draft
    }
  }

  /// The label of the positive class, where it does not follow from 0 and 1 or false and true.
  package func positive(_ column: FoundColumn) -> String? {
    guard !column.isFlag else { return nil }
    return column.domain.likelyPositive ?? column.domain.last
  }

  /// Which model an answer says it is of; nil: it does not say.
  private static func role(of answer: Answer) -> Role? {
    answer.role ?? role(of: answer.path.wordsOfName)
  }

  /// Whether neither a wish nor a name says which of the two is which.
  private func isGuess(_ candidate: Answer, _ champion: Answer) -> Bool {
    wishes.candidate == nil && wishes.champion == nil && Self.role(of: candidate) == nil
      && Self.role(of: champion) == nil
  }

  /// Which of the answers are the candidate and the champion, the likeliest pair first: as said, by name, else the last
  /// and the first. What was said and does not answer leaves no pair.
  private func roles(_ answers: [Answer]) -> [(candidate: Int, champion: Int?)] {
    func role(_ place: Int) -> Role? { Self.role(of: answers[place]) }
    func said(_ wish: String, _ role: Role) -> Int? {
      let own = answers.indices.filter { answers[$0].path == wish }
      return own.first { answers[$0].role == role } ?? own.first
    }
    // Version 10 comes after version 9.
    let inOrder = answers.indices.sorted {
      let (one, other) = (answers[$0].path, answers[$1].path)
      return one.isSame(as: other) ? $0 < $1 : one.comesBefore(other)
    }
    var champion: Int?
    if let wish = wishes.champion {
      champion = said(wish, .champion)
      guard champion != nil else { return [] }
    } else {
      champion = answers.indices.first {
        role($0) == .champion && answers[$0].path != wishes.candidate
      }
    }
    var candidates: [Int] = []
    if let wish = wishes.candidate {
      candidates = said(wish, .candidate).map { [$0] } ?? []
    } else {
      let free = answers.indices.filter { $0 != champion || answers.count == 1 }
      let named = free.filter { role($0) == .candidate }.sorted {
        (answers[$0].path.stem.count, $0) < (answers[$1].path.stem.count, $1)
      }
      candidates = named + inOrder.filter { free.contains($0) && role($0) != .candidate }.reversed()
    }
    return candidates.map { candidate in
      if let champion, champion != candidate { return (candidate, champion) }
      let other = inOrder.first { $0 != candidate && role($0) != .candidate }
      return (candidate, wishes.champion == nil ? other : nil)
    }.filter { wishes.champion == nil || $0.1 != nil }
  }
}

extension String {
  /// Whether it stands before another where numbers within are compared as numbers.
  fileprivate func comesBefore(_ other: String) -> Bool {
    for (one, other) in zip(runs, other.runs) where one != other {
      if let mine = UInt64(one), let theirs = UInt64(other), mine != theirs { return mine < theirs }
      return one.lexicographicallyPrecedes(other)
    }
    return runs.count < other.runs.count
  }

  /// Its stretches of digits and of what is none, without zeros before a number.
  private var runs: [String] {
    var runs: [String] = []
    var wasDigit: Bool?
    for character in self {
      let isDigit = ("0"..."9").contains(character)
      if isDigit == wasDigit {
        runs[runs.count - 1].append(character)
      } else {
        runs.append(String(character))
      }
      wasDigit = isDigit
    }
    return runs
  }
}

extension Findings.Answer {
  /// Whether its scores were made elsewhere and are taken row by row; the rows' own file needs no joining.
  fileprivate func isByRow(_ holdout: String) -> Bool {
    model.keys.first?.key == "predictions" && id == nil && path != holdout
  }

  /// Whether both are joined to the rows in one way.
  fileprivate func canStand(beside other: Findings.Answer, on holdout: String) -> Bool {
    if let id, let theirs = other.id { return id == theirs }
    return !(isByRow(holdout) && other.id != nil) && !(id != nil && other.isByRow(holdout))
  }
}

extension String {
  /// A path's last part up to its first point.
  fileprivate var stem: Substring {
    (split(separator: "/").last ?? "").prefix { $0 != "." }
  }
}

/// What is asked of the candidate.
extension Findings {
  /// The gates of a draft, with limits that nothing breaks until something was measured.
  private func gates(
    _ draft: Draft, _ holdout: FoundTable, _ reading: Reading, _ inputs: Set<String>?
  ) -> [Draft.Gate] {
    var gates = [
      Draft.Gate(
        kind: "performance",
        comment: "The candidate by itself; each limit is just beside what it reaches now.",
        limits: Self.metrics(draft.task).compactMap { metric, parameters in
          Metrics.all.first { $0.id == metric && $0.task == draft.task }.map {
            Draft.Limit(metric: metric, parameters: parameters, limit: $0.anything)
          }
        })
    ]
    if draft.champion != nil {
      let first = Self.metrics(draft.task)[0]
      let relative = draft.task == .regression
      gates.append(
        Draft.Gate(
          kind: "champion",
          comment:
            "The candidate against the champion, on the same rows: no worse than by this much.",
          limits: [
            Draft.Limit(
              metric: first.metric, parameters: first.parameters,
              limit: relative ? "max_drop_relative: 0.02" : "max_drop: 0.01")
          ]))
    }
    let columns = driftColumns(draft, holdout, reading, inputs)
    if !columns.isEmpty {
      gates.append(
        Draft.Gate(
          kind: "drift",
          comment:
            "Whether the rows are still like the older ones, by the rules that ask for no limit.",
          limits: [], columns: columns.map(\.name)))
    }
    return gates
  }

  /// The columns that could drift: those that the candidate takes, where it says; else those of both sides that are no
  /// label, id or answer.
  private func driftColumns(
    _ draft: Draft, _ holdout: FoundTable, _ reading: Reading, _ inputs: Set<String>?
  ) -> [FoundColumn] {
    guard let reference = draft.reference,
      let other = tables.first(where: { $0.path == reference.path })
    else { return [] }
    return holdout.columns.filter { column in
      column.distinct > 1 && other.column(column.name)?.kind == column.kind
        && !column.tellsRowsApart && column.kind != .timestamp && column.kind != .other
        && !reading.columns.contains { $0.name == column.name } && column.name != draft.query
        && (inputs?.contains(column.name) ?? !Self.isScore(column))
        && (column.isNumber || column.distinct * 4 <= column.rows)
    }
  }

  /// What is measured first of a task, with what stands beside it.
  private static func metrics(_ task: TaskKind) -> [(metric: String, parameters: String?)] {
    switch task {
    case .binary: [("roc_auc", nil), ("accuracy", nil)]
    case .multiclass: [("accuracy", nil), ("f1_macro", nil)]
    case .multilabel: [("f1_micro", nil), ("hamming_loss", nil)]
    case .regression: [("mean_absolute_error", nil), ("r2", nil)]
    case .ranking: [("ndcg", "k: 10"), ("mrr", nil)]
    case .text: [("chrf", nil), ("exact_match", nil)]
    }
  }
}

extension Metric {
  /// A limit that every value keeps.
  fileprivate var anything: String {
    direction == .higherIsBetter
      ? "min: \(max(range.lowerBound, -1e300).brief)" : "max: \(min(range.upperBound, 1e300).brief)"
  }
}
