import Foundation

@testable import gatewright

/// The built program, run as a person runs it.
struct Program {
  struct Ended {
    var status: Int32
    var signalled: Bool
    var out: String
    var err: String
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let executable = root.appending(path: ".build/debug/gatewright")

  /// A folder of its own for one run; the caller removes it.
  static func scratch() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "gatewright-case-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A copy of the example, without what was made in it; the caller removes it.
  static func example() throws -> URL {
    let folder = try scratch()
    let source = root.appending(path: "examples/loan-default")
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path)
    where name != "build" {
      try FileManager.default.copyItem(
        at: source.appending(path: name), to: folder.appending(path: name))
    }
    return folder
  }

  static func start(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> (process: Process, out: URL, err: URL) {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ProcessInfo.processInfo.environment
    // The tests may run in a CI system themselves.
    for system in CISystem.all { variables[system.variable] = nil }
    for name in [
      "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "JENKINS_URL", "BITBUCKET_BUILD_NUMBER",
    ] { variables[name] = nil }
    process.environment = variables.merging(environment) { $1 }
    let out = folder.appending(path: ".stdout")
    let err = folder.appending(path: ".stderr")
    for file in [out, err] { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    return (process, out, err)
  }

  static func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> Ended {
    let (process, out, err) = try start(arguments, in: folder, environment: environment)
    process.waitUntilExit()
    return Ended(
      status: process.terminationStatus, signalled: process.terminationReason == .uncaughtSignal,
      out: try String(contentsOf: out, encoding: .utf8),
      err: try String(contentsOf: err, encoding: .utf8))
  }
}
