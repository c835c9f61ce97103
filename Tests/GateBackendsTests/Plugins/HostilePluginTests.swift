import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateSystem
@testable import GateYAML

/// Programs that mean harm: none passes, none leaves a process or a file, and each message says what happened.
@Suite(.serialized) struct HostilePluginTests {
  static let all = HostilePlugin.answers + HostilePlugin.means + HostilePlugin.reach

  /// Parts of what this machine has, as other machines have it.
  static let others: [(sandbox: Sandbox, missing: HostilePlugin.Kernel)] = [
    (Sandbox(landlock: 0, filters: Sandbox.here.filters), .landlock),
    (Sandbox(landlock: Sandbox.here.landlock, filters: false), .filters),
    (Sandbox(landlock: 0, filters: false), [.landlock, .filters]),
  ]

  @Test func `they are many, and most need no help of the kernel`() {
    #expect(Self.all.count > 60)
    #expect(Set(Self.all.map(\.name)).count == Self.all.count)
    #expect(Self.all.filter { $0.needs == [] }.count > 40)
  }

  @Test(.enabled(if: Sandbox.here.isWhole, "the kernel lacks Landlock or filters"), arguments: all)
  func `it does not pass`(plugin: HostilePlugin) throws { try expect(plugin, Sandbox.here) }

  @Test(
    "it does not pass without what the kernel of another machine lacks", arguments: others.indices)
  func elsewhere(index: Int) throws {
    let (sandbox, missing) = Self.others[index]
    for plugin in Self.all where plugin.needs.isDisjoint(with: missing) {
      try expect(plugin, sandbox)
    }
  }

  @Test(
    .enabled(if: Sandbox.here.isWhole && geteuid() == 0, "takes root, to become another user"),
    arguments: all)
  func `it does not pass as an ordinary user`(plugin: HostilePlugin) throws {
    let folder = try Workshop()
    let program = plugin.program(outside: folder.path)
    for (name, text) in [
      (program.name, program.text), ("gate.yaml", plugin.settings),
      ("example/example.yaml", "task: binary\n"),
    ] { try folder.write(text, to: "plugin/\(name)") }
    try folder.write("secret", to: "secret")
    let made = "\(folder.path)/made"
    #expect(mkdir(made, 0o755) == 0)
    for path in [folder.path, "\(folder.path)/secret", made] {
      #expect(chown(path, 12345, 12345) == 0)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/setpriv")
    process.arguments =
      ["--reuid=12345", "--regid=12345", "--clear-groups", Models.executable]
      + ["plugin", "test", "plugin"]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = [
      "PATH": "/usr/bin:/bin", "TMPDIR": made, "GATEWRIGHT_TEST_TOKEN": "secret",
    ]
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let said = Comment(rawValue: "\(plugin.name): \(text)")
    #expect(process.terminationReason == .exit && process.terminationStatus == 1, said)
    #expect(text.contains("  FAILED the example: "), said)
    #expect(plugin.says.contains { text.contains($0) }, said)
    #expect(
      FileManager.default.contents(atPath: "\(folder.path)/secret") == Data("secret".utf8), said)
    #expect(try names(in: folder.path) == [".lock", "made", "plugin", "secret"], said)
    #expect(try names(in: made) == [], said)
    #expect(processes(of: made) == [], said)
  }

  /// Runs one, and looks at what it left.
  private func expect(_ plugin: HostilePlugin, _ sandbox: Sandbox) throws {
    setenv("GATEWRIGHT_TEST_TOKEN", "secret", 1)
    let temporary = try TemporaryFolder()
    let outside = try Workshop()
    try outside.write("secret", to: "secret")
    let own = "\(outside.path)/plugin"
    let program = plugin.program(outside: outside.path)
    try writeWhole(Array(program.text.utf8), to: "\(own)/\(program.name)")
    let before = try state(of: outside.path)
    let node = try parseYAML(Array(plugin.settings.utf8), name: "gate.yaml")
    try writeWhole(Array(plugin.settings.utf8), to: "\(own)/gate.yaml")
    let read = try Plugin(.gate, folder: "plugin", node)
    var host = PluginHost(
      folder: outside.path, temporary: temporary, executable: Models.executable)
    host.sandbox = sandbox
    let mistake = try problem {
      try PluginAnswer(
        host.run(PluginCall(PluginUse(read, PluginArguments(read, nil)))).answer, of: read)
    }
    let said = Comment(rawValue: "\(plugin.name), \(sandbox): \(mistake.sentence)")
    #expect(plugin.says.contains { mistake.message.contains($0) }, said)
    let shown = mistake.rendered.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(shown.count == (mistake.hint == nil ? 1 : 2), said)
    #expect(shown.allSatisfy { String($0).visible == $0 }, said)
    #expect(mistake.rendered.utf8.count < 5_000, said)
    #expect(try state(of: outside.path) == before, said)
    #expect(try names(in: temporary.path).allSatisfy { $0 == ".lock" }, said)
    #expect(processes(of: temporary.path) == [], said)
  }

  /// Each file below a folder with its size, its mode and when it was written.
  private func state(of folder: String) throws -> [String] {
    let files = try #require(FileManager.default.enumerator(atPath: folder))
    return files.compactMap { $0 as? String }.filter { !$0.hasSuffix("gate.yaml") }.sorted().map {
      var found = stat()
      lstat("\(folder)/\($0)", &found)
      return found.isFolder ? $0 : "\($0) \(found.st_size) \(found.st_mode) \(found.st_mtim.tv_sec)"
    }
  }

  /// Processes that see a folder in their environment, as all have it that a plugin starts.
  private func processes(of folder: String) -> [String] {
    let all = (try? names(in: "/proc")) ?? []
    return all.filter { Int($0) != nil }.filter { process in
      let variables = FileManager.default.contents(atPath: "/proc/\(process)/environ") ?? Data()
      return String(decoding: variables, as: UTF8.self).contains("=\(folder)")
    }
  }
}
