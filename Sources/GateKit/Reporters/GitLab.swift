import GateCore

extension Reporter {
  /// GitLab's code quality report, which a merge request shows beside the manifest's lines.
  package static let gitlabCodeQuality = Reporter(
    "gitlab-codequality",
    summary:
      "GitLab code quality: an issue a check that did not pass, at its line of the manifest.",
    fileExtension: "json", marks: ["[\n  {\n    \"description\": \"gatewright"]
  ) { report in
    // The first is there whatever the verdict, so that the widget has something to compare with.
    let verdict = issue(
      "gatewright: \(report.headline.loggable())", name: "verdict", key: report.manifest.name,
      severity: "info", file: report.manifest.path, line: 1)
    return JSON.array(
      [verdict]
        + report.concerns.map { check, concern in
          issue(
            "\(check.id.visible): \(check.line)", name: check.gate,
            key: "\(report.manifest.path) \(check.id)",
            severity: concern == .advises
              ? "minor" : check.outcome == .failed ? "critical" : "major",
            file: check.location?.file ?? report.manifest.path, line: check.location?.line ?? 1)
        }
    ).text
  }

  /// One issue; the same key is the same issue from run to run.
  private static func issue(
    _ text: String, name: String, key: String, severity: String, file: String, line: Int
  ) -> JSON {
    .object([
      JSON.Member("description", .string(text)),
      JSON.Member("check_name", .string("gatewright/\(name.visible)")),
      JSON.Member("fingerprint", .string("gatewright \(key.visible)")),
      JSON.Member("severity", .string(severity)),
      JSON.Member(
        "location",
        .object([
          JSON.Member("path", .string(file.visible)),
          JSON.Member("lines", .object([JSON.Member("begin", .integer(max(1, line)))])),
        ])),
    ])
  }
}
