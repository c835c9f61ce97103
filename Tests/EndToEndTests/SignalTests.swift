import Foundation
import Testing

/// A run that is ended from outside.
@Suite struct SignalTests {
  static let manifest = """
    version: 1
    name: loan-default
    task: binary
    data:
      holdout: {path: holdout.csv, label: defaulted}
    models:
      candidate: {from: endless.onnx, features: [income]}
    gates:
      - gate: performance
        metrics:
          accuracy: {min: 0.5}
    reports: {json: build/report.json, junit: build/report.xml}

    """

  @Test(arguments: [
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU,
    SIGIO, SIGPWR, SIGABRT, SIGSEGV, 34, 64,
  ])
  func `no child, temporary file or report stays behind`(signal: Int32) throws {
    let folder = try hangingModel()
    defer { try? FileManager.default.removeItem(at: folder) }
    let temporary = folder.appending(path: "tmp")
    let run = try Program.start(["check"], in: folder, environment: ["TMPDIR": temporary.path])
    let workers = try waitForWorkers(of: run.process.processIdentifier)
    kill(run.process.processIdentifier, signal)
    run.process.waitUntilExit()
    #expect(run.process.terminationReason == .uncaughtSignal)
    #expect(run.process.terminationStatus == signal)
    #expect(workers.allSatisfy(isGone))
    #expect(try left(in: temporary) == [])
    let build = folder.appending(path: "build")
    let reports = (try? FileManager.default.contentsOfDirectory(atPath: build.path)) ?? []
    #expect(reports == [])
  }

  @Test(arguments: [64, 200, 300, 330, 333, 400, 576, 586, 588])
  func `too little memory ends the run, and does not hang it`(mebibytes: Int) throws {
    let folder = try hangingModel()
    defer { try? FileManager.default.removeItem(at: folder) }
    // Where the memory is enough after all, the model's own limit of time ends it.
    let limited = Self.manifest.replacing(
      "features: [income]", with: "features: [income], limits: {time: 10s}")
    try Data(limited.utf8).write(to: folder.appending(path: "gatewright.yaml"))
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [
      "-c", "ulimit -v \(mebibytes * 1024); exec timeout 60 '\(Program.executable.path)' check",
    ]
    process.currentDirectoryURL = folder
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // The loader itself says it where not even the program fits.
    #expect([75, 127].contains(process.terminationStatus), "\(said)")
  }

  @Test(arguments: [5_000, 10_000, 20_000, 50_000])
  func `too little memory for data ends the run at its start`(kibibytes: Int) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [
      "-c",
      "ulimit -d \(kibibytes); exec timeout 20 '\(Program.executable.path)' explain accuracy",
    ]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 75)
  }

  @Test func `what a killed run leaves is removed by the next, what a running one has is not`()
    throws
  {
    let folder = try hangingModel()
    defer { try? FileManager.default.removeItem(at: folder) }
    let temporary = folder.appending(path: "tmp")
    let place = ["TMPDIR": temporary.path]
    let dead = try Program.start(["check"], in: folder, environment: place)
    _ = try waitForWorkers(of: dead.process.processIdentifier)
    kill(dead.process.processIdentifier, SIGKILL)
    dead.process.waitUntilExit()
    let old = try left(in: temporary)
    #expect(old.count == 1)
    let alive = try Program.start(["check"], in: folder, environment: place)
    defer {
      kill(alive.process.processIdentifier, SIGTERM)
      alive.process.waitUntilExit()
    }
    _ = try waitForWorkers(of: alive.process.processIdentifier)
    let mine = try left(in: temporary)
    #expect(mine.count == 1 && mine != old)
    _ = try Program.run(["schema", "infer", "holdout.csv"], in: folder, environment: place)
    #expect(try left(in: temporary) == mine)
  }

  /// The temporary folders of runs in a folder.
  private func left(in temporary: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: temporary.path)
      .filter { $0.hasPrefix("gatewright-") }
  }

  /// A folder with a model that never answers; the caller removes it.
  private func hangingModel() throws -> URL {
    let folder = try Program.scratch()
    try FileManager.default.createDirectory(
      at: folder.appending(path: "tmp"), withIntermediateDirectories: true)
    try Data(Self.manifest.utf8).write(to: folder.appending(path: "gatewright.yaml"))
    try Data("income,defaulted\n1000,0\n2000,1\n".utf8)
      .write(to: folder.appending(path: "holdout.csv"))
    try FileManager.default.copyItem(
      at: Program.root.appending(path: "Tests/GateBackendsTests/Fixtures/endless.onnx"),
      to: folder.appending(path: "endless.onnx"))
    return folder
  }

  /// The children that use a processor, which is when the model is hanging; waits for one.
  private func waitForWorkers(of parent: Int32) throws -> [Int32] {
    for _ in 0..<600 {
      let found = children(of: parent)
      if !found.isEmpty, found.contains(where: { ticks(of: $0) > 30 }) { return found }
      usleep(50_000)
    }
    throw CocoaError(.userCancelled)
  }

  /// The processes whose parent is that one.
  private func children(of parent: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap(Int32.init).filter { fields(of: $0).dropFirst().first == "\(parent)" }
  }

  /// The processor time of a process, in hundredths of a second.
  private func ticks(of process: Int32) -> Int {
    let fields = fields(of: process)
    return fields.count > 12 ? Int(fields[11]) ?? 0 : 0
  }

  /// Whether a process has ended, or is only waited for; looks for at most five seconds.
  private func isGone(_ process: Int32) -> Bool {
    for _ in 0..<100 {
      let state = fields(of: process).first
      if state == nil || state == "Z" { return true }
      usleep(50_000)
    }
    return false
  }

  /// What /proc says of a process after its name, from its state on.
  private func fields(of process: Int32) -> [Substring] {
    let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    guard let end = text.lastIndex(of: ")") else { return [] }
    return text[end...].dropFirst().split(separator: " ")
  }
}
