import GateCore

extension Reporter {
  /// Logging commands of Azure Pipelines.
  package static let azure = Reporter(
    "azure", summary: "Azure Pipelines: a logging command a check that did not pass.",
    fileExtension: "txt", marks: ["##[section]gatewright"]
  ) { report in
    let lines = report.concerns.map { check, concern in
      var properties = ["type=\(concern == .stops ? "error" : "warning")"]
      if let place = check.location {
        properties += [
          "sourcepath=\(property(place.file))", "linenumber=\(place.line)",
          "columnnumber=\(place.column)",
        ]
      }
      properties.append("code=\(property(check.id))")
      return "##vso[task.logissue \(properties.joined(separator: ";"));]\(check.line)"
    }
    return (["##[section]gatewright: \(report.headline.loggable())"] + lines)
      .map { $0 + "\n" }.joined()
  }

  /// A property as the agent reads it back.
  private static func property(_ text: String) -> String {
    text.visible.replacing("%", with: "%AZP25").replacing(";", with: "%3B").replacing(
      "]", with: "%5D")
  }
}
