import GateBackends
import GateKit
import Glibc

/// How the program ends when it is told to: no child and no temporary file stays behind.
enum Ending {
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// Ends children, removes temporary files and then dies of the signal itself, whenever one comes.
  static func watchSignals() {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    // Threads made from here on inherit the mask; those made before take no signal that one of them blocks.
    pthread_sigmask(SIG_BLOCK, &set, nil)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        var set = sigset_t()
        sigemptyset(&set)
        for signal in Ending.signals { sigaddset(&set, signal) }
        var caught: Int32 = 0
        guard sigwait(&set, &caught) == 0 else { return nil }
        Subprocess.killAll()
        TemporaryFolder.removeAll()
        signal(caught, SIG_DFL)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        kill(getpid(), caught)
        return nil
      }, nil)
  }

  /// This program's own file, for the workers.
  static func executable() throws(Diagnostic) -> String {
    guard let path = realPath("/proc/self/exe") else {
      throw Diagnostic("cannot find this program's own file through /proc/self/exe")
    }
    return path
  }
}
