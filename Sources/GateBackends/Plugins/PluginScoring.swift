import GateCore
import GateModels

extension PluginHost {
  /// A model's answers for every row of a table, from a runtime of the user's own.
  ///
  /// It is handed the inputs as Parquet (the manifest's `features` and `derive`, or every column that is no label) and
  /// answers with the name of a file: `score`, a column a class or label, or `prediction` of classes or texts, row by row.
  ///
  /// - Throws: A `Diagnostic` of the run, and for scores that are missing, too few or none.
  func score(_ model: ModelSource, rows table: any Table, _ use: PluginUse) throws -> Predictions {
    var call = PluginCall(use)
    let inputs = Self.inputs(model, of: table)
    call.handed = [PluginCall.Handed(.tables, "rows", .table(table, inputs))]
    call.models = [(model.role, model.artifact)]
    call.question = [
      JSON.Member("model", .string(model.role.rawValue)),
      JSON.Member("task", .string(model.task.rawValue)),
      JSON.Member("features", .array(inputs.map { .string($0.name) })),
      JSON.Member("classes", .array(model.classes.map(JSON.string))),
    ]
    let result = try run(call)
    let name = "the plugin '\(use.plugin.folder)'"
    let members: [String: JSON]
    do throws(Diagnostic) {
      members = try PluginAnswer.members(result.answer, "the answer", ["file", "version"])
    } catch {
      var mistake = error
      mistake.message = "\(name) \(error.message)"
      throw mistake
    }
    guard let answer = result.table else {
      throw Diagnostic(
        "\(name) answered without a file of scores",
        hint: "have it write them into its scratch folder and answer {\"file\": \"scores.parquet\"}"
      )
    }
    var predictions = try readPredictions(
      Self.request(model, answer: answer, use.plugin, holdout: table),
      in: TwoTables(answer: answer, holdout: table))
    predictions.runtime = use.plugin.id
    predictions.runtimeVersion = members["version"]?.string ?? use.plugin.version
    predictions.features = inputs.map(\.name)
    predictions.peakMemory = result.peakMemory
    for member in result.record where member.key == "use" || member.key == "sha256" {
      predictions.scoring["plugin/\(member.key)"] = member.value.string
    }
    return predictions
  }

  /// The same of a run, a process for every batch of its rows where a batch is fewer than they are.
  func score(_ model: ModelSource, _ run: ModelRun, _ use: PluginUse) throws -> Predictions {
    guard model.limits.threads == 1 else {
      throw Diagnostic(
        "the \(model.role.rawValue) is run by '\(use.plugin.folder)', which decides itself how many threads it uses",
        hint: "leave 'threads' out of 'ways': ways: [again, process, order, single_rows]")
    }
    let table = try run.rows()
    guard run.batch == 1 else { return try score(model, rows: table, use) }
    let read = try ReadTable(Self.inputs(model, of: table).map(\.sql), of: table)
    let each = try (0..<Int32(table.rows)).map { try score(model, rows: read.taking([$0]), use) }
    guard let whole = Predictions(joining: each) else {
      throw Diagnostic("the plugin '\(use.plugin.folder)' answered rows in different ways")
    }
    return whole
  }

  /// What a runtime of the user's own takes: what the manifest says, or every column that is no label.
  static func inputs(_ model: ModelSource, of table: any Table) -> [(name: String, sql: String)] {
    let made = Dictionary(model.derive.map { ($0.name, $0.sql) }) { first, _ in first }
    let names =
      model.features
      ?? (table.schema.map(\.name).filter { !model.labels.contains($0) }
      + model.derive.map(\.name)).unique
    return names.map { ($0, made[$0] ?? $0.sqlName) }
  }

  /// The same as of a model that says what it takes.
  static func features(_ model: ModelSource, of table: any Table) -> ModelFeatures {
    ModelFeatures(features: inputs(model, of: table).map { .init(name: $0.name, sql: $0.sql) })
  }

  /// How the rows of the answer are read.
  private static func request(
    _ model: ModelSource, answer: any Table, _ plugin: Plugin, holdout: any Table
  ) -> PredictionsRequest {
    let columns = answer.schema.map(\.name)
    let content: PredictionsRequest.Content =
      switch model.task {
      case .text: .texts("prediction")
      case .multilabel: .flags(model.classes.map { ($0, $0) })
      case .multiclass where columns.contains("prediction"):
        .decisions(column: "prediction", classes: model.classes)
      case .multiclass: .probabilities(model.classes.map { ($0, $0) })
      case .binary where columns.contains("prediction") && !columns.contains("score"):
        .decisions(column: "prediction", classes: model.classes)
      case .binary, .regression, .ranking: .score("score")
      }
    let isShare = [.binary, .multiclass, .multilabel].contains(model.task)
    return PredictionsRequest(
      role: model.role, table: "answer", file: "the answer of \(plugin.folder)",
      holdout: "holdout", holdoutFile: holdout.name, id: nil, content: content,
      range: isShare ? 0...1 : nil)
  }
}

/// The rows of an answer beside those that it is for.
private struct TwoTables: Database {
  let answer: any Table
  let holdout: any Table
  func table(_ name: String) -> any Table { name == "answer" ? answer : holdout }
}
