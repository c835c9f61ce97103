package import GateCore
import GateSchema

extension PolicyDocument {
  /// What another manifest in the place of this one would change, in the order of that manifest; empty: nothing that
  /// means anything. Comments, order and the way a value is written mean nothing.
  ///
  /// Both must be accepted manifests of the shape that is given. Whatever nothing is known of is said to loosen.
  package func changes(to proposed: PolicyDocument, shape: Shape) -> [PolicyChange] {
    var comparison = PolicyComparison(self, proposed)
    comparison.compare(
      PolicyPair(
        place: "", base: manifest, proposed: proposed.manifest, shape: shape),
      PolicyRules.manifest)
    comparison.comparePlugins()
    return comparison.changes
  }
}

/// The rules of a manifest's keys; a key without one is held.
enum PolicyRules {
  /// The whole manifest.
  static let manifest = PolicyRule.record([
    "name": .free, "reports": .free, "limits": .free,
    "data": data, "models": models, "metrics": ownMetrics,
    "slices": .special { $0.compareSlices($1) },
    "gates": .special { $0.compareGates($1) },
    "error_control": .special { $0.compareControl($1, isOfDrift: false) },
    "waivers": .special { $0.compareWaivers($1) },
    "plugins": .record([
      "locked": switched, "sandbox": .ranked(["available", "required"]),
    ]),
    "trust": .allowed,
  ])

  /// What is the stricter when it is true.
  static let switched = PolicyRule.ranked(["false", "true"])

  /// A file, and how it is read: a digest that it must have is tighter. One that came or went is held.
  private static let pinned = PolicyRule.special { comparison, pair in
    comparison.compare(
      pair,
      pair.base == nil || pair.proposed == nil ? .held : .record(["sha256": .asked]))
  }

  /// The tables: a reference that nothing could read before, and columns that nothing named, change nothing of what was.
  private static let data = PolicyRule.record([
    "holdout": .record(["sha256": .asked]), "current": pinned,
    "reference": .special { comparison, pair in
      if pair.base == nil, pair.proposed != nil {
        comparison.note(pair, .neutral, "no gate of the base could read it")
      } else {
        comparison.compare(pair, pinned)
      }
    },
    "derive": .special { comparison, pair in
      for key in pair.keys { comparison.compareDerived(pair.child(key), key) }
    },
  ])

  /// The models: the candidate's file is what a proposal is about.
  private static let models = PolicyRule.record([
    "candidate": .record([
      "from": .replaceable, "predictions": .replaceable, "sha256": .replaceable,
      "limits": .free,
    ]),
    "champion": .special { comparison, pair in
      if pair.base == nil, pair.proposed != nil {
        comparison.note(pair, .neutral, "no gate of the base could compare with it")
      } else {
        comparison.compare(pair, pinned)
      }
    },
  ])

  /// The manifest's own metrics: a new one means nothing before a gate names it.
  private static let ownMetrics = PolicyRule.special { comparison, pair in
    for key in pair.keys {
      let metric = pair.child(key)
      if metric.base == nil {
        comparison.note(metric, .neutral, "it is a metric that no gate of the base names")
      } else if metric.base?.pairs != nil, metric.proposed?.pairs != nil {
        comparison.compare(metric, .record(["summary": .free, "unit": .free]))
      } else {
        comparison.compareHeld(metric)
      }
    }
  }

  /// Limits on one figure.
  static let limits: [String: PolicyRule] = {
    var rules: [String: PolicyRule] = [:]
    for kind in Limit.Kind.allCases {
      rules[kind.rawValue] = kind.rawValue.hasPrefix("min") ? .floor : .ceiling
    }
    return rules
  }()

  /// What stands under a metric of a gate.
  static let metric = PolicyRule.record(
    limits.merging([
      "metric": .held, "id": .free, "confidence": sureness,
      "slices": .special { $0.compareGroups($1) },
    ]) { first, _ in first })

  /// How sure a verdict must be: surer is stricter, and no interval at all is the least strict.
  static let sureness = PolicyRule.special { comparison, pair in comparison.compareSureness(pair) }

  /// What every gate may say.
  private static let common: [String: PolicyRule] = [
    "id": .free, "blocking": switched, "confidence": sureness,
    "error_control": .special { $0.compareControl($1, isOfDrift: false) },
    "discover": .asked, "metrics": .special { $0.compareMetrics($1) },
  ]

  /// Milliseconds with their limit.
  private static let duration = PolicyRule.record(["max": .ceiling])

