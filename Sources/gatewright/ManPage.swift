import GateCore

/// The manual page, in the man macros of roff.
enum ManPage {
  /// The whole page.
  static var text: String {
    var lines = [
      ".TH GATEWRIGHT 1 \"\" \"gatewright \(escaped(Main.version))\" \"User Commands\"",
      ".SH NAME", "gatewright \\- \(escaped(Help.summary))", ".SH SYNOPSIS",
      ".B gatewright", "\\fICOMMAND\\fR [\\fIFLAGS\\fR]", ".SH COMMANDS",
    ]
    for command in Command.shown { lines += section(command) }
    lines.append(".SH EXIT STATUS")
    for (code, meaning) in Help.exitCodes { lines += [".TP", ".B \(code)", escaped(meaning)] }
    lines += [
      ".SH ENVIRONMENT", ".TP", ".B NO_COLOR", "When not empty, the table has no colour.", ".TP",
      ".B FORCE_COLOR, CLICOLOR_FORCE", "When not empty, the table has colour.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// One verb.
  private static func section(_ command: Command) -> [String] {
    var lines = [
      ".SS \"\(escaped(Help.usage(command)))\"", escaped(command.summary.sentence),
    ]
    for paragraph in command.details { lines += [".PP", escaped(paragraph)] }
    for argument in command.arguments {
      lines += [".TP", ".I \(escaped(argument.name))", escaped(argument.summary.sentence)]
    }
    for flag in command.flags {
      let letter = flag.letter.map { "-\($0), " } ?? ""
      lines += [".TP", ".B \"\(escaped(letter + flag.usage))\"", escaped(flag.summary.sentence)]
    }
    for example in command.examples {
      lines += [
        ".PP", escaped(example.does.sentence), ".PP", ".RS", ".nf", escaped(example.line), ".fi",
        ".RE",
      ]
    }
    return lines
  }

  /// Text that roff takes for text.
  private static func escaped(_ text: String) -> String {
    var escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("\"", with: "\\(dq")
    if escaped.hasPrefix(".") || escaped.hasPrefix("'") { escaped = "\\&" + escaped }
    return escaped
  }
}

extension String {
  /// With a capital and a full stop.
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
