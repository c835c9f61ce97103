package import GateCore
import Glibc

/// How long before a file was hashed a change may have been made whose time does not tell it from one made after:
/// the ticks of a file system's clock, in nanoseconds, finer or of whole seconds.
private let ticks = (fine: 50_000_000, whole: 2_000_000_000)

extension DataFile.State {
  /// What the system says of an open file.
  init(_ descriptor: borrowing Descriptor, at place: String) throws(Diagnostic) {
    var found = stat()
    guard fstat(descriptor.number, &found) == 0 else {
      throw Diagnostic("cannot look at '\(place)': \(systemError())")
    }
    self.init(
      place: place, device: UInt64(found.st_dev), inode: UInt64(found.st_ino),
      bytes: Int(found.st_size), modified: found.st_mtim.nanoseconds,
      changed: found.st_ctim.nanoseconds)
  }

  /// Whether a change made after `time` could bear the same times.
  fileprivate func mayHide(after time: Int) -> Bool {
    let tick = changed % 1_000_000_000 == 0 ? ticks.whole : ticks.fine
    return max(changed, modified) >= time - tick
  }
}

extension timespec {
  /// As one number; times beyond what that holds are at its ends.
  fileprivate var nanoseconds: Int {
    let (whole, overflow) = tv_sec.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? (tv_sec < 0 ? .min : .max) : whole &+ tv_nsec
  }
}

/// A file opened once and hashed, with what tells later whether it was changed; `hold` may keep
/// the descriptor it was read from, and gives the path to read it by.
///
/// A file that `isHashedLater`, as it is read, has no digest yet. Throws a diagnostic when it cannot be read, or changes
/// while it is.
package func hashed(
  _ path: String, written: String, name: String, partitions: [DataFile.Partition] = [],
  isHashedLater: Bool = false, hold: (borrowing Descriptor) -> String? = { _ in nil }
) throws(Diagnostic) -> DataFile {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  let place = located(path)
  let descriptor = try openFile(path, written: written)
  let before = try DataFile.State(descriptor, at: place)
  let digest =
    isHashedLater
    ? Digest(sha256: "", bytes: before.bytes) : try sha256(descriptor, written: written)
  var state = try DataFile.State(descriptor, at: place)
  guard state == before, digest.bytes == state.bytes else { throw changed(written) }
  state.isFresh = state.mayHide(after: now.nanoseconds)
  return DataFile(
    path: hold(descriptor) ?? place, name: name, bytes: digest.bytes, sha256: digest.sha256,
    state: state, partitions: partitions)
}

/// The file with its digest, when it was found without one and nothing has read it since.
package func hash(_ file: DataFile) throws(Diagnostic) -> DataFile {
  guard file.digest == nil, let state = file.state else { return file }
  var known = file
  known.sha256 = try sha256(file: state.place, written: file.name).sha256
  return known
}

/// Throws a diagnostic when a file is not the one any more that was hashed; one that was changed so shortly before
/// that its times could hide another change is hashed again.
package func confirm(_ file: DataFile) throws(Diagnostic) {
  guard var state = file.state else { return }
  let isFresh = state.isFresh
  state.isFresh = false
  let written = file.name
  // Opened and not looked up by its path, since file systems on other machines answer that from memory.
  let descriptor: Descriptor
  do throws(Diagnostic) {
    descriptor = try openFile(state.place, written: written)
  } catch {
    throw Diagnostic(
      "'\(written)' was changed or removed while it was judged: \(error.message)",
      hint: changed(written).hint)
  }
  guard try DataFile.State(descriptor, at: state.place) == state else { throw changed(written) }
  guard isFresh else { return }
  guard try sha256(descriptor, written: written).sha256 == file.sha256,
    try DataFile.State(descriptor, at: state.place) == state
  else { throw changed(written) }
}

/// That a file was changed.
package func changed(_ written: String) -> Diagnostic {
  Diagnostic(
    "'\(written)' changed while it was judged, so that what was hashed is not what was judged",
    hint: "run again when nothing writes to it, or judge a copy")
}
