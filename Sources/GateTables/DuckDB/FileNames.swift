import GateCore

/// The files of a table as the record calls them: by the manifest's own words and not by where its folder stands on this
/// machine, so that the same mistake has the same words everywhere.
struct FileNames {
  private var pairs: [(place: String, name: String)] = []

  init(_ files: [DataFile]) {
    for file in files {
      for place in [file.place, file.path] where !place.isSame(as: file.name) {
        pairs.append((place, file.name))
      }
      // What all paths of the manifest's folder begin with, for a pattern that stands for several.
      let end = "/" + file.name
      if file.place.hasSuffix(end), file.place.utf8.count > end.utf8.count {
        let folder = String(decoding: file.place.utf8.dropLast(file.name.utf8.count), as: UTF8.self)
        if !pairs.contains(where: { $0.place.isSame(as: "'" + folder) }) {
          pairs.append(("'" + folder, "'"))
        }
      }
    }
  }

  /// A mistake in these words.
  func asWritten(_ mistake: Diagnostic) -> Diagnostic {
    var written = mistake
    written.message = asWritten(mistake.message)
    written.hint = mistake.hint.map(asWritten)
    return written
  }

  /// A cell in these words.
  func asWritten(_ cell: OddCell?) -> OddCell? {
    cell.map { OddCell(text: $0.text, file: asWritten($0.file), line: $0.line) }
  }

  private func asWritten(_ text: String) -> String {
    pairs.reduce(text) { text, pair in
      text.contains(pair.place) ? text.replacing(pair.place, with: pair.name) : text
    }
  }
}
