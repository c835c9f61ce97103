/// What `--help` and `help` print.
enum Help {
  /// What the program is for.
  static let summary = "the quality gate between a trained model and production"

  /// The list of verbs.
  static var short: String {
    """
    gatewright: \(summary)

    usage: gatewright COMMAND [FLAGS]

    commands:
    \(rows(Command.shown.map { ($0.name, $0.summary) }))

    exit codes:
    \(rows(exitCodes))

    'gatewright help COMMAND' says more; 'gatewright --version' prints the version.

    """
  }

  /// The codes and what they mean.
  static let exitCodes = [
    ("0", "passed"), ("1", "failed: a blocking check does not hold"),
    ("2", "error: it could not be judged, the manifest is wrong, or a report was not written"),
    ("3", "inconclusive: too few rows to tell"), ("64", "wrong usage"),
    ("70", "a bug in Gatewright"), ("75", "a temporary cause, such as a time limit: try again"),
  ]

  /// One verb.
  static func page(_ command: Command) -> String {
    var parts = ["gatewright \(command.name): \(command.summary)", "usage: \(usage(command))"]
    parts += command.details.map { wrapped($0, indent: 0) }
    if !command.arguments.isEmpty {
      parts.append("arguments:\n" + rows(command.arguments.map { ($0.name, $0.summary) }))
    }
    let flags = command.flags.map { flag in
      ((flag.letter.map { "-\($0), " } ?? "    ") + flag.usage, flag.summary)
    }
    parts.append("flags:\n" + rows(flags))
    if !command.examples.isEmpty {
      parts.append(
        "examples:\n"
          + command.examples.map { "  \($0.line)\n      \($0.does)" }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The verb with its arguments.
  static func usage(_ command: Command) -> String {
    (["gatewright", command.name] + command.arguments.map(\.usage) + ["[FLAGS]"])
      .joined(separator: " ")
  }

  /// Names beside what they mean, aligned, indented by two.
  static func rows(_ rows: [(String, String)], columns: Int = 90) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, summary in
      let space = String(repeating: " ", count: width - name.count + 2)
      let text = wrapped(summary, indent: width + 4, columns: columns)
      return "  " + name + space + text.drop { $0 == " " }
    }.joined(separator: "\n")
  }

  /// Every line after that many spaces.
  static func indented(_ text: String, by count: Int) -> String {
    let space = String(repeating: " ", count: count)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : space + $0 }.joined(separator: "\n")
  }

  /// Lines of at most so many columns, each after `indent` spaces.
  static func wrapped(_ text: String, indent: Int, columns: Int = 90) -> String {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, indent + last.count + 1 + word.count <= columns {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return indented(lines.joined(separator: "\n"), by: indent)
  }
}

extension [String] {
  /// Words of which one is meant: 'a, b or c'.
  var alternatives: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " or \(self[count - 1])"
  }
}
