package import GateCore

/// What cannot be used, and why.
extension Findings {
  /// Throws what was said on the command line and cannot be, whatever answers.
  package func refuseWishes() throws(Diagnostic) {
    if let path = wishes.data, let table = tables.first(where: { $0.path == path }) {
      if table.rows == 0 {
        throw Diagnostic("'\(path)' has no rows", hint: "name the rows to judge on with '--data'")
      }
      for name in wishes.labels(in: table) ?? [] { try table.want(name) }
    }
    let holdouts = holdouts.map(\.table)
    guard !holdouts.isEmpty else { return }
    if let label = wishes.label {
      let isThere = holdouts.contains { table in
        wishes.labels(in: table)?.allSatisfy { table.column($0) != nil } ?? false
      }
      guard isThere else {
        let names = holdouts.flatMap(\.columns).map(\.name)
        throw Diagnostic(
          "no table that was found has the column '\(label)' of '--label'",
          hint: label.nearest(in: names).map { "did you mean '\($0)'?" }
            ?? "looked at \(holdouts.prefix(8).map { "'\($0.path)'" }.joined(separator: ", "))")
      }
    }
    if let task = wishes.task { try refuse(task, of: holdouts) }
  }

  /// Throws where nothing that was found can be predicted by such a task.
  private func refuse(_ task: TaskKind, of holdouts: [FoundTable]) throws(Diagnostic) {
    let named = wishes.label.map { "'\($0)'" } ?? "no column of '\(holdouts[0].path)'"
    let isNot = wishes.label == nil ? "can be" : "cannot be"
    if task == .ranking, !holdouts.contains(where: { queryColumn(of: $0) != nil }) {
      throw Diagnostic(
        "'--task ranking' wants a column that says which rows are ranked together, and none was found in "
          + holdouts.map { "'\($0.path)'" }.joined(separator: ", "),
        hint: "call it query_id, or write the manifest with data.holdout.query")
    }
    let fitting = holdouts.contains { table in
      readings(of: table).contains { reading in
        reading.task == .multilabel
          ? reading.columns.allSatisfy(\.isFlag) : fits(reading.columns[0], task, in: table)
      }
    }
    guard !fitting else { return }
    let wanted =
      switch task {
      case .binary: "two values"
      case .multiclass: "three values and more, 50 at most"
      case .regression: "numbers"
      case .ranking: "grades from 0 that differ within a query"
      case .multilabel: "0 and 1 in each of several columns: --label a,b,c"
      case .text: "texts"
      }
    throw Diagnostic(
      "\(named) \(isNot) what a \(task.rawValue) task predicts: \(wanted) were wanted"
        + found(in: holdouts[0]),
      hint: "say another '--task' or '--label'")
  }

  /// What the label has instead.
  private func found(in table: FoundTable) -> String {
    guard let name = wishes.label, let column = table.column(name) else { return "" }
    return ", and it has \(column.distinct.counted("value"))"
  }

  /// Why a table that is called as the answers of a model is not taken for the rows.
  private func lonely(_ table: FoundTable) -> String {
    "its name says that it holds what a model answered, and no table of rows was found beside it; where it holds the "
      + "labels too, say '--data \(table.path.visible)'"
  }

