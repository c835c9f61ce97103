import GateCore

extension Reporter {
  /// Variables for later jobs, as GitLab's dotenv reports take them.
  package static let dotenv = Reporter(
    "dotenv", summary: "Variables for later jobs: the verdict and the counts.",
    fileExtension: "env",
    marks: ["GATEWRIGHT_VERDICT="]
  ) { report in
    report.counts.map { "GATEWRIGHT_\($0.name.uppercased())=\($0.value)\n" }.joined()
  }

  /// All of the verdict in one line of JSON, for whatever reads the last line of a log.
  static let line = Reporter(
    "line",
    summary: "One line of JSON: the manifest's name, the verdict, the counts, what did not pass.",
    fileExtension: "json", marks: ["{\"gatewright\":"]
  ) { report in
    let failing = report.concerns.filter { $0.concern == .stops }.prefix(20).map { $0.check.id }
    let members =
      [JSON.Member("gatewright", .string(report.manifest.name))]
      + report.counts.map { name, value in
        JSON.Member(name, Int(value).map(JSON.integer) ?? .string(value))
      } + [JSON.Member("not_passed", .array(failing.map(JSON.string)))]
    return "{"
      + members.map { "\(JSON.string($0.key).line):\($0.value.line)" }.joined(separator: ",")
      + "}\n"
  }
}
