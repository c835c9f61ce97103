public import GateKit
import Glibc

/// The most files one data path may stand for.
private let mostFiles = 100_000

/// What rows are kept in, by the end of a file's name.
enum DataFormat: String, CaseIterable {
  case csv, tsv, parquet
  case json = "json lines"

  /// The format that a file's name says; nil when it says none that is known.
  init?(name: String) {
    let lower = name.lowercased()
    let plain = lower.hasSuffix(".gz") ? lower.dropLast(3) : lower[...]
    let text: [(String, DataFormat)] = [
      (".csv", .csv), (".tsv", .tsv), (".jsonl", .json), (".ndjson", .json), (".json", .json),
    ]
    if let found = text.first(where: { plain.hasSuffix($0.0) }) {
      self = found.1
    } else if lower.hasSuffix(".parquet") {
      self = .parquet
    } else {
      return nil
    }
  }
}

/// The files a data path stands for, absolute and in byte order: the file itself, what a glob (`*`, `?`, `[…]`,
/// `**`) matches, or all data files in a folder and those below it.
///
/// Links in the folders of a file are resolved, its own name stays. Hidden files and folders are left out of globs
/// and folders. Throws a diagnostic when nothing is found or the files are of different formats.
public func expand(_ path: String) throws(Diagnostic) -> [String] {
  guard !path.isEmpty, !path.utf8.contains(0) else {
    throw Diagnostic("'\(path)' is not a path", hint: "name a file, a folder or a glob")
  }
  if let found = status(path) {
    return found.isFolder ? try files(below: path) : try single(path, found)
  }
  guard path.utf8.contains(where: "*?[".utf8.contains) else { throw missing(path, written: path) }
  var search = Search(start: path.hasPrefix("/") ? "/" : ".")
  try search.match(path.split(separator: "/").map(String.init)[...], in: search.start)
  guard !search.files.isEmpty || !search.folders.isEmpty else { throw noMatch(path) }
  if search.files.isEmpty {
    for folder in search.folders { try search.collect(below: folder) }
    guard !search.files.isEmpty else { throw noMatch(path) }
  }
  return try uniform(search.files, path)
}

/// A file that the path itself names.
private func single(_ path: String, _ found: stat) throws(Diagnostic) -> [String] {
  guard found.isFile else {
    throw Diagnostic("'\(path)' is not a regular file", hint: "write the rows to a file first")
  }
  return [located(path)]
}

/// The data files of a folder.
private func files(below folder: String) throws(Diagnostic) -> [String] {
  var search = Search(start: folder)
  try search.collect(below: folder)
  guard !search.files.isEmpty else {
    throw Diagnostic(
      "the folder '\(folder)' holds no data file",
      hint:
        "put files there whose names end in .csv, .tsv, .parquet, .jsonl, .ndjson or .json (text also .gz)"
    )
  }
  return try uniform(search.files, folder)
}

/// The files sorted and each once, when they are all of one format.
private func uniform(_ files: Set<String>, _ path: String) throws(Diagnostic) -> [String] {
  let sorted = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  var first: (format: DataFormat, file: String)?
  for file in sorted {
    guard let format = DataFormat(name: file) else { continue }
    if let first, first.format != format {
      throw Diagnostic(
        "'\(path)' mixes formats: '\(fileName(of: first.file))' is \(first.format.rawValue) and '\(fileName(of: file))' is \(format.rawValue)",
        hint: "name one kind, as in '*.parquet'")
    }
    first = first ?? (format, file)
  }
  return sorted
}

