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

/// The files of `parquet_damages.py`: each kind of damage is refused in words of its own, and what old or other programs
/// write is read.
@Suite(.enabled(if: Fixture.hasEngine, "DuckDB is not on this machine; run make native"))
struct ParquetDamageTests {
  let fixture: Fixture
  init() throws { fixture = try Fixture() }

  /// What is said of a page of the only column.
  private static let page = "a page of column 'x' in row group 1 "
  private static let pages = "the pages of column 'x' in row group 1 "

  /// What is said of each damaged file, behind "the file is damaged: ".
  private static let damages: [String: String] = [
    "sum": page + "is not the one whose sum it holds",
    "gzip-sum": page + "is not the gzip data whose sum and length it holds",
    "gzip-length": page + "is not the gzip data whose sum and length it holds",
    "levels-fewer": page + "says that it has 4 values, and its definition levels are fewer",
    "levels-more": page + "says that it has 4 values, and its definition levels are more",
    "levels-beyond": page + "holds a level above those of its column",
    "levels-length": page + "ends within its levels",
    "nulls": page + "says that 2 of its values are missing, and 1 are by its levels",
    "values-fewer": page + "holds fewer than the 4 values that it should",
    "ones-at-end": page + "holds more than the 3 values that it should",
    "index-beyond": page + "holds a place beyond the 3 values of its dictionary",
    "indices-fewer": page + "says that it has 3 values, and its values are fewer",
    "sum-of-values": page + "holds more than the 2 values that it should",
    "values-of-rows": pages + "hold 5 values, and its rows are 4",
    "sum-of-rows": "it says that it has 5 rows, and its row groups hold 4",
    "place": pages + "are said to stand where the file has none",
    "longer": pages + "are longer than the footer says",
    "unpacked": pages + "have 49 bytes unpacked, and the footer says 9",
    "all-missing": pages + "have values, and its statistics say that all are missing",
    "all-missing-packed": pages + "have values, and its statistics say that all are missing",
    "two-lengths": page + "is not packed, and its header has two lengths for it",
    "header": page + "has a header that cannot be read",
    "two-dictionaries": page + "is a dictionary that is not the first page",
    "start": "it does not begin as a Parquet file does",
    "footer": "its footer cannot be read",
    "no-repetition": "its schema does not say whether column 'x' may be null",
    "name": "it says in two places what column 'y' is called or made of, which differ",
    "notes": "it says in two places what 'x' holds, which differ: UINT_32 and INTEGER(8, signed)",
    "digits": "it says in two places how many digits 'x' has, which differ",
    "no-digits": "it says how many digits 'x' has, and not that they are those of a decimal",
    "impossible": "it says that 'x' holds STRING, which its type cannot",
    "decimal": page + "holds a decimal of more digits than its column says",
    "wide-decimal": page + "holds a decimal of more digits than its column says",
    "packed-decimal":
      "2 cells of column 'x' have more than the 4 digits that it says, such as 100.00",
    "packed-values": pages + "hold 3 values, and the footer says 4",
  ]

  /// What is read of files that are not damaged.
  private static let whole: [String: [String]] = [
    "whole": ["1", "null", "3", "4"], "summed": ["1", "null", "3", "4"],
    "two-members": ["1", "null", "3", "4"], "zeros-at-end": ["1", "null", "3", "4"],
    "parquet-mr-1.2.8": ["a", "b", "a", "null"], "undeclared-dictionary": ["a", "b", "a", "null"],
    "empty": [],
  ]

  /// The committed files, written to the fixture's folder, by their names.
  private func files() throws -> [String: String] {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "parquet_damages.txt")
    let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
    return try Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let parts = line.split(separator: " ").map(String.init)
        let path = "\(fixture.folder)/\(parts[0]).parquet"
        try #require(Data(base64Encoded: parts[1])).write(to: URL(filePath: path))
        return (parts[0], path)
      })
  }

  @Test func `each kind of damage is refused in words of its own`() throws {
    let files = try files()
    for (name, says) in Self.damages {
      let path = try #require(files[name], "\(name)")
      let mistake = diagnostic { _ = try fixture.holdout(path) }
      #expect(
        mistake.message == "holdout: reading '\(path)': the file is damaged: \(says)", "\(name)")
      #expect(mistake.hint == "copy or write the file anew")
    }
    let others = Set(files.keys).subtracting(Self.damages.keys).subtracting(Self.whole.keys)
    #expect(others == ["one-note", "encrypted"])
  }

  @Test func `what old and other programs write is read`() throws {
    let files = try files()
    for (name, cells) in Self.whole {
      let table = try fixture.holdout(#require(files[name], "\(name)"))
      #expect(try table.columns(["x"])[0].shown == cells, "\(name)")
    }
  }

  @Test func `a note that the engine does not read is refused`() throws {
    let path = try #require(files()["one-note"])
    let mistake = diagnostic { _ = try fixture.holdout(path) }
    #expect(mistake.message.contains("by which alone the engine reads it"), "\(mistake.message)")
    #expect(mistake.hint?.contains("which write both notes") == true)
  }

  @Test func `an encrypted file is the engine's to refuse`() throws {
    let path = try #require(files()["encrypted"])
    let mistake = diagnostic { _ = try fixture.holdout(path) }
    #expect(mistake.message.contains("is encrypted"), "\(mistake.message)")
  }

  @Test func `a file that is held open is called by its own name`() throws {
    let path = try #require(files()["sum-of-rows"])
    let file = DataFile(path: path, name: "data/mine.parquet", bytes: 0, sha256: "")
    let mistake = diagnostic {
      _ = try fixture.open([TableSource(name: "t", path: path)], files: ["t": [file]]).table("t")
    }
    #expect(mistake.message.hasPrefix("t: reading 'data/mine.parquet': the file is damaged: "))
  }
}

