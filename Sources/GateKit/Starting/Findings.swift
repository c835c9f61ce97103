package import GateCore

/// What was found in a folder, and what a person said of it.
package struct Findings: Sendable {
  /// Tables that could be read.
  package var tables: [FoundTable]
  /// Models that could be opened.
  package var models: [FoundModel]
  /// What the person said.
  package var wishes: Wishes
  /// The folder's own name.
  package var name: String
  /// Columns that a manifest in the folder makes of others.
  package var derive: [(name: String, sql: String)] = []

  /// Takes what was found.
  package init(tables: [FoundTable], models: [FoundModel], wishes: Wishes, name: String) {
    (self.tables, self.models, self.wishes, self.name) = (tables, models, wishes, name)
  }

  /// What was said on the command line.
  package struct Wishes: Sendable {
    package var data: String?
    package var label: String?
    package var candidate: String?
    package var champion: String?
    package var task: TaskKind?

    /// What was said; nil: nothing.
    package init(
      data: String? = nil, label: String? = nil, candidate: String? = nil,
      champion: String? = nil, task: TaskKind? = nil
    ) {
      (self.data, self.label, self.candidate) = (data, label, candidate)
      (self.champion, self.task) = (champion, task)
    }

    /// The names under `--label`: one column, or several with commas between them where no column is called so.
    package func labels(in table: FoundTable) -> [String]? {
      guard let label else { return nil }
      if table.column(label) != nil { return [label] }
      return label.split(separator: ",").map { part in
        String(part.drop { $0 == " " })
      }
    }
  }

  /// The drafts that could be judged, the likeliest first.
  package var drafts: [Draft] {
    holdouts.enumerated().flatMap { place, holdout in
      readings(of: holdout.table).flatMap { reading in
        drafts(holdout, reading).map { draft in
          var draft = draft
          draft.doubt = place * 100 + reading.rank / 10
          return draft
        }
      }
    }
  }
}

/// Which rows are judged.
extension Findings {
  /// Tables of the rows that could be judged, the likeliest first, with the reason.
  package var holdouts: [(table: FoundTable, reason: String)] {
    if let path = wishes.data {
      return tables.filter { $0.path == path }.map { ($0, "as --data says") }
    }
    let data = tables.filter { !isAnswers($0) && $0.rows > 0 }
    func named(_ words: Set<String>) -> [FoundTable] {
      data.filter { !words.isDisjoint(with: $0.words) }
    }
    let judged = named(["holdout", "test", "eval", "evaluation", "validation", "valid", "val"])
    let other = named(Self.past.union(Self.present)).map(\.path)
    let rest = data.filter { table in
      !judged.contains { $0.path == table.path } && !other.contains(table.path)
    }
    let left = data.filter { table in
      other.contains(table.path) && !judged.contains { $0.path == table.path }
    }
    return judged.map { ($0, "chosen by its name") }
      + rest.map {
        ($0, data.count == 1 ? "the only table of rows found" : "no file's name says more")
      }
      + left.map { ($0, "no other table of rows was found") }
  }

  private static let past: Set<String> = ["train", "training", "reference", "ref", "historical"]
  private static let present: Set<String> = ["current", "production", "prod", "recent", "live"]
  static let answering: Set<String> = [
    "prediction", "predictions", "preds", "pred", "score", "scores", "scored", "output", "outputs",
    "answers", "candidate", "champion", "challenger", "baseline", "model",
  ]

  /// Whether a table holds what a model answered, rather than rows: by its name, or by its columns.
  func isAnswers(_ table: FoundTable) -> Bool {
    if [wishes.candidate, wishes.champion].contains(table.path) { return true }
    return !Self.answering.isDisjoint(with: table.words)
  }

  /// The table that drift is measured from.
  package func reference(of holdout: FoundTable) -> Draft.Choice? {
    tables.first { table in
      table.path != holdout.path && !isAnswers(table) && table.rows > 0
        && !Self.past.isDisjoint(with: table.words)
        && holdout.columns.contains { table.column($0.name)?.kind == $0.kind }
    }.map { table in
      Draft.Choice(
        path: table.path, csv: table.csv, reason: "its name says that it is older",
        hasPartitions: table.hasPartitions)
    }
  }
}
