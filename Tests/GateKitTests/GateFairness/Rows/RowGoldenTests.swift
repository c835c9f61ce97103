import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Consistency as AIF360 has it, and the flip test by its formula.
@Suite struct RowGoldenTests {
  struct Case: Decodable {
    let task: String
    let score: [Double]?
    let label: [Double]?
    let by: [String]
    let groups: [String: [String?]]
    let privileged: [String: String]
    let features: [String: [Double]]?
    let weight: [Double]?

    /// Of two classes, decided at a half.
    func sample() throws -> Sample {
      .binary(
        BinarySample(
          scores: try #require(score), positives: try #require(label).map { $0 == 1 },
          weights: weight))
    }

    /// The joined group of each row; nil: a part of it is null.
    var joined: [String?] {
      (groups[by[0]] ?? []).indices.map { row in
        let parts = by.map { groups[$0]?[row] }
        return parts.contains(nil) ? nil : parts.compactMap { $0 ?? nil }.joined(separator: ",")
      }
    }

    var points: [[Double]] { ["x1", "x2"].compactMap { features?[$0] } }

    /// AIF360's codes of the attributes: places among their values in order.
    var codes: [[Double]] {
      by.map { name in
        let values = (groups[name] ?? []).map { $0 ?? "" }
        let order = Set(values).sorted()
        return values.map { Double(order.firstIndex(of: $0) ?? 0) }
      }
    }
  }

  struct Cases: Decodable { let cases: [String: Case] }
  struct Figures: Decodable { let cases: [String: [String: Expectation]] }

  static func read<T: Decodable>(_ name: String, _ type: T.Type) throws -> T {
    let url = try #require(
      Bundle.module.url(forResource: "Golden/fairness-\(name)", withExtension: "json"))
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }

  /// Of every case of two classes: its figures whose names start as asked.
  static func figures(
    _ file: String, _ prefix: String
  ) throws -> [(name: String, one: Case, id: String, figure: Expectation)] {
    let cases = try read("data", Cases.self).cases
    return try read(file, Figures.self).cases.flatMap { name, figures in
      let one = try #require(cases[name])
      guard one.task == "binary" else {
        return [(name: String, one: Case, id: String, figure: Expectation)]()
      }
      return figures.filter { $0.key.hasPrefix(prefix) }.map { (name, one, $0.key, $0.value) }
    }
  }

  @Test func `consistency is AIF360's`() async throws {
    let figures = try Self.figures("aif360", "consistency")
    #expect(figures.count == 60)
    for (name, one, id, figure) in figures {
      guard case .number(let wanted) = figure else {
        Issue.record("\(name): \(id) is \(figure)")
        continue
      }
      let of = id.contains("of=label") ? "label" : "prediction"
      // It goes by no group, and one group is no comparison.
      let rows = one.points[0].indices
      let measure = RowMeasure(
        sample: try one.sample(), groups: rows.map { $0 % 2 == 0 ? "even" : "odd" },
        features: id.contains("api=sklearn") ? one.points : one.codes + one.points)
      let found = try await measure.value("consistency@aif360", Arguments(texts: ["of": of]))
      #expect(abs(found - wanted) < 1e-9, "\(name): \(id) is \(found), not \(wanted)")
      if one.weight == nil {
        let own = try await measure.value(
          "consistency", Arguments(texts: ["of": of, "scaling": "none"]))
        #expect(own == found, "\(name): \(id)")
      }
    }
  }

  @Test func `the flip test is Clarify's`() async throws {
    let figures = try Self.figures("formulas", "FT ")
    #expect(figures.count == 102)
    for (name, one, id, figure) in figures {
      let words = id.split(separator: " ", maxSplits: 2)
      let facet = words.count > 2 ? words[2].dropFirst("facet=".count) : nil
      let privileged = one.by.compactMap { one.privileged[$0] }.joined(separator: ",")
      // Facet d is the one named, or all but the privileged group.
      let groups = one.joined.map { group in
        group.map { group in
          (facet.map { group != $0 } ?? (group == privileged)) ? "a" : "d"
        }
      }
      let measure = RowMeasure(
        sample: try one.sample(), groups: groups, reference: "a", features: one.points)
      let neighbours = try #require(Double(words[1].dropFirst("k=".count)))
      let arguments = Arguments(["neighbours": neighbours])
      guard case .number(let wanted) = figure else {
        await #expect(throws: (any Error).self, "\(name): \(id)") {
          try await measure.value("flip_test@clarify", arguments)
        }
        continue
      }
      let found = try await measure.value("flip_test@clarify", arguments)
      #expect(abs(found - wanted) < 1e-9, "\(name): \(id) is \(found), not \(wanted)")
    }
  }
}