  /// What gates may say by kind, beside what every gate may.
  private static let kinds: [String: [String: PolicyRule]] = [
    "champion": [
      "flips": .record([
        "max_negative": .ceiling, "max_positive": .ceiling, "max_symmetric": .ceiling,
      ])
    ],
    "calibration": [
      "by": .special { $0.compareGroups($1) },
      // Without any, the standard ones are judged.
      "metrics": .special { comparison, pair in
        pair.base == nil || pair.proposed == nil
          ? comparison.compareHeld(pair) : comparison.compareMetrics(pair)
      },
    ],
    "fairness": [
      "by": .special { $0.compareGroups($1) }, "preset": .asked,
      "small_groups": .ranked(["skip", "error"]), "undefined_groups": .ranked(["skip", "error"]),
    ],
    "drift": [
      "error_control": .special { $0.compareControl($1, isOfDrift: true) },
      "features": .special { $0.compareTests($1, mayBeAdded: false) },
      "prediction": .special { $0.compareTests($1, mayBeAdded: true) },
      "label": .special { $0.compareTests($1, mayBeAdded: true) },
      "table": .special { $0.compareTests($1, mayBeAdded: true) },
      "share_drifted": .asked,
    ],
    "latency": [
      "single_row": .record(
        ["vs_champion": .record(["max_ratio": .ceiling])],
        rest: .special { comparison, pair in
          // A quantile with its limit; anything else is held.
          comparison.compare(pair, pair.place.hasSuffix("_ms") ? duration : .held)
        }),
      "load_ms": duration, "first_row_ms": duration,
    ],
    "schema": ["file": .special { $0.compareSchemas($1) }],
  ]

  /// What a gate of a kind may say.
  static func gate(_ kind: String) -> PolicyRule {
    .record(common.merging(kinds[kind] ?? [:]) { _, own in own })
  }
}

extension PolicyComparison {
  /// A column derived by SQL: a new one means nothing where the base does not speak of it.
  mutating func compareDerived(_ pair: PolicyPair, _ name: String) {
    guard pair.base == nil else { return compareHeld(pair) }
    if base.manifest.names(name) {
      note(pair, .loosens, "the base names a column '\(name)' that it does not derive")
    } else {
      note(pair, .neutral, "nothing of the base names the column")
    }
  }

  /// How sure a verdict must be.
  mutating func compareSureness(_ pair: PolicyPair) {
    /// The confidence; 0: no interval is asked for; nil: it is no number.
    func sureness(_ node: Node?) -> Double? {
      guard let node else { return pair.standard.map { Double($0) ?? 0 } ?? 0 }
      return node.text == "none" ? 0 : node.number
    }
    guard let old = sureness(pair.base), let new = sureness(pair.proposed) else {
      return compareHeld(pair)
    }
    if old == new { return }
    if new < old { return note(pair, .loosens, "the verdict need not be as sure") }
    if old == 0 {
      noteAdded(pair, "the verdict must be surer")
    } else {
      note(pair, .tightens, "the verdict must be surer")
    }
  }

  /// The control of many verdicts. Of limits on metrics more control lets less pass; of drift it lets more.
  mutating func compareControl(_ pair: PolicyPair, isOfDrift: Bool) {
    let (old, new) = (pair.base?.text, pair.proposed?.text)
    if old == new { return }
    if isOfDrift {
      if pair.isSame { return }
      return new == ErrorControl.none.rawValue
        ? note(pair, .tightens, "fewer drifts are explained by chance")
        : note(pair, .loosens, "more drifts may be explained by chance")
    }
    // A gate that takes part in another family leaves fewer limits to the one it was in.
    let outer = base.manifest["error_control"]?.text ?? proposed.manifest["error_control"]?.text
    if pair.place != "error_control", (old == nil) != (new == nil), outer ?? "none" != "none" {
      return note(pair, .loosens, "the gate's limits are corrected among others than before")
    }
    let order = ["none", "bh", "holm", "bonferroni"]
    let (before, after) = (order.firstIndex(of: old ?? "none"), order.firstIndex(of: new ?? "none"))
    if let before, before == after { return }
    guard let before, let after, after > before else {
      return note(pair, .loosens, "wrong passes may be less well controlled")
    }
    note(pair, .tightens, "wrong passes are better controlled")
  }
}

extension Node {
  /// Whether a text of it has this name as a word of its own.
  fileprivate func names(_ name: String) -> Bool {
    switch content {
    case .scalar(let text, _):
      text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains { $0 == name }
        || text == name
    case .sequence(let items): items.contains { $0.names(name) }
    case .mapping(let pairs): pairs.contains { $0.key.names(name) || $0.value.names(name) }
    }
  }
}
