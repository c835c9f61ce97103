package import GateCore

/// What is predicted.
extension Findings {
  /// A column that could be the true value, or several, and what predicts it.
  package struct Reading: Sendable {
    package var columns: [FoundColumn]
    package var task: TaskKind
    package var reason: String
    /// How much speaks for it, the less the more.
    package var rank: Int
  }

  /// What could be predicted of these rows, the likeliest first.
  package func readings(of table: FoundTable) -> [Reading] {
    var readings: [Reading] = []
    if let names = wishes.labels(in: table) {
      let columns = names.compactMap(table.column)
      guard columns.count == names.count, !columns.isEmpty else { return [] }
      let tasks = columns.count > 1 ? [.multilabel] : tasks(of: columns[0], in: table)
      readings = tasks.map {
        Reading(columns: columns, task: $0, reason: "as --label says", rank: 0)
      }
    } else {
      readings = several(in: table) + classes(in: table) + named(in: table)
    }
    if let wish = wishes.task {
      // What was said goes before what the values say.
      var said: [Reading] = []
      for var reading in readings where (reading.columns.count > 1) == (wish == .multilabel) {
        reading.task = wish
        if !said.contains(where: { $0.columns.map(\.name) == reading.columns.map(\.name) }) {
          said.append(reading)
        }
      }
      readings = said
    }
    var seen: Set<String> = []
    return readings.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    .map(\.element).filter { reading in
      seen.insert("\(reading.task) \(reading.columns.map(\.name))").inserted
    }
  }

  /// Several columns of 0 and 1: of one kind of name, or each with a column of shares by its name among answers.
  private func several(in table: FoundTable) -> [Reading] {
    let first: Set<String> = ["label", "labels", "target", "tag", "y"]
    let flags = table.columns.filter { $0.isFlag && $0.isFull && !isTaken($0) }
    let named = flags.filter { $0.nameWords.count > 1 && first.contains($0.nameWords[0]) }
    let answered = tables.filter { $0.path != table.path }.map { other in
      let shares = other.columns.filter { $0.isShare && !$0.isFlag }
      return flags.filter { flag in
        shares.contains { column in
          column.name == flag.name
            || Self.isScore(column) && column.nameWords.count > flag.nameWords.count
              && Array(column.nameWords.suffix(flag.nameWords.count)) == flag.nameWords
        }
      }
    }
    let most = answered.max { $0.count < $1.count } ?? []
    let trained = models.contains { $0.task == .multilabel }
    return [
      (named, "columns of 0 and 1 of one kind of name"),
      (trained ? flags : [], "the columns of 0 and 1 that no model takes"),
      (most, "columns of 0 and 1, of each of which there is a column of scores"),
    ].filter { $0.0.count > 1 }.map {
      Reading(columns: $0.0, task: .multilabel, reason: $0.1, rank: 10)
    }
  }

  /// Columns whose values each have a column of shares, as `p_low` is for `low`.
  private func classes(in table: FoundTable) -> [Reading] {
    table.columns.filter { $0.domain.count > 2 && $0.isFull && !isTaken($0) }.filter { column in
      tables.contains { other in
        let own = other.columns.filter { $0.name != column.name && $0.isFull }
        return scores(column.domain, own) != nil
      }
    }.map {
      Reading(
        columns: [$0], task: .multiclass, reason: "each of its values has a column of scores",
        rank: 10)
    }
  }

  /// Columns by their names and by what no model takes, each with what it could be of.
  private func named(in table: FoundTable) -> [Reading] {
    let exact: Set<String> = [
      "label", "target", "y", "outcome", "class", "truth", "response", "ytrue", "groundtruth",
      "churn", "churned", "default", "defaulted", "fraud", "isfraud", "converted", "survived",
      "clicked", "relevance", "grade", "reference", "price", "loss", "value", "expected",
    ]
    let part: Set<String> = [
      "label", "target", "outcome", "truth", "churn", "churned", "defaulted", "fraud", "converted",
      "clicked", "relevance",
    ]
    let query = queryColumn(of: table)?.name
    let possible = table.columns.filter { column in
      column.distinct > 1 && column.isFull && column.kind != .timestamp && column.kind != .other
        && column.name != query && !isTaken(column) && !Self.isScore(column)
        && !(column.tellsRowsApart && column.nameWords.contains("id"))
        && (!column.isNumberOfRow || exact.contains(column.name.folded))
    }
    let isKnown = models.contains { $0.names != nil }
    return possible.enumerated().flatMap { place, column -> [Reading] in
      let isExact = exact.contains(column.name.folded)
      let isPart = !part.isDisjoint(with: column.nameWords)
      let isLast = place == possible.count - 1
      let reason =
        isExact || isPart
        ? "chosen by its name"
        : isKnown
          ? possible.count == 1
            ? "the only column that no model takes" : "a guess, a column that no model takes"
          : isLast ? "a guess, the last column that could be one" : "a guess"
      return tasks(of: column, in: table).map { task in
        var rank = isExact ? 28 : isPart ? 38 : isLast || isKnown ? 48 : 58
        rank -= (models.contains { $0.task == task } ? 5 : 0) + (isLast ? 2 : 0)
        rank += misfit(column, task, in: table) + (fits(column, task, in: table) ? 0 : 200)
        return Reading(columns: [column], task: task, reason: reason, rank: rank)
      }
    }
  }

  /// Whether every model that could be the candidate takes the column.
  private func isTaken(_ column: FoundColumn) -> Bool {
    let asked = models.filter { $0.path == wishes.candidate }
    let named = (asked.isEmpty ? models : asked).filter { $0.names != nil }
    return !named.isEmpty && named.allSatisfy { $0.takes(column.name) }
  }

  /// How badly what answers fits the label: shares are no numbers beyond 0 to 1, and what has one value in each query
  /// ranks nothing.
  private func misfit(_ column: FoundColumn, _ task: TaskKind, in table: FoundTable) -> Int {
    switch task {
    case .regression:
      let answers = tables.filter { $0.path != table.path && isAnswers($0) }
      let scores = answers.flatMap(\.columns).filter { Self.isScore($0) && $0.isNumber }
      let areShares = !scores.isEmpty && scores.allSatisfy(\.isShare)
      return areShares && !column.isShare ? 100 : 0
    case .ranking: return (column.low ?? 0) > 0 ? 5 : 0
    default: return 0
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
}
