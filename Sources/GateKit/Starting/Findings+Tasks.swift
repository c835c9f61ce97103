package import GateCore

/// What kind of prediction it is.
extension Findings {
  /// The tasks that a label could be of, the likeliest first: what models were trained for goes before what the values
  /// look like.
  func tasks(of column: FoundColumn, in table: FoundTable) -> [TaskKind] {
    if let wish = wishes.task { return [wish] }
    let asked = models.filter { $0.path == wishes.candidate }
    let trained = (asked.isEmpty ? models : asked).compactMap(\.task)
    var tasks: [TaskKind] = []
    for task in trained where fits(column, task, in: table) && !tasks.contains(task) {
      tasks.append(task)
    }
    if !asked.isEmpty, !trained.isEmpty { return tasks }
    return tasks + likely(column, in: table).filter { !tasks.contains($0) }
  }

  /// Whether a column's values can be what such a model predicts.
  package func fits(_ column: FoundColumn, _ task: TaskKind, in table: FoundTable) -> Bool {
    switch task {
    case .binary: column.distinct == 2
    case .multiclass: column.distinct > 2 && column.distinct <= 50
    case .regression: column.isNumber
    case .ranking: canRank(column, in: table)
    case .multilabel: false
    case .text: column.kind == .string
    }
  }

  private func likely(_ column: FoundColumn, in table: FoundTable) -> [TaskKind] {
    if canRank(column, in: table) { return [.ranking] + values(column) }
    return values(column)
  }

  /// What the values alone say.
  private func values(_ column: FoundColumn) -> [TaskKind] {
    if column.distinct == 2 { return [.binary] }
    if column.kind == .string {
      // Few words that stand again and again are classes, whatever answers.
      if column.distinct <= 20, column.distinct * 2 <= column.rows { return [.multiclass] }
      return column.words > 2 || column.distinct > max(30, column.rows / 4)
        ? [.text] : [.multiclass, .text]
    }
    let few = column.distinct <= 20 && column.distinct * 5 <= column.rows
    return column.isWhole && few ? [.multiclass, .regression] : [.regression]
  }

  /// Whether rows of one query differ in it, and it is a grade of relevance.
  private func canRank(_ column: FoundColumn, in table: FoundTable) -> Bool {
    guard let query = queryColumn(of: table), query.name != column.name, column.isWhole,
      (column.low ?? -1) >= 0, column.distinct <= 50
    else { return false }
    return table.varies(column.name, within: query.name)
  }

  /// The column that says which rows are ranked together: by its name; for a model that ranks also the one of most groups
  /// that it does not take.
  func queryColumn(of table: FoundTable) -> FoundColumn? {
    let names: Set<String> = [
      "qid", "queryid", "query", "searchid", "groupid", "sessionid", "requestid",
    ]
    let possible = table.columns.filter { $0.canGroup }
    if let named = possible.first(where: { names.contains($0.name.folded) }) { return named }
    let ranking = models.filter { $0.task == .ranking }
    guard !ranking.isEmpty else { return nil }
    return possible.filter { column in
      !ranking.contains { $0.takes(column.name) } && column.name != wishes.label
    }.max { $0.distinct < $1.distinct }
  }
}
