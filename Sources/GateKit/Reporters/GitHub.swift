import GateCore

extension Reporter {
  /// Workflow commands that put what did not pass beside the lines of the manifest.
  package static let github = Reporter(
    "github", summary: "GitHub annotations: a workflow command a check that did not pass.",
    fileExtension: "txt", marks: ["::notice title=gatewright"]
  ) { GitHub($0).lines.map { $0 + "\n" }.joined() }

  /// What later steps of a workflow read.
  package static let githubOutput = Reporter(
    "github-output", summary: "GITHUB_OUTPUT: the verdict and the counts as outputs of a step.",
    fileExtension: "txt", marks: ["verdict="]
  ) { report in report.counts.map { "\($0.name)=\($0.value)\n" }.joined() }
}

/// A report as commands of GitHub's runner.
private struct GitHub {
  let report: Report
  /// Of each level that the runner shows of one step.
  private static let most = 9

  init(_ report: Report) { self.report = report }

  /// The commands, one a line; the runner shows the first ten of a level.
  var lines: [String] {
    var lines = ["::notice title=gatewright::\(Self.data(report.headline.loggable()))"]
    let concerns = report.concerns
    for (concern, command) in [(Concern.stops, "error"), (.advises, "warning")] {
      let checks = concerns.filter { $0.concern == concern }.map(\.check)
      lines += checks.prefix(Self.most).map { line($0, command) }
      if checks.count > Self.most {
        lines.append(
          "::\(command) title=gatewright::\(checks.count - Self.most) more; the summary has them all"
        )
      }
    }
    return lines
  }

  private func line(_ check: Check, _ command: String) -> String {
    var properties: [(String, String)] = []
    if let place = check.location {
      properties = [
        ("file", place.file), ("line", "\(place.line)"), ("col", "\(place.column)"),
      ]
    }
    properties.append(("title", String(check.id.loggable(250).prefix(255))))
    let text = properties.map { "\($0)=\(Self.property($1.visible))" }.joined(separator: ",")
    return "::\(command) \(text)::\(Self.data(check.line))"
  }

  /// A message as the runner reads it back.
  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// A property as the runner reads it back.
  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

extension Report {
  /// The verdict and how many checks had which outcome, by names that any shell takes.
  var counts: [(name: String, value: String)] {
    [("verdict", verdict.rawValue), ("exit_code", "\(exitCode)"), ("checks", "\(checks.count)")]
      + Outcome.allCases.map { outcome in
        (outcome.rawValue, "\(checks.count { $0.outcome == outcome })")
      }
  }
}
