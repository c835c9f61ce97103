internal import CProcess
import GateCore
import GateSystem
import Glibc

/// The process that holds a model: reads messages from its input, answers on its output, ends with its parent.
///
/// Everything a hostile model can do happens here; the parent believes nothing that comes back.
package enum Worker {
  /// Serves until the input ends, then ends the process; what `gatewright worker` does.
  package static func run() -> Never {
    _ = process_die_with_parent()
    _ = process_refuse_privileges()
    _ = signal(SIGXFSZ, SIG_IGN)
    // A crash ends the process at once; the Swift runtime would examine it for half a minute.
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS] {
      _ = signal(number, SIG_DFL)
    }
    let output = fcntl(1, F_DUPFD_CLOEXEC, 3)
    dup2(2, 1)  // a library that prints must not write into an answer
    var worker = Serving(input: 0, output: output)
    worker.serve()
    _exit(0)
  }
}

/// One worker's state.
private struct Serving {
  let input: Int32
  let output: Int32
  var model: (any ModelRuntime)?
  var trainer: LightGBMTrainer?
  /// Threads that the model's library may use.
  var threads = 1

  /// Starts with no model and no job.
  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  /// Answers message after message.
  mutating func serve() {
    while let message = next() {
      if case .close = message { return }
      let answer: Message
      do {
        answer = try respond(to: message)
      } catch {
        answer = .failed(error)
      }
      guard write(answer.encoded) else { return }
    }
  }

  /// Does what a message asks.
  private mutating func respond(to message: Message) throws(Diagnostic) -> Message {
    switch message {
    case .open(let request):
      try limit(memory: request.memory, seconds: request.seconds)
      let runtime = try Runtimes.named(request.runtime)
      let bytes = try FileBytes.read(request.path, named: request.name)
      guard try sha256(bytes) == request.sha256 else { throw changed(request.name) }
      let opened = try runtime.open(
        ModelFile(
          name: request.name, bytes: bytes, task: request.task, options: request.options,
          threads: request.threads))
      (model, threads) = (opened, request.threads)
      return .described(opened.description)
    case .score(let columns, let rows):
      let model = try opened()
      let scores =
        threads > 1
        ? try model.scoreByLibrary(columns, rows: 0..<rows)
        : try model.score(columns, rows: 0..<rows)
      return .scored(scores, unseen: model.unseen)
    case .time(let columns, let rows, let repeats):
      return .timed(try time(columns, rows, repeats))
    case .usage: return .used(Self.peakMemory, scorer: model?.scorer)
    case .job(let job):
      try limit(memory: job.memory, seconds: job.seconds)
      trainer = try LightGBMTrainer(job)
      return .ready
    case .feature(let feature):
      try taught().take(feature)
      return .ready
    case .learn:
      return .learned(try taught().learn())
    default: throw WireReader.broken
    }
  }

  /// Holds this process to so many bytes of address space and seconds of processor time.
  private func limit(memory: Int, seconds: Int) throws(Diagnostic) {
    let failed = process_limit(UInt64(max(1, memory)), UInt64(max(1, seconds)))
    guard failed == 0 else {
      throw Diagnostic("could not limit the worker process: \(Subprocess.reason(failed))")
    }
  }

  /// The most bytes that this process has had in memory at once; 0: the system does not tell.
  private static var peakMemory: Int {
    let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var status = [UInt8](repeating: 0, count: 8192)
    let count = Glibc.read(descriptor, &status, status.count)
    let line = String(decoding: status.prefix(max(0, count)), as: UTF8.self)
      .split(separator: "\n")
      .first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
      .map { $0 * 1024 } ?? 0
  }

  /// The classifier whose job was given before.
  private func taught() throws(Diagnostic) -> LightGBMTrainer {
    guard let trainer else { throw Diagnostic("the worker process was given no job") }
    return trainer
  }

  /// The model that was opened before.
  private func opened() throws(Diagnostic) -> any ModelRuntime {
    guard let model else { throw Diagnostic("the worker process has no model open") }
    return model
  }

  /// Nanoseconds of each call with one row.
  private func time(
    _ columns: [Column], _ rows: Int, _ repeats: Int
  ) throws(Diagnostic) -> [Int] {
    let model = try opened()
    let single = (0..<rows).map { row in columns.map { $0.row(row) } }
    var durations: [Int] = []
    for _ in 0..<repeats {
      for columns in single {
        let start = Subprocess.now
        _ = try model.scoreByLibrary(columns, rows: 0..<1)
        durations.append(Int(Subprocess.now - start))
      }
    }
    return durations
  }

  /// The next message; nil at the end of the input or when it makes no sense.
  private func next() -> Message? {
    guard let header = read(Message.header) else { return nil }
    let length = header[1...].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Message.longest), let payload = read(Int(length)) else { return nil }
    return try? Message(kind: header[0], payload: payload[...])
  }

  /// So many bytes of the input.
  private func read(_ count: Int) -> [UInt8]? {
    var done = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while done < count {
        let got = Glibc.read(input, buffer.baseAddress! + done, count - done)
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        done += got
      }
      initialized = done
    }
    return done == count ? bytes : nil
  }

  /// Writes all of an answer.
  private func write(_ bytes: [UInt8]) -> Bool {
    var done = 0
    return bytes.withUnsafeBytes { buffer in
      while done < buffer.count {
        let put = Glibc.write(output, buffer.baseAddress! + done, buffer.count - done)
        if put < 0, errno == EINTR { continue }
        if put <= 0 { return false }
        done += put
      }
      return true
    }
  }
}

extension Column {
  /// The column of one row.
  fileprivate func row(_ row: Int) -> Column {
    let value: Values =
      switch values {
      case .doubles(let values): .doubles([values[row]])
      case .integers(let values): .integers([values[row]])
      case .timestamps(let values): .timestamps([values[row]])
      case .booleans(let values): .booleans([values[row]])
      case .strings(let codes, let dictionary):
        dictionary.indices.contains(Int(codes[row]))
          ? .strings(codes: [0], dictionary: [dictionary[Int(codes[row])]])
          : .strings(codes: [-1], dictionary: [])
      }
    return Column(name: name, values: value, validity: validity.map { [$0[row]] })
  }
}
