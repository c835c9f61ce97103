import GateCore
import GateKit
import GateSystem
import Glibc

/// Reads stored records.
enum RecordFiles {
  /// The record in one file.
  static func read(_ path: String) throws(Diagnostic) -> StoredReport {
    try StoredReport(parsing: try Output.read(path), path: path)
  }

  /// What a folder holds.
  struct Found {
    var records: [StoredReport] = []
    /// Why a file whose name ends in `.json` is no record.
    var mistakes: [Diagnostic] = []
    /// Files of other names, which are not looked into.
    var others = 0
  }

  /// Every file below a folder whose name ends in `.json`; hidden files and folders are counted with files of other
  /// names.
  ///
  /// Throws a `Diagnostic` where the folder cannot be read, or where no file in it is a record.
  static func below(_ folder: String) throws(Diagnostic) -> Found {
    guard let found = status(folder) else {
      throw missing(absolute(folder, from: realPath(".") ?? "."), written: folder)
    }
    guard found.isFolder else {
      throw Diagnostic(
        "'\(folder)' is a file, wanted a folder of records", hint: "name the folder it is in")
    }
    var all = Found()
    var seen: Set<String> = []
    try walk(folder, &all, &seen)
    guard !all.records.isEmpty || !all.mistakes.isEmpty else {
      throw Diagnostic(
        "'\(folder)' has no file that ends in .json, wanted records of runs"
          + (all.others > 0 ? " (\(all.others.counted("other file")))" : ""),
        hint: "write records with 'gatewright check --report json=\(folder)/NAME.json'")
    }
    return all
  }

  /// Takes what one folder holds and goes into those in it, each once though a link may lead to it again.
  private static func walk(
    _ folder: String, _ all: inout Found, _ seen: inout Set<String>
  ) throws(Diagnostic) {
    guard seen.insert(realPath(folder) ?? folder).inserted else { return }
    for name in try names(in: folder) {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      if name.hasPrefix(".") {
        all.others += 1
      } else if status(path)?.isFolder == true {
        try walk(path, &all, &seen)
      } else if name.hasSuffix(".json") {
        do throws(Diagnostic) {
          all.records.append(try read(path))
        } catch {
          all.mistakes.append(error)
        }
      } else {
        all.others += 1
      }
    }
  }
}

extension RecordFiles.Found {
  /// Says on stderr which files are no records, and how many were not looked into; the code that the command then
  /// exits with.
  func tell() -> Int32 {
    for mistake in mistakes { Output.note(mistake.rendered + "\n") }
    if others > 0 {
      Output.note(
        "gatewright: \(others.counted("file")) whose name is hidden or does not end in .json "
          + "\(others == 1 ? "was" : "were") not read\n")
    }
    guard !mistakes.isEmpty else { return ExitCode.done }
    Output.note(
      "gatewright: \(mistakes.count.counted("file")) above \(mistakes.count == 1 ? "is" : "are") no "
        + "record and not in the result, which is why the exit code is \(ExitCode.error)\n")
    return ExitCode.error
  }
}

extension Flag {
  /// Of what tells of records.
  static let format = Flag(
    "format",
    "how it is written: \(SheetFormat.allCases.map(\.rawValue).alternatives) (default: text)",
    value: "FORMAT", completion: .words { SheetFormat.allCases.map(\.rawValue) })
}

extension Invocation {
  /// The format that was asked for; throws wrong usage.
  func sheetFormat() throws(Usage) -> SheetFormat {
    let text = value(.format) ?? SheetFormat.text.rawValue
    guard let format = SheetFormat(rawValue: text) else {
      let known = SheetFormat.allCases.map(\.rawValue)
      throw Usage(
        "'--format' is '\(text)', wanted \(known.alternatives)",
        hint: text.nearest(in: known).map { "did you mean '\($0)'" })
    }
    return format
  }

  /// Refuses an output that cannot be a file, that is read here, or that stands among records and would be taken for one.
  func checkOutput(reading inputs: [String]) throws {
    guard let path = output else { return }
    if let obstacle = Output.obstacle(at: path) {
      throw command.wrong("'--output' is '\(path)', which is \(obstacle) and no file")
    }
    let place = Output.place(path)
    for input in inputs {
      let source = Output.place(input)
      let isAmong = place.hasSuffix(".json") && place.hasPrefix(source + "/")
      guard place == source || isAmong else { continue }
      throw Diagnostic(
        isAmong
          ? "'\(path)' would stand among the records in '\(input)', and be read as one the next time"
          : "'\(path)' would be written over what is read here",
        hint: "name a file somewhere else with '--output'")
    }
  }

  /// Writes the text where it was asked for.
  func deliver(_ text: String) throws(Diagnostic) -> Int32 {
    guard let path = output else { return try Output.print(text) }
    try Output.write(text, to: path)
    return ExitCode.done
  }
}