  /// Files that answer for no draft, each with the reason.
  package var idle: [(path: String, reason: String)] {
    let used = Set(drafts.flatMap(\.paths))
    guard let holdout = holdouts.first?.table else {
      return tables.filter { $0.rows > 0 && isAnswers($0) }.map { ($0.path, lonely($0)) }
    }
    var found: [(path: String, reason: String)] = []
    for table in tables where table.path != holdout.path && isAnswers(table) {
      guard !used.contains(table.path) else { continue }
      if table.rows != holdout.rows {
        found.append(
          (
            table.path,
            "it has \(table.rows.counted("row")), and '\(holdout.path)' has \(holdout.rows)"
          ))
      } else {
        if let reason = classLabels(in: table, of: holdout) {
          found.append((table.path, reason))
          continue
        }
        let names = table.columns.prefix(8).map { "'\($0.name)'" }.joined(separator: ", ")
        let label = readings(of: holdout).first
        let what = label.map { reading in
          " of a \(reading.task.rawValue) task on \(reading.columns.map { "'\($0.name)'" }.joined(separator: ", "))"
        }
        let doubt = (table.doubt ?? holdout.doubt).map { ": \($0)" } ?? ""
        found.append(
          (table.path, "no column of it (\(names)) could be the scores\(what ?? "")\(doubt)"))
      }
    }
    let older = reference(of: holdout)?.path
    for table in tables where table.path != holdout.path && !isAnswers(table) {
      guard !used.contains(table.path), table.path != older else { continue }
      found.append(
        (
          table.path,
          table.rows == 0
            ? "it has no rows"
            : "it is neither the rows that were taken nor scores that are joined to them"
        ))
    }
    for model in models where !used.contains(model.path) {
      let task = model.task.map { "it was trained for a \($0.rawValue) task, and " } ?? ""
      // One that the first drafts have no place for answers all the same.
      let answers = readings(of: holdout).contains { reading in
        self.answers(on: holdout, reading).contains { $0.path == model.path }
      }
      found.append(
        (
          model.path,
          answers
            ? "it answers for the rows too; take it by '--candidate' or '--champion'"
            : task + "no column of '\(holdout.path)' could be its label"
        ))
    }
    return found
  }

  /// What answers for the rows too, and is neither the candidate nor the champion of a draft.
  package func others(than draft: Draft) -> [(path: String, reason: String)] {
    drafts.filter { $0.holdout.path == draft.holdout.path && $0.labels == draft.labels }
      .flatMap(\.paths).unique.filter { !draft.paths.contains($0) }
      .map { ($0, "it answers for the rows too; take it by '--candidate' or '--champion'") }
  }

  /// That a table has the classes that a model chose, and no scores; nil where it has none.
  private func classLabels(in table: FoundTable, of holdout: FoundTable) -> String? {
    guard
      let reading = readings(of: holdout).first(where: {
        $0.task == .multiclass || $0.task == .binary
      }), let label = reading.columns.first
    else { return nil }
    let known = Set(label.domain)
    let column = table.columns.first { column in
      !column.domain.isEmpty && known.isSuperset(of: column.domain) && !column.isShare
        && !column.isNumberOfRow
    }
    guard let column else { return nil }
    let wanted =
      reading.task == .multiclass
      ? "a multiclass task wants a probability of each class, a column a class"
      : "a binary task wants the score of '\(positive(label) ?? "1")'"
    return
      "its column '\(column.name)' holds class labels of '\(label.name)', which are no scores: \(wanted)"
  }

  /// What a template may be filled with: the likeliest rows, and their label.
  package struct Known: Sendable {
    package var path: String
    package var csv: String?
    package var hasPartitions: Bool
    package var task: TaskKind
    package var labels: [String]
    package var id: String?
    package var query: String?
    /// The label of the positive class, where it does not follow.
    package var positive: String?
    /// A multiclass label's values.
    package var classes: [String]
  }

  /// The likeliest rows with their likeliest label; nil where no rows were found that have one.
  package var known: Known? {
    for (table, _) in holdouts {
      guard let reading = readings(of: table).first else { continue }
      return Known(
        path: table.path, csv: table.csv, hasPartitions: table.hasPartitions, task: reading.task,
        labels: reading.columns.map(\.name), id: id(of: table)?.name,
        query: reading.task == .ranking ? queryColumn(of: table)?.name : nil,
        positive: reading.task == .binary ? positive(reading.columns[0]) : nil,
        classes: reading.task == .multiclass ? reading.columns[0].domain : [])
    }
    return nil
  }
}
