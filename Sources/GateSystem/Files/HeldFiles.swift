import Glibc
import Synchronization

/// Files that stay open from when they are hashed to the end of the run, so that what is read later is the same
/// file whatever has come to stand at its path.
package final class HeldFiles: Sendable {
  private let numbers = Mutex<[Int32]>([])
  /// How many may be open: half of what the process may have, for the engine opens each again.
  private let most: Int

  /// Holds nothing yet.
  package init() {
    var limit = rlimit()
    let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
    most = isKnown ? Int(min(limit.rlim_cur, 8192)) / 2 : 0
  }

  deinit { for number in numbers.withLock({ $0 }) { close(number) } }

  /// Keeps a file open, and gives the path that it can be read by; nil: it is read by its own.
  package func hold(_ descriptor: borrowing Descriptor) -> String? {
    let number = descriptor.number
    return numbers.withLock { numbers in
      guard numbers.count < most else { return nil }
      let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0 else { return nil }
      let path = "/proc/self/fd/\(copy)"
      guard access(path, R_OK) == 0 else {
        close(copy)
        return nil
      }
      numbers.append(copy)
      return path
    }
  }
}
