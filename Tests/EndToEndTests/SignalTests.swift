import Foundation
import Testing

/// What stays behind when a run is ended in the middle.
@Suite struct SignalTests {
  static let manifest = """
    version: 1
    name: endless
    task: regression
    data:
      holdout: {path: holdout.csv, label: y}
    models:
      candidate: {from: endless.onnx, features: [x], limits: {time: 60s}}
    gates:
      - gate: performance
        metrics: {r2: {min: 0}}
    reports: {json: build/report.json}

    """

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
  func `a signal leaves no worker, no temporary file and no report`(number: Int32) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let temporary = folder.appending(path: "tmp")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    try Data(Self.manifest.utf8).write(to: folder.appending(path: "gatewright.yaml"))
    try Data("x,y\n1,1\n2,2\n".utf8).write(to: folder.appending(path: "holdout.csv"))
    try FileManager.default.copyItem(
      at: Program.root.appending(path: "Tests/GateBackendsTests/Fixtures/endless.onnx"),
      to: folder.appending(path: "endless.onnx"))
    let process = Process()
    process.executableURL = CommandLineRun.program
    process.arguments = ["check"]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TMPDIR": temporary.path]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let worker = try #require(waitForWorker(of: process.processIdentifier))
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == number)
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "build").path))
    #expect(isGone(worker))
  }

  /// The worker's process id, once there is one that has begun to score.
  private func waitForWorker(of parent: Int32) -> Int32? {
    for _ in 0..<600 {
      let tasks =
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(parent)/task")) ?? []
      for task in tasks {
        let path = "/proc/\(parent)/task/\(task)/children"
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        if let child = text.split(separator: " ").first.flatMap({ Int32($0) }) {
          usleep(300_000)
          return child
        }
      }
      usleep(50_000)
    }
    return nil
  }

  /// Whether a process ends within five seconds.
  private func isGone(_ process: Int32) -> Bool {
    for _ in 0..<100 {
      if kill(process, 0) != 0 { return true }
      usleep(50_000)
    }
    return false
  }
}
