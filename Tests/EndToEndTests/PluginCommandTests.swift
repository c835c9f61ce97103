import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import gatewright

/// The verbs of 'plugin'.
@Suite struct PluginCommandTests {
  /// Every template that a machine can run.
  static let templates: [(kind: Plugin.Kind, language: PluginTemplate.Language)] =
    Plugin.Kind.allCases.flatMap { kind in
      PluginTemplate.Language.allCases.filter { language in
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.contains {
          FileManager.default.isExecutableFile(atPath: "\($0)/\(language.interpreter)")
        } || language == .python
      }.map { (kind, $0) }
    }

  @Test(arguments: templates.indices) func `a new plugin passes its own test`(index: Int) throws {
    let (kind, language) = Self.templates[index]
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let words = [
      "plugin", "new", "rules", "--kind", kind.rawValue, "--language", language.rawValue,
    ]
    #expect(try Program.run(words, in: folder).status == 0)
    let own = "\(kind.rawValue)s/rules"
    let tried = try Program.run(["plugin", "test", own], in: folder)
    #expect(tried.status == 0, "\(tried.out)\(tried.err)")
    #expect(tried.out.contains("ok     the example: answered as expected"))
    #expect(tried.out.split(separator: "\n").count == (kind == .source ? 2 : 5))
    let page = try Program.run(["explain", own], in: folder)
    #expect(page.status == 0 && page.out.hasPrefix("\(kind.rawValue) plugin rules 0.1.0\n"))
    let again = try Program.run(words, in: folder)
    #expect(again.status == 2 && again.err.contains("'\(own)' is there already"))
  }

  @Test func `a plugin runs with the Python of a virtual environment on PATH`() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let made = Process()
    made.executableURL = URL(filePath: "/usr/bin/env")
    made.arguments = ["python3", "-m", "venv", "--without-pip", folder.path + "/own"]
    try made.run()
    made.waitUntilExit()
    try #require(made.terminationStatus == 0)
    let path = "\(folder.path)/own/bin:/usr/bin:/bin"
    let words = ["plugin", "new", "rules", "--kind", "gate", "--language", "python"]
    #expect(try Program.run(words, in: folder).status == 0)
    let tried = try Program.run(
      ["plugin", "test", "gates/rules"], in: folder, environment: ["PATH": path])
    #expect(tried.status == 0, "\(tried.out)\(tried.err)")
  }

  @Test func `the guide shows the program that 'new' makes`() throws {
    let guide = try String(
      contentsOf: Program.root.appending(path: "docs/guide/plugins.md"), encoding: .utf8)
    #expect(guide.contains("```python\n\(PluginTemplate.python(.gate))```\n"))
  }

  /// A program in place of a new gate's, and what its test says.
  static let programs: [(shell: String, says: String)] = [
    (
      #"echo '{"checks": [{"id": "income", "outcome": "passed", "message": "x"}]}' > "$GATEWRIGHT_ANSWER""#,
      "FAILED the example: 'checks[0]' has no 'value'"
    ),
    ("exit 3", "FAILED the example: the plugin 'gates/rules' ended with status 3"),
    ("exit 0", "FAILED the example: the plugin 'gates/rules' ended without an answer"),
    (#"cp example.json "$GATEWRIGHT_ANSWER""#, "FAILED no rows: answered 'passed'"),
  ]

  @Test(arguments: programs.indices) func `a plugin that does not hold is said`(index: Int) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let words = ["plugin", "new", "rules", "--kind", "gate", "--language", "shell"]
    #expect(try Program.run(words, in: folder).status == 0)
    let (shell, says) = Self.programs[index]
    let own = folder.appending(path: "gates/rules")
    try Data((shell + "\n").utf8).write(to: own.appending(path: "gate.sh"))
    let answer = #"{"checks": [{"id": "x", "outcome": "passed", "message": "x"}]}"#
    try Data(answer.utf8).write(to: own.appending(path: "example.json"))
    if index == 3 {
      try Data(answer.utf8).write(to: own.appending(path: "example/expected.json"))
    }
    let tried = try Program.run(["plugin", "test", "gates/rules"], in: folder)
    #expect(tried.status == 1)
    #expect(tried.out.contains(says), "\(tried.out)")
  }

  @Test func `plugins are listed and pinned, those of another manifest too`() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["plugin-that-passes", "plugin-runtime"] {
      let source = Program.root.appending(path: "Tests/EndToEndTests/Cases/\(name)")
      for file in ["gates", "runtimes", "gatewright.yaml"] {
        let target = file == "gatewright.yaml" ? "\(name).yaml" : file
        try? FileManager.default.copyItem(
          at: source.appending(path: file), to: folder.appending(path: target))
      }
    }
    func run(_ verb: String, _ manifest: String) throws -> String {
      let ended = try Program.run(["plugin", verb, "-m", manifest + ".yaml"], in: folder)
      #expect(ended.status == 0, "\(ended.err)")
      return ended.out
    }
    #expect(
      try run("list", "plugin-that-passes").contains(
        "gate gates/rules  1.0.0, unpinned, no packages"))
    #expect(
      try run("lock", "plugin-that-passes") == "pinned 2 files of 1 plugin in 'plugins.lock'\n")
    #expect(try run("list", "plugin-runtime").contains("unpinned"))
    _ = try run("lock", "plugin-runtime")
    for manifest in ["plugin-that-passes", "plugin-runtime"] {
      #expect(try run("list", manifest).contains(" pinned"))
    }
    let program = folder.appending(path: "gates/rules/gate.sh")
    try Data("exit\n".utf8).write(to: program)
    #expect(try run("list", "plugin-that-passes").contains("changed"))
  }

  static let usage: [(words: [String], says: String)] = [
    (["new", "rules"], "'--kind' is missing: gate, metric, runtime, source"),
    (["new", "rules", "--kind", "gat", "--language", "shell"], "did you mean 'gate'"),
    (["new", "a b", "--kind", "gate", "--language", "shell"], "found 'a b'"),
    (["new", "--kind", "gate", "--language", "shell"], "takes one name"),
    (["test"], "takes the folder of a plugin"), (["tset", "x"], "did you mean 'test'"),
    (["lock", "--kind", "gate"], "'--kind' is not of 'plugin lock'"),
  ]

  @Test(arguments: usage.indices) func `wrong usage is said`(index: Int) throws {
    let (words, says) = Self.usage[index]
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ended = try Program.run(["plugin"] + words, in: folder)
    #expect(ended.status == 64 && ended.err.contains(says), "\(ended.err)")
  }
}
