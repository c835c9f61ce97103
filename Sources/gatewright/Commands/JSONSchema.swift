import GateCore
import GateKit
import GateSchema

extension Command {
  /// Prints a JSON Schema.
  static let jsonSchema = Command(
    "json-schema", "print the JSON Schema of the manifest, of a schema file or of the report",
    arguments: [
      Argument(
        "KIND", "manifest, schema or report",
        completion: .words { ["manifest", "schema", "report"] })
    ]
  ) { invocation in
    switch try invocation.word(0, of: ["manifest", "schema", "report"]) {
    case "manifest": try Output.print(Shape.manifestSchema(Wiring.manifest).compact)
    case "schema": try Output.print(TableSchema.jsonSchema.text)
    default: try Output.print(Report.jsonSchema.text)
    }
  }
}
