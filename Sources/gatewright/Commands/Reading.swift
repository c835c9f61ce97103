import GateCore
import GateKit
import GateSchema

extension Command {
  /// Shows help.
  static let help = Command(
    "help", "show the help of a command",
    arguments: [
      Argument(
        "COMMAND", "a command; all when left out",
        completion: .words { Command.shown.map(\.name) }, isOptional: true)
    ]
  ) { invocation in
    guard let name = invocation.arguments.first else { return try Output.print(Help.short) }
    return try Output.print(Help.page(try Command.named(name)))
  }

  /// Shows the page of a definition.
  static let explain = Command(
    "explain", "show the page of a \(Catalog.kinds.map(\.singular).alternatives)",
    details: [
      "A name that several tasks share shows all of them; a name of another tool, such as auc, shows what it "
        + "is called here."
    ],
    arguments: [Argument("ID", "what to explain", completion: .words { Catalog.ids })],
    examples: [("gatewright explain accuracy", "what accuracy is and when it is undefined")]
  ) { try Output.print(try Catalog.explain($0.arguments[0])) }

  /// Lists definitions; without a kind the kinds.
  static let list = Command(
    "list", "list the definitions of one kind, with a sentence each, or the kinds",
    arguments: [
      Argument(
        "KIND", Catalog.kinds.map(\.plural).alternatives,
        completion: .words { Catalog.kinds.map(\.plural) }, isOptional: true),
      Argument(
        "WORD", "only those with this word in their names, task or summary", isOptional: true),
    ],
    examples: [
      ("gatewright list", "the kinds there are"),
      ("gatewright list drift-tests", "what a drift gate may measure"),
      ("gatewright list metrics auc", "list what has to do with 'auc'"),
    ]
  ) { invocation in
    guard !invocation.arguments.isEmpty else {
      return try Output.print(
        Help.rows(Catalog.kinds.map { ($0.plural, "\($0.entries().count) of them") })
          + "\n\n'gatewright list KIND' shows those of a kind.\n")
    }
    let name = try invocation.word(0, of: Catalog.kinds.map(\.plural))
    var entries = Catalog.kinds.first { $0.plural == name }?.entries() ?? []
    if let word = invocation.arguments.dropFirst().first {
      entries = entries.filter { $0.has(word) }
      if entries.isEmpty {
        throw Usage(
          "none of the \(name.visible) has '\(word)' in its names, task or summary",
          hint: "'gatewright list \(name)' shows them all")
      }
    }
    return try Output.print(
      Help.rows(
        entries.map { entry in
          (entry.id + (entry.variant.map { " (\($0))" } ?? ""), entry.summary)
        }) + "\n")
  }

  /// Renders a stored report.
  static let render = Command(
    "render", "render a stored report again",
    details: [
      "Exits with 0 when all was written, whatever the report's verdict.",
      "Without --report it prints the table. A report that says passed against its own checks is refused.",
    ],
    arguments: [Argument("REPORT", "a report in the json format", completion: .files)],
    flags: [.report, .color, .all, .quiet],
    examples: [
      ("gatewright render report.json --report junit=gatewright.xml", "make JUnit of a record")
    ]
  ) { invocation in
    let path = invocation.arguments[0]
    let publication = try Publication(invocation)
    try publication.spare([path])
    let text = try Output.read(path)
    let report: Report
    do throws(Diagnostic) {
      report = try Report(json: JSON(parsing: text, name: path))
    } catch {
      throw error.location == nil ? error.naming(path) : error
    }
    return publication.publish(report) ? ExitCode.done : ExitCode.error
  }

  /// Prints a JSON Schema.
  static let jsonSchema = Command(
    "json-schema", "print the JSON Schema of the manifest or of the report",
    arguments: [
      Argument(
        "KIND", "manifest, schema or report",
        completion: .words { ["manifest", "schema", "report"] })
    ]
  ) { invocation in
    switch try invocation.word(0, of: ["manifest", "schema", "report"]) {
    case "manifest": try Output.print(Shape.manifestSchema(Wiring.manifest).compact)
    case "schema": try Output.print(TableSchema.jsonSchema.text)
    default: try Output.print(Report.jsonSchema.text)
    }
  }

  /// Prints a completion script.
  static let completions = Command(
    "completions", "print the completion script of a shell",
    arguments: [
      Argument(
        "SHELL", "bash, zsh or fish", completion: .words { Completions.shells.map(\.name) })
    ],
    examples: [("source <(gatewright completions bash)", "complete in this shell")]
  ) { invocation in
    let name = try invocation.word(0, of: Completions.shells.map(\.name))
    return try Output.print(Completions.shells.first { $0.name == name }?.script() ?? "")
  }

  /// Prints the manual page.
  static let man = Command(
    "man", "print the manual page",
    examples: [("gatewright man | man -l -", "read it")]
  ) { _ in try Output.print(ManPage.text) }

  /// Says which native libraries are there.
  static let doctor = Command(
    "doctor", "say which native libraries and tools were found, and what is missing",
    details: ["Exits with 2 when one is missing that a manifest may need."]
  ) { _ in
    let probes = Wiring.probe()
    try Output.print(Doctor.page(probes))
    return probes.allSatisfy { $0.version != nil } ? ExitCode.done : ExitCode.error
  }
}

extension Diagnostic {
  /// The same, with the file it is about.
  fileprivate func naming(_ path: String) -> Diagnostic {
    var named = self
    named.message = "in '\(path)': \(message)"
    return named
  }
}

/// What `doctor` prints.
enum Doctor {
  /// A line a library, and beneath a missing one every path that was tried.
  static func page(_ probes: [Probe]) -> String {
    var lines = ["gatewright \(Main.version)"]
    for probe in probes {
      let name = "\(probe.name) (\(probe.purpose))"
      if let version = probe.version {
        lines.append("  found    \(name) \(version.loggable(100))")
      } else {
        lines.append("  missing  \(name)")
        lines.append("           \(probe.reason?.loggable(4000) ?? "")")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
