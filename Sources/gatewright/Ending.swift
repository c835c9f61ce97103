import GateBackends
import GateKit
import Glibc

/// How the program ends when it is told to: no child and no temporary file stays behind.
enum Ending {
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// Where the handler tells the thread below which signal came.
  nonisolated(unsafe) private static var news: Int32 = -1

  /// Ends children, removes temporary files and then dies of the signal itself, whenever one comes.
  ///
  /// By handlers and not by a mask: the first thread waits in libdispatch with no signal blocked, so
  /// a signal that every other thread blocks would end the program there and then. What is ignored
  /// already stays so.
  static func watchSignals() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    news = ends[1]
    var thread = pthread_t()
    let source = UnsafeMutableRawPointer(bitPattern: Int(ends[0]))
    pthread_create(
      &thread, nil,
      { source in
        var number: UInt8 = 0
        while read(Int32(Int(bitPattern: source)), &number, 1) != 1 {}
        Ending.end(by: Int32(number))
        return nil
      }, source)
    for number in signals {
      var old = sigaction()
      sigaction(number, nil, &old)
      if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1 { continue }
      signal(number) { number in
        let kept = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(Ending.news, &byte, 1)
        errno = kept
      }
    }
  }

  /// Cleans up, then dies of the signal.
  private static func end(by number: Int32) {
    Subprocess.killAll()
    TemporaryFolder.removeAll()
    signal(number, SIG_DFL)
    kill(getpid(), number)
  }

  /// This program's own file, for the workers.
  static func executable() throws(Diagnostic) -> String {
    guard let path = realPath("/proc/self/exe") else {
      throw Diagnostic("cannot find this program's own file through /proc/self/exe")
    }
    return path
  }
}
