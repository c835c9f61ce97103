import GateCore

extension Manifest {
  /// What a check would read, run and compare, in words; nothing of it is done.
  package var plan: String {
    var lines = ["\(name.visible): \(task.rawValue)", "", "reads"]
    for (name, origin) in data.tables { lines.append("  \(name): \(origin.uri.visible)") }
    for (name, sql) in data.derive { lines.append("  derives \(name.visible) as \(sql.visible)") }
    lines += [
      "",
      scored.isEmpty
        ? "scores no model: no gate asks for one" : "scores on every row of the holdout",
    ]
    for role in scored {
      guard let model = models[role] else { continue }
      lines.append("  \(role.rawValue): \(model.source.plan)")
    }
    lines += gates.flatMap(\.gate.needs.runs).unique.map { "  \($0)" }
    if !metrics.isEmpty { lines += ["", "measures"] }
    for metric in metrics {
      lines.append(
        "  \(metric.id) as \(metric.formula.visible)\(metric.unit.behind.visible), "
          + metric.direction.rawValue)
    }
    lines += ["", "judges"]
    for entry in gates {
      lines.append("  \(entry.id)\(entry.blocking ? "" : " (not blocking)")")
      lines += entry.gate.plan.map { "    \($0.visible)" }
      if let control = entry.errorControl {
        lines.append("    error control over the limits of this gate: \(control.rawValue)")
      }
    }
    if errorControl != .none {
      lines.append(
        "  error control over the limits of all gates without their own: \(errorControl.rawValue)")
    }
    lines += ["", "writes"]
    lines += reports.map { "  \($0.format): \($0.path.visible)" }
    if reports.isEmpty { lines.append("  no report") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Manifest.Model.Source {
  fileprivate var plan: String {
    switch self {
    case .model(let uri, let runtime):
      "\(uri.visible)\(runtime.map { " by \($0)" } ?? "") in a process of its own"
    case .predictions(let uri, let columns):
      "scores of \(uri.visible), \(columns.names.count == 1 ? "column" : "columns") "
        + columns.names.map(\.visible).joined(separator: ", ")
    }
  }
}
