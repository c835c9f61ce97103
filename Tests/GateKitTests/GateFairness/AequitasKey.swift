@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The name of one of Aequitas' figures: `FDR Parity group=a ref=majority`.
struct AequitasKey {
  var name: String
  var arguments: [String: String] = [:]
  var isOverall = false

  init(_ key: String) {
    var words: [String] = []
    for word in key.split(separator: " ") {
      if let equals = word.firstIndex(of: "=") {
        arguments[String(word[..<equals])] = String(word[word.index(after: equals)...])
      } else if word == "overall" {
        isOverall = true
      } else {
        words.append(String(word))
      }
    }
    name = words.joined(separator: " ")
  }

  subscript(argument: String) -> String? { arguments[argument] }

  /// The rates that it is of.
  var rates: [String] {
    if let end = name.firstRange(of: "_disparity") { return [String(name[..<end.lowerBound])] }
    if let end = name.firstRange(of: "_ref") { return [String(name[..<end.lowerBound])] }
    return Self.verdicts[name]?.rates ?? [name]
  }

  /// Our metric's name, of a verdict.
  var metric: String? { Self.verdicts[name]?.metric }

  /// Our metric's name, of one rate.
  static func metric(of rate: String) -> String {
    switch rate {
    case "ppr": "statistical_parity"
    case "pprev": "impact_parity"
    default: "\(rate)_parity"
    }
  }

  private static let verdicts: [String: (metric: String, rates: [String])] = [
    "Statistical Parity": ("statistical_parity", ["ppr"]),
    "Impact Parity": ("impact_parity", ["pprev"]),
    "FDR Parity": ("fdr_parity", ["fdr"]), "FPR Parity": ("fpr_parity", ["fpr"]),
    "FOR Parity": ("for_parity", ["for"]), "FNR Parity": ("fnr_parity", ["fnr"]),
    "TPR Parity": ("tpr_parity", ["tpr"]), "TNR Parity": ("tnr_parity", ["tnr"]),
    "NPV Parity": ("npv_parity", ["npv"]),
    "Precision Parity": ("precision_parity", ["precision"]),
    "TypeI Parity": ("type_i_parity", ["fdr", "fpr"]),
    "TypeII Parity": ("type_ii_parity", ["for", "fnr"]),
    "Equalized Odds": ("equalized_odds", ["fpr", "tpr"]),
    "Unsupervised Fairness": ("unsupervised_fairness", ["ppr", "pprev"]),
    "Supervised Fairness": ("supervised_fairness", ["fdr", "fpr", "for", "fnr"]),
  ]

  /// The group that others are compared with; found here, not by what is tested.
  func reference(
    of rate: String, _ one: FairnessCase, _ figures: [String: FairnessGolden.Figure]
  ) -> String? {
    switch self["ref"] {
    case "min":
      guard case .text(let group)? = figures["\(rate)_ref ref=min"] else { return nil }
      return group
    case "predefined": return one.reference
    default:
      let sizes = one.names.map { name in one.groupOfRow.count { $0 == name } }
      return sizes.max().flatMap { sizes.firstIndex(of: $0) }.map { one.names[$0] }
    }
  }

  /// Whether Aequitas has no disparity of a group.
  func isUndefined(
    _ rate: String, _ group: String, _ figures: [String: FairnessGolden.Figure]
  ) -> Bool {
    let key = "\(rate)_disparity group=\(group) ref=\(self["ref"] ?? "")"
    if case .undefined? = figures[key] { return true }
    return false
  }
}
