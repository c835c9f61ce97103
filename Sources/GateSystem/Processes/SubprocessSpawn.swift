internal import CProcess
import GateCore
import Glibc
import Synchronization

extension Subprocess {
  /// Ends every child that is alive, with its group; for the thread that handles this process's own signals.
  package static func killAll() { ProcessGroups.all.kill() }

  /// A pipe closed in every child, its ends numbered above the standard streams.
  static func pipe() throws(Diagnostic) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    let failed = process_pipe(&ends)
    guard failed == 0 else {
      throw Diagnostic("could not make a pipe: \(reason(failed))", temporary: true)
    }
    for index in ends.indices where ends[index] < 3 {
      let moved = fcntl(ends[index], F_DUPFD_CLOEXEC, 3)
      close(ends[index])
      ends[index] = moved
    }
    return (ends[0], ends[1])
  }

  /// Starts the program with the three descriptors as its standard streams.
  static func spawn(
    _ program: Program, _ input: Int32, _ output: Int32, _ errors: Int32
  ) throws(Diagnostic) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    _ = process_prepare(&actions, program.directory)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let variables = program.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var pid: pid_t = 0
    let failed = withStrings([program.executable] + program.arguments) { arguments in
      withStrings(variables) { environment in
        program.executable.contains("/")
          ? posix_spawn(&pid, program.executable, &actions, &attributes, arguments, environment)
          : posix_spawnp(&pid, program.executable, &actions, &attributes, arguments, environment)
      }
    }
    guard failed == 0 else {
      throw Diagnostic("could not start '\(program.executable)': \(reason(failed))")
    }
    return pid
  }

  /// What the system says of an error number.
  package static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

  /// The texts as a list of C strings that ends with a null pointer.
  private static func withStrings<R>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
  ) -> R {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }

  /// The variables of this process that a child may see: no tokens, no passwords.
  package static var plainEnvironment: [String: String] {
    let names = [
      "PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "ORT_DYLIB_PATH", "GATEWRIGHT_LIBRARY_PATH",
      "XDG_CACHE_HOME", "TMPDIR", "OMP_NUM_THREADS", "LOCPATH",
    ]
    var found: [String: String] = [:]
    for name in names { if let value = getenv(name) { found[name] = String(cString: value) } }
    return found
  }
}

/// Process groups that were started and not yet reaped.
final class ProcessGroups: Sendable {
  /// Those of this process.
  static let all = ProcessGroups()
  private let live = Mutex<Set<pid_t>>([])

  /// Starts a child under the lock, so that none is missed by `kill`.
  func start(_ body: () throws(Diagnostic) -> pid_t) throws(Diagnostic) -> pid_t {
    try live.withLock { groups throws(Diagnostic) in
      let pid = try body()
      groups.insert(pid)
      return pid
    }
  }

  /// Says that a group is about to be reaped, after which its number may name another.
  func forget(_ pid: pid_t) { live.withLock { _ = $0.remove(pid) } }

  /// Ends every group.
  func kill() { live.withLock { for pid in $0 { Glibc.kill(-pid, SIGKILL) } } }
}
