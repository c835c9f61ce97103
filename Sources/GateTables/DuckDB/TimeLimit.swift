import GateCore
import GateSystem
import Glibc
import Synchronization

/// How long reading and SQL may take in one run: counts the time in which any of it runs, and stops it when that is
/// over.
final class TimeLimit: Sendable {
  /// What became of the time.
  private struct Count {
    /// How much runs now, and since when anything does.
    var running = 0
    var since: UInt64 = 0
    /// Nanoseconds of what is done.
    var spent: UInt64 = 0
    /// Whether nobody waits for the end any more.
    var isDone = false
  }

  /// How many seconds what runs may go on once it has been told to stop.
  private static let patience = 10.0
  private let seconds: Double
  private let count = Mutex(Count())
  /// Ends the program when what runs does not stop by itself.
  private let giveUp: (@Sendable (Diagnostic) -> Void)?

  /// A limit of which nothing is spent.
  init(seconds: Double, giveUp: (@Sendable (Diagnostic) -> Void)? = nil) {
    self.seconds = seconds
    self.giveUp = giveUp
  }

  /// Runs `body` within the limit.
  ///
  /// Throws a temporary diagnostic when the limit is over before it, or was what ended it.
  func within<T>(_ what: String, _ body: () throws(Diagnostic) -> T) throws(Diagnostic) -> T {
    guard !isOver else { throw over(what) }
    count.withLock { count in
      if count.running == 0 { count.since = Subprocess.now }
      count.running += 1
    }
    defer {
      count.withLock { count in
        count.running -= 1
        if count.running == 0 { count.spent += Subprocess.now - count.since }
      }
    }
    do throws(Diagnostic) {
      return try body()
    } catch {
      throw isOver ? over(what) : error
    }
  }

  /// Calls `stop` again and again once the limit is over, from a thread of its own, until `end`.
  func watch(_ stop: @escaping @Sendable () -> Void) {
    let task = Unmanaged.passRetained(Watch(limit: self, stop: stop)).toOpaque()
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { task in
        task.map { Unmanaged<Watch>.fromOpaque($0).takeRetainedValue() }?.run()
        return nil
      }, task)
    if failed == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<Watch>.fromOpaque(task).release()
    }
  }

  /// Says that nothing will run any more.
  func end() { count.withLock { $0.isDone = true } }

  /// Whether nothing may run any more.
  var isOver: Bool { spent >= seconds }

  /// Seconds in which anything has run.
  private var spent: Double {
    count.withLock { count in
      Double(count.spent + (count.running > 0 ? Subprocess.now - count.since : 0)) * 1e-9
    }
  }

  /// That the time was over.
  private func over(_ what: String) -> Diagnostic {
    let unit = seconds >= 60 && seconds.truncatingRemainder(dividingBy: 60) == 0 ? "min" : "s"
    let amount = unit == "min" ? seconds / 60 : seconds
    let text = (Int(exactly: amount).map { "\($0)" } ?? "\(amount)") + unit
    return Diagnostic(
      "\(what): reading and SQL took longer than the \(text) they may",
      hint: "give them more, as in 'limits: {time: 30min}', or look at the SQL", temporary: true)
  }

  /// The thread that waits for the end of the limit.
  private final class Watch: Sendable {
    let limit: TimeLimit
    let stop: @Sendable () -> Void

    /// Waits for nothing yet.
    init(limit: TimeLimit, stop: @escaping @Sendable () -> Void) {
      self.limit = limit
      self.stop = stop
    }

    /// Looks at the limit until it is not wanted any more.
    func run() {
      while true {
        usleep(50_000)
        let (isDone, isRunning) = limit.count.withLock { ($0.isDone, $0.running > 0) }
        if isDone { return }
        guard isRunning else { continue }
        let over = limit.spent - limit.seconds
        if over >= 0 { stop() }
        if over >= TimeLimit.patience { limit.giveUp?(limit.over("judging")) }
      }
    }
  }
}
