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

/// Damages to a table: each is caught by the check that names it, and what is not damaged passes.
///
/// They run on a small table made here, and on public data where the machine has them.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct SchemaDamageTests {
  @Test(arguments: Damage.all) func `on a small table`(damage: Damage) async throws {
    try await expectCaught(damage, Subject.small())
  }

  @Test(
    .enabled(if: PublicData.folder != nil, "the public data are missing"), arguments: Damage.all)
  func `on public data`(damage: Damage) async throws {
    try await expectCaught(damage, Subject.census())
  }

  @Test func `a small table without damage passes`() async throws {
    try await expectClean(Subject.small())
  }

  @Test(.enabled(if: PublicData.folder != nil, "the public data are missing"))
  func `public data without damage pass`() async throws {
    try await expectClean(Subject.census())
  }

  @Test(.enabled(if: PublicData.folder != nil, "the public data are missing"))
  func `the schema of the train table alone passes the holdout`() async throws {
    let subject = try Subject.census()
    let checks = try await subject.checks("SELECT * FROM d", hygiene: false)
    #expect(checks.count > 40)
    for check in checks { #expect(check.outcome == .passed, "\(check.id): \(check.message)") }
  }

  @Test func `the same table gives the same schema`() throws {
    let first = try Subject.small().schema(hygiene: false)
    let second = try Subject.small(threads: 1).schema(hygiene: false)
    #expect(first == second)
  }

  private func expectCaught(_ damage: Damage, _ subject: Subject) async throws {
    let checks = try await subject.checks(damage.sql, only: damage.check)
    let check = try #require(checks.first { $0.id == "schema/\(damage.check)" })
    #expect(check.outcome == .failed, "\(damage): \(check.message)")
  }

  private func expectClean(_ subject: Subject) async throws {
    for check in try await subject.checks("SELECT * FROM d") {
      #expect(
        check.outcome == .passed || check.outcome == .skipped, "\(check.id): \(check.message)")
    }
  }
}

/// One way in which data go wrong.
struct Damage: Sendable, CustomTestStringConvertible {
  var name: String
  /// The end of the id of the check that must catch it.
  var check: String
  /// The damaged rows; `d` is the holdout, `t` the train table.
  var sql: String

  var testDescription: String { name }

  private static func replacing(_ name: String, _ check: String, _ item: String) -> Damage {
    Damage(name: name, check: check, sql: "SELECT * REPLACE (\(item)) FROM d")
  }

  static let all = [
    Damage(name: "a column dropped", check: "age/present", sql: "SELECT * EXCLUDE (age) FROM d"),
    Damage(
      name: "a column renamed", check: "age/present", sql: "SELECT * RENAME (age AS aeg) FROM d"),
    replacing("a column retyped", "age/type", "age || ' years' AS age"),
    replacing("numbers as floats", "age/type", "CAST(age AS DOUBLE) + 0.5 AS age"),
    replacing("nulls", "age/not_null", "CASE WHEN id % 9 > 0 THEN age END AS age"),
    replacing(
      "more nulls", "workclass/null_share", "CASE WHEN id % 3 > 0 THEN workclass END AS workclass"),
    replacing("many nulls", "null_share_max", "CASE WHEN id % 3 > 0 THEN sex END AS sex"),
    replacing(
      "a new category", "sex/in_set", "CASE WHEN id % 50 = 0 THEN 'Unknown' ELSE sex END AS sex"),
    replacing(
      "a category that the train table lacks", "new_categories",
      "CASE WHEN id % 50 = 0 THEN 'Unknown' ELSE sex END AS sex"),
    replacing("a shifted unit", "age/between", "age * 12 AS age"),
    replacing(
      "some rows in another unit", "outliers",
      "CASE WHEN id % 50 = 0 THEN fnlwgt * 1000 ELSE fnlwgt END AS fnlwgt"),
    Damage(
      name: "duplicated rows", check: "duplicate_rows",
      sql: "SELECT * FROM d UNION ALL SELECT * FROM d WHERE id % 5 = 0"),
    replacing("ids used twice", "id/unique", "id - id % 2 AS id"),
    Damage(
      name: "train rows in the holdout", check: "leakage_rows",
      sql:
        "SELECT * FROM d UNION ALL SELECT * REPLACE (id + 900000000 AS id) FROM t WHERE id % 4 = 0"),
    replacing("train ids in the holdout", "index_leakage", "id % (SELECT max(id) FROM t) AS id"),
    replacing(
      "swapped columns of numbers", "age/between", "age AS hours_per_week, hours_per_week AS age"),
    replacing("swapped columns of texts", "workclass/in_set", "workclass AS sex, sex AS workclass"),
    Damage(name: "a truncated file", check: "row_count", sql: "SELECT * FROM d LIMIT 150"),
    Damage(name: "hardly a file", check: "size_ratio", sql: "SELECT * FROM d LIMIT 50"),
    Damage(
      name: "labels that contradict", check: "conflicting_labels",
      sql:
        "SELECT * FROM d UNION ALL SELECT * REPLACE (1 - income AS income, id + 900000000 AS id) "
        + "FROM d WHERE id % 9 = 0"),
    replacing(
      "other writings of a category", "string_variants",
      "CASE WHEN id % 5 = 0 THEN upper(sex) || '.' ELSE sex END AS sex"),
    replacing("another writing than the train table's", "new_string_variants", "lower(sex) AS sex"),
    replacing(
      "special characters", "special_characters",
      "CASE WHEN id % 20 = 0 THEN '??' ELSE workclass END AS workclass"),
    replacing(
      "several ways to write no value", "mixed_nulls",
      "CASE WHEN id % 20 = 0 THEN 'N/A' ELSE workclass END AS workclass"),
    replacing(
      "numbers among texts", "mixed_types",
      "CASE WHEN id % 20 = 0 THEN '17' ELSE workclass END AS workclass"),
    replacing("a constant column", "constant_columns", "40 AS hours_per_week"),
    Damage(
      name: "a feature that gives the label away", check: "feature_label_correlation",
      sql: "SELECT *, income * 7 AS paid FROM d"),
    replacing(
      "a feature that tells the label here only", "feature_label_correlation_change",
      "income * 60 + age % 2 + 20 AS hours_per_week"),
    Damage(
      name: "a column twice", check: "feature_correlation",
      sql: "SELECT *, age * 2 + 1 AS double_age FROM d"),
    Damage(
      name: "an id that tells the label", check: "identifier_label",
      sql: "SELECT * REPLACE (900000000 + row_number() OVER (ORDER BY income, id) AS id) FROM d"),
    Damage(
      name: "a class almost gone", check: "label_balance",
      sql: "SELECT * FROM d WHERE income = 0 OR id % 40 = 0"),
    replacing(
      "a label never seen", "new_labels",
      "CASE WHEN id % 100 = 0 THEN 2 ELSE income END AS income"),
  ]
}

