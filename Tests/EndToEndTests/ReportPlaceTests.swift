import Foundation
import Testing

/// Where a report may not go.
@Suite struct ReportPlaceTests {
  /// A case's folder in which a command has made something.
  private func folder(_ command: String) throws -> URL {
    let folder = try Program.scratch()
    let source = Program.root.appending(path: "Tests/EndToEndTests/Cases/passes")
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
      try FileManager.default.copyItem(
        at: source.appending(path: name), to: folder.appending(path: name))
    }
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", command]
    shell.currentDirectoryURL = folder
    try shell.run()
    shell.waitUntilExit()
    return folder
  }

  @Test(
    "a pipe that nobody reads is refused and not waited for",
    arguments: [["check", "--report", "json=there"], ["check", "-m", "piped.yaml"]])
  func pipe(words: [String]) throws {
    let folder = try folder(
      "mkfifo there; sed 's|json: build/report.json|json: there|' gatewright.yaml > piped.yaml")
    defer { try? FileManager.default.removeItem(at: folder) }
    let ended = try Program.run(words, in: folder)
    #expect([2, 64].contains(ended.status), "\(ended.err)")
    #expect(ended.err.contains("which is a pipe and no file"), "\(ended.err)")
  }

  @Test(
    "two names of one file are one place",
    arguments: [
      "ln -s a.out b.out", "ln -s \"$PWD/a.out\" b.out", "touch a.out; ln a.out b.out",
      "touch a.out; ln -s a.out b.out", "mkdir in; ln -s in/../a.out b.out",
    ])
  func links(command: String) throws {
    let folder = try folder(command)
    defer { try? FileManager.default.removeItem(at: folder) }
    let ended = try Program.run(
      ["check", "--report", "json=a.out", "--report", "junit=b.out"], in: folder)
    #expect(ended.status == 64, "\(ended.err)")
    #expect(ended.err.contains("two reports go to"), "\(ended.err)")
    let manifest = folder.appending(path: "gatewright.yaml")
    let text = try String(contentsOf: manifest, encoding: .utf8)
      .replacingOccurrences(of: "build/report.json", with: "a.out")
      .replacingOccurrences(of: "build/report.xml", with: "b.out")
    try Data(text.utf8).write(to: manifest)
    let again = try Program.run(["check"], in: folder)
    #expect(again.status == 2, "\(again.err)")
    #expect(again.err.contains("the reports json and junit both go to"), "\(again.err)")
  }

  @Test("the empty device and standard output may be named")
  func devices() throws {
    let folder = try folder("true")
    defer { try? FileManager.default.removeItem(at: folder) }
    for path in ["/dev/null", "/dev/stdout"] {
      let ended = try Program.run(["check", "--report", "json=\(path)"], in: folder)
      #expect(ended.status == 0, "\(ended.err)")
      #expect(ended.out.contains("gatewright/report@") == (path == "/dev/stdout"))
    }
  }
}
