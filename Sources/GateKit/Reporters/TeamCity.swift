import GateCore

extension Reporter {
  /// Service messages of TeamCity.
  package static let teamcity = Reporter(
    "teamcity", summary: "TeamCity: service messages, a test a check.", fileExtension: "txt",
    marks: ["##teamcity[testSuiteStarted name='gatewright"]
  ) { report in
    let suite = value("gatewright \(report.manifest.name)")
    var lines = ["##teamcity[testSuiteStarted name='\(suite)']"]
    for check in report.checks {
      let name = value(check.id)
      if check.outcome == .skipped || check.outcome == .waived {
        lines.append("##teamcity[testIgnored name='\(name)' message='\(value(check.line))']")
        continue
      }
      lines.append("##teamcity[testStarted name='\(name)']")
      switch Concern(check) {
      case .stops?:
        let details = value(report.facts(of: check).map(\.visible).joined(separator: "\n"))
        lines.append(
          "##teamcity[testFailed name='\(name)' message='\(value(check.line))' details='\(details)']"
        )
      case .advises?:
        lines.append(
          "##teamcity[testStdOut name='\(name)' out='\(value("advisory, \(check.outcome.rawValue): \(check.line)"))']"
        )
      case nil: break
      }
      lines.append("##teamcity[testFinished name='\(name)']")
    }
    lines.append("##teamcity[testSuiteFinished name='\(suite)']")
    if report.verdict != .passed {
      lines.append("##teamcity[buildProblem description='\(value(report.headline.loggable()))']")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A value as TeamCity reads it back.
  private static func value(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "|": result += "||"
      case "'": result += "|'"
      case "[": result += "|["
      case "]": result += "|]"
      case "\n": result += "|n"
      case "\r": result += "|r"
      case _ where scalar.value > 0x7E || scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result +=
          scalar.value > 0xFFFF
          ? "?" : "|0x" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
