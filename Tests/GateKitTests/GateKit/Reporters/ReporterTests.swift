import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What every format makes of one hostile report.
@Suite struct ReporterTests {
  @Test("every reporter's output is the committed one", arguments: Reporters.all.map(\.id))
  func snapshot(id: String) throws {
    let reporter = try #require(Reporters.named(id))
    try Recorded.expect(
      reporter.render(.hostile),
      in: "Tests/GateKitTests/Snapshots/\(id).\(reporter.fileExtension)")
  }

  @Test("ids are unique and each has a sentence")
  func definitions() {
    #expect(Set(Reporters.all.map(\.id)).count == Reporters.all.count)
    for reporter in Reporters.all { #expect(reporter.summary.hasSuffix("."), "\(reporter.id)") }
    #expect(Reporters.named("xml") == nil)
  }

  @Test("no reporter writes a control character", arguments: Reporters.all.map(\.id))
  func noControls(id: String) throws {
    let reporter = try #require(Reporters.named(id))
    let text = reporter.render(.hostile)
    #expect(
      !text.unicodeScalars.contains {
        $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0 == "\u{7F}"
      })
  }

  @Test("the verdict alone is one word")
  func verdict() throws {
    #expect(Reporters.named("verdict")?.render(.hostile) == "failed\n")
  }
}

/// The record and its way back.
@Suite struct JSONReportTests {
  @Test("a file of any format begins with one of its marks, by which it is told from others")
  func marks() {
    for reporter in Reporters.all {
      let text = reporter.render(.hostile)
      #expect(reporter.marks.contains(where: text.hasPrefix), "\(reporter.id)")
      #expect(reporter.marks.allSatisfy { $0.utf8.count < 200 && $0.utf8.count > 5 })
    }
  }

  @Test("what is read back renders to the same bytes")
  func roundTrip() throws {
    let text = Report.hostile.json.text
    let again = try Report(json: JSON(parsing: text, name: "report.json"))
    #expect(again.json.text == text)
    #expect(again.timings != nil)
    for reporter in Reporters.all {
      #expect(reporter.render(again) == reporter.render(.hostile), "\(reporter.id)")
    }
    #expect(Terminal().table(again) == Terminal().table(.hostile))
  }

  @Test("keys stand in the contract's order, models and tables too")
  func order() {
    #expect(
      Report.hostile.json.keys == [
        "schema", "tool", "verdict", "exit_code", "manifest", "models", "data", "checks",
        "error_control", "timings",
      ])
    #expect(Report.hostile.json["models"]?.keys == ["champion", "candidate"])
    #expect(Report.hostile.json["data"]?.keys == ["holdout", "reference", "extra", "zone"])
    let limit = Report.hostile.json["checks"]?[1]?["limit"]
    #expect(limit?.keys == ["max", "max_increase_relative", "zeta"])
  }

  @Test("what is missing or not finite is an explicit null")
  func nulls() {
    let check = Report.hostile.json["checks"]?[3]
    for key in ["value", "champion", "difference", "interval", "limit", "model", "location"] {
      #expect(check?[key] == .null || check?[key]?.text == "null\n", "\(key)")
    }
    #expect(Report.hostile.json["checks"]?[4]?["slice"] == .null)
  }

  @Test("without timings the section is not there")
  func noTimings() {
    var report = Report.hostile
    report.timings = nil
    #expect(report.json["timings"] == nil)
    report.multipleTesting = []
    #expect(report.json["error_control"] == nil)
  }

  @Test(
    "a record that cannot be believed is refused",
    arguments: [
      ("gatewright/report@1", "gatewright/report@2", "wanted 'gatewright/report@1'"),
      ("\"verdict\": \"failed\"", "\"verdict\": \"passed\"", "the checks come to 'failed'"),
      ("\"exit_code\": 1", "\"exit_code\": 0", "the checks come to 'failed'"),
      (
        "\"verdict\": \"failed\",\n  \"exit_code\": 1",
        "\"verdict\": \"passed\",\n  \"exit_code\": 0",
        "the checks come to 'failed'"
      ),
      ("\"exit_code\": 1", "\"exit_cod\": 1", "did you mean 'exit_code'"),
      ("\"outcome\": \"passed\"", "\"outcome\": \"pass\"", "checks[0].outcome is 'pass'"),
      ("\"n\": 5000", "\"n\": \"5000\"", "checks[0].n is '5000', wanted a whole number"),
      ("\"metric\": \"roc_auc\",", "", ""),
      ("\"method\": \"holm\"", "\"method\": \"holms\"", "error_control[0].method is 'holms'"),
      (
        "\"decided\": true", "\"decided\": 1",
        "error_control[0].tests[0].decided is 1, wanted true or false"
      ),
      ("\"message\": \"roc_auc is 0.8912, at least 0.85\",", "", "lacks the key 'message'"),
    ])
  func refused(old: String, new: String, message: String) throws {
    let text = Report.hostile.json.text
    #expect(text.contains(old))
    let place = try #require(text.range(of: old))
    let changed = try JSON(parsing: text.replacingCharacters(in: place, with: new), name: "r")
    if message.isEmpty {
      #expect(try Report(json: changed).checks[0].metric == nil)
    } else {
      let error = try #require(throws: Diagnostic.self) { try Report(json: changed) }
      #expect(error.sentence.contains(message), "\(error.sentence)")
    }
  }
}

extension JSON {
  /// The keys of an object.
  var keys: [String] { if case .object(let members) = self { members.map(\.key) } else { [] } }
  /// The value of a key.
  subscript(key: String) -> JSON? {
    if case .object(let members) = self { members.first { $0.key == key }?.value } else { nil }
  }
  /// The item of an array.
  subscript(index: Int) -> JSON? {
    if case .array(let items) = self, items.indices.contains(index) { items[index] } else { nil }
  }
}
