import GateCore
import GateFairness

extension FairnessMetric {
  /// Its page.
  var entry: Catalog.Entry {
    let limit = definition.direction == .higherIsBetter ? "min" : "max"
    let isShare = definition.range.upperBound <= 1
    let bound = definition.usualBound(isShare ? (limit == "min" ? 0.8 : 0.1) : 1)
    let named = wantsReference(Arguments()) ? "    reference: {sex: male}\n" : ""
    return Catalog.Entry(
      id: id, aliases: definition.aliases, words: definition.words,
      variant: definition.task.rawValue,
      summary: definition.summary,
      facts: [
        ("direction", definition.direction.rawValue),
        (
          "range",
          "\(Self.bound(definition.range.lowerBound)) to \(Self.bound(definition.range.upperBound))"
        ),
        ("formula", definition.formula), ("source", definition.source),
      ] + definition.undefined.map { ("undefined", $0) },
      parameters: definition.parameters, examples: examples.map(\.words),
      usage: [
        (
          "in a manifest",
          "gates:\n  - gate: fairness\n    by: [sex]\n\(named)    metrics:\n"
            + "      \(id): {\(definition.given)\(limit): \(bound)}"
        )
      ])
  }

  /// Those that the algebra makes of every number of a group.
  static var derivedEntries: [Catalog.Entry] {
    let named = Set(FairnessMetrics.named.map { "\($0.id) \($0.definition.task.rawValue)" })
    return TaskKind.allCases.flatMap { FairnessMetrics.all(task: $0) }
      .filter { !named.contains("\($0.id) \($0.definition.task.rawValue)") }.map(\.entry)
  }

  /// A bound of the range in words.
  private static func bound(_ value: Double) -> String {
    value.isFinite ? value.brief : value < 0 ? "minus infinity" : "infinity"
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
    let given =
      arguments.numbers.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value.brief)" }
      + arguments.texts.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }
    let named =
      (reference.map { ", reference \($0)" } ?? "")
      + (strata.isEmpty ? "" : ", control [\(strata.joined(separator: ", "))]")
    let columns = features.map { ", column \($0)" }.joined()
    return sample.body.words + ", groups [\(groups.joined(separator: ", "))]" + named
      + columns + (counterfactuals?.words ?? "")
      + given.joined() + " -> " + (value.map { $0.brief } ?? "undefined")
  }
}
