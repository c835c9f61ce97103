internal import CProcess
package import GateCore
import Glibc

/// A program of somebody else's, held to what it is handed while it runs.
///
/// It runs in a session of its own below a process that ends all it started, whatever became of it. Landlock keeps it
/// to its files, seccomp from the network, limits of the kernel from the machine's memory.
package struct GuardedProgram: Sendable {
  /// The program, by its absolute path, and its arguments.
  package var command: [String]
  /// All that it sees of the environment.
  package var environment: [String: String]
  /// Where it starts; absolute.
  package var directory: String
  /// The file that it reads as its standard input.
  package var input: String
  /// What it may read and run beside the system's programs and libraries; absolute.
  package var readable: [String]
  /// What it may write too.
  package var writable: [String]
  /// Whether it may open sockets.
  package var network = false
  /// Seconds of wall time.
  package var seconds: Double
  /// Bytes of memory of all its processes together.
  package var memory: Int
  /// Bytes of one file that it writes.
  package var fileSize: Int
  /// Processes at a time.
  package var processes: Int
  /// What of the kernel holds it.
  package var sandbox = Sandbox.here

  /// Takes the program and what it may reach.
  package init(
    command: [String], environment: [String: String], directory: String, input: String,
    readable: [String], writable: [String], seconds: Double, memory: Int, fileSize: Int,
    processes: Int
  ) {
    (self.command, self.environment, self.directory) = (command, environment, directory)
    (self.input, self.readable, self.writable) = (input, readable, writable)
    (self.seconds, self.memory, self.fileSize) = (seconds, memory, fileSize)
    self.processes = processes
  }

  /// How a guarded program ended.
  package enum Ending: Sendable, Hashable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut, outOfMemory, tooManyProcesses
    /// It ended well, and something that it started did not.
    case outlived
    /// It could not be held to what it was handed, or not be started; why.
    case notConfined(String)
    case notStarted(String)
    case stopped
  }

  /// What came of a run.
  package struct Ended: Sendable {
    package let ending: Ending
    /// The end of what it wrote.
    package let log: String
    /// The most bytes of memory that its processes had at once, as far as was seen; 0: it was over before that.
    package let peak: Int
  }

  /// Runs it below `executable`, this program, in `folder`, which is the caller's alone.
  ///
  /// - Throws: A `Diagnostic` when the guard itself could not be started or was ended.
  package func run(executable: String, folder: String) throws(Diagnostic) -> Ended {
    let job = folder + "/guard.json"
    let ending = folder + "/ending.json"
    // What Landlock does not keep from others: the variables of this process, which may hold secrets.
    if sandbox.landlock == 0 { _ = process_hide() }
    try writeNew(Array(json(ending: ending).text.utf8), to: job)
    let process = try Subprocess(
      Subprocess.Program(
        executable: executable, arguments: ["guard", job], environment: environment,
        directory: folder, seconds: seconds + 20))
    let termination = process.finish()
    // A guard that did not end well has guarded nothing, whatever stands in its file.
    guard termination == .exited(0), let bytes = try? readFile(ending, limit: 4096),
      let found = try? JSON(parsing: String(decoding: bytes, as: UTF8.self), name: "ending.json"),
      let (kind, peak) = Ending.read(found)
    else { throw Diagnostic("the process that guards it \(termination)") }
    return Ended(ending: kind, log: process.errorText, peak: peak)
  }
}
