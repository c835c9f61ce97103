import GateCore
import GateKit

/// A report that was asked for.
struct ReportFile: Sendable {
  /// Its format.
  let reporter: Reporter
  /// Where it goes; `-`: stdout.
  let path: String

  /// Where the path leads, to tell two paths of one file; `-`: stdout.
  var place: String { path == "-" ? path : Output.place(path) }

  /// Whether another report would take the place of this one: at one path, or by two names of one file.
  func isSamePlace(as other: ReportFile) -> Bool {
    if place == other.place { return true }
    guard path != "-", other.path != "-", let identity = Output.identity(of: path) else {
      return false
    }
    return identity == Output.identity(of: other.path)
  }

  /// Why no report can be written there; nil: one can.
  var obstacle: Diagnostic? {
    guard path != "-", let found = Output.obstacle(at: path) else { return nil }
    return Diagnostic(
      "the report \(reporter.id) would go to '\(path)', which is \(found) and no file",
      hint: "name a file, or '-' for standard output")
  }

  /// Reads `FORMAT=PATH`; throws wrong usage with the nearest format.
  init(_ text: String) throws(Usage) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw Usage("'--report' is '\(text)', wanted FORMAT=PATH", hint: "as in junit=gatewright.xml")
    }
    let format = String(parts[0])
    guard let reporter = Reporters.named(format) else {
      let ids = Reporters.all.map(\.id)
      throw Usage(
        "unknown report format '\(format)'",
        hint: format.nearest(in: ids).map { "did you mean '\($0)'" }
          ?? "known are \(ids.joined(separator: ", "))")
    }
    self.init(reporter, path: String(parts[1]))
  }

  /// A report that the manifest asks for, its path made whole.
  init(_ reporter: Reporter, path: String) {
    self.reporter = reporter
    self.path = path == "/dev/stdout" ? "-" : path
  }
}
