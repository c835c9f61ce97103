import Foundation
import Testing

/// `gatewright ci` writes the templates that are installed with the program.
@Suite struct CICommandTests {
  /// A program that is installed in a folder of its own, and an empty repository beside it.
  private struct Installed {
    let program: URL
    let templates: URL
    let repository: URL

    init() throws {
      let folder = try CommandLineRun.temporaryFolder()
      let files = FileManager.default
      program = folder.appending(path: "bin/gatewright")
      templates = folder.appending(path: "share/gatewright/templates")
      repository = folder.appending(path: "repository")
      for made in [program.deletingLastPathComponent(), templates.deletingLastPathComponent()] {
        try files.createDirectory(at: made, withIntermediateDirectories: true)
      }
      try files.createDirectory(at: repository, withIntermediateDirectories: false)
      try files.copyItem(at: CommandLineRun.program.resolvingSymlinksInPath(), to: program)
      try files.copyItem(at: CommandLineRun.root.appending(path: "ci-templates"), to: templates)
    }

    func run(_ words: String...) throws -> CommandLineRun.Result {
      try CommandLineRun.run(words, in: repository, program: program)
    }

    /// What a system's list says: the template's file, and where it goes.
    func places(of system: String) throws -> [(template: URL, path: String)] {
      let folder = templates.appending(path: system)
      let list = try String(contentsOf: folder.appending(path: "places.txt"), encoding: .utf8)
      return list.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
        let words = line.split(separator: " ").map(String.init)
        return (folder.appending(path: words[0]), words[1])
      }
    }

    func remove() { try? FileManager.default.removeItem(at: program.appending(path: "../..")) }
  }

  /// The folders that stand beside each other there, a system each.
  static let systems: [String] = {
    let folder = CommandLineRun.root.appending(path: "ci-templates")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }()

  @Test func `there are templates of the systems that the guide names`() throws {
    let guide = try String(
      contentsOf: CommandLineRun.root.appending(path: "docs/guide/ci.md"), encoding: .utf8)
    #expect(Self.systems.count > 15)
    for system in Self.systems { #expect(guide.contains("`\(system)`"), "\(system)") }
  }

  @Test(arguments: systems)
  func `a template is written as it is, and never over a file`(system: String) throws {
    let installed = try Installed()
    defer { installed.remove() }
    let first = try installed.run("ci", system)
    #expect(first.code == 0, "\(first.stderr)")
    let places = try installed.places(of: system)
    #expect(!places.isEmpty)
    for (template, path) in places {
      let written = try Data(contentsOf: installed.repository.appending(path: path))
      #expect(written == (try Data(contentsOf: template)), "\(path)")
      #expect(first.stdout.contains("wrote '\(path)'\n"))
    }
    // The last file alone is in the way, so the first is not written either.
    let firstFile = installed.repository.appending(path: places[0].path)
    let lastFile = places[places.count - 1].path
    for place in places.dropLast() {
      try FileManager.default.removeItem(at: installed.repository.appending(path: place.path))
    }
    let second = try installed.run("ci", system)
    #expect(second.code == 2)
    #expect(second.stderr.contains("'\(lastFile)' is there already"), "\(second.stderr)")
    #expect(
      FileManager.default.fileExists(atPath: firstFile.path) == (places.count == 1))
  }

  @Test func `every folder of templates is a system, and another is wrong usage`() throws {
    let installed = try Installed()
    defer { installed.remove() }
    let result = try installed.run("ci", "githib")
    #expect(result.code == 64)
    #expect(result.stderr.contains("SYSTEM is 'githib', wanted "), "\(result.stderr)")
    for system in Self.systems { #expect(result.stderr.contains(system), "\(result.stderr)") }
    #expect(result.stderr.contains("did you mean 'github'"))
    #expect(try installed.run("help", "ci").stdout.contains("github, gitlab, jenkins"))
  }

  @Test func `templates that were taken away are an error that says where they were sought`() throws
  {
    let installed = try Installed()
    defer { installed.remove() }
    try FileManager.default.removeItem(at: installed.templates)
    let result = try installed.run("ci", "github")
    #expect(result.code == 2)
    #expect(result.stderr.contains("bin/../share/gatewright/templates' and '"), "\(result.stderr)")
    #expect(result.stderr.contains("install Gatewright again"))
  }

  @Test func `a list that cannot be read is an error`() throws {
    let installed = try Installed()
    defer { installed.remove() }
    let list = installed.templates.appending(path: "github/places.txt")
    try "gatewright.yml\n".write(to: list, atomically: true, encoding: .utf8)
    let result = try installed.run("ci", "github")
    #expect(result.code == 2)
    #expect(
      result.stderr.contains(
        "has the line 'gatewright.yml', wanted a file and where it is written"),
      "\(result.stderr)")
  }
}
