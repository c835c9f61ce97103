package import GateCore
import Glibc

/// The most files one data path may stand for.
private let mostFiles = 100_000

/// The files a data path stands for, absolute and in byte order: the file itself, what a glob (`*`, `?`, `[…]`,
/// `**`) matches, where a folder stands for all in it, or all data files in a folder and those below it.
///
/// Links in the folders of a file are resolved, its own name stays, and each is taken once. Names that begin with
/// `.` or `_` are left out of folders, and of globs that do not begin so. Throws a diagnostic when nothing is found,
/// for what cannot be read or is of no known format, and for files of different formats.
package func expand(
  _ path: String, _ choice: FileChoice = FileChoice()
) throws(Diagnostic) -> (files: [String], leftOut: Int) {
  guard !path.isEmpty, !path.utf8.contains(0) else {
    throw Diagnostic("'\(path)' is not a path", hint: "name a file, a folder or a glob")
  }
  var parts = path.split(separator: "/").map(String.init)
  var walk = FileWalk(path, choice)
  let root = path.hasPrefix("/") ? "/" : "."
  if let found = try look(path) {
    guard found.isFolder else {
      guard found.isFile else {
        throw Diagnostic("'\(path)' is not a regular file", hint: "write the rows to a file first")
      }
      try walk.refuseIdle()
      if path.utf8.contains(where: "*?".utf8.contains) {
        throw Diagnostic(
          "'\(path)' is the name of a file and a glob that may match others",
          hint: "rename the file, or write the glob otherwise, as in '[h]*.csv'")
      }
      return ([located(path)], 0)
    }
    walk.base = parts.reduce(root, join)
    try walk.collect(below: walk.base)
  } else {
    guard let first = parts.firstIndex(where: \.isGlob) else { throw missing(path, written: path) }
    let fixed = parts.prefix(first)
    parts.removeFirst(first)
    walk.base = fixed.reduce(root, join)
    if try look(walk.base)?.isFolder == true { try walk.match(parts[...], in: walk.base) }
  }
  return try walk.result()
}

/// A name in a folder as one path.
func join(_ folder: String, _ name: String) -> String {
  folder == "/" ? "/" + name : folder + "/" + name
}

/// What stands at a path, links followed; nil when nothing does. A link to nothing, and what may not be looked at,
/// are rows that would be missing without a word.
func look(_ path: String) throws(Diagnostic) -> stat? {
  var found = stat()
  if stat(path, &found) == 0 { return found }
  let code = errno
  let isLink = lstat(path, &found) == 0
  switch code {
  case ENOENT where isLink:
    throw Diagnostic(
      "'\(path)' is a link to a file that is not there",
      hint: "fetch it (for DVC, 'dvc pull'), or delete the link")
  case ENOENT, ENOTDIR: return nil
  default:
    throw Diagnostic(
      "cannot look at '\(path)': \(systemError(code))",
      hint: code == EACCES ? "let the user that runs this read it and search its folder" : nil)
  }
}

extension String {
  /// Whether a part of a path is a pattern.
  var isGlob: Bool { utf8.contains(where: "*?[".utf8.contains) }
}

/// A walk through folders that gathers the files of one data path.
struct FileWalk {
  /// The path as it was asked for.
  let path: String
  /// What is meant of it.
  let choice: FileChoice
  /// The folder that globs of `exclude` start from.
  var base = "."
  private var files: Set<ExactText> = []
  private var leftOut: Set<ExactText> = []
  /// The globs of `exclude` that left something out.
  private(set) var used: Set<String> = []
  /// Folders that were entered, each with what was still to be matched in it, so that links cannot make it endless.
  private var seen: Set<Visit> = []
  /// The paths by what they lead to, so that no file's rows count twice.
  private var paths: [Inode: String] = [:]

  /// What a path leads to.
  private struct Inode: Hashable {
    var device: UInt64
    var number: UInt64
  }

  /// A folder, and what of a pattern is left in it.
  private struct Visit: Hashable {
    var device: UInt64
    var inode: UInt64
    var pattern: String
  }

  /// Starts a walk that has found nothing.
  init(_ path: String, _ choice: FileChoice) {
    self.path = path
    self.choice = choice
  }

  /// What was found, sorted.
  func result() throws(Diagnostic) -> (files: [String], leftOut: Int) {
    guard !files.isEmpty else { throw nothing }
    try refuseIdle()
    let sorted = files.sorted().map(\.text)
    if choice.format == nil { try refuseMixture(sorted) }
    return (sorted, leftOut.count)
  }

  /// Refuses a glob of `exclude` that leaves nothing out.
  func refuseIdle() throws(Diagnostic) {
    guard let idle = choice.exclude.first(where: { !used.contains($0) }) else { return }
    throw Diagnostic(
      "'exclude' names '\(idle)', which matches nothing in '\(path)'",
      hint:
        "correct it or remove it: without a '/' it is held against names, with one against paths "
        + "below the folder")
  }

