import GateBackends
import Testing

@testable import GateKit

/// Manifests with one mistake each; `↓` on a line of its own stands where the error must point.
@Suite struct ManifestTests {
  static let head = """
    version: 1
    name: loan-default
    task: binary
    data:
      holdout: {path: holdout.csv, label: defaulted}
    models:
      champion: {from: champion.onnx}
      candidate: {from: candidate.onnx}

    """

  static func gates(_ metrics: String) -> String {
    head + "gates:\n  - gate: performance\n    metrics:\n" + metrics
  }

  static let mistakes: [(text: String, message: String, hint: String?)] = [
    (
      gates("      ↓\n      acuracy: {min: 0.8}"), "unknown metric 'acuracy'",
      "did you mean 'accuracy'?"
    ),
    (
      gates("                 ↓\n      accuracy: {mim: 0.8}"), "unknown key 'mim'",
      "did you mean 'min'?"
    ),
    (
      gates("                      ↓\n      accuracy: {min: high}"),
      "found 'high', wanted a number", nil
    ),
    (
      gates("                      ↓\n      accuracy: {min: .nan}"),
      "found '.nan', wanted a number", nil
    ),
    (
      gates("                      ↓\n      accuracy: {min: 85}"),
      "'min: 85' lies outside of what 'accuracy' can be: 0 to 1", "percent"
    ),
    (
      gates("                 ↓\n      accuracy: {min: 0.9, max: 0.8}"), "'min' is above 'max'",
      nil
    ),
    (gates("      ↓\n      accuracy: {min_rows: 5}"), "'accuracy' has no limit", "min, max"),
    (
      gates("                                   ↓\n      accuracy: {min: 0.8, slices: all}"),
      "'slices: all' asks for the declared slices, and there are none", nil
    ),
    (
      gates("                           ↓\n      accuracy: {min: 0.8, max_drop: 0.1}"),
      "unknown key 'max_drop'", nil
    ),
    (
      gates(
        "      - {metric: recall, min: 0.5}\n                 ↓\n      - {metric: recall, min: 0.6}"
      ),
      "there are two checks 'performance/recall'", "an 'id' of its own"
    ),
    (
      gates("      accuracy: {min: 0.8}\n↓\nslice: []"), "unknown key 'slice'",
      "did you mean 'slices'?"
    ),
    (
      gates("      accuracy: {min: 0.8}\nreports:\n  ↓\n  juint: x.xml"),
      "unknown report format 'juint'", "did you mean 'junit'?"
    ),
    (
      gates(
        "      accuracy: {min: 0.8}\nwaivers:\n    ↓\n  - {check: a, reason: b, approved_by: c}"),
      "'until' is missing", nil
    ),
    (
      gates(
        "      accuracy: {min: 0.8}\nwaivers:\n"
          + "                                                 ↓\n"
          + "  - {check: a, reason: b, approved_by: c, until: 2027-02-30}"),
      "found '2027-02-30', wanted a date", nil
    ),
    (
      gates(
        "      accuracy: {min: 0.8}\nslices:\n                                 ↓\n"
          + "  - {column: age, name: b, bins: [40, 25]}"), "the edges of 'bins' must rise", nil
    ),
    (
      gates("      accuracy: {min: 0.8}\nslices:\n    ↓\n  - {where: \"age > 3\"}"),
      "'name' is missing", nil
    ),
    (
      head + "gates:\n          ↓\n  - gate: performence\n    metrics: {accuracy: {min: 0.8}}",
      "unknown gate 'performence'", "did you mean 'performance'?"
    ),
    (
      head + "gates:\n  - gate: champion\n    metrics:\n      ↓\n      accuracy: {}",
      "'accuracy' has no limit", nil
    ),
    (
      head + "gates:\n  - gate: champion\n    metrics:\n                   ↓\n"
        + "      prevalence: {max_drop: 0.1}",
      "'max_drop' asks for a better 'prevalence', and neither a higher nor a lower one is better",
      "'max_increase'"
    ),
    (
      head
        + "gates:\n  - gate: performance\n    metrics: {accuracy: {min: 0.8}}\n          ↓\n"
        + "  - gate: performance\n    metrics: {accuracy: {min: 0.8}}",
      "there are two gates 'performance'", "an 'id' of its own"
    ),
    (
      head + "       ↓\n"
        + "gates: []", "the list is empty", nil
    ),
  ]
    + derived + columns + pairs

