/// A metric that a manifest makes of others: what its formula's names stand for.
package struct DerivedMetric: Sendable {
  /// What a name of a formula stands for.
  package enum Term: Sendable {
    /// A cell of the confusion matrix, by weight.
    case cell(@Sendable (Confusion) -> Double)
    /// All rows, by weight.
    case rows
    /// Another metric on the same rows.
    case metric(Metric)
  }

  /// The formula.
  package let expression: Expression
  /// By name; every name of the formula has one.
  package let terms: [String: Term]

  /// Takes what it holds.
  package init(expression: Expression, terms: [String: Term]) {
    self.expression = expression
    self.terms = terms
  }

  /// What every formula of a task may name besides metrics.
  package static func terms(task: TaskKind) -> [(name: String, term: Term)] {
    let cells: [(String, Term)] = [
      ("tp", .cell { $0.truePositives }), ("fp", .cell { $0.falsePositives }),
      ("fn", .cell { $0.falseNegatives }), ("tn", .cell { $0.trueNegatives }),
    ]
    return (task == .binary ? cells : []) + [("n", .rows)]
  }

  /// Words with a meaning in some formula, which no metric may be called.
  package static let reserved = Set(
    terms(task: .binary).map(\.name) + Expression.Function.allCases.map(\.rawValue))

  /// Why a formula of one model's parameterless metrics cannot name this one; nil: it can.
  package static func refusal(of metric: Metric) -> (message: String, hint: String?)? {
    if metric.comparesModels {
      return (
        "'\(metric.id)' compares both models, and a formula is of one",
        "bound '\(metric.id)' by itself, in a gate of kind champion"
      )
    }
    if metric.program != nil {
      return ("'\(metric.id)' comes from a program, and a formula is of what is computed here", nil)
    }
    guard let missing = metric.parameters.first(where: \.required) else {
      return metric.refuse?.refusal(Arguments()).map { refusal in
        ("\(refusal.reason), and a formula cannot give it to '\(metric.id)'", nil)
      }
    }
    return ("'\(metric.id)' needs its '\(missing.id)', and a formula cannot give one", nil)
  }

  /// Whether the decision threshold changes the value.
  package var takesThreshold: Bool {
    terms.values.contains { term in
      switch term {
      case .cell: true
      case .rows: false
      case .metric(let metric): metric.takesThreshold
      }
    }
  }

  /// Whether the four cells of the confusion matrix say all, so that draws of them do.
  private var isOfCells: Bool {
    terms.values.allSatisfy { term in
      switch term {
      case .cell, .rows: true
      case .metric(let metric): metric.cells != nil
      }
    }
  }

  /// How the number comes about.
  package func measure(task: TaskKind) -> Metric.Measure {
    if task == .binary, isOfCells {
      return .confusion { cells, arguments throws(Undefined) in
        try self.value(cells, total: cells.total, arguments) { metric throws(Undefined) in
          guard let body = metric.cells else { throw Undefined("it is of more than the cells") }
          return try body(cells, metric.takesThreshold ? arguments : Arguments())
        }
      }
    }
    return .sample { sample, arguments throws(Undefined) in
      var cells: Confusion?
      if case .binary(let rows) = sample { cells = rows.confusion(at: arguments["threshold"]) }
      return try self.value(cells, total: sample.totalWeight, arguments) {
        metric throws(Undefined) in
        try metric.value(on: sample, metric.takesThreshold ? arguments : Arguments())
      }
    }
  }

  /// The formula's value where `measure` gives that of a metric in it.
  private func value(
    _ cells: Confusion?, total: Double, _ arguments: Arguments,
    _ measure: (Metric) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    try expression.value { name throws(Undefined) in
      switch terms[name] {
      case .rows: return total
      case .cell(let cell):
        if let cells { return cell(cells) }
      case .metric(let metric):
        do throws(Undefined) { return try measure(metric) } catch {
          throw Undefined("its '\(name)' is: \(error.reason)")
        }
      case nil: break
      }
      throw Undefined("these rows have no '\(name)'")
    }
  }
}

extension Metric {
  /// Whether the decision threshold is one of its parameters.
  package var takesThreshold: Bool { parameters.contains { $0.id == Parameter.threshold.id } }

  /// Its value from the four cells, where they are all that it needs whatever its parameters.
  package var cells: (@Sendable (Confusion, Arguments) throws(Undefined) -> Double)? {
    if case .confusion(let body) = measure { body } else { nil }
  }
}
