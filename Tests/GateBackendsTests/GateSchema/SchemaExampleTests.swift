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

/// What holds for every definition of a schema's checks.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct SchemaExampleTests {
  @Test(arguments: SchemaChecks.all.map(NamedCheck.init))
  func `examples hold`(named: NamedCheck) async throws {
    #expect(named.check.examples.count >= 2)
    for example in named.check.examples {
      let check = try await SchemaExample(named.check, example).judged()
      // A value without a judgement is a figure that is recorded; without either it is an error.
      let outcome: Outcome =
        example.holds.map { $0 ? .passed : .failed } ?? (example.value == nil ? .error : .skipped)
      #expect(check.outcome == outcome, "\(example.yaml): \(check.message)")
      #expect(check.message.count > 10, "\(check.message)")
      guard let value = example.value else { continue }
      let found = try #require(check.value, "\(example.yaml): \(check.message)")
      #expect(abs(found - value) <= 1e-12 * max(1, abs(value)), "\(example.yaml): \(found)")
    }
  }

  /// Written out, a default changes nothing.
  @Test(arguments: SchemaChecks.all.map(NamedCheck.init))
  func `defaults are those that hold`(named: NamedCheck) async throws {
    for parameter in named.check.parameters {
      for example in named.check.examples {
        guard let spelled = named.check.spelled(parameter, in: example) else { continue }
        let left = try await SchemaExample(named.check, example).judged()
        let right = try await SchemaExample(named.check, spelled).judged()
        let said = Comment(rawValue: "\(spelled.yaml): \(right.message)")
        #expect(left.outcome == right.outcome && left.value == right.value, said)
      }
    }
  }

  @Test(arguments: SchemaChecks.all.map(NamedCheck.init))
  func `a definition describes itself`(named: NamedCheck) {
    let check = named.check
    for text in [check.summary] + check.parameters.map(\.summary) {
      #expect(text.hasSuffix(".") && text.first?.isUppercase == true, "\(text)")
    }
    #expect(check.examples.contains { $0.holds == true })
    #expect(check.examples.contains { $0.holds == false })
    #expect(Set(check.parameters.map(\.id)).count == check.parameters.count)
    if let main = check.main { #expect(check.parameters.contains { $0.id == main }) }
  }

  /// Many rows are told apart by their hashes, few by the engine's own table.
  @Test(arguments: [99_000, 250_000])
  func `repeats among many rows are counted`(rows: Int) async throws {
    let fixture = try Fixture()
    let file = try fixture.copy(
      "SELECT i AS x, i // 2 AS pair, CASE WHEN i < 5 THEN 'a' ELSE i::VARCHAR END AS word FROM range(\(rows)) t(i)",
      to: "current.parquet", "(FORMAT parquet)")
    let table = try fixture.open([(TableSource(name: "current", path: file), [file])]).table(
      "current")
    let yaml =
      "version: 1\ncolumns:\n  x: {unique: true}\n  pair: {unique: true}\n"
      + "  word: {unique: true}\ntable:\n  compound_unique: [pair, word]\n"
    let subject = SchemaSubject(
      gate: "schema", schema: try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml")),
      environment: nil, table: table, reference: nil, roles: ColumnRoles(), now: "")
    let found = Dictionary(uniqueKeysWithValues: await subject.checks().map { ($0.id, $0.value) })
    #expect(found["schema/x/unique"] == 0)
    #expect(found["schema/pair/unique"] == Double(rows))
    #expect(found["schema/word/unique"] == 5)
    #expect(found["schema/compound_unique"] == 4)
  }

  @Test func `ids are unique, and none is a key of a column or table`() {
    let keys: Set = ["type", "presence", "deprecated", "environments", "not_in", "checks"]
    for subject in [SchemaCheck.Subject.column, .table] {
      let ids = SchemaChecks.all.filter { $0.subject == subject }.map(\.id)
      #expect(Set(ids).count == ids.count)
      #expect(keys.isDisjoint(with: ids))
    }
  }
}

/// A check that a failed test calls by its name.
struct NamedCheck: Sendable, CustomTestStringConvertible {
  var check: SchemaCheck
  var testDescription: String { "\(check.subject.rawValue) \(check.id)" }
}

extension SchemaCheck {
  /// An example with a parameter's default written out; nil where it was given, or the default is no value but words.
  func spelled(_ parameter: Parameter, in example: Example) -> Example? {
    guard let standard = parameter.standard, !example.yaml.contains("\n"),
      let colon = example.yaml.firstRange(of: ": "),
      !example.yaml.contains("\(parameter.id):"), parameter.id != main
    else { return nil }
    let body = example.yaml[colon.upperBound...]
    let others: String
    switch (body.first, main) {
    case ("{", _): others = body.dropFirst().dropLast() + ", "
    case (_, let main?): others = "\(main): \(body), "
    default: others = ""
    }
    let yaml = "\(id): {\(others)\(parameter.id): \(standard)}"
    let text =
      "version: 1\n" + (subject == .column ? "columns: {x: {\(yaml)}}" : "table: {\(yaml)}")
    // A default in words is no value.
    guard (try? TableSchema(parseYAML(Array(text.utf8), name: "schema.yaml"))) != nil else {
      return nil
    }
    return Example(
      yaml, on: example.csv, reference: example.reference, holds: example.holds,
      value: example.value)
  }
}

/// One example, run by the engine.
struct SchemaExample {
  let check: SchemaCheck
  let example: SchemaCheck.Example

  init(_ check: SchemaCheck, _ example: SchemaCheck.Example) {
    self.check = check
    self.example = example
  }

  /// The one check that comes of it.
  func judged() async throws -> Check {
    let fixture = try Fixture()
    var sources = [
      (
        TableSource(name: "current", path: "current.csv"),
        [try fixture.write("current.csv", example.csv)]
      )
    ]
    if let reference = example.reference {
      sources.append(
        (
          TableSource(name: "reference", path: "reference.csv"),
          [try fixture.write("reference.csv", reference)]
        ))
    }
    let database = try fixture.open(sources)
    let place = check.subject == .column ? "columns:\n  x:\n    " : "table:\n  "
    let indent = check.subject == .column ? "\n    " : "\n  "
    let yaml =
      "version: 1\n" + place
      + example.yaml.split(separator: "\n").joined(separator: indent) + "\n"
    let subject = SchemaSubject(
      gate: "schema", schema: try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml")),
      environment: nil, table: try database.table("current"),
      reference: example.reference == nil ? nil : try database.table("reference"),
      others: example.reference == nil ? [:] : ["reference": try database.table("reference")],
      roles: ColumnRoles(label: "y", id: "id"), now: "2026-11-20T10:41:10Z")
    let checks = await subject.checks()
    return try #require(checks.first { $0.metric == check.id })
  }
}
