/// What programs of the user's give of the models.
extension Workbench {
  /// Asks what the program of a metric gives of a model.
  struct FiguresOf: Asked {
    typealias Answer = Result<ProgramFigures, Diagnostic>
    let metric: String
    let role: Role
  }

  /// A figure for every row of the holdout by the program of a metric, which is run once a model.
  func figures(_ metric: String, _ role: Role) async -> Result<ProgramFigures, Diagnostic> {
    await once(FiguresOf(metric: metric, role: role)) {
      guard let use = program(of: metric) else {
        return .failure(Diagnostic("there is no program of '\(metric)'"))
      }
      do throws(Diagnostic) {
        let call = try await call(use, role)
        let result = try Result {
          try backends.runPlugin(call, backends.progress)
        }.located(at: nil).get()
        return .success(
          ProgramFigures(
            values: try Self.values(result, of: use.plugin, rows: rows), record: result.record))
      } catch { return .failure(error) }
    }
  }

  /// The run of a metric's program on the answers of a model.
  private func call(_ use: PluginUse, _ role: Role) async throws(Diagnostic) -> PluginCall {
    var call = PluginCall(use)
    for name in use.plugin.needs.tables {
      call.handed.append(PluginCall.Handed(try table(name), as: name))
    }
    call.handed.append(
      PluginCall.Handed(.predictions, role.rawValue, .columns(try await predictionTable(of: role))))
    if use.plugin.needs.models.contains(role), let source = try source(role) {
      call.models.append((role, source.artifact))
    }
    call.question = [JSON.Member("model", .string(role.rawValue))] + question([role])
    return call
  }

  /// What a program answered, as a figure a row.
  private static func values(
    _ result: PluginResult, of plugin: Plugin, rows: Int
  ) throws(Diagnostic) -> [Double] {
    do throws(Diagnostic) {
      let members = try PluginAnswer.members(
        result.answer, "the answer", [plugin.isByRow ? "file" : "value"])
      guard plugin.isByRow else {
        guard let value = try PluginAnswer.number(members["value"], "'value'") else {
          throw Diagnostic("answered without a 'value'")
        }
        try refuse([value], plugin)
        return [Double](repeating: value, count: rows)
      }
      guard let table = result.table else {
        throw Diagnostic(
          "answered without a file of figures",
          hint: "have it write them into its scratch folder and answer {\"file\": \"values.csv\"}")
      }
      let column = try Result { try table.columns(["value".sqlName])[0] }.located(at: nil).get()
      guard column.count == rows else {
        throw Diagnostic("answered with \(column.count) figures for \(rows) rows")
      }
      guard let values = column.quantities else {
        throw Diagnostic("answered with \(column.contents) in the column 'value', wanted numbers")
      }
      try refuse(values, plugin)
      return values
    } catch {
      var mistake = error
      mistake.message = "the plugin '\(plugin.folder)' \(error.message)"
      throw mistake
    }
  }

  /// Refuses figures that are none, or that the metric cannot have.
  private static func refuse(_ values: [Double], _ plugin: Plugin) throws(Diagnostic) {
    let range = plugin.measurements[0].range
    guard let row = values.firstIndex(where: { !$0.isFinite || !range.contains($0) }) else {
      return
    }
    let place = plugin.isByRow ? " in row \(row + 1)" : ""
    throw Diagnostic(
      values[row].isFinite
        ? "answered \(values[row].brief)\(place), which is not within "
          + "\(range.lowerBound.brief) to \(range.upperBound.brief)"
        : "answered no number\(place)")
  }

  /// What a program is told of the task and of the models' decisions.
  package func question(_ roles: [Role]) -> [JSON.Member] {
    [
      JSON.Member("task", .string(task.rawValue)),
      JSON.Member("classes", .array(classes.map(JSON.string))),
      JSON.Member("not_features", .array(self.roles.all.sorted().map(JSON.string))),
    ]
      + (task == .binary
        ? [
          JSON.Member(
            "thresholds",
            .object(roles.map { JSON.Member($0.rawValue, .number(threshold(of: $0))) }))
        ] : [])
  }
}
