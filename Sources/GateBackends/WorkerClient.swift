import GateKit
import Glibc

/// A worker process as its parent sees it.
final class WorkerClient {
  private let process: Subprocess
  private let model: ModelSource
  private let folder: String
  let description: ModelDescription
  /// The process id of the worker.
  var pid: Int32 { process.pid }

  /// Starts a worker in an empty folder below `temporary` and has it open the model.
  init(
    _ model: ModelSource, executable: String, temporary: String
  ) throws(Diagnostic) {
    self.model = model
    let runtime: String
    if let named = model.runtime {
      runtime = try Runtimes.named(named).about.id
      try Runtimes.refusePrograms(path: model.artifact.path, uri: model.artifact.uri)
    } else {
      runtime = try Runtimes.detect(path: model.artifact.path, uri: model.artifact.uri)
    }
    folder = try Self.emptyFolder(in: temporary)
    var environment = Subprocess.plainEnvironment
    environment["OMP_NUM_THREADS"] = "1"
    environment["TMPDIR"] = folder
    environment["SWIFT_BACKTRACE"] = "enable=no"
    do {
      process = try Subprocess(
        Subprocess.Program(
          executable: executable, arguments: ["worker"], environment: environment,
          directory: folder, seconds: model.limits.seconds))
    } catch {
      rmdir(folder)
      throw error
    }
    do throws(Diagnostic) {
      let seconds = Int(min(1e9, model.limits.seconds.rounded(.up))) + 5
      let request = OpenRequest(
        path: Self.absolute(model.artifact.path), name: model.artifact.uri, runtime: runtime,
        task: model.task, memory: model.limits.memory, seconds: seconds)
      let answer = try Self.ask(.open(request), process, model)
      guard case .described(let description) = answer else { throw WireReader.broken }
      self.description = description
    } catch {
      process.stop()
      rmdir(folder)
      throw error
    }
  }

  deinit {
    process.stop(patience: 0)
    rmdir(folder)
  }

  /// The answers for a batch.
  func score(_ columns: [Column], rows: Int) throws(Diagnostic) -> RawScores {
    guard case .scored(let scores) = try Self.ask(.score(columns, rows: rows), process, model)
    else { throw WireReader.broken }
    let count =
      switch scores {
      case .numbers(let values, let width, _): values.count / width
      case .labels(let codes, _): codes.count
      }
    guard count == rows else {
      throw Diagnostic("\(model.role) gave \(count) answers for \(rows) rows")
    }
    return scores
  }

  /// Nanoseconds of each of `repeats` calls with each row alone.
  func time(_ columns: [Column], rows: Int, repeats: Int) throws(Diagnostic) -> [Int] {
    let message = Message.time(columns, rows: rows, repeats: repeats)
    guard case .timed(let durations) = try Self.ask(message, process, model) else {
      throw WireReader.broken
    }
    return durations
  }

  /// Sends a message and reads the answer to it.
  private static func ask(
    _ message: Message, _ process: Subprocess, _ model: ModelSource
  ) throws(Diagnostic) -> Message {
    do {
      try process.send(message.encoded)
      let header = Array(try process.receive(Message.header))
      let length = header[1...].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard length <= UInt64(Message.longest) else {
        throw Diagnostic("the worker process of \(model.role) answered with \(length) bytes")
      }
      let answer = try Message(kind: header[0], payload: try process.receive(Int(length)))
      guard case .failed(let failure) = answer else { return answer }
      throw explain(failure, process, model)
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw ended(process, model)
    }
  }

  /// What the model's library said, as an error of this model.
  private static func explain(
    _ failure: Diagnostic, _ process: Subprocess, _ model: ModelSource
  ) -> Diagnostic {
    if isMemory(failure.message) { return memory(model, because: bounded(failure.message)) }
    return Diagnostic(
      "\(model.role): \(bounded(failure.message))", hint: failure.hint.map(bounded))
  }

  /// How a worker ended that should not have.
  private static func ended(_ process: Subprocess, _ model: ModelSource) -> Diagnostic {
    let ending = process.finish()
    let said = bounded(process.errorText)
    let tail = said.isEmpty ? "" : ": \(said)"
    if ending == .timedOut || ending == .signalled(SIGXCPU) {
      return Diagnostic(
        "the worker process that scores \(model.role) did not finish within "
          + "\(seconds(model.limits.seconds)) s",
        hint: "raise its time limit, or look at the model", temporary: true)
    }
    if isMemory(said) { return memory(model, because: said) }
    let hint =
      ending == .signalled(SIGKILL)
      ? "the system ends processes so when memory runs out" : "the model or its library is broken"
    return Diagnostic(
      "the worker process that scores \(model.role) \(ending)\(tail)", hint: hint)
  }

  /// The worker wanted more memory than it may use.
  private static func memory(_ model: ModelSource, because reason: String) -> Diagnostic {
    let size = Double(model.limits.memory) / Double(1 << 30)
    return Diagnostic(
      "the worker process that scores \(model.role) ran out of memory: it may use "
        + "\(seconds((size * 100).rounded() / 100)) GB: \(reason)",
      hint: "raise its memory limit, or look at the model")
  }

  /// Whether a message is of a failed allocation.
  private static func isMemory(_ text: String) -> Bool {
    [
      "bad_alloc", "bad allocation", "Failed to allocate memory", "out of memory", "Out of memory",
      "failed to map segment", "Cannot allocate memory",
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
  private static func absolute(_ path: String) -> String {
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
