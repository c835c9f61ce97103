import GateCore

extension Reporter {
  /// A page for a job's summary or a comment.
  package static let markdown = Reporter(
    "markdown", summary: "GitHub-flavoured Markdown: a job's summary, within 900 KiB.",
    fileExtension: "md", marks: [Markdown.mark]
  ) { Markdown($0, budget: 900 << 10).text }

  /// The same, short enough for a comment on a pull request.
  package static let comment = Reporter(
    "comment",
    summary: "Markdown for a comment on a pull or merge request, within 65,000 characters.",
    fileExtension: "md", marks: [Markdown.mark]
  ) { Markdown($0, budget: 65_000).text }

  /// The same, for an annotation of a build.
  package static let buildkite = Reporter(
    "buildkite", summary: "Markdown for a Buildkite annotation, within a megabyte.",
    fileExtension: "md", marks: [Markdown.mark]
  ) { Markdown($0, budget: 1 << 20).text }
}

/// A report as Markdown, in which nothing that comes from data is read as Markdown.
struct Markdown {
  /// How the page begins, by which a comment is found again.
  static let mark = "<!-- gatewright:report:"

  let report: Report
  /// The most bytes.
  let budget: Int

  init(_ report: Report, budget: Int) { (self.report, self.budget) = (report, budget) }

  /// The parts in order; those that do not fit any more are counted at the end.
  var text: String {
    var text = head
    var left: [String: Int] = [:]
    let reserve = 600
    for part in parts {
      for (place, line) in part.lines.enumerated() {
        guard text.utf8.count + line.utf8.count + part.end.utf8.count + reserve < budget else {
          left[part.name] = part.lines.count - place
          break
        }
        text += line
      }
      text += part.end
    }
    for part in parts {
      if let count = left[part.name] { text += "\n\(count) more \(part.name) left out here.\n" }
    }
    return text + foot
  }

  /// Lines of one kind, and what closes them.
  private struct Part {
    let name: String
    let lines: [String]
    let end: String
  }

  private var head: String {
    var lines = [
      "\(Self.mark)\(Self.plain(report.manifest.name)) -->",
      "## gatewright: \(Self.code(report.manifest.name)) \(report.verdict.rawValue)", "",
      "\(Self.escaped(report.verdict.meaning(of: report.checks))) (\(report.tally))", "",
    ]
    let models = Role.allCases.compactMap { role in
      report.models[role].map { "| \(role.rawValue) | \(Self.code($0.uri)) |" }
    }
    let tables = ["holdout", "reference", "current"].compactMap { name in
      report.data[name].map { data in
        "| \(name) | \(Self.code(data.uri))\(data.rows.map { ", \($0) rows" } ?? "") |"
      }
    }
    lines += ["| | |", "|---|---|"] + models + tables + [""]
    return lines.joined(separator: "\n") + "\n"
  }

  private var parts: [Part] {
    let concerns = report.concerns
    let stops = concerns.filter { $0.concern == .stops }.map(\.check)
    let advises = concerns.filter { $0.concern == .advises }.map(\.check)
    let others = report.checks.filter { Concern($0) == nil }
    var parts: [Part] = []
    if !stops.isEmpty {
      parts.append(
        Part(
          name: "checks that did not pass",
          lines: ["### Not passed\n\n" + Self.titles] + stops.map(row) + ["\n"] + stops.map(told),
          end: "\n"))
    }
    if !advises.isEmpty {
      parts.append(
        Part(
          name: "advisory checks", lines: ["### Advisory\n\n" + Self.titles] + advises.map(row),
          end: "\n"))
    }
    if !others.isEmpty {
      parts.append(
        Part(
          name: "other checks",
          lines: [
            "<details><summary>\(others.count) passed, waived or skipped</summary>\n\n"
              + Self.titles
          ] + others.map(row), end: "\n</details>\n"))
    }
    return parts
  }

  private static let titles =
    "| outcome | check | candidate | champion | interval | limit | n |\n|---|---|--:|--:|---|---|--:|\n"

  private func row(_ check: Check) -> String {
    let cells = [
      check.outcome.rawValue, Self.code(check.id), Self.escaped(check.judged),
      check.champion.map(\.short) ?? "",
      check.interval == nil ? "" : Self.escaped(check.shownInterval),
      check.limitWords.map(Self.escaped) ?? "", check.n.map { "\($0)" } ?? "",
    ]
    return "| " + cells.joined(separator: " | ") + " |\n"
  }

  private func told(_ check: Check) -> String {
    let place = check.location.map { " (\(Self.code("\($0.file):\($0.line)")))" } ?? ""
    return "- \(Self.code(check.id))\(place): \(Self.escaped(check.line))\n"
  }

  private var foot: String {
    let commit = report.manifest.source.commit.map {
      ", commit \(Self.code(String($0.prefix(12))))"
    }
    return
      "\nManifest \(Self.code(report.manifest.path)), SHA-256 \(Self.code(String(report.manifest.sha256.prefix(12))))\(commit ?? ""), judged by gatewright \(Self.escaped(report.tool.version)). Exit code \(report.exitCode).\n"
  }
}

/// What comes from data.
extension Markdown {
  /// The text in a code span of a table's cell: nothing in it is read as anything else.
  static func code(_ text: String) -> String {
    let line = text.loggable(500).replacing("|", with: "\\|")
    var longest = 0
    var run = 0
    for character in line {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = line.isEmpty || line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
    return fence + pad + line + pad + fence
  }

  /// The text as words: marks of Markdown and HTML escaped, mentions, references and links broken by a space without
  /// width.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.loggable(4000).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "|": result += "&#124;"
      case "@", "#": result += "\\\(scalar)\u{200B}"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "~", "!", "$": result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.replacing("://", with: ":\u{200B}//").replacing("www.", with: "www\u{200B}.")
  }

  /// The name for a comment of HTML, which it cannot end; no other name gives the same.
  static func plain(_ text: String) -> String {
    var result = ""
    var last: Unicode.Scalar = "-"
    let scalars = text.unicodeScalars
    for (place, scalar) in scalars.enumerated() {
      // Two dashes end a comment, and one at its edge may.
      let isEdge = scalar == "-" && (last == "-" || place == scalars.count - 1)
      if isEdge || "<>()%".unicodeScalars.contains(scalar) || scalar.isUnsafe {
        for byte in String(scalar).utf8 {
          result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
      } else {
        result.unicodeScalars.append(scalar)
      }
      last = scalar
    }
    return result
  }
}
