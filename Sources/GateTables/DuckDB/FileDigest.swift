internal import CDelimited
import GateCore
import GateSystem
import Synchronization

/// The SHA-256 of a file's bytes as a reader comes by them.
final class FileDigest: Sendable {
  private let stream: Mutex<(SHA256Stream, Diagnostic?)>

  /// Starts with nothing read.
  init() throws(Diagnostic) { stream = Mutex((try SHA256Stream(), nil)) }

  /// What a reader hands every byte to, with `context`.
  static let sink: delimited_sink = { context, bytes, count in
    guard let context else { return }
    let digest = Unmanaged<FileDigest>.fromOpaque(context).takeUnretainedValue()
    digest.stream.withLock { state in
      do throws(Diagnostic) {
        try state.0.update(UnsafeRawBufferPointer(start: bytes, count: count))
      } catch { state.1 = error }
    }
  }

  /// Itself as a reader passes it on; the reader must not outlive it.
  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// The digest in lower-case hexadecimal; nothing may be read after.
  func finish() throws(Diagnostic) -> String {
    let result = stream.withLock { state -> Result<String, Diagnostic> in
      if let mistake = state.1 { return .failure(mistake) }
      do throws(Diagnostic) { return .success(try state.0.finish()) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Refuses bytes that are not those the run has recorded.
  static func compare(
    _ found: String, with recorded: String?, of path: String, in table: String
  ) throws(Diagnostic) {
    guard let recorded, recorded != found else { return }
    throw Diagnostic(
      "\(table): '\(path)' changed while it was read: it no longer holds the bytes that were hashed",
      hint: "let nothing write to it during a check, and run it again")
  }

  /// Reads a packed file to its end: its digest, or what is wrong with it.
  static func ofPacked(_ path: String, in table: String) throws(Diagnostic) -> String {
    try digests(ofPacked: path, in: table, unpacks: false).packed
  }

  /// The digest of what comes out of a packed file.
  static func ofUnpacked(_ path: String, in table: String) throws(Diagnostic) -> String {
    try digests(ofPacked: path, in: table, unpacks: true).unpacked
  }

  private static func digests(
    ofPacked path: String, in table: String, unpacks: Bool
  ) throws(Diagnostic) -> (packed: String, unpacked: String) {
    let descriptor = try openFile(path, written: path)
    let (packed, unpacked) = (try FileDigest(), try FileDigest())
    let mistake = delimited_check_gzip(
      descriptor.number, sink, packed.context, unpacks ? sink : nil, unpacked.context)
    guard mistake.kind == DELIMITED_NO_MISTAKE else {
      throw mistake.diagnostic(of: path, in: table, separator: ",")
    }
    return (try packed.finish(), try unpacked.finish())
  }
}
