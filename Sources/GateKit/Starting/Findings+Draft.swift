/// What answers, and what is asked of it.
extension Findings {
  /// The draft for these rows, this label and this task; nil where nothing was found that answers.
  func draft(
    _ holdout: (table: FoundTable, reason: String), _ label: Label, _ task: TaskKind
  ) -> Draft? {
    let query = task == .ranking ? queryColumn(of: holdout.table)?.name : nil
    guard task != .ranking || query != nil else { return nil }
    let answers = answers(on: holdout.table, label, task)
    guard let candidate = answers.candidate else { return nil }
    var draft = Draft(
      name: name, task: task,
      holdout: Draft.Choice(path: holdout.table.path, reason: holdout.reason),
      labels: label.columns.map(\.name), labelReason: label.reason,
      positive: task == .binary ? positive(label.columns[0]) : nil,
      id: answers.id ?? id(of: holdout.table)?.name, query: query,
      reference: reference(of: holdout.table), candidate: candidate, champion: answers.champion,
      gates: [])
    draft.gates = gates(draft, holdout.table, label)
    return draft
  }

  /// The label of the positive class, where it does not follow from 0 and 1 or false and true.
  private func positive(_ column: FoundColumn) -> String? {
    guard !column.isFlag else { return nil }
    let known: Set<String> = [
      "yes", "true", "1", "y", "t", "positive", "pos", "bad", "default", "defaulted", "churn",
      "churned", "fraud", "spam", "malignant", "high", "good", "won", "converted",
    ]
    return column.domain.first { known.contains($0.lowercased()) } ?? column.domain.last
  }

  /// The column that names a row: unique, with a name that says so.
  func id(of table: FoundTable) -> FoundColumn? {
    table.columns.first { column in
      column.tellsRowsApart
        && (!Set(["id", "uuid", "key", "identifier"]).isDisjoint(with: column.nameWords)
          || ["rowid", "index"].contains(column.name.folded))
    }
  }

  /// Who answers: files of answers first, since they say what they are; then models; then columns of the rows.
  private func answers(
    on holdout: FoundTable, _ label: Label, _ task: TaskKind
  ) -> (candidate: Draft.Model?, champion: Draft.Model?, id: String?) {
    var found: [(path: String, model: Draft.Model, id: String?)] = []
    for table in tables where table.path != holdout.path {
      guard let keys = columns(of: table, label, task) else { continue }
      guard let id = sharedID(holdout, table) else { continue }
      found.append(
        (
          table.path,
          Draft.Model(
            keys: [("predictions", table.path.yaml)] + keys,
            reason: "Scores made elsewhere, joined by '\(id.visible)'"), id
        ))
    }
    if [.binary, .multiclass, .regression].contains(task) {
      found += models.map { model in
        (
          model.path,
          Draft.Model(
            keys: [("from", model.path.yaml)],
            reason: "A model that \(model.runtime) scores"), nil
        )
      }
    }
    if found.isEmpty, wishes.candidate == nil, let keys = columns(of: holdout, label, task) {
      found.append(
        (
          holdout.path,
          Draft.Model(
            keys: [("predictions", holdout.path.yaml)] + keys,
            reason: "The scores stand beside the label"), nil
        ))
    }
    let (candidate, champion) = roles(found.map(\.path))
    func model(_ place: Int?) -> Draft.Model? { place.map { found[$0].model } }
    return (model(candidate), model(champion), found.compactMap(\.id).first)
  }

  /// Which of the files are the candidate and the champion: as said, by name, else the last and the first.
  private func roles(_ paths: [String]) -> (candidate: Int?, champion: Int?) {
    func named(_ wish: String?, _ words: Set<String>) -> Int? {
      if let wish { return paths.firstIndex(of: wish) }
      return paths.firstIndex { !words.isDisjoint(with: $0.wordsOfName) }
    }
    let champion = named(
      wishes.champion, ["champion", "baseline", "production", "prod", "old", "current"])
    var candidate = named(wishes.candidate, ["candidate", "challenger", "new", "next"])
    if wishes.candidate == nil { candidate = candidate ?? paths.indices.last { $0 != champion } }
    let other = wishes.champion == nil ? paths.indices.first { $0 != candidate } : nil
    return (candidate, champion == candidate ? other : champion ?? other)
  }

