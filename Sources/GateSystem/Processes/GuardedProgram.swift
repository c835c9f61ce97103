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
    case notConfined(String), notStarted(String)
    case stopped
  }

  /// Runs it below `executable`, this program, in `folder`, which is the caller's alone; gives how it ended and the end
  /// of what it wrote.
  ///
  /// - Throws: A `Diagnostic` when the guard itself could not be started or was ended.
  package func run(executable: String, folder: String) throws(Diagnostic) -> (Ending, log: String) {
    let job = folder + "/guard.json"
    let ending = folder + "/ending.json"
    try writeWhole(Array(json(ending: ending).text.utf8), to: job)
    let process = try Subprocess(
      Subprocess.Program(
        executable: executable, arguments: ["guard", job], environment: environment,
        directory: folder, seconds: seconds + 20))
    process.finish()
    let log = process.errorText
    guard let bytes = try? readFile(ending, limit: 4096),
      let found = try? JSON(parsing: String(decoding: bytes, as: UTF8.self), name: "ending.json"),
      let kind = Ending(found)
    else {
      let status = process.ending.map(\.description) ?? "ended"
      throw Diagnostic("the process that guards it \(status)")
    }
    return (kind, log)
  }
}

/// What is said to the guard, and by it.
extension GuardedProgram {
  /// The job as the guard reads it; `ending`: the file it writes at the end.
  private func json(ending: String) -> JSON {
    func texts(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
    return .object([
      JSON.Member("command", texts(command)), JSON.Member("directory", .string(directory)),
      JSON.Member("input", .string(input)), JSON.Member("ending", .string(ending)),
      JSON.Member("readable", texts(readable)), JSON.Member("writable", texts(writable)),
      JSON.Member("network", .bool(network)), JSON.Member("seconds", .number(seconds)),
      JSON.Member("memory", .integer(memory)), JSON.Member("file_size", .integer(fileSize)),
      JSON.Member("processes", .integer(processes)),
    ])
  }

  /// Guards the program that a job says, in this process, which has nothing else to do; writes how it ended.
  ///
  /// - Throws: A `Diagnostic` for a job that cannot be read.
  package static func guarding(_ path: String) throws(Diagnostic) {
    let bytes = try readFile(path, limit: 1 << 20)
    let read = try JSON(parsing: String(decoding: bytes, as: UTF8.self), name: path)
    guard case .object(let members) = read else {
      throw Diagnostic("'\(path)' is no job of a guard")
    }
    let job = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    func text(_ key: String) -> String { job[key]?.string ?? "" }
    func texts(_ key: String) -> [String] { job[key]?.items?.compactMap(\.string) ?? [] }
    func count(_ key: String) -> Int { if case .integer(let n)? = job[key] { n } else { 0 } }
    var program = GuardedProgram(
      command: texts("command"), environment: [:], directory: text("directory"),
      input: text("input"), readable: texts("readable"), writable: texts("writable"),
      seconds: 0, memory: count("memory"), fileSize: count("file_size"),
      processes: count("processes"))
    if case .number(let seconds)? = job["seconds"] { program.seconds = seconds }
    if case .bool(let network)? = job["network"] { program.network = network }
    try writeWhole(Array(program.guarded().json.text.utf8), to: text("ending"))
  }

  /// Runs the program below this process.
  private func guarded() -> Ending {
    let sandbox = Sandbox.here
    let found = withCStrings(command) { arguments in
      withCStrings(Sandbox.readable + readable) { readable in
        withCStrings(Sandbox.writable + writable) { writable in
          withCStrings([directory, input]) { places in
            var program = process_guarded()
            program.confinement = process_confinement(
              readable: readable, writable: writable, network: network,
              landlock: Int32(sandbox.landlock), filtered: sandbox.filters,
              memory: UInt64(memory), file_size: UInt64(fileSize), open_files: 4096,
              seconds: 0)
            program.arguments = arguments
            program.environment = UnsafePointer(environ).map {
              UnsafeRawPointer($0).assumingMemoryBound(to: UnsafePointer<CChar>?.self)
            }
            (program.directory, program.input) = (places[0], places[1])
            program.seconds = seconds
            program.memory = UInt64(memory)
            program.processes = UInt64(processes)
            return process_guard(&program)
          }
        }
      }
    }
    return Ending(found)
  }
}

/// The texts as a list of C strings that ends with null.
private func withCStrings<R>(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
) -> R {
  let copies = texts.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return (copies.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer {
    body($0.baseAddress!)
  }
}

extension GuardedProgram.Ending {
  /// As the guard found it.
  fileprivate init(_ found: process_ending) {
    let step = found.step.map { String(cString: $0) } ?? ""
    let reason = "\(step): \(Subprocess.reason(found.number))"
    self =
      switch found.kind {
      case process_exited: .exited(found.number)
      case process_signalled: .signalled(found.number)
      case process_timed_out: .timedOut
      case process_out_of_memory: .outOfMemory
      case process_too_many: .tooManyProcesses
      case process_outlived: .outlived
      case process_not_confined: .notConfined(reason)
      case process_not_started: .notStarted(reason)
      default: .stopped
      }
  }

  /// Its word, and what stands behind it.
  private var parts: (word: String, number: Int32, reason: String) {
    switch self {
    case .exited(let status): ("exited", status, "")
    case .signalled(let signal): ("signalled", signal, "")
    case .timedOut: ("timed out", 0, "")
    case .outOfMemory: ("out of memory", 0, "")
    case .tooManyProcesses: ("too many processes", 0, "")
    case .outlived: ("outlived", 0, "")
    case .notConfined(let reason): ("not confined", 0, reason)
    case .notStarted(let reason): ("not started", 0, reason)
    case .stopped: ("stopped", 0, "")
    }
  }

  /// As the guard writes it.
  fileprivate var json: JSON {
    let parts = parts
    return .object([
      JSON.Member("ending", .string(parts.word)), JSON.Member("number", .integer(Int(parts.number))),
      JSON.Member("reason", .string(parts.reason)),
    ])
  }

  /// Reads the same.
  fileprivate init?(_ json: JSON) {
    guard case .object(let members) = json else { return nil }
    let parts = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    guard case .integer(let number)? = parts["number"] else { return nil }
    let reason = parts["reason"]?.string ?? ""
    let all: [Self] = [
      .exited(Int32(number)), .signalled(Int32(number)), .timedOut, .outOfMemory,
      .tooManyProcesses, .outlived, .notConfined(reason), .notStarted(reason), .stopped,
    ]
    guard let found = all.first(where: { $0.parts.word == parts["ending"]?.string }) else {
      return nil
    }
    self = found
  }
}
