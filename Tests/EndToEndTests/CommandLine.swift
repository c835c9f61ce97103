import Foundation
import Testing

/// The built program, run as its users run it.
enum CommandLineRun {
  /// What came of one run.
  struct Result {
    /// The exit code.
    let code: Int32
    let stdout: String
    let stderr: String
  }

  /// The root of the package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The program that was built beside these tests.
  static let program: URL = {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    while folder.path.count > 1 {
      let candidate = folder.appending(path: "gatewright")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return root.appending(path: ".build/debug/gatewright")
  }()

  /// Runs the program, or a copy of it, in `folder`, with nothing of the caller's colours in its environment.
  static func run(
    _ words: [String], in folder: URL? = nil, environment: [String: String] = [:],
    stdout file: FileHandle? = nil, program: URL = program
  ) throws -> Result {
    let process = Process()
    process.executableURL = program
    process.arguments = words
    process.currentDirectoryURL = folder ?? root
    process.environment = environment
    let out = Pipe()
    let problems = try temporaryFolder().appending(path: "stderr")
    try Data().write(to: problems)
    process.standardOutput = file ?? out
    process.standardError = try FileHandle(forWritingTo: problems)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = file == nil ? out.fileHandleForReading.readDataToEndOfFile() : Data()
    process.waitUntilExit()
    return Result(
      code: process.terminationReason == .exit ? process.terminationStatus : -1,
      stdout: String(decoding: text, as: UTF8.self),
      stderr: String(decoding: try Data(contentsOf: problems), as: UTF8.self))
  }

  /// A new empty folder.
  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "gatewright-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// The stored report that all formats are tested on.
  static let report = root.appending(path: "Tests/GateKitTests/Snapshots/json.json").path

  /// A committed snapshot.
  static func snapshot(_ name: String) throws -> String {
    try String(
      contentsOf: root.appending(path: "Tests/GateKitTests/Snapshots/\(name)"), encoding: .utf8)
  }
}
