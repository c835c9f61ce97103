import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// One column, of numbers or of categories, and what a library says of it.
struct CellGolden: CustomTestStringConvertible, Sendable {
  let name: String
  let column: DriftColumn
  let figures: [String: Figure]

  var testDescription: String { name }
  var isConstant: Bool { column.distinct == 1 }

  /// A figure, or why there is none.
  struct Figure: Decodable, Sendable {
    let value, pValue, mean, variance: Double?
    let undefined: String?

    private enum CodingKeys: String, CodingKey {
      case value, mean, variance, undefined
      case pValue = "p_value"
    }
  }

  /// Compares a figure of the library's with a test's value, or with what else of its figure; a kind of columns that the
  /// test is not for is left out.
  func compare(
    _ name: String, with id: String, _ arguments: Arguments = Arguments(),
    of part: (DriftFigure) -> Double? = { $0.value }, valueWithin near: Double = 0,
    pWithin: Double = 0
  ) throws {
    let test = try #require(DriftTests.named(id))
    guard let wanted = figures[name], test.measure.kinds.contains(column.kind) else { return }
    let place = Comment(rawValue: "\(id), \(self.name)")
    guard wanted.undefined == nil else {
      #expect(throws: Undefined.self, place) { try test.figure(on: .column(column), arguments) }
      return
    }
    let found = try test.figure(on: .column(column), arguments)
    #expect(test.range.contains(found.value), place)
    if let value = wanted.value {
      let ours = part(found) ?? .nan
      #expect(ours.isClose(to: value) || abs(ours - value) <= near, place)
    }
    if let p = wanted.pValue {
      let ours = try #require(found.pValue, place)
      #expect(ours.isClose(to: p, relative: 1e-6) || abs(ours - p) <= pWithin, place)
    }
  }

  /// Every case that the library was asked about.
  static func read(_ library: String) throws -> [CellGolden] {
    let data = try file("data", as: Cases.self)
    return try file(library, as: Figures.self).cases.sorted { $0.key < $1.key }
      .compactMap { name, figures in
        guard let column = data.column(name) else { return nil }
        return CellGolden(name: name, column: column, figures: figures.compactMapValues(\.figure))
      }
  }

  /// Two-by-two tables by their numbers, row by row.
  static func tables() throws -> [String: Figure] {
    try #require(try file("scipy", as: Figures.self).tables)
  }

  private static func file<Content: Decodable>(_ name: String, as type: Content.Type) throws
    -> Content
  {
    let url = try #require(
      Bundle.module.url(
        forResource: "drift-\(name)", withExtension: "json", subdirectory: "Golden"))
    return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
  }

  /// Figures by case; what has another shape is another test's.
  private struct Figures: Decodable {
    let cases: [String: [String: Entry]]
    let tables: [String: Figure]?

    struct Entry: Decodable {
      let figure: Figure?
      init(from decoder: any Decoder) { figure = try? Figure(from: decoder) }
    }
  }

  /// The columns, written out or as whole-number arithmetic.
  private struct Cases: Decodable {
    let cases: [String: Rows]
    let formulas: [String: Formulas]

    struct Rows: Decodable {
      let kind: String
      let reference, current: [Value?]
    }

    struct Formulas: Decodable {
      let reference, current: Formula
    }

    struct Formula: Decodable {
      let rows, multiplier, offset, modulus, shift, divisor: Int
      var numbers: [Double] {
        (0..<rows).map {
          Double(($0 * multiplier + offset) % modulus + shift) / Double(divisor)
        }
      }
    }

    func column(_ name: String) -> DriftColumn? {
      if let formulas = formulas[name] {
        return DriftColumn(numbers: formulas.reference.numbers, formulas.current.numbers)
      }
      guard let rows = cases[name] else { return nil }
      return rows.kind == "number"
        ? DriftColumn(
          numbers: rows.reference.map { $0?.number ?? .nan },
          rows.current.map { $0?.number ?? .nan })
        : DriftColumn(
          categories: rows.reference.map { $0?.text }, rows.current.map { $0?.text })
    }
  }

  /// A number or a text.
  private enum Value: Decodable {
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
  }
}
