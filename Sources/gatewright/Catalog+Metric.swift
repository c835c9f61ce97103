import GateCore

extension Metric {
  /// Its page.
  var entry: Catalog.Entry {
    let limit = definition.limit(range.lowerBound.isFinite && range.upperBound.isFinite ? 0.5 : 1)
    let given = definition.given(examples.filter { $0.value != nil }.map(\.arguments))
    return Catalog.entry(
      of: definition, variant: task.rawValue, last: [("interval", spread.method)],
      examples: examples.map(\.words),
      usage: (
        "in a manifest",
        "gates:\n  - gate: \(comparesModels ? "champion" : "performance")\n    metrics:\n"
          + "      \(id): {\(given)\(limit)}"
      ))
  }
}

extension Metric.Example {
  /// The inputs and the value on one line.
  fileprivate var words: String {
    sample.body.words + (champion.map { ", champion: \($0.body.words)" } ?? "")
      + arguments.words(gives: value)
  }
}
