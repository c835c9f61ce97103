import GateCore
import GateKit

extension Command {
  /// Says what changed between two records.
  static let compare = Command(
    "compare", "say what changed between two records",
    details: [
      "The verdict, checks whose outcome changed (the worst first), limits, new and gone checks, values with the "
        + "margin left, and which models, data and manifest have another hash.",
      "The margin left is the distance of a figure to its limit, and the share of the limit that it is; below 0 the "
        + "limit does not hold. Exits with 0 when all was written, whatever the verdicts.",
    ],
    arguments: [
      Argument("BEFORE", "a report in the json format", completion: .files),
      Argument("AFTER", "a later one", completion: .files),
    ],
    flags: [.format, .output],
    examples: [
      (
        "gatewright compare main.json report.json --format markdown",
        "what a pull request changes, for a comment"
      )
    ]
  ) { invocation in
    let format = try invocation.sheetFormat()
    try invocation.checkOutput(reading: invocation.arguments)
    let comparison = Comparison(
      try RecordFiles.read(invocation.arguments[0]), try RecordFiles.read(invocation.arguments[1]))
    return try invocation.deliver(format.write(comparison.sheet, json: comparison.json))
  }
}
