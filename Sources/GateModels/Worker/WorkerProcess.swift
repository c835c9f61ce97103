import GateCore
import GateSystem
import Glibc

/// A worker process as its parent sees it: started in an empty folder, bounded, and believed nothing.
final class WorkerProcess {
  /// What it is for, in the words of messages.
  struct Purpose {
    /// `scores candidate`.
    var task: String
    /// Who is at fault when a library says no: `candidate`.
    var subject: String
    /// What it may use.
    var limits: ModelLimits
    /// What to do when it takes too long.
    var tooSlow: String
    /// What to do when it wants too much memory.
    var tooLarge: String
    /// What may be wrong when it crashes.
    var broken: String
  }

  private let process: Subprocess
  private let purpose: Purpose
  private let folder: String
  /// The process id of the worker.
  var pid: Int32 { process.pid }

  /// Starts a worker in an empty folder below `temporary`.
  init(
    _ purpose: Purpose, executable: String, temporary: String
  ) throws(Diagnostic) {
    self.purpose = purpose
    folder = try Self.emptyFolder(in: temporary)
    var environment = Subprocess.plainEnvironment
    environment["OMP_NUM_THREADS"] = "\(purpose.limits.threads)"
    environment["TMPDIR"] = folder
    environment["SWIFT_BACKTRACE"] = "enable=no"
    do {
      process = try Subprocess(
        Subprocess.Program(
          executable: executable, arguments: ["worker"], environment: environment,
          directory: folder, seconds: purpose.limits.seconds))
    } catch {
      rmdir(folder)
      throw error
    }
  }

  deinit {
    process.stop(patience: 0)
    rmdir(folder)
  }

  /// What the process is told to hold itself to: whole seconds of processor time, a few over those of the clock.
  var seconds: Int { Int(min(1e9, purpose.limits.seconds.rounded(.up))) + 5 }

  /// Sends a message and reads the answer to it.
  func ask(_ message: Message) throws(Diagnostic) -> Message {
    try send(message)
    return try answer()
  }

  /// Sends a message whose answer is read later.
  func send(_ message: Message) throws(Diagnostic) {
    do {
      try process.send(message.encoded)
    } catch {
      throw ended()
    }
  }

  /// The answer to the message that was sent.
  func answer() throws(Diagnostic) -> Message {
    do {
      let header = Array(try process.receive(Message.header))
      let length = header[1...].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard length <= UInt64(Message.longest) else {
        throw Diagnostic(
          "the worker process of \(purpose.subject) answered with \(length) bytes")
      }
      let answer = try Message(kind: header[0], payload: try process.receive(Int(length)))
      guard case .failed(let failure) = answer else { return answer }
      throw explain(failure)
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw ended()
    }
  }

  /// What a library said, as an error of what it was for.
  private func explain(_ failure: Diagnostic) -> Diagnostic {
    if Self.isMemory(failure.message) { return memory(because: Self.bounded(failure.message)) }
    return Diagnostic(
      "\(purpose.subject): \(Self.bounded(failure.message))", hint: failure.hint.map(Self.bounded))
  }

  /// How a worker ended that should not have.
  private func ended() -> Diagnostic {
    let ending = process.finish()
    let said = Self.bounded(process.errorText)
    let tail = said.isEmpty ? "" : ": \(said)"
    if ending == .timedOut || ending == .signalled(SIGXCPU) {
      return Diagnostic(
        "the worker process that \(purpose.task) did not finish within "
          + "\(Self.seconds(purpose.limits.seconds)) s",
        hint: purpose.tooSlow, temporary: true)
    }
    if Self.isMemory(said) { return memory(because: said) }
    let hint =
      ending == .signalled(SIGKILL)
      ? "the system ends processes so when memory runs out" : purpose.broken
    return Diagnostic("the worker process that \(purpose.task) \(ending)\(tail)", hint: hint)
  }

  /// The worker wanted more memory than it may use.
  private func memory(because reason: String) -> Diagnostic {
    let size = Double(purpose.limits.memory) / Double(1 << 30)
    return Diagnostic(
      "the worker process that \(purpose.task) ran out of memory: it may use "
        + "\(Self.seconds((size * 100).rounded() / 100)) GB: \(reason)",
      hint: purpose.tooLarge)
  }

  /// Whether a message is of a failed allocation.
  private static func isMemory(_ text: String) -> Bool {
    [
      "bad_alloc", "bad allocation", "Failed to allocate memory", "out of memory", "Out of memory",
      "memory has run out", "Cannot allocate memory",
    ].contains { text.contains($0) }
  }

  /// The end of a text from outside, harmless to print.
  private static func bounded(_ text: String) -> String {
    String(decoding: text.trimmed.utf8.suffix(2000), as: UTF8.self)
      .split(whereSeparator: \.isNewline).joined(separator: " ").visible
  }

  /// A number without a needless fraction.
  private static func seconds(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }

  /// A path that does not depend on the folder of the process.
  static func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// A new folder for a process to start in.
  private static func emptyFolder(in temporary: String) throws(Diagnostic) -> String {
    var template = Array((absolute(temporary) + "/worker-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Diagnostic(
        "could not make a folder in '\(temporary)': \(Subprocess.reason(errno))")
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
