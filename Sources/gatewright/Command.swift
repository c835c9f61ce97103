import GateCore
import GateKit

/// A verb of the command line; parsing, help, the man page and the completions come from it.
struct Command: Sendable {
  /// The verb.
  let name: String
  /// One phrase, lower case.
  let summary: String
  /// Paragraphs of help.
  let details: [String]
  /// In order.
  let arguments: [Argument]
  /// Beside `--help`, which all have.
  let flags: [Flag]
  /// A command line and what it does.
  let examples: [(line: String, does: String)]
  /// Whether help and completions leave it out.
  let isHidden: Bool
  /// What it does; returns the exit code.
  let run: @Sendable (Invocation) async throws -> Int32

  /// A verb; every one has `--help`.
  init(
    _ name: String, _ summary: String, details: [String] = [], arguments: [Argument] = [],
    flags: [Flag] = [], examples: [(line: String, does: String)] = [], isHidden: Bool = false,
    run: @escaping @Sendable (Invocation) async throws -> Int32
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.arguments = arguments
    self.flags = flags + [.help]
    self.examples = examples
    self.isHidden = isHidden
    self.run = run
  }

  /// Every verb; a new one is a line here.
  static let all: [Command] = [
    .check, .validate, .plan, .`init`, .schema, .plugin, .policy, .explain, .list, .render,
    .compare, .history, .board, .comment,
    .doctor, .jsonSchema, .ci, .completions, .man, .help, .worker, .guarding,
  ]

  /// Those that help shows.
  static var shown: [Command] { all.filter { !$0.isHidden } }

  /// The verb of that name; throws wrong usage with the nearest.
  static func named(_ name: String) throws(Usage) -> Command {
    if let command = all.first(where: { $0.name == name }) { return command }
    throw Usage(
      "unknown command '\(name)'",
      hint: name.nearest(in: shown.map(\.name)).map { "did you mean '\($0)'" }
        ?? "'gatewright help' lists the commands")
  }
}

/// A command line that was understood.
struct Invocation: Sendable {
  /// What to do.
  let command: Command
  /// The values of flags by name, in order; a flag without a value has an empty text.
  var flags: [String: [String]] = [:]
  /// The words that stand by their place.
  var arguments: [String] = []

  /// Whether the flag was given.
  func has(_ flag: Flag) -> Bool { flags[flag.name] != nil }
  /// The flag's value.
  func value(_ flag: Flag) -> String? { flags[flag.name]?.last }
  /// The file that is written; nil: standard output, as `-` says too.
  var output: String? { value(.output).flatMap { $0 == "-" ? nil : $0 } }
  /// The values of a repeated flag.
  func values(_ flag: Flag) -> [String] { flags[flag.name] ?? [] }
}

/// The command line is wrong; the program exits with 64.
struct Usage: Error {
  /// What was found and what was wanted.
  let message: String
  /// What to do.
  let hint: String?

  /// A mistake, and what to do.
  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

/// What the program exits with, beside a verdict's own code.
enum ExitCode {
  /// It was done.
  static let done: Int32 = 0
  /// It could not be done: a manifest or file is wrong, or a report could not be written.
  static let error: Int32 = 2
  /// The command line is wrong (BSD's EX_USAGE).
  static let usage: Int32 = 64
  /// A bug in Gatewright (EX_SOFTWARE).
  static let bug: Int32 = 70
  /// A temporary cause (EX_TEMPFAIL).
  static let temporary: Int32 = 75
}
