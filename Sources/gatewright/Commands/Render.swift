import GateCore
import GateKit

extension Command {
  /// Renders a stored report.
  static let render = Command(
    "render", "render a stored report again",
    details: [
      "Exits with 0 when all was written, whatever the report's verdict.",
      "It prints the table, unless --quiet. A report that says passed against its own checks is refused.",
    ],
    arguments: [Argument("REPORT", "a report in the json format", completion: .files)],
    flags: [.report, .color, .all, .quiet],
    examples: [
      ("gatewright render report.json --report junit=gatewright.xml", "make JUnit of a record")
    ]
  ) { invocation in
    let path = invocation.arguments[0]
    let outputs = try ReportOutputs(invocation)
    try outputs.spare([path])
    let report = try RecordFiles.read(path).report
    return outputs.publish(report) ? ExitCode.done : ExitCode.error
  }
}
