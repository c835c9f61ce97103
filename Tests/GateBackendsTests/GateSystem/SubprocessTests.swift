import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// A child gets what it was given, ends in its time, and leaves nothing behind.
struct SubprocessTests {
  /// A shell command as a program; the shell is the test's, not the library's.
  func shell(
    _ command: String, environment: [String: String] = [:], directory: String? = nil,
    seconds: Double = 10
  ) throws -> Subprocess {
    try Subprocess(
      Subprocess.Program(
        executable: "/bin/sh", arguments: ["-c", command], environment: environment,
        directory: directory, seconds: seconds))
  }

  /// The text a child printed.
  func output(_ process: Subprocess) -> String {
    process.finish(keep: 1 << 16)
    return String(decoding: process.remaining, as: UTF8.self)
  }

  @Test func onlyTheGivenEnvironmentAndFolder() throws {
    setenv("GATEWRIGHT_TEST_TOKEN", "secret", 1)
    let process = try shell(
      "/usr/bin/env | sort; pwd", environment: ["PATH": "/usr/bin", "A": "b"], directory: "/usr")
    let text = output(process)
    #expect(text.contains("A=b\n") && text.hasSuffix("/usr\n") && !text.contains("secret"))
    #expect(Subprocess.plainEnvironment["GATEWRIGHT_TEST_TOKEN"] == nil)
  }

  @Test func noOpenFilesReachIt() throws {
    let descriptor = open("/etc/passwd", O_RDONLY)
    defer { close(descriptor) }
    let text = output(
      try shell("ls /proc/self/fd | tr '\\n' ' '", environment: ["PATH": "/bin:/usr/bin"]))
    #expect(text == "0 1 2 3 ")  // 3 is the folder that ls reads
  }

  @Test func saysHowItEnded() throws {
    #expect(try shell("exit 7").finish() == .exited(7))
    #expect(try shell("kill -11 $$").finish() == .signalled(SIGSEGV))
    #expect("\(Subprocess.Termination.signalled(SIGSEGV))" == "was ended by signal 11 (SIGSEGV)")
    #expect("\(Subprocess.Termination.exited(3))" == "ended with status 3")
  }

  @Test(.timeLimit(.minutes(60))) func aDeadlineEndsTheWholeGroup() throws {
    let process = try shell(
      "trap '' TERM; sleep 600 & echo $!; sleep 600; sleep 600",
      environment: ["PATH": "/bin:/usr/bin"], seconds: 0.5)
    let line = try process.receive(2)
    var digits = Array(line)
    while digits.last != 10 { digits += try process.receive(1) }
    let child = Int(String(decoding: digits.dropLast(), as: UTF8.self)) ?? 0
    #expect(process.finish() == .timedOut)
    usleep(100_000)
    let stat = "/proc/\(child)/stat"
    let state = try? String(contentsOfFile: stat, encoding: .utf8)
    #expect(child > 0 && state?.contains(") S ") != true, "a grandchild lives on")
  }

  @Test func allAreEndedAtOnce() throws {
    let groups = ProcessGroups()
    let program = Subprocess.Program(
      executable: "/bin/sleep", arguments: ["60"], environment: [:], seconds: 30)
    let children = try (0..<3).map { _ in try Subprocess(program, in: groups) }
    groups.kill()
    for child in children { #expect(child.finish() == .signalled(SIGKILL)) }
    groups.kill()  // none is left whose number may name another by now
  }

  @Test func keepsTheEndOfItsErrors() throws {
    let process = try shell(
      "i=0; while [ $i -lt 20000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo last >&2")
    process.finish()
    #expect(process.errorText.hasSuffix("last\n") && process.errorText.utf8.count <= 1 << 16)
  }

  @Test func carriesMoreThanAPipeHolds() throws {
    let process = try shell("cat", environment: ["PATH": "/bin:/usr/bin"])
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try process.send(bytes)
    #expect(Array(try process.receive(bytes.count)) == bytes)
    #expect(process.finish() == .exited(0))
  }

  @Test func aProgramThatIsNotThereIsAnError() {
    #expect(throws: Diagnostic.self) {
      try Subprocess(
        Subprocess.Program(
          executable: "/nonexistent/tool", arguments: [], environment: [:], seconds: 1))
    }
  }
}
