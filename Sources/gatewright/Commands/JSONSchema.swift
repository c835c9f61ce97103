import GateCore
import GateKit
import GateSchema

extension Command {
  /// Prints a JSON Schema.
  static let jsonSchema = Command(
    "json-schema",
    "print the JSON Schema of the manifest, of a schema file, of the report or of plugins",
    arguments: [
      Argument(
        "KIND", schemas.map(\.name).alternatives, completion: .words { schemas.map(\.name) })
    ]
  ) { invocation in
    let name = try invocation.word(0, of: schemas.map(\.name))
    return try Output.print(schemas.first { $0.name == name }?.text() ?? "")
  }

  /// Each schema by its name.
  static let schemas: [(name: String, text: @Sendable () -> String)] = [
    ("manifest", { Shape.manifestSchema(Wiring.manifest).compact }),
    ("schema", { TableSchema.jsonSchema.text }), ("report", { Report.jsonSchema.text }),
    ("plugin", { Plugin.jsonSchema.compact }), ("plugin-request", { Plugin.requestSchema.text }),
    ("plugin-answer", { PluginAnswer.jsonSchema.text }),
  ]
}
