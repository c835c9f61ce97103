package import GateCore

/// A check of a team's own: a program that answers with checks, or with measurements that the manifest puts limits on.
package struct PluginGate: Gate {
  package static let id = "plugin"
  package static let summary =
    "Runs a program of your own on the rows, the answers and the models, and takes its checks and measurements."
  package static let example = """
    - gate: plugin
      use: gates/business-rules
      with: {approved_share: 0.4}
      metrics:
        rules_kept: {min: 0.99}
    """

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter(
        "use", "The plugin's folder, from the manifest's own.", .text, required: true),
      Parameter(
        "with", "What the plugin is told, by the parameters of its gate.yaml.",
        .map(
          keys: "parameter",
          .either([.value, .list(.value), .map(keys: "key", .value)]))),
      Parameter(
        "metrics", "Measurements of the plugin with their limits.",
        .map(
          keys: "measurement",
          .record(
            Limit.Kind.allCases.map {
              Parameter($0.rawValue, $0.summary, .number(-1e300...1e300))
            }))),
      GateSettings.sliceParameter,
    ]
  }

  private let id: String
  let plugin: Plugin
  private let with: PluginArguments
  private let requests: [Request]
  private let slices: [(slice: Slice, mark: Mark)]
  private let hasChampion: Bool
  private let mark: Mark

  /// A measurement with its limits.
  private struct Request: Sendable {
    let measurement: Plugin.Measurement
    let limits: [Limit]
    let mark: Mark
  }

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    hasChampion = settings.hasChampion
    let node = settings.node
    mark = (node["use"] ?? node).mark
    plugin = try Plugin(.gate, at: node["use"], reading: settings.read)
    var mistakes = plugin.mistakes(in: node["with"], at: node)
    with = PluginArguments(plugin, node["with"])
    do throws(Diagnostic) { slices = try settings.slices(node["slices"]) } catch {
      slices = []
      mistakes.append(error)
    }
    requests = Self.requests(node["metrics"], plugin, settings.hasChampion, &mistakes)
    mistakes += Self.unmet(plugin, settings, at: mark)
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
  }

  /// Limits of measurements, each of one that the plugin has.
  private static func requests(
    _ node: Node?, _ plugin: Plugin, _ hasChampion: Bool, _ mistakes: inout [Diagnostic]
  ) -> [Request] {
    var requests: [Request] = []
    for pair in node?.pairs ?? [] {
      let name = pair.key.text ?? ""
      guard let measurement = plugin.measurements.first(where: { $0.id == name }) else {
        let known = plugin.measurements.map(\.id)
        mistakes.append(
          Diagnostic(
            "'\(plugin.folder)' has no measurement '\(name)'", at: pair.key.mark,
            hint: name.nearest(in: known).map { "did you mean '\($0)'?" }
              ?? (known.isEmpty
                ? "its gate.yaml has none; remove it here, or add it there under 'measurements'"
                : "it has: \(known.joined(separator: ", "))")))
        continue
      }
      let limits = Limit.Kind.allCases.compactMap { kind -> Limit? in
        guard let node = pair.value[kind.rawValue] else { return nil }
        if kind.comparesModels, !hasChampion {
          mistakes.append(
            Diagnostic(
              "'\(kind.rawValue)' compares with a champion, and 'models' names none", at: node.mark,
              hint: "add 'models.champion', or bound it by 'min' or 'max'"))
        }
        return node.number.map { Limit(kind, $0) }
      }
      if limits.isEmpty {
        mistakes.append(
          Diagnostic(
            "'\(name)' has no limit, so it would judge nothing", at: pair.key.mark,
            hint: "add one of: \(Limit.Kind.allCases.map(\.rawValue).joined(separator: ", "))"))
      }
      requests.append(Request(measurement: measurement, limits: limits, mark: pair.key.mark))
    }
    return requests
  }

  /// What the plugin needs and the manifest does not have.
  private static func unmet(
    _ plugin: Plugin, _ settings: GateSettings, at mark: Mark
  ) -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    for name in plugin.needs.tables where name == "reference" {
      if let tables = settings.tables, !tables.contains(name) {
        mistakes.append(
          Diagnostic(
            "'\(plugin.folder)' needs the table '\(name)', and 'data' names none", at: mark,
            hint: "add 'data.\(name)' to the manifest"))
      }
    }
    return mistakes
  }

  package var needs: Needs {
    var needs = Needs(
      slices: slices.map(\.slice), tables: plugin.needs.tables,
      models: !plugin.needs.predictions.isEmpty,
      runs: ["runs the plugin \(plugin.folder): \(plugin.command.joined(separator: " "))"])
    needs.sliceMarks = Dictionary(slices.map { ($0.slice, $0.mark) }) { first, _ in first }
    return needs
  }

  package var plan: [String] {
    ["\(plugin.folder) \(plugin.version): \(plugin.summary)"]
      + requests.map { request in
        "\(request.measurement.id): "
          + request.limits.map { "\($0.kind.rawValue) \($0.bound.brief)" }.joined(separator: ", ")
      }
  }

  package func measure(on bench: Workbench) async throws -> Answered {
    var call = PluginCall(PluginUse(plugin, with))
    for name in plugin.needs.tables {
      call.handed.append(PluginCall.Handed(try bench.table(name), as: name))
    }
    for role in roles(plugin.needs.predictions) {
      call.handed.append(
        PluginCall.Handed(
          .predictions, role.rawValue,
          .columns(try await bench.predictionTable(of: role, slices: slices.map(\.slice)))))
    }
    for role in roles(plugin.needs.models) {
      guard let source = try bench.source(role) else {
        throw Diagnostic(
          "'\(plugin.folder)' needs the file of the \(role.rawValue), whose scores were made elsewhere",
          at: mark, hint: "name the model's file under 'from', or leave the gate out")
      }
      call.models.append((role, source.artifact))
    }
    call.question = bench.question(roles(plugin.needs.predictions))
    let made = call
    let result = try Result { try bench.backends.runPlugin(made, bench.backends.progress) }.located(
      at: mark
    ).get()
    do throws(Diagnostic) {
      return Answered(
        answer: try PluginAnswer(result.answer, of: plugin), record: result.record, log: result.log)
    } catch {
      var mistake = error
      mistake.message = "'\(plugin.folder)' \(mistake.message)"
      throw mistake.at(mark)
    }
  }

  /// Those of the models that there are.
  private func roles(_ wanted: [Role]) -> [Role] {
    wanted.filter { $0 == .candidate || hasChampion }
  }

  /// What the program answered, and how it was run.
  package struct Answered: Sendable {
    let answer: PluginAnswer
    let record: [JSON.Member]
    let log: String

    /// How the program was run; of a check that does not pass, with what it wrote.
    func evidence(_ outcome: Outcome) -> JSON {
      let said = outcome == .passed || log.isEmpty ? [] : [JSON.Member("log", .string(log))]
      return .object(record + said)
    }
  }

  package func judge(_ answered: Answered, in family: ErrorFamily?) -> [Check] {
    answered.answer.checks.map { check($0, answered) }
      + requests.map { judged($0, answered) }
  }

  /// A check of the program's own.
  private func check(_ item: PluginAnswer.Item, _ answered: Answered) -> Check {
    let limits = item.limit.map { (LimitName($0.key), $0.value) }
    var check = Check(
      id: "\(id)/\(item.id)", gate: id, outcome: item.outcome, message: item.message, n: item.n,
      limit: limits.isEmpty ? nil : Dictionary(limits) { first, _ in first },
      location: mark.location, evidence: item.evidence)
    check.value = item.value
    check.evidence["plugin"] = answered.evidence(item.outcome)
    return check
  }

  /// A measurement held against its limits.
  private func judged(_ request: Request, _ answered: Answered) -> Check {
    var check = held(request, answered)
    check.evidence["plugin"] = answered.evidence(check.outcome)
    return check
  }

  /// The same, without how the program was run.
  private func held(_ request: Request, _ answered: Answered) -> Check {
    let measurement = request.measurement
    var check = Check(
      id: "\(id)/\(measurement.id)", gate: id, outcome: .error, message: "",
      metric: measurement.id, model: .candidate, limit: request.limits.byName,
      location: request.mark.location)
    guard let figures = answered.answer.measurements[measurement.id] else {
      return check.failing(
        .error,
        Diagnostic(
          "'\(plugin.folder)' did not answer the measurement '\(measurement.id)'",
          hint: "have it answer every measurement of its gate.yaml that has limits"))
    }
    check.value = figures[.candidate]
    check.champion = figures[.champion]
    if let champion = check.champion { check.difference = check.value.map { $0 - champion } }
    if check.champion == nil, request.limits.contains(where: \.kind.comparesModels) {
      return check.failing(
        .error,
        Diagnostic(
          "'\(plugin.folder)' answered '\(measurement.id)' of the candidate alone, and its limit compares it with the champion's",
          hint:
            "have it answer {\"candidate\": …, \"champion\": …}, or bound the figure by 'min' or 'max'"
        ))
    }
    return request.limits.decide(
      check, named: measurement.id, direction: measurement.direction, unit: measurement.unit,
      range: measurement.range)
  }
}
