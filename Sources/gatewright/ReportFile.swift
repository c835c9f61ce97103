import GateKit
import Glibc

/// A report that was asked for.
struct ReportFile: Sendable {
  /// Its format.
  let reporter: Reporter
  /// Where it goes; `-`: stdout.
  let path: String

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
    self.reporter = reporter
    path = String(parts[1])
  }
}

extension ReportFile {
  /// Throws when two reports go to one place.
  static func refuseRepeats(_ files: [ReportFile]) throws(Diagnostic) {
    for (index, file) in files.enumerated()
    where files[..<index].contains(where: { $0.path == file.path }) {
      throw Diagnostic("two reports go to '\(file.path)'", hint: "give each a path of its own")
    }
  }

  /// Removes what an earlier run left at the path, so that a run that is killed leaves none that says passed.
  func removeEarlier() throws(Diagnostic) {
    var found = stat()
    guard path != "-", lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return }
    guard unlink(path) == 0 else {
      throw Diagnostic(
        "cannot remove the earlier report '\(path)': \(String(cString: strerror(errno)))")
    }
  }
}

extension Invocation {
  /// The reports of the command line; two that go to one place are refused.
  func reports() throws(Usage) -> [ReportFile] {
    var files: [ReportFile] = []
    for text in values(.report) {
      let file = try ReportFile(text)
      guard !files.contains(where: { $0.path == file.path }) else {
        throw command.wrong("two reports go to '\(file.path)'")
      }
      files.append(file)
    }
    return files
  }

  /// Writes every report, then the table unless stdout holds a report or `--quiet` is given.
  ///
  /// Whether all was written; what was not is said on stderr, and the rest is written all the same.
  func publish(_ report: Report, to files: [ReportFile]) throws(Usage) -> Bool {
    var isWhole = true
    let terminal = try Terminal(self)
    for file in files {
      isWhole =
        attempt { () throws(Diagnostic) in
          let text = file.reporter.render(report)
          if file.path == "-" {
            try Output.print(text)
          } else {
            try Output.write(text, to: file.path)
          }
        } && isWhole
    }
    if !has(.quiet), !files.contains(where: { $0.path == "-" }) {
      isWhole =
        attempt { () throws(Diagnostic) in try Output.print(terminal.table(report)) } && isWhole
    }
    return isWhole
  }

  /// Publishes the report of a run; returns its exit code, which is not 0 when something was not written.
  func conclude(_ report: Report, to files: [ReportFile]) throws(Usage) -> Int32 {
    let isWhole = try publish(report, to: files)
    return isWhole || report.exitCode != 0 ? report.exitCode : ExitCode.error
  }

  /// Whether `body` did its work; says on stderr why not.
  private func attempt(_ body: () throws(Diagnostic) -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      Output.note(error.rendered + "\n")
      return false
    }
  }
}
