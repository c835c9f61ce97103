import Testing

@testable import GateCore
@testable import GateKit

/// Proposals that nobody need approve, each by one edit of a manifest or its schema.
@Suite struct HarmlessTests {
  typealias Edit = PolicyFixture.Edit

  /// Those that say the same otherwise.
  static let same = [
    Edit("a comment", "version: 1\n", "# What holds.\nversion: 1\n"),
    Edit("a blank line", "task: binary\n", "task: binary\n\n"),
    Edit("a comment behind a limit", "{min: 0.85}", "{min: 0.85}  # as agreed"),
    Edit("a number in another writing", "{min: 0.85}", "{min: 0.850}"),
    Edit("a number with an exponent", "max_drop: 0.005", "max_drop: 5e-3"),
    Edit("a size in another unit", "10MB", "10000KB"),
    Edit("a truth value in another word", "locked: true", "locked: yes"),
    Edit("a text in quotes", "label: defaulted", "label: \"defaulted\""),
    Edit("a list in blocks", "trust: [python]", "trust:\n  - python"),
    Edit(
      "keys in another order", "version: 1\nname: loan-default\n",
      "name: loan-default\nversion: 1\n"),
    Edit(
      "limits in another order", "{max: 0.35, confidence: none}", "{confidence: none, max: 0.35}"),
    Edit("slices in another order", "slices: [sex, age_band]", "slices: [age_band, sex]"),
    Edit(
      "groups in another order", "by: [sex, age_band, [sex, region]]",
      "by: [[region, sex], age_band, sex]"),
    Edit(
      "gates in another order",
      "  - gate: latency\n    single_row: {p99_ms: {max: 5}, vs_champion: {max_ratio: 1.2}}\n  - gate: size\n    metrics: {model_bytes: {max: 10MB}}\n",
      "  - gate: size\n    metrics: {model_bytes: {max: 10MB}}\n  - gate: latency\n    single_row: {p99_ms: {max: 5}, vs_champion: {max_ratio: 1.2}}\n"
    ),
    Edit(
      "metrics in a list", "metrics: {model_bytes: {max: 10MB}}",
      "metrics:\n      model_bytes:\n        max: 10MB"),
    Edit("a standard that is written", "- gate: size", "- gate: size\n    blocking: true"),
    Edit("a standard that is left out", "    small_groups: error\n", ""),
    Edit("a metric's standard left out", ", agg: worst_case", ""),
    Edit(
      "the gate's confidence at a metric", "roc_auc: {min: 0.85}",
      "roc_auc: {min: 0.85, confidence: 0.95}"),
    Edit(
      "all slices by their names", "slices: all, min_rows",
      "slices: [sex, age_band, new_seniors], min_rows"),
    Edit("bins in another writing", "bins: [25, 40, 60]", "bins: [25.0, 40, 6e1]"),
    Edit("a standard of the schema", "strict: false\n", ""),
    Edit(
      "columns in another order",
      "  application_id: {type: integer, unique: true, not_null: true}\n  income: {type: number, between: {min: 0, max: 10000000}, null_share: {max: 0.05}}\n",
      "  income: {type: number, between: {min: 0, max: 10000000}, null_share: {max: 0.05}}\n  application_id: {type: integer, unique: true, not_null: true}\n"
    ),
  ]