/// A train table and a holdout, and the schema of the one.
final class Subject {
  private let fixture: Fixture
  private let train: String
  private let holdout: String
  /// Where the data's own flaws are more than the standard limits allow.
  private let known: String
  private let threads: Int

  private init(
    _ fixture: Fixture, train: String, holdout: String, known: String, threads: Int = 2
  ) {
    self.fixture = fixture
    self.train = train
    self.holdout = holdout
    self.known = known
    self.threads = threads
  }

  /// Census rows, of which some have no workclass and one column repeats another.
  static func census() throws -> Subject {
    let folder = try #require(PublicData.folder).appending(path: "adult")
    return Subject(
      try Fixture(), train: folder.appending(path: "train.parquet").path,
      holdout: folder.appending(path: "holdout.parquet").path,
      known: """
          conflicting_labels: {max_share: 0.01}
          feature_correlation: {except: [education_num]}
          null_share_max: {max_share: 0.1}
          new_categories: {except: [native_country]}

        """)
  }

  /// Rows of the same columns; what they hold is a hash of their number.
  static func small(threads: Int = 2) throws -> Subject {
    let fixture = try Fixture()
    func rows(_ range: String) -> String {
      func pick(_ salt: String, _ count: Int) -> String {
        "CAST(hash(id, '\(salt)') % \(count) AS BIGINT)"
      }
      return """
        SELECT id, age, CASE WHEN \(pick("null", 100)) < 3 THEN NULL ELSE
            ['Private', 'State-gov', 'Local-gov', 'Self-emp'][1 + \(pick("work", 4))] END AS workclass,
          20000 + \(pick("weight", 100000)) AS fnlwgt,
          ['HS-grad', 'Masters', 'Bachelors'][1 + \(pick("school", 3))] AS education,
          ['Female', 'Male'][1 + \(pick("sex", 2))] AS sex,
          1 + \(pick("hours", 60)) AS hours_per_week,
          CAST(age + \(pick("noise", 40)) > 75 AS BIGINT) AS income
        FROM (SELECT i AS id, 20 + CAST(hash(i, 'age') % 50 AS BIGINT) AS age FROM range(\(range)) r(i))
        """
    }
    let train = try fixture.copy(rows("0, 4000"), to: "train.parquet", "(FORMAT parquet)")
    let holdout = try fixture.copy(rows("4000, 6000"), to: "holdout.parquet", "(FORMAT parquet)")
    return Subject(fixture, train: train, holdout: holdout, known: "", threads: threads)
  }

  /// The schema inferred from the train table, and all of hygiene.
  func schema(hygiene: Bool = true) throws -> String {
    let source = TableSource(name: "data", path: train)
    let table = try fixture.open([(source, [train])], threads: threads).table("data")
    let yaml = try InferredSchema(table, label: "income").yaml()
    return hygiene ? yaml + "  hygiene: defaults\n" + known : yaml
  }

  /// What the schema says of rows made from the holdout.
  ///
  /// `only`: of the table, ask no more than this check.
  func checks(
    _ sql: String, hygiene: Bool = true, only: String? = nil
  ) async throws -> [Check] {
    let tables = [("d", holdout), ("t", train)]
    let with = tables.map { "\($0) AS (SELECT * FROM read_parquet(\($1.sqlText)))" }
    let current = try fixture.copy(
      "WITH \(with.joined(separator: ", ")) \(sql)", to: "current.parquet", "(FORMAT parquet)")
    let database = try fixture.open(
      [
        (TableSource(name: "current", path: current), [current]),
        (TableSource(name: "reference", path: train), [train]),
      ], threads: threads)
    let yaml = try schema(hygiene: hygiene)
    var schema = try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml"))
    if let only { schema.rules.removeAll { $0.name != only } }
    return await SchemaSubject(
      gate: "schema", schema: schema, environment: nil, table: try database.table("current"),
      reference: try database.table("reference"),
      roles: ColumnRoles(label: "income", id: "id"), now: "2026-11-20T10:41:10Z"
    ).checks()
  }
}
