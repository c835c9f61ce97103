import GateBackends
import GateCore
import GateSystem

extension Plugin {
  /// Whether a folder has a plugin's own file.
  static func stands(in folder: String) -> Bool {
    Kind.allCases.contains { status("\(folder)/\($0.file)") != nil }
  }

  /// What `explain` shows of it.
  var page: String {
    let entry = Catalog.Entry(
      id: folder, summary: summary, facts: facts, parameters: parameters.map(\.parameter),
      usage: [("in a manifest", usage)])
    return (["\(kind.rawValue) plugin \(id) \(version)", summary] + entry.page)
      .joined(separator: "\n\n") + "\n"
  }

  /// How it is run, by name.
  private var facts: [(name: String, text: String)] {
    var handed = needs.tables.map { "the table \($0)" }
    handed += needs.predictions.map { "the answers of the \($0.rawValue)" }
    handed += needs.models.map { "the file of the \($0.rawValue)" }
    let figures = measurements.map { figure in
      figure.id + (figure.summary.isEmpty ? "" : " (\(figure.summary))")
    }
    let processes = limits.processes.counted("process", "processes")
    let allowed = "\(limits.seconds.brief)s, \(limits.memory) bytes of memory, \(processes)"
    var facts = [(name: "command", text: command.joined(separator: " "))]
    if !handed.isEmpty {
      facts.append(("is handed", "\(handed.joined(separator: ", ")), as \(format.rawValue)"))
    }
    if !figures.isEmpty { facts.append(("measures", figures.joined(separator: "; "))) }
    if let requirements { facts.append(("packages", requirements)) }
    facts.append(("may use", allowed + (network ? ", the network" : ", no network")))
    return facts
  }

  /// How a manifest names it.
  private var usage: String {
    let told = parameters.filter(\.required).map { "\($0.id): …" }.joined(separator: ", ")
    let with = told.isEmpty ? "" : ", with: {\(told)}"
    return switch kind {
    case .gate: "gates:\n  - {gate: plugin, use: \(folder)\(with)}"
    case .metric: "metrics:\n  \(id): {use: \(folder)\(with)}"
    case .runtime: "models:\n  candidate: {from: models/loan, runtime: \(folder)\(with)}"
    case .source: "sources:\n  \(id): \(folder)"
    }
  }
}
