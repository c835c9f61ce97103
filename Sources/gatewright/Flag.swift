/// A flag of a command; parsing, help, the man page and the completions come from it.
struct Flag: Sendable {
  /// Without the dashes.
  let name: String
  /// One letter that may stand for it.
  let letter: Character?
  /// One phrase, lower case.
  let summary: String
  /// What its value is called; nil: it takes none.
  let value: String?
  /// What a shell offers for the value.
  let completion: Completion
  /// Whether it may stand several times.
  let isRepeated: Bool

  /// A flag; without `value` it takes none.
  init(
    _ name: String, letter: Character? = nil, _ summary: String, value: String? = nil,
    completion: Completion = .nothing, isRepeated: Bool = false
  ) {
    self.name = name
    self.letter = letter
    self.summary = summary
    self.value = value
    self.completion = completion
    self.isRepeated = isRepeated
  }

  /// As help shows it: `--report FORMAT=PATH`.
  var usage: String { "--\(name)" + (value.map { " \($0)" } ?? "") }
}

/// A word that stands by its place.
struct Argument: Sendable {
  /// In capitals.
  let name: String
  /// One phrase, lower case.
  let summary: String
  /// What a shell offers.
  let completion: Completion
  /// Whether it may be left out.
  let isOptional: Bool
  /// Whether several may stand there, as of the last one.
  let isRepeated: Bool

  /// A word that must be given unless it is optional.
  init(
    _ name: String, _ summary: String, completion: Completion = .nothing, isOptional: Bool = false,
    isRepeated: Bool = false
  ) {
    self.isRepeated = isRepeated
    self.name = name
    self.summary = summary
    self.completion = completion
    self.isOptional = isOptional
  }

  /// As help shows it.
  var usage: String {
    let shown = isRepeated ? "\(name)..." : name
    return isOptional ? "[\(shown)]" : shown
  }
}

/// What a shell offers for a word.
enum Completion: Sendable {
  /// Nothing: the word is free.
  case nothing
  /// The names of files.
  case files
  /// One of these.
  case words(@Sendable () -> [String])

  /// The words; none for files.
  var choices: [String] { if case .words(let words) = self { words() } else { [] } }
}

extension Flag {
  /// Of every command.
  static let help = Flag("help", letter: "h", "show the help of this command")
  /// Of what reads a manifest.
  static let manifest = Flag(
    "manifest", letter: "m", "the manifest (default: gatewright.yaml)", value: "PATH",
    completion: .files)
  /// Of what writes reports.
  static let report = Flag(
    "report", letter: "r",
    "write a report in that format to that file; '-' is stdout, in place of the table",
    value: "FORMAT=PATH", completion: .words { Catalog.reports.entries().map { $0.id + "=" } },
    isRepeated: true)
  /// Of what times its steps.
  static let noTimings = Flag(
    "no-timings", "leave times out of the reports, so that equal runs give equal bytes")
  /// Of what knows the CI system it runs in.
  static let noCI = Flag(
    "no-ci", "write no reports for the CI system that this runs in but those that are asked for")
  /// Of what computes.
  static let threads = Flag(
    "threads", "compute with at most N threads, models' processes among them (default: all cores)",
    value: "N")
  /// Of what prints a table.
  static let color = Flag(
    "color", "colour the table: auto, always or never (default: auto)", value: "WHEN",
    completion: .words { ["auto", "always", "never"] })
  /// Of what prints a table.
  static let quiet = Flag("quiet", letter: "q", "print no table")
  /// Of what prints a table.
  static let all = Flag("all", "show every passed check in the table")
}
