import GateCore
import GateKit
import GateSystem

extension Flag {
  /// Where the board is written.
  fileprivate static let boardOutput = Flag(
    "output", letter: "o",
    "a folder for the board and each model's pages, or a file that ends in .html for the board alone",
    value: "PATH", completion: .files)
}

extension Command {
  /// Writes one page for many models.
  static let board = Command(
    "board", "write one page for many models from their records",
    details: [
      "Reads every file below the folder whose name ends in .json. Each manifest's newest record is a row: its verdict and "
        + "since when it is that, the smallest margin left of a blocking check, the oldest waiver, and what has drifted.",
      "In a folder the board is index.html, and beside it stand each model's newest report and its history: static pages "
        + "without script, for any web server.",
      "A file that is no record is named on standard error and makes the exit code 2; the board is written all the same.",
    ],
    arguments: [Argument("FOLDER", "a folder of reports in the json format", completion: .files)],
    flags: [.boardOutput],
    examples: [("gatewright board records -o public", "a board for GitLab or GitHub Pages")]
  ) { invocation in
    guard let output = invocation.output else {
      throw invocation.command.wrong(
        "'--output' is missing: a folder, or a file that ends in .html")
    }
    try invocation.checkOutput(reading: invocation.arguments)
    let found = try RecordFiles.below(invocation.arguments[0])
    let code = found.tell()
    guard !found.records.isEmpty else { return code }
    let board = Board(found.records)
    guard !output.hasSuffix(".html") else {
      try Output.write(board.sheet(pages: false).html, to: output)
      return code
    }
    if status(output).map({ !$0.isFolder }) ?? false {
      throw Diagnostic(
        "'\(output)' is a file, wanted a folder or a name that ends in .html",
        hint: "name a folder with '--output'")
    }
    for model in board.models {
      try Output.write(Reporter.html.render(model.report), to: "\(output)/\(model.key).html")
      try Output.write(model.history.sheet.html, to: "\(output)/\(model.key)-history.html")
    }
    try Output.write(board.sheet(pages: true).html, to: "\(output)/index.html")
    return code
  }
}
