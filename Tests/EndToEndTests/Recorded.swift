import Foundation
import Testing

/// A committed file that is compared with what the code makes now.
enum Recorded {
  /// The root of the package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Compares; with GATEWRIGHT_RECORD=1 writes the file, and fails so that nobody records by accident.
  static func expect(
    _ text: String, in path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = root.appending(path: path)
    if ProcessInfo.processInfo.environment["GATEWRIGHT_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded '\(path)'; look at it, then run again", sourceLocation: sourceLocation)
      return
    }
    guard let wanted = try? Data(contentsOf: file) else {
      Issue.record(
        "'\(path)' is not there; run with GATEWRIGHT_RECORD=1", sourceLocation: sourceLocation)
      return
    }
    guard Data(text.utf8) != wanted else { return }
    let old = String(decoding: wanted, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line =
      zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(old.count, new.count)
    Issue.record(
      """
      '\(path)' differs at line \(line + 1):
      committed: \(old.indices.contains(line) ? old[line] : "(end)")
      made now:  \(new.indices.contains(line) ? new[line] : "(end)")
      if that is right, run with GATEWRIGHT_RECORD=1
      """, sourceLocation: sourceLocation)
  }
}
