package import GateCore

/// A file of a model, and what it says of itself.
package struct FoundModel: Sendable {
  /// From the manifest's folder, or another address.
  package let path: String
  /// What scores it.
  package let runtime: String
  /// In its own order.
  package let inputs: [Input]
  /// What it was trained for; nil: it does not say.
  package let task: TaskKind?
  /// Its inputs as SQL over the row, by a manifest that names the model.
  package var derive: [(name: String, sql: String)] = []

  /// What a model takes.
  package struct Input: Sendable {
    /// Nil: the model knows its place alone.
    package let name: String?
    package let isNumber: Bool

    /// An input by its name or by its place.
    package init(name: String?, isNumber: Bool) { (self.name, self.isNumber) = (name, isNumber) }
  }

  /// A model, and what it says of itself: `objective` as its library names it, `classes` as the file lists them, and
  /// whether it answers several labels at once.
  package init(
    path: String, runtime: String, inputs: [Input], objective: String?, classes: [String]?,
    answersSeveral: Bool
  ) {
    (self.path, self.runtime, self.inputs) = (path, runtime, inputs)
    let ofClasses: TaskKind? =
      switch classes?.count ?? 0 {
      case 0, 1: nil
      case 2: .binary
      default: .multiclass
      }
    task =
      answersSeveral ? .multilabel : objective.flatMap(TaskKind.init(objective:)) ?? ofClasses
  }

  /// The names of all inputs; nil where some have none.
  package var names: Set<String>? {
    let names = inputs.compactMap(\.name)
    return names.count == inputs.count && !names.isEmpty ? Set(names) : nil
  }

  /// The same, each as the column of a table is called that it is taken from.
  package func names(in table: FoundTable) -> Set<String>? {
    names.map { names in
      Set(
        names.map { name in
          guard table.column(name) == nil else { return name }
          let twins = table.columns.filter { writes($0.name, as: name) }
          return twins.count == 1 ? twins[0].name : name
        })
    }
  }

  /// Whether it takes the column, as far as it says.
  package func takes(_ column: String) -> Bool {
    names?.contains { $0 == column || writes(column, as: $0) } ?? false
  }

  /// Whether its library writes a column's name as an input's: LightGBM has `_` for blanks.
  private func writes(_ column: String, as input: String) -> Bool {
    runtime == "lightgbm" && column.blanksUnderlined.isSame(as: input)
  }
}

extension TaskKind {
  /// What a model of LightGBM or XGBoost was trained for; nil: the objective does not tell.
  package init?(objective: String) {
    let ranking = ["lambdarank", "rank_xendcg"]
    let binary = ["binary", "cross_entropy", "cross_entropy_lambda"]
    let numbers = [
      "regression", "regression_l1", "huber", "fair", "poisson", "quantile", "mape", "gamma",
      "tweedie",
    ]
    switch objective {
    case _ where ranking.contains(objective) || objective.hasPrefix("rank:"): self = .ranking
    case "multiclass", "multiclassova": self = .multiclass
    case _ where objective.hasPrefix("multi:"): self = .multiclass
    case _ where binary.contains(objective) || objective.hasPrefix("binary:"): self = .binary
    case "reg:logistic": return nil
    case _ where numbers.contains(objective) || objective.hasPrefix("reg:"): self = .regression
    case _ where objective.hasPrefix("count:"): self = .regression
    default: return nil
    }
  }
}
