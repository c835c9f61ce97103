import GateYAML
import Testing

@testable import GateBackends
@testable import GateCore

/// What a gate plugin answers: what is taken, and what is wrong with the rest.
@Suite struct PluginAnswerTests {
  private func read(_ text: String) throws -> PluginAnswer {
    let own = PluginReadTests.gate(
      "measurements:\n  kept: {range: [0, 1]}\n  left: {direction: lower}")
    let plugin = try Plugin(.gate, folder: "g", parseYAML(Array(own.utf8), name: "gate.yaml"))
    return try PluginAnswer(JSON(parsing: text, name: "answer.json"), of: plugin)
  }

  @Test func `checks and measurements are taken as they are`() throws {
    let answer = try read(
      """
      {"checks": [
        {"id": "other/x", "outcome": "failed", "message": "no", "value": 2, "limit": {"max": 1}, "n": 4,
         "evidence": {"rows": [1, 2]}},
        {"id": "y", "outcome": "skipped", "message": "", "limit": 3, "evidence": [1]}],
       "measurements": {"kept": 0.5, "left": {"candidate": 1, "champion": 2}}}
      """)
    #expect(answer.checks.map(\.id) == ["other/x", "y"])
    #expect(answer.checks.map(\.outcome) == [.failed, .skipped])
    #expect(answer.checks[0].limit == ["max": 1] && answer.checks[1].limit == ["limit": 3])
    #expect(answer.checks[0].evidence == ["rows": .array([.integer(1), .integer(2)])])
    #expect(answer.checks[1].evidence == ["evidence": .array([.integer(1)])])
    #expect(
      answer.measurements == ["kept": [.candidate: 0.5], "left": [.candidate: 1, .champion: 2]])
  }

  /// Answers, and what their message says; `$` is a check without its last brace.
  static let wrong: [(text: String, message: String)] = [
    (#"{}"#, "nothing was judged"), (#"[]"#, "a list as the answer, wanted an object"),
    (#"{"check": []}"#, "unknown key 'check'"),
    (#"{"checks": {}}"#, "an object as 'checks', wanted a list"),
    (#"{"checks": ["x"]}"#, "'x' as 'checks[0]'"), (#"{"checks": [{}]}"#, "nothing as 'id'"),
    (#"{"checks": [$, "outcome": "error"}]}"#, "stands twice"),
    (#"{"checks": [$, "outcom": 1}]}"#, "unknown key 'outcom'"),
    (
      #"{"checks": [{"id": "x", "outcome": "error", "message": ""}]}"#,
      "answered 'error' as 'outcome'"
    ),
    (#"{"checks": [{"id": "x", "outcome": "passed"}]}"#, "nothing as 'message'"),
    (#"{"checks": [$, "value": "1"}]}"#, "'1' as 'value'"),
    (#"{"checks": [$, "value": true}]}"#, "wanted a number"),
    (#"{"checks": [$, "n": 1.5}]}"#, "wanted a count"),
    (#"{"checks": [$, "n": -1}]}"#, "wanted a count"),
    (#"{"checks": [$, "n": 1e300}]}"#, "wanted a count"),
    (#"{"checks": [$, "limit": "a"}]}"#, "as 'limit'"),
    (#"{"checks": [$}, $}]}"#, "a second 'x'"),
    (#"{"checks": [{"id": "kept", "outcome": "passed", "message": ""}]}"#, "a second 'kept'"),
    (#"{"measurements": {"kep": 1}}"#, "that its gate.yaml does not have"),
    (#"{"measurements": {"kept": null}}"#, "without a figure of the candidate"),
    (#"{"measurements": {"kept": 1.5}}"#, "which lies in 0 to 1"),
    (#"{"measurements": {"left": {"champion": 1}}}"#, "without a figure of the candidate"),
    (#"{"measurements": {"left": {"candidate": 1, "other": 1}}}"#, "unknown key 'other'"),
    (#"{"measurements": [1]}"#, "wanted an object"),
  ]

  @Test(arguments: wrong.indices) func `what is wrong is said`(index: Int) throws {
    let (text, message) = Self.wrong[index]
    let whole = text.replacing("$", with: #"{"id": "x", "outcome": "passed", "message": """#)
    let mistake = try problem { try read(whole) }
    #expect(mistake.message.contains(message), "\(mistake.message)")
  }

  /// Ids by whether they are taken.
  static let ids = [
    ("x", true), ("rows/age", true), ("a b", true), ("größe", true), ("", false), ("/x", false),
    ("x/", false), ("a//b", false), ("../x", false), ("a/..", false), ("./x", false), (" x", false),
    ("x\\n", false), ("a\\u0000b", false), ("\\u202ex", false),
    (String(repeating: "x", count: 500), true), (String(repeating: "x", count: 501), false),
  ]

  @Test(arguments: ids.indices) func `an id is one that a report can have`(index: Int) throws {
    let (id, isTaken) = Self.ids[index]
    let text = #"{"checks": [{"id": "\#(id)", "outcome": "passed", "message": ""}]}"#
    let answer = try? read(text)
    #expect((answer != nil) == isTaken, "\(id)")
  }

  @Test func `the most checks are taken, and one more is not`() throws {
    func answer(_ count: Int) -> String {
      let items = (0..<count).map { #"{"id": "\#($0)", "outcome": "passed", "message": ""}"# }
      return #"{"checks": [\#(items.joined(separator: ","))]}"#
    }
    #expect(try read(answer(PluginAnswer.mostChecks)).checks.count == 10_000)
    let mistake = try problem { try read(answer(PluginAnswer.mostChecks + 1)) }
    #expect(mistake.message.contains("10001 checks"))
  }
}
