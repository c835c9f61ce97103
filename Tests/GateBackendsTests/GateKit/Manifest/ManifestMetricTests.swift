@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Mistakes in metrics of the manifest's own, in columns that metrics read, and in those of both models.
extension ManifestTests {
  /// All of them.
  static var ofMetrics: [(text: String, message: String, hint: String?)] {
    derived + columns + pairs
  }

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
    (own("  ↓\n  profit: {unit: EUR}"), "neither a 'formula'", "under 'use'"),
    (
      head + "metrics: {profit: 40 * tp}\ngates:\n  - gate: performance\n    metrics:\n      ↓\n"
        + "      proft: {min: 0}", "unknown metric 'proft'", "did you mean 'profit'?"
    ),
    (
      head + "metrics: {profit: 40 * tp}\ngates:\n  - gate: champion\n    metrics:\n"
        + "               ↓\n      profit: {max_drop: 10}",
      "'max_drop' asks for a better 'profit'",
      "say 'profit: {formula: \"40 * tp\", direction: higher_is_better}'"
    ),
    (
      head + "metrics: {reach: roc_auc / n}\ngates:\n  - gate: performance\n    metrics:\n"
        + "              ↓\n      reach: {threshold: 0.3, min: 0}", "unknown key 'threshold'", nil
    ),
    (
      own("  profit: tp\n  ↓\n  reach: tp / n"), "no gate judges the metric 'reach'",
      "or remove it"
    ),
    (
      own("  base: tp\n  profit: base + 1\n  ↓\n  more: profit + 1"),
      "no gate judges the metric 'more'", nil
    ),
    (
      own("  profit: tp\n  ↓\n  base: tn\n  more: base + 1"),
      "no gate judges the metric 'base'", nil
    ),
  ]

  /// Columns that metrics read.
  static let columns: [(text: String, message: String, hint: String?)] = [
    (
      gates(
        "                               ↓\n      expected_cost: {cost_fn: [a], cost_fp: 1, max: 1}"),
      "found a list, wanted a number", nil
    ),
    (
      gates("                     ↓\n      expected_cost: {cost_fn: amount, max: 1}"),
      "'cost_fp' is missing", nil
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
        + "      decision_agreement: {min: 1.5}",
      "lies outside of what 'decision_agreement' can be",
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
}
