import Foundation
import Testing

/// Verbs, flags and exit codes.
@Suite struct FlagTests {
  @Test(
    "wrong usage is 64, says what was found and what is near",
    arguments: [
      (["chekc"], "unknown command 'chekc'", "did you mean 'check'"),
      (
        ["check", "--manifst", "x"], "unknown flag '--manifst' of 'check'",
        "did you mean '--manifest'"
      ),
      (["check", "--manifest"], "'--manifest' wants PATH", "gatewright help check"),
      (["check", "--manifest="], "'--manifest' wants PATH", "gatewright help check"),
      (["check", "--quiet=yes"], "'--quiet' takes no value", "gatewright help check"),
      (["check", "--quiet", "-q"], "'-q' stands twice", "gatewright help check"),
      (["check", "x"], "'x' is one word too many", "gatewright help check"),
      (["check", "--report", "junti=x"], "unknown report format 'junti'", "did you mean 'junit'"),
      (["check", "--report", "junit"], "'--report' is 'junit', wanted FORMAT=PATH", "junit="),
      (
        ["check", "--report", "json=-", "--report", "junit=-"], "two reports go to '-'",
        "help check"
      ),
      (["check", "--threads", "0"], "'--threads' is '0', wanted a whole number", "help check"),
      (["explain"], "ID is missing", "gatewright help explain"),
      (["explain", "acuracy"], "'acuracy'", "did you mean 'accuracy'"),
      (["list", "metric"], "KIND is 'metric'", "did you mean 'metrics'"),
      (["completions", "bsh"], "SHELL is 'bsh'", "did you mean 'bash'"),
      (["init", "--task", "binray"], "'--task' is 'binray'", "did you mean 'binary'"),
      (["render", "r.json", "--color", "sometimes"], "'--color' is 'sometimes'", "help render"),
      (["help", "chek"], "unknown command 'chek'", "did you mean 'check'"),
      (["--versoin"], "unknown command '--versoin'", "gatewright help"),
    ])
  func usage(words: [String], found: String, wanted: String) throws {
    let result = try CommandLineRun.run(words)
    #expect(result.code == 64)
    #expect(result.stdout == "")
    #expect(result.stderr.contains(found), "\(result.stderr)")
    #expect(result.stderr.contains(wanted), "\(result.stderr)")
  }

  @Test("no verb prints the short help to stderr and is 64")
  func noVerb() throws {
    let result = try CommandLineRun.run([])
    #expect(result.code == 64)
    #expect(result.stdout == "")
    #expect(result.stderr.contains("usage: gatewright COMMAND"))
  }

  @Test("--version prints the version")
  func version() throws {
    let result = try CommandLineRun.run(["--version"])
    #expect(result.code == 0)
    #expect(result.stdout == "gatewright 0.1.0\n")
  }

  @Test(
    "every verb has help, the same by both ways, that names its flags",
    arguments: [
      "check", "validate", "plan", "init", "explain", "list", "render", "doctor", "json-schema",
      "ci", "completions", "man", "help",
    ])
  func help(verb: String) throws {
    let result = try CommandLineRun.run(["help", verb])
    #expect(result.code == 0)
    #expect(result.stdout.hasPrefix("gatewright \(verb): "))
    #expect(try CommandLineRun.run([verb, "--help"]).stdout == result.stdout)
    #expect(try CommandLineRun.run(["help"]).stdout.contains("\n  \(verb) "))
    #expect(
      try CommandLineRun.run(["man"]).stdout.contains(
        "gatewright \(verb.replacing("-", with: "\\-"))"))
  }

  @Test("the hidden verb is not in the help or the completions")
  func hidden() throws {
    #expect(!(try CommandLineRun.run(["help"]).stdout.contains("worker")))
    #expect(!(try CommandLineRun.run(["completions", "bash"]).stdout.contains("worker")))
  }

  @Test("explain shows the page of each kind of id")
  func explain() throws {
    let metric = try CommandLineRun.run(["explain", "accuracy"])
    #expect(metric.code == 0)
    #expect(metric.stdout.contains("metric accuracy (binary)"))
    #expect(metric.stdout.contains("accuracy: {min: "))
    #expect(
      try CommandLineRun.run(["explain", "junit-strict"]).stdout.contains(
        "report format junit-strict"))
    #expect(try CommandLineRun.run(["list", "reports"]).stdout.contains("\n  junit "))
    let kinds = try CommandLineRun.run(["list"])
    #expect(kinds.code == 0 && kinds.stdout.contains("\n  drift-tests "), "\(kinds.stdout)")
    let found = try CommandLineRun.run(["list", "metrics", "multilabel"])
    #expect(found.code == 0 && found.stdout.contains("(multilabel)"), "\(found.stderr)")
  }

  @Test(
    "completion scripts are accepted by their shells, where those are there",
    arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try CommandLineRun.run(["completions", shell])
    #expect(script.code == 0)
    #expect(script.stdout.contains("validate"))
    guard
      let path = ["/usr/bin/", "/bin/"].map({ $0 + shell }).first(where: {
        FileManager.default.isExecutableFile(atPath: $0)
      })
    else { return }
    let file = try CommandLineRun.temporaryFolder().appending(path: "script")
    try Data(script.stdout.utf8).write(to: file)
    let process = try Process.run(URL(filePath: path), arguments: ["-n", file.path])
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test("json-schema prints the committed schema of the report")
  func schema() throws {
    let committed = CommandLineRun.root.appending(path: "docs/reference/report.schema.json")
    #expect(
      try CommandLineRun.run(["json-schema", "report"]).stdout
        == String(contentsOf: committed, encoding: .utf8))
  }
}
