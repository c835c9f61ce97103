internal import CProcess
package import GateCore
import Glibc

/// What is said to the guard, and by it.
extension GuardedProgram {
  /// The job as the guard reads it; `ending`: the file it writes at the end.
  func json(ending: String) -> JSON {
    func texts(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
    return .object([
      JSON.Member("command", texts(command)), JSON.Member("directory", .string(directory)),
      JSON.Member("input", .string(input)), JSON.Member("ending", .string(ending)),
      JSON.Member("readable", texts(readable)), JSON.Member("writable", texts(writable)),
      JSON.Member("network", .bool(network)), JSON.Member("seconds", .number(seconds)),
      JSON.Member("memory", .integer(memory)), JSON.Member("file_size", .integer(fileSize)),
      JSON.Member("processes", .integer(processes)),
      JSON.Member("landlock", .integer(sandbox.landlock)),
      JSON.Member("filters", .bool(sandbox.filters)),
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
    program.network = job["network"] == .bool(true)
    program.sandbox = Sandbox(
      landlock: count("landlock"), filters: job["filters"] == .bool(true))
    let found = program.guarded()
    try writeNew(
      Array(Ending(found).json(peak: Int(clamping: found.peak)).text.utf8), to: text("ending"))
  }

  /// Runs the program below this process.
  private func guarded() -> process_ending {
    withCStrings(command) { arguments in
      withCStrings(Sandbox.readable + readable) { readable in
        withCStrings(Sandbox.writable + writable) { writable in
          withCStrings([directory, input]) { places in
            var program = process_guarded()
            program.confinement = process_confinement(
              readable: readable, writable: writable, network: network,
              landlock: Int32(sandbox.landlock), filtered: sandbox.filters,
              memory: UInt64(memory), file_size: UInt64(fileSize), open_files: 4096,
              seconds: 0, guard: 0, owner: 0)
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
  fileprivate func json(peak: Int) -> JSON {
    let parts = parts
    return .object([
      JSON.Member("ending", .string(parts.word)),
      JSON.Member("number", .integer(Int(parts.number))),
      JSON.Member("reason", .string(parts.reason)), JSON.Member("peak", .integer(peak)),
    ])
  }

  /// Reads the same, and the peak of memory.
  static func read(_ json: JSON) -> (ending: Self, peak: Int)? {
    guard case .object(let members) = json else { return nil }
    let parts = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    guard case .integer(let number)? = parts["number"], case .integer(let peak)? = parts["peak"]
    else { return nil }
    let reason = parts["reason"]?.string ?? ""
    let all: [Self] = [
      .exited(Int32(number)), .signalled(Int32(number)), .timedOut, .outOfMemory,
      .tooManyProcesses, .outlived, .notConfined(reason), .notStarted(reason), .stopped,
    ]
    guard let found = all.first(where: { $0.parts.word == parts["ending"]?.string }) else {
      return nil
    }
    return (found, peak)
  }
}
