import GateCore
import GateKit
import GateSystem
import Glibc

/// A CI system that is known by its variables, and what it reads of a report without being told.
struct CISystem: Sendable {
  /// As its makers write it.
  let name: String
  /// The variable that says that this is one of its jobs.
  let variable: String
  /// What it is given.
  let deliveries: [Delivery]

  /// A report on its way to where the system reads it.
  struct Delivery: Sendable {
    let reporter: Reporter
    let target: Target
  }

  /// Where a system reads a report.
  enum Target: Sendable {
    /// At the end of the file that a variable names.
    case appended(variable: String)
    /// In the job's log.
    case log
    /// A file in the folder `gatewright-reports` beside the manifest.
    case file(String)
    /// A file in the folder that a variable names, told of by a line in the job's log.
    case announced(folder: String, name: String, line: @Sendable (_ path: String) -> String)
  }

  /// Every system; a new one is a line here.
  static let all: [CISystem] = [
    CISystem(
      name: "GitHub Actions", variable: "GITHUB_ACTIONS",
      deliveries: [
        Delivery(reporter: .github, target: .log),
        Delivery(reporter: .markdown, target: .appended(variable: "GITHUB_STEP_SUMMARY")),
        Delivery(reporter: .githubOutput, target: .appended(variable: "GITHUB_OUTPUT")),
      ]),
    CISystem(
      name: "GitLab CI", variable: "GITLAB_CI",
      deliveries: [
        Delivery(reporter: .junit, target: .file("junit.xml")),
        Delivery(reporter: .gitlabCodeQuality, target: .file("gl-code-quality-report.json")),
        Delivery(reporter: .openmetrics, target: .file("metrics.txt")),
        Delivery(reporter: .dotenv, target: .file("gatewright.env")),
      ]),
    CISystem(
      name: "Azure Pipelines", variable: "TF_BUILD",
      deliveries: [
        Delivery(reporter: .azure, target: .log),
        Delivery(
          reporter: .markdown,
          target: .announced(folder: "AGENT_TEMPDIRECTORY", name: "gatewright.md") {
            "##vso[task.uploadsummary]\($0)"
          }),
      ]),
    CISystem(
      name: "TeamCity", variable: "TEAMCITY_VERSION",
      deliveries: [Delivery(reporter: .teamcity, target: .log)]),
    CISystem(
      name: "CircleCI", variable: "CIRCLECI",
      deliveries: [Delivery(reporter: .junit, target: .file("junit.xml"))]),
    CISystem(
      name: "Buildkite", variable: "BUILDKITE",
      deliveries: [
        Delivery(reporter: .buildkite, target: .file("annotation.md")),
        Delivery(reporter: .junit, target: .file("junit.xml")),
      ]),
  ]

  /// The system that this is a job of; nil: none that is known.
  static var here: CISystem? {
    all.first { system in
      Variables[system.variable].map { !["", "false", "False", "0"].contains($0) } ?? false
    }
  }

  /// Gives the system its reports and says where they are; what cannot be written is said, and changes no verdict.
  func deliver(_ report: Report, beside folder: String) {
    var told: [String] = []
    for delivery in deliveries {
      do throws(Diagnostic) {
        told.append("\(delivery.reporter.id) in \(try deliver(delivery, report, folder))")
      } catch {
        Output.note(
          "gatewright: the report for \(name) was not written: \(error.sentence)\n")
      }
    }
    if !told.isEmpty {
      Output.note(
        "gatewright: for \(name), \(told.joined(separator: ", ")) ('--no-ci' leaves them out)\n")
    }
  }

  /// Puts one report where it is read; gives the place in words.
  private func deliver(
    _ delivery: Delivery, _ report: Report, _ folder: String
  ) throws(Diagnostic) -> String {
    let text = delivery.reporter.render(report)
    switch delivery.target {
    case .log:
      Output.note(text)
      return "this log"
    case .appended(let variable):
      guard let path = Variables[variable] else {
        throw Diagnostic("\(variable) is not set")
      }
      try append(Array(text.utf8), to: path)
      return "\(variable)"
    case .file(let name):
      let path = "\(folder)/gatewright-reports/\(name)"
      try writeWhole(Array(text.utf8), to: path)
      return path
    case .announced(let variable, let name, let line):
      guard let place = Variables[variable] else {
        throw Diagnostic("\(variable) is not set")
      }
      let path = "\(place)/\(name)"
      try writeWhole(Array(text.utf8), to: path)
      Output.note(line(path) + "\n")
      return path
    }
  }
}

/// Writes behind what a file holds.
private func append(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
  let number = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
  guard number >= 0 else { throw Diagnostic("cannot write '\(path)': \(systemError())") }
  let file = Descriptor(number)
  try bytes.withUnsafeBufferPointer { (bytes) throws(Diagnostic) in
    try write(UnsafeRawBufferPointer(bytes), to: file, path: path)
  }
}
