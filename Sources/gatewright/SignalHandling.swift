import GateCore
import GateKit
import GateSystem
import Glibc
import Synchronization

/// How the program ends when it is told to: no child and no temporary file stays behind.
enum SignalHandling {
  /// Every signal that ends a program which does not expect it, but those of crashes, those that nothing can catch,
  /// and those that are errors to report where they come from: a closed pipe, a file that is too long.
  private static let signals: [Int32] = {
    let named = [
      SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU,
      SIGIO, SIGPWR, SIGSTKFLT,
    ]
    // The first three are the C library's own, which it does not give away.
    return named + (32...64)
  }()

  /// Where the handler puts a signal's number, and where the thread that ends the program takes it.
  private static let ends: (read: Int32, write: Int32) = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()

  /// Whether a signal has come, after which nothing is to be published any more.
  private static let hasBegun = Atomic<Bool>(false)

  /// Ends children, removes temporary files and then dies of the signal itself, whenever one comes.
  ///
  /// A handler takes the signal on whatever thread it comes to: a mask would leave out the threads that run already,
  /// and one of those would die of it at once.
  static func watchSignals() throws(Diagnostic) {
    signal(SIGXFSZ, SIG_IGN)
    try Crashes.watch(
      bug: Diagnostic(
        "a bug in Gatewright: it has crashed",
        hint: "report the command line, the version (\(Main.version)) and what stands above"),
      exhausted: Diagnostic(
        "memory has run out",
        hint: "let the program have more ('ulimit -v', the control group), or let the engine use "
          + "less, as in 'limits: {memory: 1GB}'"))
    guard ends.read >= 0 else {
      throw Diagnostic(
        "could not make a pipe: \(String(cString: strerror(errno)))", temporary: true)
    }
    startEnding()
    for number in signals {
      // One that the caller has ignored, as nohup does, stays ignored.
      var action = sigaction()
      guard sigaction(number, nil, &action) == 0,
        action.__sigaction_handler.sa_handler.map({ unsafeBitCast($0, to: Int.self) }) != 1
      else { continue }
      action.__sigaction_handler.sa_handler = { number in
        let code = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(SignalHandling.ends.write, &byte, 1)
        errno = code
      }
      action.sa_flags = SA_RESTART
      sigaction(number, &action, nil)
    }
  }

  /// Starts the thread that waits for a signal's number and ends the program.
  private static func startEnding() {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        var caught: UInt8 = 0
        while read(SignalHandling.ends.read, &caught, 1) != 1 {}
        SignalHandling.hasBegun.store(true, ordering: .sequentiallyConsistent)
        Subprocess.killAll()
        TemporaryFolder.removeAll()
        signal(Int32(caught), SIG_DFL)
        kill(getpid(), Int32(caught))
        return nil
      }, nil)
  }

  /// Refuses to begin where less memory may be addressed than the runtime's threads need: what waits for a thread that
  /// cannot be made waits for ever. So too where fewer files may be open than a run has.
  static func checkRoom() throws(Diagnostic) {
    var limit = rlimit()
    let files: UInt64 = 32
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < files {
      throw Diagnostic(
        "at most \(limit.rlim_cur) files may be open, and at least \(files) are wanted",
        hint: "let the program have more, as in 'ulimit -n 1024'", temporary: true)
    }
    let least: UInt64 = 320 << 20
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < least
    else { return }
    throw Diagnostic(
      "memory has run out: the limit of the address space is \(limit.rlim_cur >> 20) MiB, and at "
        + "least \(least >> 20) MiB are wanted",
      hint: "let the program have more, as in 'ulimit -v unlimited'", temporary: true)
  }

  /// Waits for the end where a signal has come: what a run makes of its killed workers is no result.
  static func waitIfBegun() {
    while hasBegun.load(ordering: .sequentiallyConsistent) { pause() }
  }

  /// This program's own file, for the workers.
  static func executable() throws(Diagnostic) -> String {
    guard let path = realPath("/proc/self/exe") else {
      throw Diagnostic("cannot find this program's own file through /proc/self/exe")
    }
    return path
  }
}
