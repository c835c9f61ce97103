package import GateCore
package import GateSchema

/// A data contract: what the rows a model meets must be.
package struct SchemaGate: Gate {
  package static let id = "schema"
  package static let summary = "Holds a table against a schema file, in as few scans as can be."
  package static let example = """
    - gate: schema
      file: schemas/loan.yaml
      table: current
    """

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter("file", "The schema: YAML, from the manifest's folder.", .text, required: true),
      Parameter(
        "table", "The table that is judged; current is the holdout where there is no other.",
        .choice(["current", "holdout", "reference"]), standard: "current"),
      Parameter("environment", "Where these rows are used: one of the schema's.", .text),
    ]
  }

  private let id: String
  private let schema: TableSchema
  private let table: String
  private let environment: String?
  private let file: String
  private let mark: Mark

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    let node = settings.node
    mark = node.mark
    file = node["file"]?.text ?? ""
    table = node["table"]?.text ?? "current"
    environment = node["environment"]?.text
    let content: Node
    do throws(Diagnostics) { content = try settings.read(file) } catch {
      throw Diagnostics(error.all.map { $0.at(node["file"]?.mark) })
    }
    schema = try TableSchema(content)
    if let environment, !schema.environments.contains(environment) {
      throw Diagnostics([
        Diagnostic(
          "'\(file)' has no environment '\(environment)'", at: node["environment"]?.mark,
          hint: environment.nearest(in: schema.environments).map { "did you mean '\($0)'?" }
            ?? (schema.environments.isEmpty
              ? "no column there names 'environments': remove 'environment', or add them"
              : "it has: \(schema.environments.joined(separator: ", "))"))
      ])
    }
  }

  package var needs: Needs {
    Needs(tables: [table, "reference"], sources: schema.tables, models: false)
  }

  package var plan: [String] {
    ["\(table) against \(file)" + (environment.map { " in \($0)" } ?? "")]
      + schema.columns.map { "\($0.name): \(($0.rules.map(\.name)).joined(separator: ", "))" }
      + (schema.rules.isEmpty ? [] : ["table: \(schema.rules.map(\.name).joined(separator: ", "))"])
  }

  package func measure(on bench: Workbench) async throws -> SchemaAnswers {
    let open = try bench.table(table)
    var others: [String: any Table] = [:]
    for name in ["holdout", "reference", "current"] + schema.tables.map(\.name) {
      others[name] = try? bench.table(name)
    }
    return await SchemaSubject(
      gate: id, schema: schema, environment: environment, table: open,
      reference: try? bench.table("reference"),
      isOwnReference: bench.ownReferences.contains(table), others: others, roles: bench.roles,
      now: bench.now
    ).answers()
  }

  package func judge(_ answers: SchemaAnswers, in family: ErrorFamily?) -> [Check] {
    answers.checks
  }
}
