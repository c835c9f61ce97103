import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Figures of published tables: COMPAS by race, and admissions to Berkeley by sex.
@Suite struct FairnessPublishedTests {
  /// One published table.
  struct Table: Decodable {
    /// By group and cell; of Berkeley by group, department and outcome.
    var counts: [String: [String: Count]]
    var privileged: String
    var expected: [String: Double]

    /// A cell, or the outcomes of a department.
    enum Count: Decodable {
      case rows(Int)
      case outcomes([String: Int])

      init(from decoder: any Decoder) throws {
        let one = try decoder.singleValueContainer()
        if let rows = try? one.decode(Int.self) {
          self = .rows(rows)
        } else {
          self = .outcomes(try one.decode([String: Int].self))
        }
      }
    }
  }

  private struct File: Decodable { var cases: [String: Table] }

  @Test(arguments: [("COMPAS by race", 40), ("Berkeley admissions by sex", 18)])
  func `every figure agrees`(_ name: String, _ figures: Int) async throws {
    let table = try #require(FairnessGolden.read(File.self, "published").cases[name])
    let one = Self.rows(of: table).finding
    var compared = 0
    for (key, expected) in table.expected.sorted(by: { $0.key < $1.key }) {
      let key = FairnessKey(key)
      var groups = key["group"].map { FairnessGroups.alone(one, $0) } ?? FairnessGroups(one)
      if let stratum = key["control"] { groups = groups.within(stratum, of: one) }
      let id = FairnessFormulaTests.clarify[key.base].map { $0 + "@clarify" }
      let found = try await FairnessDefinitions.value(
        id ?? "\(key.base)_group_min", one, groups, Arguments(),
        control: key.base == "CDD" ? one.strata : nil)
      let value = try found.get()
      #expect(abs(value - expected) <= 1e-9, "\(name) \(key.base) \(key.arguments): \(value)")
      compared += 1
    }
    #expect(compared == figures)
  }

  /// A row for every person of a table; the label is not known of Berkeley.
  private static func rows(of table: Table) -> FairnessCase {
    var groups: [String] = []
    var (control, label, score): ([String], [Int], [Double]) = ([], [], [])
    func add(_ count: Int, _ group: String, _ stratum: String, _ positive: Int, _ decided: Bool) {
      groups += [String](repeating: group, count: count)
      control += [String](repeating: stratum, count: count)
      label += [Int](repeating: positive, count: count)
      score += [Double](repeating: decided ? 1 : 0, count: count)
    }
    for (group, cells) in table.counts.sorted(by: { $0.key < $1.key }) {
      for (name, count) in cells.sorted(by: { $0.key < $1.key }) {
        switch count {
        case .rows(let rows):
          let isPositive = ["tp", "fn"].contains(name)
          add(rows, group, "all", isPositive ? 1 : 0, ["tp", "fp"].contains(name))
        case .outcomes(let outcomes):
          for (outcome, rows) in outcomes { add(rows, group, name, 0, outcome == "admitted") }
        }
      }
    }
    return FairnessCase(
      task: "binary", score: score, label: label, by: ["group"], groups: ["group": groups],
      privileged: ["group": table.privileged], control: control)
  }
}