  /// Those that change what has no part in the verdict.
  static let neutral = [
    Edit("a gate's id that is its kind", "- gate: size", "- gate: size\n    id: size"),
    Edit("another name", "name: loan-default", "name: loans"),
    Edit(
      "another report", "reports: {junit: build/gatewright.xml}", "reports: {html: build/gate.html}"
    ),
    Edit("no report", "reports: {junit: build/gatewright.xml}\n", ""),
    Edit("more time", "limits: {time: 5min}", "limits: {time: 10min}"),
    Edit("fewer threads", "limits: {time: 5min}", "limits: {time: 5min, threads: 2}"),
    Edit("another candidate", "models/candidate.onnx", "models/candidate-2.onnx"),
    Edit("more memory for the candidate", "features: [", "limits: {memory: 16GB}\n    features: ["),
    Edit("a metric's summary", "What errors cost.", "What mistakes cost us."),
    Edit("a metric's unit", "unit: EUR", "unit: USD"),
    Edit("a waiver's reason", "reason: few rows", "reason: few rows in the north"),
    Edit(
      "a derived column that nothing names", "is_young: age < 25",
      "is_young: age < 25\n    is_old: age > 70"),
    Edit("another schema file of the same text", "schemas/loan.yaml", "schemas/loans.yaml"),
    Edit("notes in the schema", "mostly: 0.99", "mostly: 0.99, meta: {owner: data team}"),
  ]

