internal import CProcess
package import GateCore
import Glibc

/// What becomes of a crash of this program.
package enum Crashes {
  /// Has a crash remove the run's temporary folders and end with 70, or with 75 where memory has run out, each with
  /// its own sentence; a signal of that kind from outside removes them and ends the program by itself.
  package static func watch(bug: Diagnostic, exhausted: Diagnostic) throws(Diagnostic) {
    let failed = process_watch_crashes(bug.rendered + "\n", exhausted.rendered + "\n")
    guard failed == 0 else {
      throw Diagnostic("could not watch for crashes: \(systemError(failed))", temporary: true)
    }
  }
}