/// Numbers and runs as Parquet writes them.
struct ParquetBytesTests {
  /// What a reader makes of bytes.
  private func read<Result>(
    _ bytes: [UInt8], _ body: (inout ThriftReader) throws -> Result
  ) throws -> Result {
    try bytes.withUnsafeBytes { bytes in
      var reader = ThriftReader(bytes)
      return try body(&reader)
    }
  }

  @Test func `fields that nobody reads are passed over`() throws {
    // 1: a list of two structures of a text each; 2: a map of a number to a double; 20, long form: true; 21: -3.
    let bytes: [UInt8] = [
      0x19, 0x2C, 0x18, 1, 65, 0, 0x18, 0, 0, 0x1B, 1, 0x57, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, 40,
      0x15, 5, 0,
    ]
    var found: [Int: Int?] = [:]
    try read(bytes) { reader in
      try reader.fields { reader, field in found[field.id] = try reader.int(field) }
      #expect(reader.place == bytes.count)
    }
    #expect(found == [1: nil, 2: nil, 20: nil, 21: -3])
  }

  @Test(
    arguments: [
      [0x15], [0x15, 0x80], [0x18, 9, 65], [0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 7], [0x1E, 0],
      // A number of more than 32 bits, and of more than 64; a field that stands twice.
      [0x15, 0x80, 0x80, 0x80, 0x80, 0x20, 0], [0x16] + Array(repeating: 0x80, count: 10) + [1, 0],
      [0x15, 2, 0x05, 2, 2, 0],
    ] as [[UInt8]]) func `what is no structure is refused`(_ bytes: [UInt8])
  {
    #expect(throws: ThriftReader.Mistake.self) {
      try read(bytes) { try $0.fields { reader, field in _ = try reader.int(field) } }
    }
  }

  @Test func `no depth ends the program`() {
    for byte: UInt8 in [0x1C, 0x19] {
      #expect(throws: ThriftReader.Mistake.self) {
        try read(Array(repeating: byte, count: 100_000)) { try $0.fields { _, _ in } }
      }
    }
  }

  @Test func `groups that are said to be there are`() throws {
    // One number, in one group of which the end is left out, and in 27 of which one is there.
    for (bytes, isWhole) in [
      ([3, 1], true), ([0x37, 1], false), ([0x37] + Array(repeating: 1, count: 27), true),
    ]
      as [([UInt8], Bool)]
    {
      let found = try? bytes.withUnsafeBytes {
        try PackedRuns.count(1, in: $0, width: 1, count: 1, below: 2)
      }
      #expect(found == (isWhole ? 1 : nil))
    }
  }

  @Test func `packed numbers are those that were packed`() throws {
    var generator = SystemRandomNumberGenerator()
    for width in 1...32 {
      let numbers = (0..<203).map { _ in
        Int.random(in: 0..<(1 << width), using: &generator) % 1000
      }
      var bits = [UInt8](repeating: 0, count: 26 * width)
      for (row, number) in numbers.enumerated() {
        for bit in 0..<width where number >> bit & 1 == 1 {
          bits[(row * width + bit) / 8] |= 1 << UInt8((row * width + bit) % 8)
        }
      }
      let greatest = try #require(numbers.max())
      let wanted = numbers[7]
      let bytes = [26 << 1 | 1] + bits
      func count(_ count: Int, below limit: Int) throws -> Int {
        try bytes.withUnsafeBytes {
          try PackedRuns.count(wanted, in: $0, width: width, count: count, below: limit)
        }
      }
      #expect(
        try count(203, below: greatest + 1) == numbers.count { $0 == wanted }, "width \(width)")
      #expect(throws: PackedRuns.Mistake.beyond) { try count(203, below: greatest) }
      #expect(throws: PackedRuns.Mistake.fewer) { try count(209, below: greatest + 1) }
    }
  }
}