  /// A manifest with a metric of its own, which a gate bounds.
  static func own(_ metric: String, gate: String = "performance", _ limit: String = "min: 0")
    -> String
  {
    head + "metrics:\n" + metric + "\ngates:\n  - gate: \(gate)\n    metrics:\n      "
      + "profit: {\(limit)}"
  }

  /// Metrics of the manifest's own.
  static let derived: [(text: String, message: String, hint: String?)] = [
    (
      own("                    ↓\n  profit: 40 * tp + precison"),
      "unknown name 'precison' in the formula", "did you mean 'precision'?"
    ),
    (
      own("                     ↓\n  profit: \"40 * tp + precison\""),
      "unknown name 'precison' in the formula", nil
    ),
    (
      own("                              ↓\n  profit: {formula: 40 * tp + * 2, unit: EUR}"),
      "found '*', wanted a number", nil
    ),
    (
      own("          ↓\n  profit: >-\n    40 * tp\n    + precison"),
      "unknown name 'precison' in the formula", nil
    ),
    (
      own("               ↓\n  profit: 40 * sqroot(tp)"), "unknown function 'sqroot'",
      "did you mean 'sqrt'?"
    ),
    (own("          ↓\n  profit: 40 * 2"), "the formula names nothing that is measured", nil),
    (
      own("          ↓\n  profit: profit + 1"), "the formula of 'profit' names 'profit' itself",
      nil
    ),
    (
      own("          ↓\n  profit: later + 1\n  later: tp / n"),
      "'later' is declared after 'profit'", "declare a metric before"
    ),
    (
      own("          ↓\n  profit: f_beta + 1"),
      "'f_beta' needs its 'beta', and a formula cannot give one", nil
    ),
    (
      own("                   ↓\n  profit: 1 - tp / decision_agreement"),
      "'decision_agreement' compares both models", "champion"
    ),
    (
      own("  profit: tp\n  ↓\n  accuracy: tp / n"), "'accuracy' is a metric already",
      "another name"
    ),
    (own("  profit: tp\n  ↓\n  fn: tp / n"), "'fn' has a meaning in formulas", nil),
    (
      own("  profit: tp\n  ↓\n  net-profit: tp / n"),
      "a metric's name is of letters, digits and '_', found 'net-profit'", nil
    ),
    (
      own("                        ↓\n  profit: {formula: tp, units: EUR}"),
      "unknown key 'units'", nil
    ),
    (
      own("                                   ↓\n  profit: {formula: tp, direction: up}"),
      "found 'up', wanted one of", nil
    ),
    (own("          ↓\n  profit: {unit: EUR}"), "'formula' is missing", nil),
    (
      head + "metrics: {profit: 40 * tp}\ngates:\n  - gate: performance\n    metrics:\n      ↓\n"
        + "      proft: {min: 0}", "unknown metric 'proft'", "did you mean 'profit'?"
    ),
    (
      head + "metrics: {profit: 40 * tp}\ngates:\n  - gate: champion\n    metrics:\n"
        + "               ↓\n      profit: {max_drop: 10}",
      "'max_drop' asks for a better 'profit'", "say 'direction: higher_is_better'"
    ),
    (
      head + "metrics: {reach: roc_auc / n}\ngates:\n  - gate: performance\n    metrics:\n"
        + "              ↓\n      reach: {threshold: 0.3, min: 0}", "unknown key 'threshold'", nil
    ),
  ]

  /// Columns that metrics read.
  static let columns: [(text: String, message: String, hint: String?)] = [
    (
      gates("                               ↓\n      expected_cost: {cost_fn: [a], cost_fp: 1, max: 1}"),
      "found a list, wanted a number", nil
    ),
    (
      gates("                     ↓\n      expected_cost: {cost_fn: amount, max: 1}"), "'cost_fp' is missing", nil
    ),
  ]

