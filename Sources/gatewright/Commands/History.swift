import GateCore
import GateKit

extension Command {
  /// Shows every check over many records.
  static let history = Command(
    "history", "show each check's values over many records",
    details: [
      "Reads every file below the folder whose name ends in .json, and sorts them by manifest and by the time in the "
        + "record, then by name. Each check has its values, its latest limit and margin left, the last change, and since when it has its outcome.",
      "A file that is no record is named on standard error and makes the exit code 2; the others are shown all the same.",
    ],
    arguments: [Argument("FOLDER", "a folder of reports in the json format", completion: .files)],
    flags: [.format, .output],
    examples: [
      (
        "gatewright history records --format html -o history.html",
        "a page with a line for each check"
      )
    ]
  ) { invocation in
    let format = try invocation.sheetFormat()
    try invocation.checkOutput(reading: invocation.arguments)
    let found = try RecordFiles.below(invocation.arguments[0])
    let code = found.tell()
    guard !found.records.isEmpty else { return code }
    let history = History(found.records)
    let written = try invocation.deliver(format.write(history.sheet, json: history.json))
    return written == ExitCode.done ? code : written
  }
}
