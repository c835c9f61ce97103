import GateCore
import GateModels
import GateSystem
import Glibc

/// The files below a folder that a first manifest could name: tables of rows, and models.
package struct Survey: Sendable {
  /// From the folder, in byte order; files of one folder whose names differ in numbers alone are one glob.
  package let tables: [String]
  /// Those of them that are folders whose own folders give columns by their names, as `year=2026`.
  package let partitioned: Set<String>
  /// The files that look like models, from the folder.
  package let models: [String]
  /// The files that look like models or tables of kinds that nothing here reads, each with what to do.
  package let others: [(path: String, reason: String)]

  /// Files beyond which the rest of a folder is not looked at.
  private static let most = 2_000
  /// Folders that hold tools' own files.
  private static let passed: Set<String> = [
    "node_modules", "build", "dist", "venv", "env", "target", "__pycache__", "site-packages",
  ]

  /// Looks into a folder and those three deep below it; hidden ones are passed over.
  package init(of folder: String) {
    var files: [String] = []
    Self.collect(folder, below: "", depth: 0, into: &files)
    // A name with signs of a glob would be read as one.
    files = files.filter { !$0.utf8.contains(where: "*?[".utf8.contains) }
    var models: [String] = []
    var others: [(path: String, reason: String)] = []
    var series: [(pattern: String, files: [String])] = []
    var partitioned: Set<String> = []
    for file in files {
      let path = absolute(file, from: folder)
      if Self.isModel(path: path, name: file) {
        models.append(file)
      } else if DataFormat(name: file) != nil {
        if let base = Self.partitionedFolder(of: file) {
          partitioned.insert(base)
          continue
        }
        let pattern = Self.pattern(file)
        if let place = series.firstIndex(where: { $0.pattern == pattern }) {
          series[place].files.append(file)
        } else {
          series.append((pattern, [file]))
        }
      } else if let reason = Self.reasonOfOther(path: path, name: file) {
        others.append((file, reason))
      }
    }
    self.models = models
    self.others = others
    self.partitioned = partitioned
    let plain = series.flatMap { series in
      let isOne = series.files.count > 2 || Self.areParts(series.files, of: folder)
      return isOne && series.pattern.contains("*") ? [series.pattern] : series.files
    }
    tables = (plain + partitioned).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The folder above the first that is named as in `year=2026`; nil: a file stands in none, or at the top.
  private static func partitionedFolder(of file: String) -> String? {
    let folders = file.split(separator: "/").dropLast()
    guard let first = folders.firstIndex(where: { $0.dropFirst().contains("=") }), first > 0 else {
      return nil
    }
    return folders[..<first].joined(separator: "/")
  }

  /// Whether two files of one folder are one table: named as parts are, or with one header and no name that tells a
  /// model's answers.
  private static func areParts(_ files: [String], of folder: String) -> Bool {
    guard files.count == 2, files.allSatisfy({ $0.contains("/") }) else { return false }
    if files.allSatisfy({ fileName(of: $0).lowercased().hasPrefix("part") }) { return true }
    let words = ["pred", "score", "output", "answer", "candidate", "champion", "model"]
    guard !files.contains(where: { file in words.contains(where: file.lowercased().contains) })
    else { return false }
    let headers = files.map { header(of: absolute($0, from: folder)) }
    return headers[0] != nil && headers[0] == headers[1]
  }

  /// The first line of a file of delimited text; nil where there is none.
  private static func header(of path: String) -> String? {
    guard let format = DataFormat(name: path), format == .csv || format == .tsv,
      !path.lowercased().hasSuffix(".gz"),
      let start = firstBytes(of: path, count: 1 << 16)
    else { return nil }
    let line = start.prefix { $0 != UInt8(ascii: "\n") }
    return line.count < start.count ? String(decoding: line, as: UTF8.self) : nil
  }

  /// The beginning of a file; nil where it cannot be read.
  private static func firstBytes(of path: String, count: Int) -> [UInt8]? {
    guard let descriptor = try? openFile(path, written: path) else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    let found = read(descriptor.number, &bytes, count)
    return found < 0 ? nil : Array(bytes[..<found])
  }

  private static func collect(
    _ folder: String, below: String, depth: Int, into files: inout [String]
  ) {
    for name in (try? names(in: folder)) ?? [] where !name.hasPrefix(".") && !name.hasPrefix("_") {
      guard files.count < most, let found = status(folder + "/" + name) else { continue }
      if found.isFile { files.append(below + name) }
      if found.isFolder, depth < 3, !passed.contains(name) {
        collect(folder + "/" + name, below: below + name + "/", depth: depth + 1, into: &files)
      }
    }
  }

  /// The files of a folder itself that could be manifests.
  package static func manifests(of folder: String) -> [String] {
    ((try? names(in: folder)) ?? []).filter { name in
      !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
    }
  }

  /// Whether something scores a file that could be a model by its name.
  private static func isModel(path: String, name: String) -> Bool {
    let lower = name.lowercased()
    let endings = Runtimes.all.flatMap { $0.suffixes + $0.otherSuffixes }
    guard endings.contains(where: lower.hasSuffix) else { return false }
    return (try? Runtimes.detect(path: path, uri: name)) != nil
  }

  /// Why a file is of no use that by its name is a model or a table; nil: it is neither.
  private static func reasonOfOther(path: String, name: String) -> String? {
    let lower = name.lowercased()
    if otherTables.contains(where: lower.hasSuffix) {
      return "tables are read as csv, tsv, json lines or parquet; write it as one of these"
    }
    guard otherModels.contains(where: lower.hasSuffix) else { return nil }
    do { _ = try Runtimes.detect(path: path, uri: name) } catch { return error.sentence }
    return nil
  }

  private static let otherModels = [
    ".pkl", ".pickle", ".joblib", ".dill", ".pt", ".pth", ".h5", ".keras", ".pb", ".tflite", ".cbm",
    ".mlmodel", ".rds", ".pmml",
  ]
  private static let otherTables = [
    ".xlsx", ".xls", ".ods", ".feather", ".arrow", ".avro", ".orc", ".sqlite", ".db", ".dta",
    ".sav",
  ]

  /// The name with every run of digits as `*`.
  private static func pattern(_ name: String) -> String {
    var pattern = ""
    for character in name {
      if !("0"..."9").contains(character) {
        pattern.append(character)
      } else if pattern.last != "*" {
        pattern.append("*")
      }
    }
    return pattern
  }
}
