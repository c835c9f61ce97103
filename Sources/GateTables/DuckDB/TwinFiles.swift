import GateCore
import GateSystem
import Glibc

/// Files of one table that hold the same bytes, packed or not: the rows of both would count.
struct TwinFiles {
  private let source: TableSource
  /// The rows of a file.
  private let rows: (DataFile) throws -> Int

  /// Takes how the rows of one file are counted.
  init(_ source: TableSource, rows: @escaping (DataFile) throws -> Int) {
    (self.source, self.rows) = (source, rows)
  }

  /// Files that give their rows the same columns by their folders, and so could be twins.
  private struct Kind: Hashable {
    let digest: String
    let partitions: [DataFile.Partition]
  }

  /// Refuses the first two that are, where they have more rows than one: two of a log's events may well be equal.
  func refuse(_ files: [DataFile]) throws {
    // Scores are as many as the rows, or have an id each, so that none counts twice.
    guard files.count > 1, !source.name.hasSuffix("_predictions") else { return }
    var seen: [Kind: DataFile] = [:]
    for file in files where !file.sha256.isEmpty && file.bytes > 0 {
      let kind = Kind(digest: file.sha256, partitions: file.partitions)
      if let other = seen.updateValue(file, forKey: kind), try rows(file) > 1 {
        throw mistake(other, file, "hold the same bytes")
      }
    }
    try refusePacked(files)
  }

  /// The same of packed files by what comes out of them, which is looked at where length and sum are those of another.
  private func refusePacked(_ files: [DataFile]) throws {
    let packed = files.filter(\.isPacked)
    guard !packed.isEmpty, packed.contains(where: { !$0.sha256.isEmpty }) else { return }
    var unpacked: [String: String] = [:]
    /// The digest of what a file holds.
    func digest(_ file: DataFile) throws -> String {
      guard file.isPacked else { return file.sha256 }
      if let known = unpacked[file.place] { return known }
      let found = try FileDigest.ofUnpacked(file.place, in: source.name)
      unpacked[file.place] = found
      return found
    }
    let ends = Dictionary(packed.map { ($0.place, GzipEnd(of: $0.place)) }) { first, _ in first }
    for (place, file) in files.enumerated() {
      for other in files[..<place] where file.partitions == other.partitions {
        guard file.isPacked || other.isPacked, file.mayHold(other, ends) else { continue }
        if try digest(file) == digest(other), try rows(file) > 1 {
          throw mistake(other, file, "hold the same rows, one of them packed")
        }
      }
    }
  }

  /// What is said of two files, and how one of them is left out.
  private func mistake(_ one: DataFile, _ other: DataFile, _ what: String) -> Diagnostic {
    // A copy has the longer name, as 'a (1).csv' beside 'a.csv'.
    let copy = [one, other].map { fileName(of: $0.name) }.max { $0.count < $1.count } ?? ""
    let name = String(copy.map { "*?[]\\".contains($0) ? "?" : $0 })
    let isOwn = fileName(of: one.name) != fileName(of: other.name)
    let folders = [one, other].allSatisfy {
      $0.name.split(separator: "/").dropLast().contains { $0.contains("=") }
    }
    return Diagnostic(
      "\(source.name): '\(one.name)' and '\(other.name)' \(what), and their rows would count twice",
      hint: folders && one.partitions.isEmpty
        ? "where the folders' names say what differs, add to the table: partitions: true; else remove one of them"
        : isOwn
          ? "leave one of them out: 'exclude: [\(JSON.string(name).text.trimmed)]'"
          : "remove one of them, or name the file that is meant")
  }
}

/// What a gzip file says at its end of what comes out of its last member.
private struct GzipEnd: Equatable {
  let sum: UInt32
  /// Modulo 2^32.
  let length: UInt32

  /// Reads it; nil where there is none.
  init?(of path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8)
    guard lseek(descriptor, -8, SEEK_END) > 0, read(descriptor, &bytes, 8) == 8 else { return nil }
    func number(_ start: Int) -> UInt32 {
      bytes[start..<(start + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    (sum, length) = (number(0), number(4))
  }
}

extension DataFile {
  /// Whether its name says that it is packed with gzip.
  fileprivate var isPacked: Bool { place.lowercased().hasSuffix(".gz") }

  /// Whether it may hold what another does, of which one at least is packed: by the ends, or by names that differ in
  /// `.gz` alone.
  fileprivate func mayHold(_ other: DataFile, _ ends: [String: GzipEnd?]) -> Bool {
    let names = [place, other.place].map { $0.lowercased() }
    if names[0] == names[1] + ".gz" || names[1] == names[0] + ".gz" { return true }
    switch (ends[place] ?? nil, ends[other.place] ?? nil) {
    case (let mine?, let theirs?): return mine == theirs && mine.length > 0
    case (let end?, nil):
      return end.length > 0 && end.length == UInt32(truncatingIfNeeded: other.bytes)
    case (nil, let end?): return end.length > 0 && end.length == UInt32(truncatingIfNeeded: bytes)
    case (nil, nil): return false
    }
  }
}