  /// A column of the same name that tells the rows of both apart.
  private func sharedID(_ holdout: FoundTable, _ other: FoundTable) -> String? {
    guard other.rows == holdout.rows else { return nil }
    let shared = holdout.columns.filter { column in
      column.tellsRowsApart
        && other.column(column.name).map { $0.tellsRowsApart && $0.kind == column.kind } == true
    }
    return (shared.first { $0.nameWords.contains("id") } ?? shared.first)?.name
  }

  /// The keys that say which columns of a table hold what a model answered; nil where none does.
  private func columns(
    of table: FoundTable, _ label: Label, _ task: TaskKind
  ) -> [(key: String, yaml: String)]? {
    let others = table.columns.filter { column in
      !label.columns.contains { $0.name == column.name } && !column.nameWords.contains("id")
        && column.isFull
    }
    func pick(_ fits: (FoundColumn) -> Bool) -> [(key: String, yaml: String)]? {
      let possible = others.filter { fits($0) && Self.isScore($0) }
      return possible.first.map { [("score", $0.name.yaml)] }
    }
    switch task {
    case .binary: return pick(\.isShare)
    case .regression, .ranking: return pick(\.isNumber)
    case .text:
      let texts = others.filter { column in
        let words: Set<String> = ["text", "output", "answer", "response", "translation", "summary"]
        return column.kind == .string
          && (Self.isScore(column) || !words.isDisjoint(with: column.nameWords))
      }
      return texts.first.map { [("text", $0.name.yaml)] }
    case .multiclass:
      return scores(label.columns.first?.domain ?? [], others).map { [("scores", $0)] }
    case .multilabel: return scores(label.columns.map(\.name), others).map { [("scores", $0)] }
    }
  }

  /// The column of each class or label, as YAML; nil where one has none.
  private func scores(_ names: [String], _ columns: [FoundColumn]) -> String? {
    var pairs: [(name: String, column: String)] = []
    for name in names {
      let words = name.wordsOfName
      let ends = words.count > 1 ? Array(words.dropFirst()) : words
      let fitting = columns.filter { column in
        column.isShare
          && (column.nameWords == words
            || Self.isScore(column) && column.nameWords.ends(with: ends))
      }
      guard let column = fitting.first, !pairs.contains(where: { $0.column == column.name }) else {
        return nil
      }
      pairs.append((name, column.name))
    }
    guard pairs.count > 1 else { return nil }
    let each = pairs.map {
      "\($0.name.yaml): \($0.column.yaml)"
    }
    return "{\(each.joined(separator: ", "))}"
  }
}

extension [String] {
  /// Whether these words stand at the end.
  fileprivate func ends(with words: [String]) -> Bool {
    count >= words.count && Array(suffix(words.count)) == words
  }
}

/// What is asked of the candidate.
extension Findings {
  /// The gates of a draft, with limits that nothing breaks until something was measured.
  private func gates(_ draft: Draft, _ holdout: FoundTable, _ label: Label) -> [Draft.Gate] {
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
    if let reference = draft.reference,
      let other = tables.first(where: { $0.path == reference.path })
    {
      let columns = holdout.columns.filter { column in
        column.distinct > 1 && other.column(column.name)?.kind == column.kind
          && !column.tellsRowsApart && column.kind != .timestamp && column.kind != .other
          && !label.columns.contains { $0.name == column.name } && !Self.isScore(column)
          && (column.isNumber || column.distinct * 4 <= column.rows)
      }
      if !columns.isEmpty {
        gates.append(
          Draft.Gate(
            kind: "drift", comment: "Whether the rows are still like the older ones.",
            limits: [Draft.Limit(metric: "psi", limit: "max: 0.2")],
            columns: columns.prefix(20).map(\.name)))
      }
    }
    return gates
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