  /// Gathers what the rest of a pattern matches in a folder.
  mutating func match(_ parts: ArraySlice<String>, in folder: String) throws(Diagnostic) {
    guard let part = parts.first, try enter(folder, parts.joined(separator: "/")) else { return }
    let rest = parts.dropFirst()
    if part == "**" {
      if rest.first == "**" { return try match(rest, in: folder) }
      try match(rest.isEmpty ? ["*"] : rest, in: folder)
      for name in try names(in: folder) where !leaves(name, in: folder, unless: false) {
        let next = join(folder, name)
        if try found(next).isFolder { try match(parts, in: next) }
      }
      return
    }
    // A name that has brackets itself is meant when it is there.
    let isLiteral = part.contains("[") ? try look(join(folder, part)) != nil : !part.isGlob
    if isLiteral {
      let path = join(folder, part)
      if !leaves(part, in: folder, unless: true), let found = try look(path) {
        try take(path, rest, found)
      }
      return
    }
    for name in try names(in: folder) where fnmatch(part, name, 0) == 0 {
      // Beside the folders that a pattern goes on in, files are none that it could take.
      if !rest.isEmpty, let found = try? look(join(folder, name)), !found.isFolder { continue }
      let isMeant = part.utf8.first == name.utf8.first
      if !leaves(name, in: folder, unless: isMeant) {
        let path = join(folder, name)
        try take(path, rest, try found(path))
      }
    }
  }

  /// Goes on with the rest of a pattern from a path that matched its first part.
  private mutating func take(
    _ path: String, _ rest: ArraySlice<String>, _ found: stat
  ) throws(Diagnostic) {
    if rest.isEmpty { return try add(path, found) }
    if found.isFolder { try match(rest, in: path) }
  }

  /// Gathers every data file in a folder and those below it.
  mutating func collect(below folder: String) throws(Diagnostic) {
    guard try enter(folder, "") else { return }
    let names = try names(in: folder)
    if names.contains("_delta_log"), !choice.exclude.contains("_delta_log") {
      throw Diagnostic(
        "'\(folder)' is a Delta Lake table, whose log says which of its files hold rows now",
        hint: "write the rows it has now to parquet files"
          + (choice.hasKeys ? ", or read every file: 'exclude: [_delta_log]'" : ""))
    }
    for name in names where !leaves(name, in: folder, unless: false) {
      let path = join(folder, name)
      try add(path, try found(path))
    }
  }

  /// What stands at a path that its folder lists.
  private func found(_ path: String) throws(Diagnostic) -> stat {
    if let found = try look(path) { return found }
    throw Diagnostic(
      "'\(path)' is in its folder and cannot be found",
      hint: "its name may not be UTF-8, or it was removed just now; rename it, or run again")
  }

  /// Takes a file, or all of a folder; what is neither, or of no known kind, is refused.
  private mutating func add(_ path: String, _ found: stat) throws(Diagnostic) {
    if found.isFolder { return try collect(below: path) }
    guard found.isFile else {
      throw Diagnostic(
        "'\(path)' is neither a file nor a folder", hint: leavingOut(path) ?? "remove it")
    }
    guard choice.format != nil || DataFormat(name: path) != nil else {
      throw Diagnostic(
        "'\(path)' is of no kind that can be read: its name ends in none of "
          + DataFormat.endings,
        hint: leavingOut(path).map { $0 + ", or say what the files are, as in 'format: csv'" }
          ?? "name the files by their ending, as in '*.csv'")
    }
    let place = located(path)
    files.insert(ExactText(place))
    let inode = Inode(device: UInt64(found.st_dev), number: UInt64(found.st_ino))
    if let other = paths.updateValue(place, forKey: inode), !other.isSame(as: place) {
      throw Diagnostic(
        "'\(self.path)' leads to one file by two names, '\(other)' and '\(place)', and its rows would "
          + "count twice", hint: leavingOut(path) ?? "name the files one by one, or remove the link"
      )
    }
    guard files.count <= mostFiles else {
      throw Diagnostic(
        "'\(self.path)' stands for more than \(mostFiles) files",
        hint: "name fewer, or join them")
    }
  }

  /// Whether this is the first time that a folder is looked at for the rest of a pattern; nothing: for all in it.
  private mutating func enter(_ folder: String, _ pattern: String) throws(Diagnostic) -> Bool {
    guard let found = try look(folder), found.isFolder else { return false }
    return seen.insert(
      Visit(device: UInt64(found.st_dev), inode: UInt64(found.st_ino), pattern: pattern)
    ).inserted
  }

  /// Whether a name is left out, which is noted: one that `exclude` has, or that begins with '.' or '_' unless a
  /// pattern means it.
  private mutating func leaves(_ name: String, in folder: String, unless isMeant: Bool) -> Bool {
    let path = join(folder, name)
    let below = path.utf8.dropFirst(base == "/" ? 1 : base.utf8.count + 1)
    let patterns = choice.exclude.filter { pattern in
      let plain = pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
      return plain.contains("/")
        ? fnmatch(plain, String(Substring(below)), FNM_PATHNAME) == 0 : fnmatch(plain, name, 0) == 0
    }
    used.formUnion(patterns)
    let isHidden = !isMeant && (name.hasPrefix(".") || name.hasPrefix("_"))
    guard isHidden || !patterns.isEmpty else { return false }
    leftOut.insert(ExactText(path))
    return true
  }
}
