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

/// The schema that TFDV wrote, against the anomalies that it found.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct TFDVImportTests {
  /// The columns as TFDV had them.
  private func types(_ table: String) -> [String: String] {
    GoldenSuite.pandas(table).merging([
      "is_joint": "VARCHAR", "decided_at": "VARCHAR", "service": "VARCHAR",
      "legacy_code": "VARCHAR",
    ]) { $1 }
  }

  /// The kind of anomaly a failed check is, by its metric and where it comes from.
  private let kinds = [
    "non_null_share/min_fraction": "FEATURE_TYPE_LOW_FRACTION_PRESENT",
    "non_null_count/min_count": "FEATURE_TYPE_LOW_NUMBER_PRESENT",
    "of_type/type": "UNEXPECTED_DATA_TYPE", "format/int_domain": "INT_TYPE_NOT_INT_STRING",
    "between/int_domain.min": "INT_TYPE_SMALL_INT", "between/int_domain.max": "INT_TYPE_BIG_INT",
    "between/float_domain.min": "FLOAT_TYPE_SMALL_FLOAT",
    "between/float_domain.max": "FLOAT_TYPE_BIG_FLOAT",
    "in_set/string_domain": "ENUM_TYPE_UNEXPECTED_STRING_VALUES",
    "in_set/bool_domain": "BOOL_TYPE_UNEXPECTED_STRING_VALUES",
    "distinct_count/unique_constraints.min": "FEATURE_TYPE_LOW_UNIQUE",
    "distinct_count/unique_constraints.max": "FEATURE_TYPE_HIGH_UNIQUE",
    "row_count/dataset_constraints.min": "DATASET_LOW_NUM_EXAMPLES",
    "row_count/dataset_constraints.max": "DATASET_HIGH_NUM_EXAMPLES",
    "row_count_ratio/dataset_constraints.min": "COMPARATOR_LOW_NUM_EXAMPLES",
    "row_count_ratio/dataset_constraints.max": "COMPARATOR_HIGH_NUM_EXAMPLES",
    "infinity_norm/infinity_norm": "COMPARATOR_L_INFTY_HIGH",
    "normalized_abs_difference/normalized_abs_difference":
      "COMPARATOR_NORMALIZED_ABSOLUTE_DIFFERENCE_HIGH",
  ]

  /// 'feature: TYPE' of every anomaly found here.
  private func anomalies(
    _ golden: GoldenSuite, _ checks: [Check]
  ) throws -> Set<String> {
    let sources = golden.ids(by: "source").reduce(into: [String: String]()) { all, entry in
      for id in entry.value { all[id] = entry.key }
    }
    let missing = Set(
      checks.filter { $0.metric == "present" && $0.outcome == .failed }.map(\.column))
    // TFDV does not look at the domain of a feature of another type.
    let retyped = Set(
      checks.filter { $0.metric == "of_type" && $0.outcome == .failed }.map(\.column))
    var found: Set<String> = []
    for check in checks where check.outcome != .passed && check.outcome != .skipped {
      let metric = check.metric ?? ""
      switch metric {
      case "present": found.insert("\(check.column): SCHEMA_MISSING_COLUMN")
      case "strict": found.insert("channel: SCHEMA_NEW_COLUMN")
      case _ where missing.contains(check.column): continue
      case "between", "in_set", "format":
        if retyped.contains(check.column) { continue }
        fallthrough
      default:
        let source = try #require(sources[check.id])
        let kind = try #require(kinds["\(metric)/\(source)"], "\(metric)/\(source)")
        let isWhole = ["row_count", "row_count_ratio"].contains(metric)
        found.insert("\(isWhole ? "-" : check.column): \(kind)")
      }
    }
    return found
  }

  /// 'feature: TYPE' of every anomaly that TFDV found.
  private func theirs(_ table: String, _ key: String) throws -> Set<String> {
    let all = try #require(GoldenSuite.results("anomalies-\(table).json") as? [String: Any])
    let list = try #require(all[key] as? [[String: Any]])
    return Set(
      list.flatMap { anomaly in
        (anomaly["reasons"] as? [[String: Any]] ?? []).map {
          "\(anomaly["feature"] as? String ?? "-"): \($0["type"] as? String ?? "")"
        }
      })
  }

  /// The kinds of anomaly of lists, by where a failed check comes from.
  private let listKinds = [
    "value_count.min": "FEATURE_TYPE_LOW_NUMBER_VALUES",
    "value_count.max": "FEATURE_TYPE_HIGH_NUMBER_VALUES", "shape": "INVALID_FEATURE_SHAPE",
    "int_domain.min": "INT_TYPE_SMALL_INT", "int_domain.max": "INT_TYPE_BIG_INT",
    "float_domain.min": "FLOAT_TYPE_SMALL_FLOAT", "float_domain.max": "FLOAT_TYPE_BIG_FLOAT",
    "string_domain": "ENUM_TYPE_UNEXPECTED_STRING_VALUES", "bool_domain.max": "BOOL_TYPE_BIG_INT",
  ]

  @Test(arguments: ["good", "bad"])
  func `the anomalies of lists are the same`(table: String) async throws {
    let golden = try GoldenSuite("lists.pbtxt")
    #expect(golden.imported.leftOver.map(\.message) == [])
    let checks = try await golden.checks(
      on: "\(GoldenSuite.folder)/lists-\(table).parquet", types: [:])
    let sources = golden.ids(by: "source")
    var mine: [String: Set<String>] = [:]
    for check in checks where check.outcome != .passed {
      let source = try #require(sources.first { $0.value.contains(check.id) }?.key, "\(check)")
      mine[check.column, default: []].insert(try #require(listKinds[source], "\(check)"))
    }
    let all = try #require(GoldenSuite.results("anomalies-lists.json") as? [String: Any])
    let found = try #require(all[table] as? [[String: Any]])
    let theirs = found.map { ($0["feature"] as? String ?? "", Set($0["types"] as? [String] ?? [])) }
    #expect(mine == Dictionary(uniqueKeysWithValues: theirs))
    #expect(found.count == (table == "good" ? 0 : 10))
  }

  private let compared = ["row_count_ratio", "infinity_norm", "normalized_abs_difference"]

  @Test(arguments: ["good", "bad"])
  func `the anomalies of training are the same`(table: String) async throws {
    let golden = try GoldenSuite("schema.pbtxt")
    let checks = try await golden.checks(
      on: table, types: types(table), environment: "TRAINING"
    ).filter { !compared.contains($0.metric ?? "") }
    #expect(try anomalies(golden, checks) == theirs(table, "training"))
    #expect(try theirs("bad", "training").count > 25)
  }

  @Test(arguments: ["good", "bad"], [true, false])
  func `the anomalies of rows without the label are the same`(
    table: String, isServing: Bool
  ) async throws {
    let golden = try GoldenSuite("schema.pbtxt")
    let fixture = try Fixture()
    let file = try fixture.copy(
      "SELECT * EXCLUDE (defaulted) FROM read_csv('\(GoldenSuite.folder)/\(table).csv', "
        + "all_varchar = true, nullstr = '', quote = '\"', escape = '\"')",
      to: "unlabelled.csv", "(HEADER)")
    var types = types(table)
    types["defaulted"] = nil
    let checks = try await golden.checks(
      on: file, types: types, environment: isServing ? "SERVING" : nil
    ).filter { !compared.contains($0.metric ?? "") }
    let wanted = try theirs(table, isServing ? "serving" : "no_environment")
    #expect(try anomalies(golden, checks) == wanted)
  }

  @Test(arguments: ["good", "bad"])
  func `the drift from the rows before is the same`(table: String) async throws {
    let golden = try GoldenSuite("schema.pbtxt")
    let checks = try await golden.checks(
      on: table, types: types(table), environment: "TRAINING", reference: "good")
    // Skew, the divergence over TFDV's own sketches, and a NaN told from a null have no counterpart.
    let left = golden.imported.leftOver.map(\.message)
    #expect(left.count == 4)
    #expect(left.count { $0.hasPrefix("'skew_comparator'") } == 2)
    let wanted = try theirs(table, "drift").filter {
      $0 != "region: COMPARATOR_L_INFTY_HIGH" && !$0.contains("JENSEN_SHANNON")
    }
    #expect(try anomalies(golden, checks) == wanted)
  }

  @Test func `the drift measured is the same`() async throws {
    let golden = try GoldenSuite("schema.pbtxt")
    let checks = try await golden.checks(
      on: "bad", types: types("bad"), environment: "TRAINING", reference: "good")
    let all = try #require(GoldenSuite.results("anomalies-bad.json") as? [String: Any])
    var compared = 0
    for one in try #require(all["measurements"] as? [[String: Any]])
    where one["comparator"] as? String == "drift" {
      let metric = [
        "L_INFTY": "infinity_norm",
        "NORMALIZED_ABSOLUTE_DIFFERENCE": "normalized_abs_difference",
      ][one["type"] as? String ?? ""]
      let feature = one["feature"] as? String
      guard let metric else { continue }
      let check = try #require(checks.first { $0.metric == metric && $0.column == feature })
      #expect(abs(try #require(check.value) - (one["value"] as? Double ?? 0)) < 1e-9)
      compared += 1
    }
    #expect(compared == 2)
  }
}

extension Check {
  /// The column that a check of a schema is of, from its id.
  var column: String {
    let parts = id.split(separator: "/")
    return parts.count == 3 ? String(parts[1]) : ""
  }
}
