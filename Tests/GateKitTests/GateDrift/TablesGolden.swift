import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What Golden/make_drift_tables.py and make_drift_classifiers.py wrote.
enum TablesGolden {
  /// A figure, or why there is none.
  enum Figure: Decodable, Equatable {
    case number(Double)
    case undefined(String)

    init(from decoder: any Decoder) throws {
      if let number = try? decoder.singleValueContainer().decode(Double.self) {
        self = .number(number)
      } else {
        let reason = try decoder.singleValueContainer().decode([String: String].self)
        self = .undefined(try #require(reason["undefined"]))
      }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }
  }

  /// Rows of numbers of both sides.
  struct Vectors: Decodable {
    let reference, current: [[Double]]

    var subject: DriftSubject {
      .vectors(
        DriftVectors(
          width: reference[0].count, reference: reference.flatMap(\.self),
          current: current.flatMap(\.self)))
    }
  }

  struct Texts: Decodable {
    let reference, current: [String]

    var subject: DriftSubject { .texts(DriftTexts(reference: reference, current: current)) }
  }

  /// A column of a table.
  enum Column: Decodable {
    case numbers([Double?], [Double?])
    case categories([String?], [String?])

    enum Key: CodingKey { case kind, reference, current }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      if try values.decode(String.self, forKey: .kind) == "number" {
        self = .numbers(
          try values.decode([Double?].self, forKey: .reference),
          try values.decode([Double?].self, forKey: .current))
      } else {
        self = .categories(
          try values.decode([String?].self, forKey: .reference),
          try values.decode([String?].self, forKey: .current))
      }
    }

    /// As tests read it; categories get their codes in the order in which they first stand, to show that it does not count.
    var values: DriftRows.Values {
      switch self {
      case .numbers(let before, let after):
        return .numbers(reference: before.map { $0 ?? .nan }, current: after.map { $0 ?? .nan })
      case .categories(let before, let after):
        var names: [String] = []
        for name in (after + before).compactMap(\.self) where !names.contains(name) {
          names.append(name)
        }
        func codes(_ values: [String?]) -> [Int32] {
          values.map { value in
            value.flatMap { names.firstIndex(of: $0) }.map(Int32.init) ?? -1
          }
        }
        return .categories(reference: codes(before), current: codes(after), names: names)
      }
    }
  }

  struct Data: Decodable {
    let embeddings: [String: Vectors]
    let tables: [String: [String: Column]]
    let texts: [String: Texts]
  }

  /// A file.
  private struct File<Cases: Decodable>: Decodable { let cases: Cases }

  /// The cases of a file.
  static func cases<Cases: Decodable>(_ file: String, _: Cases.Type = Cases.self) throws -> Cases {
    let url = try #require(
      Bundle.module.url(forResource: file, withExtension: "json", subdirectory: "Golden"))
    let data = try Foundation.Data(contentsOf: url)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(File<Cases>.self, from: data).cases
  }

  static func data() throws -> Data { try cases("drift-tables-data") }

  /// All features of a table.
  static func rows(_ table: [String: Column]) -> DriftSubject {
    .rows(
      DriftRows(
        features: table.sorted { $0.key < $1.key }.map {
          DriftRows.Feature(name: $0.key, values: $0.value.values)
        }))
  }
}

extension DriftTest {
  /// The value, compared with what a library has; undefined where that is.
  func expect(
    _ golden: TablesGolden.Figure, on subject: DriftSubject, _ arguments: Arguments = Arguments(),
    case name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = Result { () throws(Undefined) in try figure(on: subject, arguments).value }
    switch (golden, found) {
    case (.number(let wanted), .success(let value)):
      #expect(
        value.isClose(to: wanted), "\(id) on '\(name)': \(value), wanted \(wanted)",
        sourceLocation: sourceLocation)
    case (.undefined, .failure): break
    default:
      Issue.record("\(id) on '\(name)': \(found), wanted \(golden)", sourceLocation: sourceLocation)
    }
  }
}

extension [JSON.Member] {
  /// The value under a key.
  subscript(_ key: String) -> JSON? { first { $0.key == key }?.value }
}
