import GateCore
import GateKit

/// Where a run's report goes, settled before the run so that a slip in a flag does not cost the run.
struct ReportOutputs: Sendable {
  /// The files that were asked for.
  private(set) var files: [ReportFile] = []
  /// Where a manifest that may yet be refused wants reports.
  private var expected: [String] = []
  /// How the table looks; nil: `--quiet`.
  private let terminal: Terminal?

  /// As the flags have it; throws wrong usage.
  init(_ invocation: Invocation) throws(Usage) {
    let terminal = try Terminal(invocation)
    self.terminal = invocation.has(.quiet) ? nil : terminal
    for text in invocation.values(.report) {
      let file = try ReportFile(text)
      guard !files.contains(where: { $0.isSamePlace(as: file) }) else {
        throw invocation.command.wrong("two reports go to '\(file.path)'")
      }
      if let mistake = file.obstacle { throw Usage(mistake.message, hint: mistake.hint) }
      files.append(file)
    }
  }

  /// Adds a report that the manifest asks for; the same one of the command line stands, and another format that
  /// goes to the same place is refused.
  mutating func add(_ file: ReportFile) throws(Diagnostic) {
    guard let other = files.first(where: { $0.isSamePlace(as: file) }) else {
      if let obstacle = file.obstacle { throw obstacle }
      guard !Self.isOfGit(file.place) else {
        throw Diagnostic(
          "the report \(file.reporter.id) would be written to '\(file.path)', among git's own files",
          hint: "give it a place outside of '.git'")
      }
      files.append(file)
      return
    }
    guard other.reporter.id == file.reporter.id, other.place == file.place else {
      throw Diagnostic(
        "the reports \(other.reporter.id) and \(file.reporter.id) both go to '\(file.path)'",
        hint: "give one of them a file of its own")
    }
  }

  /// Refuses a report in the place of a file that the run reads, which would be lost.
  func spare(_ inputs: [String]) throws(Diagnostic) {
    let places = Set(inputs.map(Output.place))
    for file in files where file.path != "-" && places.contains(file.place) {
      throw Diagnostic(
        "the report \(file.reporter.id) would be written over '\(file.path)', which is read here",
        hint: "give the report a file of its own")
    }
  }

  /// Notes where a manifest wants reports, which is known before it is known whether it is accepted.
  mutating func expect(_ paths: [String]) {
    expected = paths.filter { !Self.isOfGit(Output.place($0)) }
  }

  /// Whether a path leads among the files by which git keeps a repository.
  private static func isOfGit(_ path: String) -> Bool {
    path.split(separator: "/" as Character).contains { $0.lowercased() == ".git" }
  }

  /// Settles with `body` what is to be done; when that is refused, no report of an earlier run stays that would be
  /// taken for one of this.
  mutating func settling<T>(_ body: (inout ReportOutputs) throws -> T) throws -> T {
    do {
      return try body(&self)
    } catch {
      for path in files.map(\.path) + expected where path != "-" {
        Self.removeOwn(path)
      }
      throw error
    }
  }

  /// Removes the reports of an earlier run that a command line names, which is not understood.
  static func removeNamed(in words: [String]) {
    let named = zip(words, words.dropFirst() + [""]).compactMap { word, next in
      word == "-r" || word == "--report" ? next : word.hasPrefix("--report=") ? word : nil
    }
    for text in named {
      let path = text.split(separator: "=").last.map(String.init) ?? ""
      if !path.isEmpty, path != "-" { removeOwn(path) }
    }
  }

  /// Removes a file that begins as a report of ours does; any other stays.
  private static func removeOwn(_ path: String) {
    guard let start = Output.start(of: path, bytes: 200),
      Reporters.all.flatMap(\.marks).contains(where: start.hasPrefix)
    else { return }
    do {
      try Output.removeFile(path)
    } catch {
      Output.note(error.rendered + "\n")
    }
  }

  /// Removes what an earlier run left, so that a run that is killed leaves no report that says passed.
  func removeEarlier() throws(Diagnostic) {
    for file in files where file.path != "-" { try Output.removeFile(file.path) }
  }

  /// Writes every report, then the table unless stdout holds a report.
  ///
  /// Whether all was written; what was not is said on stderr, and the rest is written all the same.
  func publish(_ report: Report) -> Bool {
    var lost: [String] = []
    for file in files {
      let written = attempt { () throws(Diagnostic) in
        let text = file.reporter.render(report)
        if file.path == "-" {
          try Output.print(text)
        } else {
          try Output.write(text, to: file.path)
        }
      }
      if !written { lost.append(file.path) }
    }
    guard let terminal, !files.contains(where: { $0.path == "-" }) else { return lost.isEmpty }
    let shown = attempt { () throws(Diagnostic) in
      try Output.print(terminal.table(report, unwritten: lost))
    }
    return shown && lost.isEmpty
  }

  /// Publishes the report of a run; its exit code, which is not 0 when something was not written.
  func conclude(_ report: Report) -> Int32 {
    let isWhole = publish(report)
    return isWhole || report.exitCode != ExitCode.done ? report.exitCode : ExitCode.error
  }

  /// Whether `body` did its work; says on stderr why not.
  private func attempt(_ body: () throws(Diagnostic) -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      Output.note(error.rendered + "\n")
      return false
    }
  }
}
