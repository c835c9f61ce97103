import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// A page of committed files and what another program reads in them.
struct OraclePage {
  /// A file, and the digest of its cells; nil: the other program refuses it.
  struct Case: Sendable {
    var kind: String
    var path: String
    var bytes: Data
    var digest: String?

    /// What is said of a file whose cells are others.
    func told(_ text: String) -> Comment {
      "\(path) \(kind) \(bytes.base64EncodedString()): \(text.debugDescription)"
    }
  }

  /// The files, written to a folder; `ending` gives the end of the name for each kind.
  static func cases(
    _ name: String, in fixture: Fixture, ending: (String) -> String
  ) throws -> [Case] {
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: name)
    let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
    return try lines.enumerated().map { number, line in
      let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        .map(String.init)
      let path = "\(fixture.folder)/\(number)\(ending(parts[0]))"
      let bytes = try #require(Data(base64Encoded: parts[1]))
      try bytes.write(to: URL(filePath: path))
      return Case(
        kind: parts[0], path: path, bytes: bytes, digest: parts[2] == "-" ? nil : parts[2])
    }
  }

  /// The text whose digest the page has: columns in the order of the bytes of their names.
  static func text(_ columns: [(name: String, cells: [String?])], rows: Int) -> String {
    let sorted = columns.sorted { ExactText($0.name) < ExactText($1.name) }
    let lines = (0..<rows).map { row in
      sorted.map { $0.cells[row].map { "=" + $0 } ?? "~" }.joined(separator: "\u{1F}")
    }
    return ([sorted.map(\.name).joined(separator: "\u{1F}")] + lines).joined(separator: "\u{1E}")
  }

  /// The digest of a text as the page has it.
  static func digest(_ text: String) throws -> String {
    String(try sha256(Array(text.utf8)).prefix(16))
  }

  /// The microseconds since 1970 of a text as ISO 8601 has it, a date at its midnight; nil: it is none.
  static func moment(_ text: String) -> Int64? {
    let pattern =
      #/(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?/#
    guard let found = try? pattern.wholeMatch(in: text)?.output else { return nil }
    func number(_ part: Substring?) -> Int64 { part.flatMap { Int64($0) } ?? 0 }
    let month = number(found.2)
    let year = number(found.1) - (month <= 2 ? 1 : 0)
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + number(found.3) - 1
    let days = year * 365 + year / 4 - year / 100 + year / 400 + ofYear - 719_468
    var seconds = days * 86400 + number(found.4) * 3600 + number(found.5) * 60 + number(found.6)
    if let zone = found.8, zone != "Z" {
      let digits = zone.filter(\.isNumber)
      let offset = number(digits.prefix(2)[...]) * 3600 + number(digits.dropFirst(2)[...]) * 60
      seconds += zone.hasPrefix("-") ? offset : -offset
    }
    let parts = (found.7 ?? "") + String(repeating: "0", count: 6 - (found.7?.count ?? 0))
    return seconds * 1_000_000 + number(parts[...])
  }
}
