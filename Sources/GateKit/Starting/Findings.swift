/// What was found in a folder, and what a person said of it.
public struct Findings: Sendable {
  /// Tables that could be read.
  public var tables: [FoundTable]
  /// Files of models, with what scores them.
  public var models: [FoundModel]
  /// What the person said.
  public var wishes: Wishes
  /// The folder's own name.
  public var name: String

  /// Takes what was found.
  public init(tables: [FoundTable], models: [FoundModel], wishes: Wishes, name: String) {
    (self.tables, self.models, self.wishes, self.name) = (tables, models, wishes, name)
  }

  /// A file of a model.
  public struct FoundModel: Sendable {
    public let path: String
    public let runtime: String

    /// A file and what scores it.
    public init(path: String, runtime: String) {
      (self.path, self.runtime) = (path, runtime)
    }
  }

  /// What was said on the command line.
  public struct Wishes: Sendable {
    public var data: String?
    public var label: String?
    public var candidate: String?
    public var champion: String?
    public var task: TaskKind?

    /// What was said; nil: nothing.
    public init(
      data: String? = nil, label: String? = nil, candidate: String? = nil,
      champion: String? = nil, task: TaskKind? = nil
    ) {
      (self.data, self.label, self.candidate) = (data, label, candidate)
      (self.champion, self.task) = (champion, task)
    }
  }

  /// What a template may be filled with.
  public struct Known: Sendable {
    /// The path of the rows, and their label, as YAML has them.
    public var path: String?
    public var label: String?

    /// Nothing is known.
    public init() {}
  }

  /// The likeliest rows with their likeliest label.
  public var known: Known {
    var known = Known()
    guard let table = holdouts.first?.table else { return known }
    known.path = table.path.yaml
    known.label = labels(of: table).first?.columns.first.map { $0.name.yaml }
    return known
  }

  /// The drafts that could be judged, the likeliest first.
  public var drafts: [Draft] {
    holdouts.flatMap { holdout in
      labels(of: holdout.table).prefix(3).flatMap { label in
        tasks(of: label, in: holdout.table).flatMap { task in
          draft(holdout, label, task).map { [$0] } ?? []
        }
      }
    }
  }
}

/// Which rows are judged.
extension Findings {
  /// Tables of the rows that could be judged, the likeliest first, with the reason.
  var holdouts: [(table: FoundTable, reason: String)] {
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
    let left = data.filter { other.contains($0.path) }
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
  func reference(of holdout: FoundTable) -> Draft.Choice? {
    tables.first { table in
      table.path != holdout.path && !isAnswers(table) && table.rows > 0
        && !Self.past.isDisjoint(with: table.words)
        && holdout.columns.contains { table.column($0.name)?.kind == $0.kind }
    }.map { Draft.Choice(path: $0.path, reason: "its name says that it is older") }
  }
}

/// What is predicted.
extension Findings {
  /// A column that could be the true value, or several.
  struct Label: Sendable {
    var columns: [FoundColumn]
    var reason: String
  }

  /// The columns that could be the label, the likeliest first.
  func labels(of table: FoundTable) -> [Label] {
    if let name = wishes.label {
      return table.column(name).map { [Label(columns: [$0], reason: "as --label says")] } ?? []
    }
    var labels: [Label] = []
    let several = Self.several(in: table)
    if several.count > 1, wishes.task == nil || wishes.task == .multilabel {
      labels.append(Label(columns: several, reason: "columns of 0 and 1 of one kind of name"))
    }
    let possible = table.columns.filter { column in
      column.distinct > 1 && column.isFull && column.kind != .timestamp && column.kind != .other
        && !Self.isScore(column) && column.name != queryColumn(of: table)?.name
        && !(column.tellsRowsApart && column.nameWords.contains("id"))
    }
    let exact: Set<String> = [
      "label", "target", "y", "outcome", "class", "truth", "response", "ytrue", "groundtruth",
      "churn", "churned", "default", "defaulted", "fraud", "isfraud", "converted", "survived",
      "clicked", "relevance", "grade", "reference", "price", "loss", "value", "expected",
    ]
    let part: Set<String> = [
      "label", "target", "outcome", "truth", "churn", "churned", "defaulted", "fraud", "converted",
      "clicked", "relevance",
    ]
    let named =
      possible.filter { exact.contains($0.name.folded) }
      + possible.filter { !part.isDisjoint(with: $0.nameWords) }
    labels += named.map { Label(columns: [$0], reason: "chosen by its name") }
    if let last = possible.last {
      labels.append(Label(columns: [last], reason: "a guess, the last column that could be one"))
    }
    var seen: Set<String> = []
    return labels.filter { seen.insert($0.columns.map(\.name).joined(separator: ",")).inserted }
  }

  /// Columns of 0 and 1 that begin with one word, as several labels of a row do.
  private static func several(in table: FoundTable) -> [FoundColumn] {
    let first: Set<String> = ["label", "labels", "target", "tag", "y"]
    return table.columns.filter { column in
      column.isFlag && column.isFull && column.nameWords.count > 1
        && first.contains(column.nameWords[0])
    }
  }

  /// Whether a column's name says that it is what a model answered.
  static func isScore(_ column: FoundColumn) -> Bool {
    let words: Set<String> = [
      "score", "scores", "pred", "preds", "prediction", "predictions", "predicted", "proba", "prob",
      "probability", "yhat", "yscore", "ypred", "estimate", "hypothesis", "generated", "p",
    ]
    return !words.isDisjoint(with: column.nameWords) || words.contains(column.name.folded)
  }

  /// The column that says which rows are ranked together.
  func queryColumn(of table: FoundTable) -> FoundColumn? {
    let names: Set<String> = [
      "qid", "queryid", "query", "searchid", "groupid", "sessionid", "requestid",
    ]
    return table.columns.first { column in
      names.contains(column.name.folded) && column.distinct < column.rows
        && column.kind != .number
    }
  }

  /// The tasks that a label could be of, the likeliest first.
  func tasks(of label: Label, in table: FoundTable) -> [TaskKind] {
    let possible = likely(label, in: table)
    guard let wish = wishes.task else { return possible }
    return [wish]
  }

  private func likely(_ label: Label, in table: FoundTable) -> [TaskKind] {
    if label.columns.count > 1 { return [.multilabel] }
    guard let column = label.columns.first else { return [] }
    if queryColumn(of: table) != nil, column.isNumber, (column.low ?? -1) >= 0 {
      return [.ranking, .regression]
    }
    if column.distinct == 2 { return [.binary] }
    if column.kind == .string {
      return column.words > 2 || column.distinct > max(30, column.rows / 4)
        ? [.text] : [.multiclass, .text]
    }
    let few = column.distinct <= 20 && column.distinct * 5 <= column.rows
    return column.isWhole && few ? [.multiclass, .regression] : [.regression]
  }
}
