import Foundation
import Testing

/// Rendering a stored report, and what becomes of output that cannot be written.
@Suite struct RenderTests {
  @Test(
    "a stored report renders to the same bytes as the run's own",
    arguments: ["json.json", "junit.xml", "junit-strict.xml", "verdict.txt"])
  func same(file: String) throws {
    let format = String(file.prefix { $0 != "." })
    let result = try CommandLineRun.run([
      "render", CommandLineRun.report, "--report", "\(format)=-",
    ])
    #expect(result.code == 0)
    #expect(result.stdout == (try CommandLineRun.snapshot(file)))
  }

  @Test("without a report on stdout it prints the table; --quiet prints nothing")
  func table() throws {
    let result = try CommandLineRun.run(["render", CommandLineRun.report])
    #expect(result.code == 0)
    #expect(result.stdout.contains("verdict: failed (exit code 1)"))
    #expect(try CommandLineRun.run(["render", CommandLineRun.report, "-q"]).stdout == "")
  }

  @Test("reports are written whole, into folders that are made, and nothing else is left")
  func files() throws {
    let folder = try CommandLineRun.temporaryFolder()
    let result = try CommandLineRun.run(
      ["render", CommandLineRun.report, "--report", "junit=a/b/x.xml", "--report=json=y.json"],
      in: folder)
    #expect(result.code == 0)
    let text = try String(contentsOf: folder.appending(path: "a/b/x.xml"), encoding: .utf8)
    #expect(text == (try CommandLineRun.snapshot("junit.xml")))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a", "y.json"])
  }

  @Test("a report that cannot be written is 2, and the others are written")
  func unwritable() throws {
    let folder = try CommandLineRun.temporaryFolder()
    try Data().write(to: folder.appending(path: "file"))
    let result = try CommandLineRun.run(
      ["render", CommandLineRun.report, "--report", "json=file/x.json", "--report", "verdict=v"],
      in: folder)
    #expect(result.code == 2)
    #expect(
      result.stderr.contains("'file/x.json' could not be written")
        || result.stderr.contains("not a directory"))
    #expect(FileManager.default.fileExists(atPath: folder.appending(path: "v").path))
  }

  @Test("a stdout that is full or closed is not a success")
  func broken() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let result = try CommandLineRun.run(["--version"], stdout: full)
    #expect(result.code == 2)
    #expect(result.stderr.contains("'stdout' could not be written: no space left on device"))
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let closed = try CommandLineRun.run(["help"], stdout: pipe.fileHandleForWriting)
    #expect(closed.code == 2)
    #expect(closed.stderr.contains("broken pipe"))
  }

  @Test("what is not a report is 2, with its place")
  func notAReport() throws {
    let folder = try CommandLineRun.temporaryFolder()
    try Data("{\n  \"schema\": 1,,\n}".utf8).write(to: folder.appending(path: "r.json"))
    let result = try CommandLineRun.run(["render", "r.json"], in: folder)
    #expect(result.code == 2)
    #expect(result.stderr.hasPrefix("r.json:2:15: error: "), "\(result.stderr)")
    try Data("{}".utf8).write(to: folder.appending(path: "r.json"))
    #expect(
      try CommandLineRun.run(["render", "r.json"], in: folder).stderr.contains("in 'r.json'"))
    let missing = try CommandLineRun.run(["render", "none.json"], in: folder)
    #expect(missing.code == 2)
    #expect(missing.stderr.contains("no file 'none.json'"))
  }

  @Test(
    "colour: the flag, then NO_COLOR, then FORCE_COLOR or CLICOLOR_FORCE, then the terminal",
    arguments: [
      ([], [:], false), (["--color", "always"], ["NO_COLOR": "1"], true),
      ([], ["NO_COLOR": "1", "FORCE_COLOR": "1"], false), ([], ["FORCE_COLOR": "1"], true),
      ([], ["CLICOLOR_FORCE": "1"], true), ([], ["NO_COLOR": "", "FORCE_COLOR": "1"], true),
      (["--color=never"], ["FORCE_COLOR": "1"], false), ([], ["FORCE_COLOR": "0"], false),
      (["--color=auto"], ["TERM": "xterm"], false),
    ] as [([String], [String: String], Bool)])
  func color(words: [String], environment: [String: String], colored: Bool) throws {
    let result = try CommandLineRun.run(
      ["render", CommandLineRun.report] + words, environment: environment)
    #expect(result.stdout.contains("\u{1B}[") == colored)
  }
}
