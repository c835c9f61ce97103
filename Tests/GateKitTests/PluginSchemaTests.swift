import Foundation
import Testing

@testable import GateCore

/// The JSON Schemas of what goes between this program and a plugin's.
@Suite struct PluginSchemaTests {
  /// The blocks of JSON that the guide shows: a request, and an answer.
  static let shown: [String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text =
      (try? String(contentsOf: root.appending(path: "docs/guide/plugins.md"), encoding: .utf8))
      ?? ""
    return text.components(separatedBy: "```json\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }()

  @Test func `the request and the answer of the guide are ones`() throws {
    #expect(Self.shown.count == 2)
    let both = try Self.shown.map { try JSON(parsing: $0, name: "plugins.md") }
    #expect(violations(of: Plugin.requestSchema, by: both[0]) == [])
    #expect(violations(of: PluginAnswer.jsonSchema, by: both[1]) == [])
    #expect(violations(of: PluginAnswer.jsonSchema, by: both[0]) != [])
    #expect(violations(of: Plugin.requestSchema, by: both[1]) != [])
  }

  static let answers: [(text: String, isOne: Bool)] = [
    (#"{"checks": [{"id": "x", "outcome": "passed", "message": ""}]}"#, true),
    (#"{"checks": [{"id": "x", "outcome": "passed", "message": "", "limit": 1, "n": 3}]}"#, true),
    (#"{"measurements": {"a": 1, "b": {"candidate": 1}}}"#, true), (#"{"value": 0.5}"#, true),
    (#"{"file": "scores.csv", "version": "1"}"#, true), (#"{}"#, false),
    (#"{"checks": []}"#, false),
    (#"{"checks": [{"id": "", "outcome": "passed", "message": ""}]}"#, false),
    (#"{"checks": [{"id": "x", "outcome": "error", "message": ""}]}"#, false),
    (#"{"checks": [{"id": "x", "outcome": "passed"}]}"#, false),
    (#"{"measurements": {"a": {"champion": 1}}}"#, false), (#"{"value": "0.5"}"#, false),
    (#"{"file": "a/b"}"#, false), (#"{"file": "a", "verdict": "passed"}"#, false),
  ]

  @Test(arguments: answers.indices) func `an answer is one or is none`(index: Int) throws {
    let (text, isOne) = Self.answers[index]
    let found = violations(of: PluginAnswer.jsonSchema, by: try JSON(parsing: text, name: "a"))
    #expect(found.isEmpty == isOne, "\(text): \(found)")
  }
}
