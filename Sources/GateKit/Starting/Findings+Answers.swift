package import GateCore

/// Who answers for the rows.
extension Findings {
  /// A model, or a column of what one answered, that answers for the rows.
  package struct Answer {
    /// The file's.
    package var path: String
    package var model: Draft.Model
    /// The column that joins its rows.
    package var id: String?
    /// Which model it is of, where a column's name says so.
    package var role: Role?
    /// The columns of the rows that it takes; nil: it does not say, or was made elsewhere.
    package var inputs: Set<String>?
    /// Whether it takes columns that a manifest of the folder makes.
    package var isDerived = false
  }

  /// All that answer: files of answers first, since they say what they are; then models; then columns of the rows.
  package func answers(on holdout: FoundTable, _ reading: Reading) -> [Answer] {
    var found: [Answer] = []
    for table in tables where table.path != holdout.path && !table.hasPartitions {
      let id = sharedID(holdout, table)
      guard id != nil || isAnswers(table) && table.rows == holdout.rows else { continue }
      found += columns(of: table, reading, on: holdout, id).map { keys, role in
        let csv = table.csv.map { [("csv", $0)] } ?? []
        let reason =
          id.map { "Scores made elsewhere, joined by '\($0.visible)'" }
          ?? "Scores made elsewhere, taken row by row, for no column names the rows of both"
        return Answer(
          path: table.path,
          model: Draft.Model(
            keys: [("predictions", table.path.yaml)] + keys + csv, reason: reason),
          id: id, role: role)
      }
    }
    if reading.task != .text { found += models.compactMap { scorer($0, on: holdout, reading) } }
    if found.isEmpty, wishes.candidate ?? holdout.path == holdout.path {
      found += columns(of: holdout, reading, on: holdout, nil).map { keys, role in
        let csv = holdout.csv.map { [("csv", $0)] } ?? []
        return Answer(
          path: holdout.path,
          model: Draft.Model(
            keys: [("predictions", holdout.path.yaml)] + keys + csv,
            reason: "The scores stand beside the label"), role: role)
      }
    }
    return found
  }

  /// A model as the one that answers; nil where it was trained for something else.
  private func scorer(
    _ model: FoundModel, on holdout: FoundTable, _ reading: Reading
  ) -> Answer? {
    let isSaid = [wishes.candidate, wishes.champion].contains(model.path)
    if let task = model.task, task != reading.task, !isSaid { return nil }
    if !isSaid, reading.columns.contains(where: { model.takes($0.name) }) { return nil }
    var keys = [("from", model.path.yaml)]
    var reason =
      "A model that \(model.runtime) scores"
      + (model.task.map { ", trained for a \($0.rawValue) task" } ?? "")
    let derived = Set((derive + model.derive).map(\.name))
    let names = model.names(in: holdout)
    let isDerived = names.map { !$0.filter { holdout.column($0) == nil }.isEmpty } ?? false
    if let names = features(of: model, on: holdout, reading) {
      keys.append(("features", "[\(names.map(\.yaml).joined(separator: ", "))]"))
      reason +=
        "; it does not name its inputs: all other columns of numbers, in their order, are a guess"
    }
    let own = model.derive.filter { model.takes($0.name) }
    if !own.isEmpty {
      let pairs = own.map { "\($0.name.yaml): \($0.sql.yaml)" }
      keys.append(("derive", "{\(pairs.joined(separator: ", "))}"))
    }
    return Answer(
      path: model.path, model: Draft.Model(keys: keys, reason: reason),
      inputs: names.map { $0.filter { !derived.contains($0) } }, isDerived: isDerived)
  }

  /// The inputs of a model that knows places alone: the columns of numbers, where they are as many.
  private func features(
    of model: FoundModel, on holdout: FoundTable, _ reading: Reading
  ) -> [String]? {
    guard model.names == nil, model.inputs.allSatisfy(\.isNumber) else { return nil }
    let query = reading.task == .ranking ? queryColumn(of: holdout)?.name : nil
    let numbers = holdout.columns.filter { column in
      (column.isNumber || column.kind == .boolean) && column.name != query
        && !reading.columns.contains { $0.name == column.name } && !Self.isScore(column)
        && column.name != id(of: holdout)?.name && !column.isNumberOfRow
    }
    return numbers.count == model.inputs.count && numbers.count > 1 ? numbers.map(\.name) : nil
  }

  /// The column that names a row: unique, with a name that says so.
  package func id(of table: FoundTable) -> FoundColumn? {
    table.columns.first { column in
      column.tellsRowsApart
        && (!Set(["id", "uuid", "key", "identifier"]).isDisjoint(with: column.nameWords)
          || ["rowid", "index"].contains(column.name.folded))
    }
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
}

/// Which of a table's columns hold answers.
extension Findings {
  static let championWords: Set<String> = [
    "champion", "champ", "baseline", "base", "production", "prod", "live", "deployed", "old",
    "current",
    "previous", "prev",
  ]
  static let candidateWords: Set<String> = [
    "candidate", "cand", "challenger", "contender", "staging", "tuned", "new", "next",
  ]

