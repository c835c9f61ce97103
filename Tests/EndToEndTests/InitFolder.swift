import Foundation
import Testing

/// A folder with files in which `init` and then `check` is run.
struct InitFolder {
  let url: URL

  /// A folder with these texts.
  init(_ files: [String: String] = [:]) throws {
    url = try CommandLineRun.temporaryFolder()
    for (name, text) in files { try write(text, to: name) }
  }

  /// A folder that is there.
  init(at url: URL) { self.url = url }

  /// Writes a file and the folders it stands in.
  func write(_ text: String, to name: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Copies a model of the fixtures.
  func copyModel(_ name: String, to place: String) throws {
    try FileManager.default.copyItem(
      at: CommandLineRun.root.appending(path: "Tests/GateBackendsTests/Fixtures/\(name)"),
      to: url.appending(path: place))
  }

  /// Runs the program there in the environment of these tests, in which it finds its libraries.
  func run(_ words: [String]) throws -> CommandLineRun.Result {
    try CommandLineRun.run(words, in: url, environment: ProcessInfo.processInfo.environment)
  }

  /// Runs `init` and then `check`; the manifest, which must be judged, and the code of the check.
  func judged(
    _ words: [String] = [], _ place: SourceLocation = #_sourceLocation
  ) throws -> (manifest: String, code: Int32) {
    let written = try run(["init", "-m", "made.yaml"] + words)
    #expect(written.code == 0, "\(written.stderr)", sourceLocation: place)
    #expect(
      written.stdout.contains("then run 'gatewright check'"), "\(written.stdout)",
      sourceLocation: place)
    let check = try run(["check", "-m", "made.yaml"])
    #expect(
      [0, 1, 3].contains(check.code), "\(check.stdout)\(check.stderr)", sourceLocation: place)
    return (
      try String(contentsOf: url.appending(path: "made.yaml"), encoding: .utf8), check.code
    )
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}

/// Rows of small tables; not random, so that the tests give the same every time.
enum InitRows {
  /// A header and 120 rows.
  static func csv(
    _ head: String, separator: String = ",", _ row: (Int) -> [String]
  ) -> String {
    let rows = (0..<120).map { row($0).joined(separator: separator) }
    return ([head] + rows).joined(separator: "\n") + "\n"
  }

  /// A number in 0 to 1 that looks like chance.
  static func noise(_ place: Int, _ seed: Int) -> Double {
    Double((place * 7919 + seed * 104_729) % 997) / 997
  }

  /// Three decimals.
  static func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
