import GateCore
import Glibc

extension FileWalk {
  /// How a manifest leaves a file out; nil where it has no key for that.
  func leavingOut(_ path: String) -> String? {
    guard choice.hasKeys else { return nil }
    // A glob has no other way to mean its own characters that YAML takes as they are.
    let name = String(fileName(of: path).map { "*?[]\\".contains($0) ? "?" : $0 })
    return "leave it out: 'exclude: [\(JSON.string(name).text.trimmed)]'"
  }

  /// That nothing was found.
  var nothing: Diagnostic {
    if path.isGlob, status(path) == nil, used.isEmpty { return noMatch }
    if !used.isEmpty {
      return Diagnostic(
        "'exclude' leaves no data file of '\(path)': it names "
          + used.sorted().map { "'\($0)'" }.joined(separator: ", "),
        hint: "let 'exclude' name the files that are no data only")
    }
    return Diagnostic(
      "the folder '\(path)' holds no data file",
      hint: "put files there whose names end in \(DataFormat.endings)")
  }

  /// Refuses files that are not all of one format.
  func refuseMixture(_ files: [String]) throws(Diagnostic) {
    var first: (format: DataFormat, file: String)?
    for file in files {
      guard let format = DataFormat(name: file) else { continue }
      if let first, first.format != format {
        throw Diagnostic(
          "'\(path)' mixes formats: '\(fileName(of: first.file))' is \(first.format.rawValue) and '\(fileName(of: file))' is \(format.rawValue)",
          hint: "name one kind, as in '*.parquet'")
      }
      first = first ?? (format, file)
    }
  }

  /// That a glob matches nothing, with the nearest file in the folder where its first pattern stands.
  private var noMatch: Diagnostic {
    let parts = path.split(separator: "/").map(String.init)
    let fixed = parts.prefix { !$0.isGlob }
    let folder = (path.hasPrefix("/") ? "/" : "") + fixed.joined(separator: "/")
    if !fixed.isEmpty, status(folder)?.isFolder != true { return missing(folder, written: path) }
    let names = ((try? names(in: folder.isEmpty ? "." : folder)) ?? []).filter {
      !$0.hasPrefix(".")
    }
    let wanted = parts.last.map { String($0.filter { !"*?[]".contains($0) }) } ?? ""
    let near =
      wanted.nearest(in: names) ?? names.first { !wanted.isEmpty && $0.contains(wanted) }
      ?? names.first
    return Diagnostic(
      "no file matches '\(path)'",
      hint: near.map { "'\(folder.isEmpty ? "." : folder)' holds '\($0)'" }
        ?? "'\(folder.isEmpty ? "." : folder)' is empty")
  }
}