  /// Metrics of both models, and flips.
  static let pairs: [(text: String, message: String, hint: String?)] = [
    (
      gates("      ↓\n      negative_flip_rate: {max: 0.02}"),
      "'negative_flip_rate' compares both models, and the gate 'performance' judges the candidate",
      "kind champion"
    ),
    (
      head + "gates:\n  - gate: champion\n    metrics:\n                           ↓\n"
        + "      negative_flip_rate: {max_drop: 0.02}",
      "'max_drop' compares with the champion's value", "'min' and 'max'"
    ),
    (
      head + "gates:\n  - gate: champion\n    metrics:\n                                ↓\n"
        + "      decision_agreement: {min: 1.5}", "lies outside of what 'decision_agreement' can be",
      nil
    ),
    (
      head + "gates:\n  - gate: champion\n    metrics: {negative_flip_rate: {max: 0.1}}\n"
        + "            ↓\n    flips: {max_negative: 0.02}",
      "there are two checks 'champion/negative_flip_rate'", "not both"
    ),
    (
      head + "gates:\n  - gate: champion\n    ↓\n    flips: {}",
      "'flips' has no bound", "max_negative, max_positive, max_symmetric"
    ),
    (
      head + "gates:\n  - gate: champion\n            ↓\n    flips: {max_negativ: 0.1}",
      "unknown key 'max_negativ'", "did you mean 'max_negative'?"
    ),
  ]

  @Test(arguments: mistakes.indices) func `a mistake is located`(index: Int) throws {
    let (marked, message, hint) = Self.mistakes[index]
    var lines = marked.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let arrow = try #require(lines.firstIndex { $0.trimmingPrefix { $0 == " " } == "↓" })
    let column = lines[arrow].count
    lines.remove(at: arrow)
    do {
      _ = try read(lines.joined(separator: "\n"))
      Issue.record("no mistake was found")
    } catch let found as Diagnostics {
      let said = Comment(rawValue: found.all.map(\.rendered).joined(separator: "\n"))
      let mistake = try #require(found.all.first { $0.message.contains(message) }, said)
      #expect(
        mistake.location == Location(file: "gatewright.yaml", line: arrow + 1, column: column), said
      )
      if let hint { #expect(mistake.hint?.contains(hint) == true, said) }
    }
  }

  private func read(_ text: String) throws -> Manifest {
    try Manifest(try parseYAML(Array(text.utf8), name: "gatewright.yaml"))
  }

  @Test func `the examples of the gates are accepted`() throws {
    for gate in Gates.all {
      let example = gate.example.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
      let text = Self.head + "slices: [{column: sex}]\ngates:\n" + example
      #expect(try read(text).gates.count == 1, "\(gate.id)")
    }
  }

  @Test func `every key of the contract's manifest is read`() throws {
    let manifest = try read(
      Self.head + """
        positive: 1
        decision: {threshold: 0.4}
        slices:
          - column: sex
          - {name: age_band, column: age, bins: [25, 40, 60]}
          - {name: new-seniors, where: "age >= 60 AND months_known < 6"}
          - {cross: [sex, age_band]}
        gates:
          - gate: performance
            metrics:
              - {metric: recall, id: recall-low, threshold: 0.4, min: 0.7}
              - {metric: recall, min: 0.5, slices: [sex, region, [sex, region]]}
          - gate: champion
            id: against-champion
            blocking: false
            metrics: {f_beta: {beta: 2, max_drop: 0.1}}
            flips: {max_negative: 0.02, max_positive: 0.5, max_symmetric: 0.5}
        waivers:
          - {check: "a/*", reason: r, approved_by: b, until: 2027-01-31, max_value: 0.15}
        reports: {json: build/r.json}
        limits: {memory: 2GB, threads: 1, spill: tmp}
        """)
    #expect(manifest.threshold == 0.4)
    #expect(manifest.slices.map(\.name) == ["sex", "age_band", "new-seniors", "sex,age_band"])
    #expect(
      manifest.slices[3]
        == .cross([
          .column("sex"), .bins(name: "age_band", column: "age", edges: [25, 40, 60]),
        ]))
    #expect(manifest.gates.map(\.id) == ["performance", "against-champion"])
    #expect(manifest.gates.map(\.blocking) == [true, false])
    #expect(manifest.gates[0].gate.needs.slices.map(\.name) == ["sex", "region", "sex,region"])
    #expect(manifest.resources.memory == 2_000_000_000)
    #expect(manifest.waivers[0].maxValue == 0.15)
  }
}