/// That a glob matches nothing, with the nearest file in the folder where its first pattern stands.
private func noMatch(_ path: String) -> Diagnostic {
  let parts = path.split(separator: "/").map(String.init)
  let fixed = parts.prefix { !$0.utf8.contains(where: "*?[".utf8.contains) }
  let folder = (path.hasPrefix("/") ? "/" : "") + fixed.joined(separator: "/")
  if !fixed.isEmpty, status(folder)?.isFolder != true { return missing(folder, written: path) }
  let names = (names(in: folder.isEmpty ? "." : folder) ?? []).filter { !$0.hasPrefix(".") }
  let wanted = parts.last.map { String($0.filter { !"*?[]".contains($0) }) } ?? ""
  let near =
    wanted.nearest(in: names) ?? names.first { !wanted.isEmpty && $0.contains(wanted) }
    ?? names.first
  return Diagnostic(
    "no file matches '\(path)'",
    hint: near.map { "'\(folder.isEmpty ? "." : folder)' holds '\($0)'" }
      ?? "'\(folder.isEmpty ? "." : folder)' is empty")
}

/// A walk through folders that gathers files; each folder is entered once, so links cannot make it endless.
private struct Search {
  let start: String
  var files: Set<String> = []
  /// Folders that a glob matched, in the order they were found.
  var folders: [String] = []
  private var seen: Set<[UInt64]> = []

  /// Starts a walk; `start` is for messages and for patterns.
  init(start: String) { self.start = start }

  /// Gathers what the rest of a pattern matches in a folder.
  mutating func match(_ parts: ArraySlice<String>, in folder: String) throws(Diagnostic) {
    guard let part = parts.first else { return }
    let rest = parts.dropFirst()
    if part == "**" {
      if rest.first == "**" { return try match(rest, in: folder) }
      try match(rest.isEmpty ? ["*"] : rest, in: folder)
      for name in names(in: folder) ?? [] where !name.hasPrefix(".") {
        let next = join(folder, name)
        // A link to a folder could lead back here.
        if status(next)?.isFolder == true, !isLink(next) { try match(parts, in: next) }
      }
      return
    }
    // A name that has brackets itself is meant when it is there.
    let literal = join(folder, part)
    if !part.utf8.contains(where: "*?[".utf8.contains)
      || part.contains("[") && status(literal) != nil
    {
      return try take(literal, rest)
    }
    for name in names(in: folder) ?? [] where fnmatch(part, name, FNM_PERIOD) == 0 {
      try take(join(folder, name), rest)
    }
  }

  /// Goes on with the rest of a pattern from a path that matched its first part.
  private mutating func take(_ path: String, _ rest: ArraySlice<String>) throws(Diagnostic) {
    guard let found = status(path) else { return try refuseBroken(path) }
    if !rest.isEmpty {
      if found.isFolder { try match(rest, in: path) }
    } else if found.isFolder {
      folders.append(path)
    } else if found.isFile {
      try add(path)
    }
  }

  /// Gathers every data file in a folder and those below it.
  mutating func collect(below folder: String) throws(Diagnostic) {
    guard let found = status(folder),
      seen.insert([UInt64(found.st_dev), UInt64(found.st_ino)]).inserted
    else { return }
    guard let names = names(in: folder) else {
      throw Diagnostic(
        "cannot read the folder '\(folder)': \(systemError())",
        hint: "let the user that runs this read it")
    }
    for name in names where !name.hasPrefix(".") {
      let path = join(folder, name)
      guard let found = status(path) else {
        try refuseBroken(path)
        continue
      }
      if found.isFolder {
        try collect(below: path)
      } else if found.isFile, DataFormat(name: name) != nil {
        try add(path)
      }
    }
  }

  /// A link to nothing is rows that would be missing without a word.
  private func refuseBroken(_ path: String) throws(Diagnostic) {
    guard isLink(path) else { return }
    throw Diagnostic(
      "'\(path)' is a link to a file that is not there",
      hint: "fetch it (for DVC, 'dvc pull'), or delete the link")
  }

  /// Notes a file once.
  private mutating func add(_ path: String) throws(Diagnostic) {
    files.insert(located(path))
    guard files.count <= mostFiles else {
      throw Diagnostic(
        "'\(start)' stands for more than \(mostFiles) files", hint: "name fewer, or join them")
    }
  }

  /// A name in a folder as one path.
  private func join(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/" + name : folder + "/" + name
  }

  /// Whether a symbolic link stands at a path.
  private func isLink(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFLNK
  }
}
