import GateCore

extension ManifestReader {
  /// A metric that a program gives; nil, with the mistakes noted, where its plugin cannot be read.
  mutating func program(_ id: String, _ pair: Node.Pair) -> Metric? {
    for key in ["formula", "unit", "direction", "summary"] {
      if let found = pair.value.key(key) {
        refuse(
          "'\(key)' goes with a formula; the plugin's metric.yaml says it of the metric '\(id)'",
          found, hint: "remove it")
      }
    }
    do throws(Diagnostics) {
      let plugin = try Plugin(.metric, at: pair.value["use"], reading: read)
      mistakes += plugin.mistakes(in: pair.value["with"], at: pair.value)
      programs[id] = PluginUse(plugin, PluginArguments(plugin, pair.value["with"]))
      return Self.metric(id, task, plugin)
    } catch {
      mistakes += error.all
      return nil
    }
  }

  /// The definition of a metric that a program gives: the mean of a figure a row, or one figure.
  private static func metric(_ id: String, _ task: TaskKind, _ plugin: Plugin) -> Metric {
    let figure = plugin.measurements[0]
    var metric = Metric(
      id, task: task, summary: plugin.summary, direction: figure.direction, range: figure.range,
      formula: plugin.isByRow ? "the mean of what the program gives a row" : "",
      source: plugin.folder,
      measure: .sums(.mean { sample, _ throws(Undefined) in sample.numbers.map(Optional.init) }),
      spread: plugin.isByRow ? .mean : .unfit("its program gives one figure of all rows"),
      examples: [], unit: figure.unit, isDerived: true)
    metric.program = plugin.isByRow ? .byRow : .whole
    return metric
  }
}
