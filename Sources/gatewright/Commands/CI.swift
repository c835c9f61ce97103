import GateCore
import GateSystem

extension Command {
  /// Writes the files that run the gate in a CI system.
  static let ci = Command(
    "ci", "write the files that run the gate in a CI system",
    details: [
      "Run it at the root of the repository. The files are those that were installed with this program; read them, and "
        + "say in them which wheel to install and its sha256.",
      "A file that is there already is never overwritten: then nothing is written.",
    ],
    arguments: [Argument("SYSTEM", "github, gitlab, jenkins, ... (docs/guide/ci.md lists them)")],
    examples: [("gatewright ci github", "write a workflow and the action that it uses")]
  ) { invocation in
    let templates = try Shipped.data("templates")
    let system = try invocation.word(0, of: try names(in: templates))
    let files = try CITemplate.files(in: templates + "/" + system)
    for file in files { try CITemplate.wantNew(file) }
    for file in files { try Output.create(file.text, at: file.path) }
    return try Output.print(files.map { "wrote '\($0.path)'\n" }.joined())
  }
}

/// The files of a CI system, and where each is written.
enum CITemplate {
  /// A file to write.
  struct File {
    /// Where, from the repository's root.
    let path: String
    /// What.
    let text: String
    /// The file it is a copy of.
    let source: String
  }

  /// The list that every system's folder has: on a line the name of a file there, blanks, and where it is written.
  private static let list = "places.txt"

  /// The files of the system whose templates stand in `folder`, in the order of its list.
  static func files(in folder: String) throws(Diagnostic) -> [File] {
    let place = folder + "/" + list
    var files: [File] = []
    for line in try Output.read(place).split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2 else {
        throw Diagnostic(
          "'\(place)' has the line '\(line)', wanted a file and where it is written",
          hint: "install Gatewright again")
      }
      let source = folder + "/" + words[0]
      files.append(File(path: words[1], text: try Output.read(source), source: source))
    }
    return files
  }

  /// Throws when something stands where the file would be written.
  static func wantNew(_ file: File) throws(Diagnostic) {
    do {
      try Output.wantNew(file.path)
    } catch {
      throw Diagnostic(
        error.message, hint: "compare it with '\(file.source)', or remove it and run this again")
    }
  }
}
