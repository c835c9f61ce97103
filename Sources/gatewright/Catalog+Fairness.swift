import GateCore
import GateFairness

extension FairnessMetric {
  /// Its page.
  var entry: Catalog.Entry {
    let isShare = range.upperBound <= 1
    let limit = definition.limit(isShare ? (definition.isBetterHigh ? 0.8 : 0.1) : 1)
    let named = wantsReference(Arguments()) ? "    reference: {sex: male}\n" : ""
    return Catalog.entry(
      of: definition, variant: task.rawValue, examples: examples.map(\.words),
      usage: (
        "in a manifest",
        "gates:\n  - gate: fairness\n    by: [sex]\n\(named)    metrics:\n"
          + "      \(id): {\(definition.given())\(limit)}"
      ))
  }

  /// Those that the algebra makes of every number of a group.
  static var derivedEntries: [Catalog.Entry] {
    let named = Set(FairnessMetrics.named.map { "\($0.id) \($0.task.rawValue)" })
    return TaskKind.allCases.flatMap { FairnessMetrics.all(task: $0) }
      .filter { !named.contains("\($0.id) \($0.task.rawValue)") }.map(\.entry)
  }
}

extension Counterfactuals {
  /// What the model would answer, for each value.
  fileprivate var words: String {
    zip(values, answers).map { value, answers in
      switch answers {
      case .numbers(let numbers): ", as \(value) \(numbers)"
      case .classes(let classes): ", as \(value) \(classes)"
      }
    }.joined()
  }
}

extension FairnessMetric.Example {
  /// The rows, their groups and the value on one line.
  fileprivate var words: String {
    let named =
      (reference.map { ", reference \($0)" } ?? "")
      + (strata.isEmpty ? "" : ", control [\(strata.joined(separator: ", "))]")
    let columns = features.map { ", column \($0)" }.joined()
    return sample.body.words + ", groups [\(groups.joined(separator: ", "))]" + named
      + columns + (counterfactuals?.words ?? "") + arguments.words(gives: value)
  }
}
