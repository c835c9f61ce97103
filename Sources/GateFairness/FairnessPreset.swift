package import GateCore

/// Limits that a law or its practice knows, with where they come from.
package struct FairnessPreset: Sendable, Identifiable {
  /// As a manifest names it.
  package let id: String
  /// One sentence.
  package let summary: String
  /// The law, and what it does not say.
  package let source: String
  /// The metrics with their limits.
  package let limits: [(metric: String, kind: Limit.Kind, bound: Double)]
  /// Whether groups must be crossed too.
  let wantsCross: Bool

  /// Every preset; a new one is a line here.
  package static let all: [FairnessPreset] = [fourFifths, localLaw144, lendingUS, lendingEU]

  package static let fourFifths = FairnessPreset(
    id: "four-fifths",
    summary: "The lowest selection rate of a group is at least four fifths of the highest.",
    source:
      "US Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.4(D): a rate below four fifths of the "
      + "highest group's is generally regarded as evidence of adverse impact",
    limits: [("disparate_impact", .min, 0.8)], wantsCross: false)

  static let localLaw144 = FairnessPreset(
    id: "nyc-local-law-144",
    summary: "Impact ratios of automated employment decision tools, by sex, race and their cross.",
    source:
      "New York City Local Law 144 of 2021 and 6 RCNY 5-301: impact ratios by sex, race/ethnicity and intersection must be "
      + "published; the law sets no limit, 0.8 is that of 29 CFR 1607.4(D)",
    limits: [("impact_ratio", .min, 0.8)], wantsCross: true)

  static let lendingUS = FairnessPreset(
    id: "us-lending",
    summary: "The adverse impact ratio of credit decisions.",
    source:
      "Equal Credit Opportunity Act, 15 USC 1691, and Regulation B, 12 CFR 1002.6(a) (effects test); neither sets a limit, "
      + "practice takes an adverse impact ratio of 0.8, after 29 CFR 1607.4(D)",
    limits: [("disparate_impact", .min, 0.8)], wantsCross: false)

  static let lendingEU = FairnessPreset(
    id: "eu-lending",
    summary: "Selection rates and the chances of those who repay, of credit decisions.",
    source:
      "Directive (EU) 2023/2225 article 6 (no discrimination in consumer credit) and Regulation (EU) 2024/1689 annex III 5(b) "
      + "(credit scoring is high-risk); neither sets a limit, 0.8 and 0.1 are those that practice has taken over",
    limits: [("disparate_impact", .min, 0.8), ("equal_opportunity_difference", .max, 0.1)],
    wantsCross: false)

  /// What a manifest may write.
  package static let parameter = Parameter(
    "preset", "Limits that a law or its practice knows, beside those of 'metrics'.",
    .choice(all.map(\.id)))

  /// The one that a gate names.
  package init?(_ node: Node?) {
    guard let found = Self.all.first(where: { $0.id == node?.text }) else { return nil }
    self = found
  }

  private init(
    id: String, summary: String, source: String,
    limits: [(metric: String, kind: Limit.Kind, bound: Double)], wantsCross: Bool
  ) {
    (self.id, self.summary, self.source) = (id, summary, source)
    (self.limits, self.wantsCross) = (limits, wantsCross)
  }
}

extension FairnessPreset {
  /// Its limits as the manifest would write them, at the place of the preset.
  package func entries(at mark: Mark) -> [Node.Pair] {
    limits.map { limit in
      Node.Pair(
        key: Node(.scalar(limit.metric, quoted: true), at: mark),
        value: Node(
          .mapping([
            Node.Pair(
              key: Node(.scalar(limit.kind.rawValue, quoted: true), at: mark),
              value: Node(.scalar(limit.bound.brief, quoted: false), at: mark))
          ]), at: mark))
    }
  }

  /// What is missing of what it asks for.
  package func mistakes(_ attributes: [Slice], at mark: Mark) -> [Diagnostic] {
    guard wantsCross else { return [] }
    let hasCross = attributes.contains { if case .cross = $0 { true } else { false } }
    return hasCross
      ? []
      : [
        Diagnostic(
          "'\(id)' asks for impact ratios of the cross of its groups, and 'by' has no cross",
          at: mark,
          hint: "add to 'by' the list of both names: [sex, race]")
      ]
  }
}
