package import GateCore
package import Glibc

/// A child in its own process group, with a deadline; nothing of this process but what is given reaches it.
///
/// Used from the thread that started it: the child may ask to end with that thread.
package final class Subprocess {
  /// What to run: no shell, no inherited descriptors, no inherited environment.
  package struct Program: Sendable {
    /// An absolute path, or a bare name to look up in `PATH`.
    package var executable: String
    package var arguments: [String]
    package var environment: [String: String]
    /// The folder it starts in; nil: this process's own.
    package var directory: String?
    /// Seconds of wall time until it is ended.
    package var seconds: Double

    /// A program with its arguments, environment, folder and time.
    package init(
      executable: String, arguments: [String], environment: [String: String],
      directory: String? = nil, seconds: Double
    ) {
      self.executable = executable
      self.arguments = arguments
      self.environment = environment
      self.directory = directory
      self.seconds = seconds
    }
  }

  /// How a child ended.
  package enum Termination: Sendable, Hashable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
  }

  /// Why bytes that were waited for did not come.
  package enum Interruption: Error { case closed, timedOut }

  /// Its process id, which is its group's too.
  package let pid: pid_t
  /// How it ended, once it has.
  package private(set) var ending: Termination?
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  private let deadline: UInt64
  private let groups: ProcessGroups
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var incoming: [UInt8] = []
  private var taken = 0
  private var errorBytes: [UInt8] = []
  private var scratch = [UInt8](repeating: 0, count: 1 << 18)
  private var timedOut = false

  /// Starts `program`.
  ///
  /// - Throws: A `Diagnostic` that names the program and the system's reason.
  package convenience init(_ program: Program) throws(Diagnostic) {
    try self.init(program, in: .all)
  }

  /// Starts `program` as one of `groups`.
  init(_ program: Program, in groups: ProcessGroups) throws(Diagnostic) {
    self.groups = groups
    _ = Self.signalsSet
    var pipes: [(read: Int32, write: Int32)] = []
    do {
      for _ in 0..<3 { pipes.append(try Self.pipe()) }
      pid = try groups.start { () throws(Diagnostic) in
        try Self.spawn(program, pipes[0].read, pipes[1].write, pipes[2].write)
      }
    } catch {
      for pipe in pipes {
        close(pipe.read)
        close(pipe.write)
      }
      throw error
    }
    for descriptor in [pipes[0].read, pipes[1].write, pipes[2].write] { close(descriptor) }
    (input, output, errors) = (pipes[0].write, pipes[1].read, pipes[2].read)
    for descriptor in [input, output, errors] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    deadline = Self.now + UInt64(max(0, min(program.seconds, 1e9)) * 1e9)
  }

  deinit { if ending == nil { stop(patience: 0) } }

  /// The last 64 KB the child wrote to its error stream.
  package var errorText: String { String(decoding: errorBytes.suffix(1 << 16), as: UTF8.self) }

  /// Hands bytes to the child, reading what it says meanwhile.
  package func send(_ bytes: [UInt8]) throws(Interruption) {
    outgoing = bytes
    sent = 0
    try pump { sent < outgoing.count }
  }

  /// The next `count` bytes of the child's output.
  package func receive(_ count: Int) throws(Interruption) -> ArraySlice<UInt8> {
    if taken == incoming.count {
      incoming.removeAll(keepingCapacity: true)
      taken = 0
    }
    try pump { incoming.count - taken < count }
    defer { taken += count }
    return incoming[taken..<taken + count]
  }

  /// Closes the child's input, waits until it has ended and says how; `keep` bytes of its output are kept.
  @discardableResult
  package func finish(keep: Int = 0) -> Termination {
    if let ending { return ending }
    Self.shut(&input)
    do {
      try pump {
        if incoming.count > taken + keep { incoming.removeSubrange((taken + keep)...) }
        return true
      }
    } catch {
      if error == .timedOut { return stop() }
    }
    while !hasEnded {
      if Self.now >= deadline {
        timedOut = true
        return stop()
      }
      usleep(1000)
    }
    return reap()
  }

  /// What was read and not taken yet.
  package var remaining: ArraySlice<UInt8> { incoming[taken...] }

  /// Asks the child's group to end, ends it after `patience` seconds, and says how it ended.
  @discardableResult
  package func stop(patience: Double = 2) -> Termination {
    if let ending { return ending }
    if patience > 0, !hasEnded {
      kill(-pid, SIGTERM)
      let limit = Self.now + UInt64(patience * 1e9)
      while !hasEnded, Self.now < limit { usleep(2000) }
    }
    return reap()
  }

  /// Whether the child has ended and waits to be reaped.
  private var hasEnded: Bool {
    var information = siginfo_t()
    let result = waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT)
    return result != 0 || information.si_signo == SIGCHLD
  }

  /// Ends what is left of the group while the child's id still holds its name, then collects the child.
  private func reap() -> Termination {
    kill(-pid, SIGKILL)
    groups.forget(pid)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    drainErrors()
    for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    (input, output, errors) = (-1, -1, -1)
    let signal = status & 0x7f
    let found: Termination =
      timedOut ? .timedOut : signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
    ending = found
    return found
  }

  /// Moves bytes both ways for as long as `wanted`.
  private func pump(while wanted: () -> Bool) throws(Interruption) {
    while wanted() {
      let now = Self.now
      guard now < deadline else {
        timedOut = true
        throw .timedOut
      }
      guard output >= 0 else { throw .closed }
      var polled = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: sent < outgoing.count ? input : -1, events: Int16(POLLOUT), revents: 0),
      ]
      let wait = Int32(min(100, (deadline - now) / 1_000_000 + 1))
      if poll(&polled, nfds_t(polled.count), wait) == 0, hasEnded { throw .closed }
      if polled[1].revents != 0 { drainErrors() }
      if polled[2].revents != 0 { push() }
      if polled[0].revents != 0 { pull() }
    }
  }

  /// Writes what the child's input takes now.
  private func push() {
    let count = outgoing.withUnsafeBytes {
      write(input, $0.baseAddress! + sent, $0.count - sent)
    }
    if count > 0 {
      sent += count
    } else if count < 0, errno != EAGAIN, errno != EINTR {
      Self.shut(&input)
      sent = outgoing.count
    }
  }

  /// Reads what the child's output has now.
  private func pull() {
    let count = read(output, &scratch, scratch.count)
    if count > 0 {
      incoming.append(contentsOf: scratch[..<count])
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      Self.shut(&output)
    }
  }

  /// Reads what the child's error stream has now, keeping its end.
  private func drainErrors() {
    while errors >= 0 {
      let count = read(errors, &scratch, scratch.count)
      if count > 0 {
        errorBytes.append(contentsOf: scratch[..<count].suffix(1 << 16))
        if errorBytes.count > 1 << 17 { errorBytes.removeFirst(errorBytes.count - 1 << 16) }
        if ending == nil, count == scratch.count { continue }
        return
      }
      if count == 0 || (errno != EAGAIN && errno != EINTR) { Self.shut(&errors) }
      return
    }
  }

  /// Closes a descriptor once.
  private static func shut(_ descriptor: inout Int32) {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  /// Nanoseconds of a clock that is never set.
  package static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// A write to a child that has ended is an error number here, not the end of this process; and children are
  /// collected here even where the parent of this process had said to forget them.
  private static let signalsSet: Void = {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGCHLD, SIG_DFL)
  }()
}

extension Subprocess.Termination: CustomStringConvertible {
  /// `was ended by signal 11 (SIGSEGV)`.
  package var description: String {
    switch self {
    case .exited(let status): "ended with status \(status)"
    case .signalled(let number):
      "was ended by signal \(number)" + (Self.names[number].map { " (\($0))" } ?? "")
    case .timedOut: "did not finish in time"
    }
  }

  private static let names: [Int32: String] = [
    SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
    SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL",
    SIGSEGV: "SIGSEGV", SIGPIPE: "SIGPIPE", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU",
    SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS",
  ]
}
