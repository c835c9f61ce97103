import GateBackends
import GateGit
import GateModels
import GateSystem
import GateTables
import GateYAML
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

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
      head + "gates:\n    ↓\n  - performance: {metrics: {accuracy: {min: 0.8}}}",
      "'gate' is missing", "in a list write '- gate: performance'"
    ),
    (
      head + "gates:\n  ↓\n  -gate: performance", "wanted a list",
      "write a blank behind the dash: '- gate: …'"
    ),
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
    (
      gates("      accuracy: {min: 0.8}\n↓\nerror_control: holm"),
      "'error_control' is for limits judged with 'confidence', and no gate without one of its own "
        + "has such a limit", "add 'confidence: 0.95'"
    ),
    (
      gates("      accuracy: {min: 0.8}\n    ↓\n    error_control: holm"),
      "'error_control' is for limits judged with 'confidence', and the gate 'performance' has none",
      "remove 'error_control'"
    ),
    (
      gates(
        "      accuracy: {min: 0.8, confidence: 0.9}\n                   ↓\n"
          + "    error_control: bonferoni"), "bonferoni", "did you mean 'bonferroni'"
    ),
    (
      gates(
        "      accuracy: {min: 0.8, confidence: 0.9}\n    error_control: none\n↓\n"
          + "error_control: by"), "and no gate without one of its own has such a limit", nil
    ),
    (
      gates("      accuracy: {min: 0.8}\n    ↓\n    replicates: 500"),
      "'replicates' is for limits judged with 'confidence'", nil
    ),
    (
      gates(
        "      accuracy: {min: 0.8}\n      f1: {min: 0.5, confidence: 0.9}\n    ↓\n"
          + "    resampling: stratified"),
      "'resampling: stratified' takes the sizes of the classes as given, and 'f1' depends on them",
      "a gate of its own"
    ),
    (
      head.replacing("label: defaulted", with: "label: defaulted, cluster: customer")
        + "gates:\n  - gate: performance\n    metrics: {gini: {min: 0.5, confidence: 0.9}}\n"
        + "    ↓\n    resampling: stratified",
      "'data.holdout.cluster' has them drawn by cluster", "remove one of the two"
    ),
  ]

  /// These and those of the other files.
  static let all = mistakes + ofParameters + ofMetrics

  @Test(arguments: all.indices) func `a mistake is located`(index: Int) throws {
    let (marked, message, hint) = Self.all[index]
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
    try Manifest(try parseYAML(Array(text.utf8), name: "gatewright.yaml"), in: .live) {
      path throws(Diagnostics) in
      let text =
        path.hasSuffix("gate.yaml")
        ? """
        id: business-rules
        summary: Counts what keeps the rules.
        command: [python3, gate.py]
        parameters: {approved_share: {type: number, summary: The share.}}
        measurements: {rules_kept: {direction: higher}}

        """ : "version: 1\ntable: {row_count: {min: 1}}\n"
      return try parseYAML(Array(text.utf8), name: path)
    }
  }

  @Test func `the examples of the gates are accepted`() throws {
    for gate in Gates.all {
      let example = gate.example.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
      let head = Self.head.replacing(
        "data:\n", with: "data:\n  reference: {path: train.csv}\n")
      let text = head + "slices: [{column: sex}]\ngates:\n" + example
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