  /// Those that let less pass.
  static let tighter = [
    Edit("a higher min", "{min: 0.85}", "{min: 0.9}"),
    Edit("a lower max", "{max: 0.35, ", "{max: 0.3, "),
    Edit("a smaller drop", "max_drop: 0.005", "max_drop: 0.001"),
    Edit("a larger gain", "min_gain: 0}", "min_gain: 0.01}"),
    Edit("fewer flips", "max_negative: 0.02", "max_negative: 0.01"),
    Edit(
      "flips of another kind too", "{max_negative: 0.02}", "{max_negative: 0.02, max_positive: 0.5}"
    ),
    Edit("one more limit", "{min: 0.85}", "{min: 0.85, max: 0.99}"),
    Edit(
      "one more metric", "roc_auc: {min: 0.85}", "roc_auc: {min: 0.85}\n      accuracy: {min: 0.7}"),
    Edit("slices", "roc_auc: {min: 0.85}", "roc_auc: {min: 0.85, slices: [sex]}"),
    Edit(
      "one more slice of a metric", "slices: [sex, age_band]", "slices: [sex, age_band, region]"),
    Edit("all slices of a metric", "slices: [sex, age_band]", "slices: all"),
    Edit("one more slice", "  - column: sex\n", "  - column: sex\n  - column: region\n"),
    Edit("one more group", "[sex, region]]", "[sex, region], region]"),
    Edit("more confidence of a metric", "confidence: 0.9,", "confidence: 0.99,"),
    Edit("the confidence of the gate", ", confidence: 0.9, slices", ", slices"),
    Edit(
      "more confidence of a gate", "- gate: champion\n    confidence: 0.95",
      "- gate: champion\n    confidence: 0.99"),
    Edit("a confidence where there was none", "{max: 5000, confidence: none}", "{max: 5000}"),
    Edit("stronger control", "error_control: holm", "error_control: bonferroni"),
    Edit("one more gate", "gates:\n", "gates:\n  - {gate: calibration}\n"),
    Edit(
      "one more gate of a kind", "gates:\n",
      "gates:\n  - {gate: performance, id: more, metrics: {accuracy: {min: 0.5}}}\n"),
    Edit(
      "a search for slices", "- gate: performance\n", "- gate: performance\n    discover: true\n"),
    Edit("a law's limits too", "- gate: fairness\n", "- gate: fairness\n    preset: four-fifths\n"),
    Edit(
      "less difference", "demographic_parity_difference: {max: 0.1}",
      "demographic_parity_difference: {max: 0.05}"),
    Edit("less drift", "psi: {max: 0.2}", "psi: {max: 0.1}"),
    Edit("a larger p-value", "min_p_value: 0.01", "min_p_value: 0.05"),
    Edit(
      "one more test of drift", "psi: {max: 0.2},", "psi: {max: 0.2}, total_variation: {max: 0.2},"),
    Edit(
      "a smaller share", "share_drifted: {max: 0.3}",
      "share_drifted: {max: 0.3}\n    label: {psi: {max: 0.1}}"),
    Edit(
      "no correction of drift", "columns: [age, income]",
      "columns: [age, income]\n    error_control: none"),
    Edit("a faster row", "p99_ms: {max: 5}", "p99_ms: {max: 4}"),
    Edit("another quantile too", "p99_ms: {max: 5}", "p99_ms: {max: 5}, p50_ms: {max: 1}"),
    Edit(
      "the first row too", "- gate: latency\n", "- gate: latency\n    first_row_ms: {max: 100}\n"),
    Edit("a smaller file", "10MB", "9MB"),
    Edit(
      "a pinned holdout", "weight: exposure",
      "weight: exposure, sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    Edit("a shorter waiver", "2027-01-31", "2026-12-31"),
    Edit("a narrower waiver", "max_value: 0.15", "max_value: 0.12"),
    Edit(
      "no waiver",
      "waivers:\n  - {check: fairness/x/region=north, reason: few rows, approved_by: ann, until: 2027-01-31, max_value: 0.15}\n",
      ""),
    Edit("less trust", "trust: [python]\n", ""),
    Edit("a sandbox", "locked: true", "locked: true, sandbox: required"),
    Edit(
      "one more check of a column", "income: {type: number,",
      "income: {type: number, not_null: true,"),
    Edit("closer bounds", "between: {min: 0,", "between: {min: 1,"),
    Edit("more of it", "mostly: 0.99", "mostly: 0.999"),
    Edit("one more column", "  fax:", "  age: {type: integer}\n  fax:"),
    Edit("a column that must be there", "fax: {presence: optional, type", "fax: {type"),
    Edit("a strict schema", "strict: false", "strict: true"),
    Edit("more rows", "row_count: {min: 1000}", "row_count: {min: 2000}"),
  ]

  @Test(arguments: same) func `another writing of the same is no change`(edit: Edit) throws {
    let changes = try PolicyFixture.changes(
      try PolicyFixture.document(), try PolicyFixture.document(edit))
    #expect(changes.map(\.place) == [])
  }

  @Test(arguments: neutral) func `what has no part in the verdict is neutral`(edit: Edit) throws {
    let changes = try PolicyFixture.changes(
      try PolicyFixture.document(), try PolicyFixture.document(edit))
    #expect(!changes.isEmpty || edit.name.contains("notes"))
    #expect(changes.allSatisfy { $0.effect == .neutral }, "\(changes.map(\.place))")
  }

  @Test(arguments: tighter) func `what lets less pass is tighter`(edit: Edit) throws {
    let changes = try PolicyFixture.changes(
      try PolicyFixture.document(), try PolicyFixture.document(edit))
    #expect(!changes.isEmpty)
    #expect(changes.loosening.map(\.place) == [])
    #expect(changes.contains { $0.effect == .tightens })
  }

  @Test func `there are sixty of them`() {
    #expect((Self.same + Self.neutral + Self.tighter).count >= 60)
  }

  /// Another name of the same rows means nothing, but where a waiver may speak of it.
  @Test func `a slice of another name is the same`() throws {
    let plain = PolicyFixture.manifest.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("waivers") && !$0.contains("few rows") }.joined(separator: "\n")
    let renamed = plain.replacing("age_band", with: "age_group")
    let changes = try PolicyFixture.changes(
      try PolicyFixture.document(manifest: plain), try PolicyFixture.document(manifest: renamed))
    #expect(changes.map(\.effect) == [.neutral])
    let waived = try PolicyFixture.changes(
      try PolicyFixture.document(),
      try PolicyFixture.document(
        manifest: PolicyFixture.manifest.replacing("age_band", with: "age_group")))
    #expect(waived.loosening.map(\.place) == ["slices.age_group"])
    // Two that change names are other rows to all that speaks of them.
    let swapped = plain.replacing("name: age_band", with: "name: x")
      .replacing("name: new_seniors", with: "name: age_band")
      .replacing("name: x", with: "name: new_seniors")
    let changed = try PolicyFixture.changes(
      try PolicyFixture.document(manifest: plain), try PolicyFixture.document(manifest: swapped))
    #expect(changed.loosening.contains { $0.place == "slices.age_band" })
  }
}
