import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// Suites that are wrong, cut off, or made to exhaust the machine.
struct HostileSuiteTests {
  private func read(_ text: String, from tool: String? = nil) throws -> ImportedSchema {
    try Importers.read(
      readSuite(Array(text.utf8), name: "suite", tool: tool), from: tool)
  }

  /// The messages of what is left over, or of the mistakes thrown.
  private func mistakes(_ text: String, from tool: String? = nil) -> [Diagnostic] {
    do { return try read(text, from: tool).leftOver } catch let error as Diagnostics {
      return error.all
    } catch { return [] }
  }

  private func suite(_ expectation: String) -> String {
    "{\"expectations\": [\n{\"type\": \"expect_column_to_exist\", \"kwargs\": {\"column\": \"a\"}},\n"
      + "\(expectation)\n]}"
  }

  @Test(arguments: [
    (
      "{\"type\": \"expect_moon\", \"kwargs\": {}}",
      "'expect_moon' has no counterpart: it is not known here"
    ),
    (
      "{\"type\": \"expect_column_values_to_be_unique\", \"kwargs\": {\"column\": \"a\", \"colour\": 1}}",
      "unknown parameter 'colour'"
    ),
    (
      "{\"type\": \"expect_column_values_to_be_unique\", \"kwargs\": {\"column\": \"a\"}, \"kwarg\": 1}",
      "unknown parameter 'kwarg'"
    ),
    ("{\"type\": \"expect_column_values_to_be_unique\"}", "'column' is missing"),
    ("{\"kwargs\": {}}", "an expectation without type"),
    ("7", "an expectation without type"),
    (
      "{\"type\": \"expect_column_values_to_be_between\", \"kwargs\": {\"column\": \"a\", \"min_value\": {\"$PARAMETER\": \"x\"}}}",
      "it has the parameter 'x', to which the suite gives no value"
    ),
    (
      "{\"type\": \"expect_column_values_to_be_between\", \"kwargs\": {\"column\": \"a\"}}",
      "it has no bound"
    ),
    (
      "{\"type\": \"expect_column_mean_to_be_between\", \"kwargs\": {\"column\": \"a\", \"min_value\": 1, \"mostly\": 0.5}}",
      "'mostly' is of rows"
    ),
    (
      "{\"type\": \"expect_column_values_to_match_regex\", \"kwargs\": {\"column\": \"a\", \"regex\": \"(?=b)\"}}",
      "looks around itself"
    ),
    (
      "{\"type\": \"expect_column_values_to_be_in_set\", \"kwargs\": {\"column\": \"a\", \"value_set\": [[1]]}}",
      "'value_set' holds a list, wanted a value"
    ),
    (
      "{\"type\": \"expect_column_values_to_be_in_type_list\", \"kwargs\": {\"column\": \"a\", \"type_list\": [\"Moon\", \"Sun\"]}}",
      "of the types 'Moon', 'Sun' none is known"
    ),
    (
      "{\"type\": \"expect_column_values_to_be_unique\", \"kwargs\": {\"column\": \"a\", \"row_condition\": \"os.system('x')\"}}",
      "row condition"
    ),
    (
      "{\"type\": \"expect_column_values_to_match_json_schema\", \"kwargs\": {\"column\": \"a\", \"json_schema\": {\"$ref\": \"x\"}}}",
      "'$ref' of JSON Schema is not supported"
    ),
  ])
  func `what has no counterpart is told with its place`(expectation: String, message: String) throws
  {
    let left = try read(suite(expectation)).leftOver
    #expect(left.count == 1)
    #expect(left.first?.message.contains(message) == true, "\(left.map(\.message))")
    #expect(left.first?.location?.line == 3)
  }

  @Test func `a suite of which nothing is left is an error`() {
    let found = mistakes("{\"expectations\": [{\"type\": \"expect_moon\", \"kwargs\": {}}]}")
    #expect(found.first?.message.contains("expect_moon") == true)
    #expect(mistakes("{\"expectations\": []}").first?.message == "'suite' asks for nothing")
    #expect(mistakes("a: 1").first?.message.contains("no suite of a tool") == true)
  }

  @Test(arguments: [
    "{\"expectations\": [{\"type\": \"expect_c", "{\"expectations\": [1, 2", "{\"features\": [{]}",
    "feature {\n  name: \"a", "feature {\n  name: \"a\"\n", "feature {\n  name: 'a'\n  type }",
    "feature {\n  name: \"\\q\"\n}", "columns: {a: {dtype: int64",
    "checks for a:\n  - row_count > 1\n - b",
  ])
  func `a text that is cut off is a located error`(text: String) {
    let found = mistakes(text)
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.location != nil }, "\(found.map(\.message))")
  }

  @Test func `too deep is an error`() {
    let proto = String(repeating: "feature {\n", count: 5000)
    #expect(mistakes(proto).first?.message.contains("levels of nesting") == true)
    let json = "{\"expectations\": " + String(repeating: "[", count: 5000)
    #expect(mistakes(json).first?.message.contains("deep") == true)
  }

  @Test(.timeLimit(.minutes(60))) func `a suite of ten megabytes is read`() throws {
    let one =
      "{\"type\": \"expect_column_values_to_not_be_null\", \"kwargs\": {\"column\": \"c%\"}}"
    let all = (0..<60_000).map {
      one.replacing("%", with: "\($0 % 500)") + String(repeating: " ", count: 80)
    }
    let text = "{\"expectations\": [\(all.joined(separator: ", "))]}"
    #expect(text.utf8.count > 9_000_000)
    #expect(try read(text).count == 60_000)
  }

  @Test func `characters beyond sixteen bits are read from JSON, and written again`() throws {
    let schema = try read(
      "{\"expectations\": [{\"type\": \"expect_column_values_to_be_in_set\", \"kwargs\": "
        + "{\"column\": \"a: #\", \"value_set\": [\"\\ud83d\\ude00\", \"no\", \"\\u2028\", \"1\", 1, \"\\\\ud83d\"]}}]}"
    )
    let yaml = try schema.checkedYAML(from: "x\nversion: 2")
    let node = try parseYAML(Array(yaml.utf8), name: "s")
    let values = node["columns"]?["a: #"]?["in_set"]?["values"]?.items
    #expect(values?.compactMap(\.text) == ["😀", "no", "\u{2028}", "1", "1", "\\ud83d"])
    #expect(values?.last?.number == nil)
    #expect(yaml == (try schema.checkedYAML(from: "x\nversion: 2")))
  }

  @Test(arguments: [
    "suite.json", "suite-0.18.json", "schema.pbtxt", "pandera.yaml", "soda.yml", "constraints.json",
  ])
  func `the same suite gives the same bytes, and says where each check is from`(name: String) throws
  {
    let golden = try GoldenSuite(name, tables: name == "soda.yml" ? ["branches", "thousand"] : [])
    let again = try GoldenSuite(name, tables: name == "soda.yml" ? ["branches", "thousand"] : [])
    #expect(golden.imported.yaml(from: name) == again.imported.yaml(from: name))
    let rules = golden.schema.rules + golden.schema.columns.flatMap(\.rules)
    #expect(rules.count == golden.imported.count)
    #expect(rules.allSatisfy { $0.body["meta"]?["source"]?.text != nil })
  }

  @Test func `a table that is not told is left over`() throws {
    let text = "checks for t:\n  - row_count > 1\n  - row_count same as other\n"
    #expect(try read(text).leftOver.first?.hint == "give '--table other=PATH'")
  }
}
