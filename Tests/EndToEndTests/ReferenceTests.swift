import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema
@testable import gatewright

/// The committed pages of docs/reference are those the definitions make.
@Suite struct ReferenceTests {
  static let pages: [(file: String, text: @Sendable () -> String)] = [
    ("manifest.schema.json", { Shape.manifestSchema(Wiring.manifest).compact }),
    ("manifest.md", { Reference.manifest }),
    (
      "metrics.md",
      {
        Reference.page(
          Catalog.metrics, "Metrics",
          "By task. Limits stand beside a metric's parameters: see [gates](gates.md).")
      }
    ),
    (
      "gates.md",
      {
        Reference.page(
          Catalog.gates, "Gates",
          "What a candidate must pass. What stands beside a metric is below.")
          + "\n## limits\n\n"
          + Reference.table(Limit.parameters(Limit.Kind.allCases) + MetricRequest.common)
      }
    ),
    ("schema.schema.json", { TableSchema.jsonSchema.text }),
    ("plugin.schema.json", { Plugin.jsonSchema.compact }),
    ("plugin-request.schema.json", { Plugin.requestSchema.text }),
    ("plugin-answer.schema.json", { PluginAnswer.jsonSchema.text }),
    (
      "schema-checks.md",
      {
        Reference.page(
          Catalog.schemaChecks, "Checks of a schema",
          "What a schema file may ask of a column or of the table: see [data contracts](../guide/schema.md). "
            + "Editors complete one by [schema.schema.json](schema.schema.json).")
          + "\n## beside every check\n\nThose after `meta` stand beside checks that count rows; `where` "
          + "beside those that measure a figure, too.\n\n"
          + Reference.table(SchemaCheck.notNull.common)
      }
    ),
    (
      "fairness-metrics.md",
      {
        Reference.page(
          Catalog.fairnessMetrics, "Fairness metrics",
          "What a fairness gate may measure, besides every metric of a task with the endings `_difference`, `_ratio`, "
            + "`_group_min`, `_group_max`: see [fairness](../guide/fairness.md). A name with `@` is the figure of that "
            + "library.")
      }
    ),
    (
      "drift-tests.md",
      {
        Reference.page(
          Catalog.driftTests, "Drift tests",
          "What a drift gate may measure: see [drift](../guide/drift.md). A name with `@` is the figure of that "
            + "library.")
      }
    ),
    (
      "runtimes.md",
      {
        Reference.page(
          Catalog.runtimes, "Runtimes",
          "What scores a model. The guide's [models](../guide/models.md) says what each expects.")
      }
    ),
    (
      "sources.md",
      {
        Reference.page(
          Catalog.sources, "Sources",
          "Where the files that a manifest names come from. A text without a source's scheme is a path."
        )
      }
    ),
    (
      "reports.md",
      {
        Reference.page(
          Catalog.reports, "Report formats",
          "`json` is the record ([its schema](report.schema.json)); the others are made from it.")
      }
    ),
    ("command-line.md", { Reference.commandLine }),
  ]

  @Test("a page is what the definitions make", arguments: pages.indices)
  func committed(index: Int) throws {
    let page = Self.pages[index]
    try Recorded.expect(page.text(), in: "docs/reference/\(page.file)")
  }

  @Test("the program prints the committed schema of the manifest")
  func printed() throws {
    let result = try CommandLineRun.run(["json-schema", "manifest"])
    #expect(result.stdout == Shape.manifestSchema(Wiring.manifest).compact)
  }
}