  /// The keys that say which columns of a table hold what a model answered, one or several times; and whose they are.
  private func columns(
    of table: FoundTable, _ reading: Reading, on holdout: FoundTable, _ id: String?
  ) -> [(keys: [(key: String, yaml: String)], role: Role?)] {
    let labels = reading.columns.map(\.name)
    let isOther = table.path != holdout.path
    let others = table.columns.filter { column in
      column.isFull && column.name != id && !column.nameWords.contains("id")
        && (isOther && reading.task == .multilabel || !labels.contains(column.name))
    }
    switch reading.task {
    case .multiclass, .multilabel:
      let names =
        reading.task == .multilabel ? labels : reading.columns.first.map(\.domain) ?? []
      return scores(names, others).map { [(keys: [("scores", $0)], role: nil)] } ?? []
    case .binary, .regression, .ranking, .text: break
    }
    let isText = reading.task == .text
    // What the rows have as well is no answer, whatever file it stands in.
    let possible = others.filter { column in
      (isText ? column.kind == .string : reading.task == .binary ? column.isShare : column.isNumber)
        && (Self.isScore(column) || !isOther || holdout.column(column.name) == nil)
    }
    if reading.task == .binary, let label = reading.columns.first,
      let column = positiveScore(of: label, among: possible)
    {
      return [(keys: [("score", column.yaml)], role: nil)]
    }
    let key = isText ? "text" : "score"
    let roles = possible.compactMap { column in
      Self.role(of: column.nameWords).map {
        (keys: [(key: key, yaml: column.name.yaml)], role: Optional($0))
      }
    }
    if !roles.isEmpty { return roles }
    let words: Set<String> = ["text", "output", "answer", "response", "translation", "summary"]
    let said = possible.first { column in
      Self.isScore(column) || isText && !words.isDisjoint(with: column.nameWords)
    }
    // Beside the id alone it can be nothing else.
    let isAlone = isAnswers(table) || id != nil && others.count == 1
    let only = isOther && isAlone && possible.count == 1 ? possible.first : nil
    return (said ?? only).map { [(keys: [(key: key, yaml: $0.name.yaml)], role: nil)] } ?? []
  }

  /// Which model these words name.
  package static func role(of words: [String]) -> Role? {
    if !championWords.isDisjoint(with: words) { return .champion }
    return candidateWords.isDisjoint(with: words) ? nil : .candidate
  }

  /// Of columns that are called by the two classes, or by their places as `predict_proba` gives them, the positive
  /// class's; nil where there are none.
  private func positiveScore(of label: FoundColumn, among columns: [FoundColumn]) -> String? {
    let wanted = positive(label) ?? label.domain.last
    guard label.domain.count == 2, let place = label.domain.firstIndex(where: { $0 == wanted })
    else { return nil }
    for names in [label.domain, ["0", "1"]] {
      if let pairs = scorePairs(names, columns) { return pairs[place].column }
    }
    return nil
  }

  /// The column of each class or label, as YAML; nil where one has none.
  package func scores(_ names: [String], _ columns: [FoundColumn]) -> String? {
    scorePairs(names, columns).map { pairs in
      "{\(pairs.map { "\($0.name.yaml): \($0.column.yaml)" }.joined(separator: ", "))}"
    }
  }

  /// The column of each class or label; nil where one has none.
  private func scorePairs(
    _ names: [String], _ columns: [FoundColumn]
  ) -> [(name: String, column: String)]? {
    var pairs: [(name: String, column: String)] = []
    for name in names {
      let words = name.wordsOfName
      let ends = words.count > 1 ? Array(words.dropFirst()) : words
      let fitting = columns.filter { column in
        column.isShare
          && (column.nameWords == words
            || Self.isScore(column) && column.nameWords.ends(with: ends))
      }
      // A name that ends in just this, blanks and all, goes before one with its words.
      let column =
        fitting.first { $0.name.hasSuffix(name) && !$0.name.dropLast(name.count).hasSuffix(" ") }
        ?? fitting.first
      guard let column, !pairs.contains(where: { $0.column == column.name }) else { return nil }
      pairs.append((name, column.name))
    }
    return pairs.count > 1 ? pairs : nil
  }
}

extension [String] {
  /// Whether these words stand at the end.
  fileprivate func ends(with words: [String]) -> Bool {
    count >= words.count && Array(suffix(words.count)) == words
  }
}
