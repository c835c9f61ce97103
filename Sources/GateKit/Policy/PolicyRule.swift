import GateCore

/// How a difference under a key of a manifest is judged. A key that no rule is written for is `held`, so that a key which
/// is added to manifests one day loosens until somebody has thought about it.
indirect enum PolicyRule: Sendable {
  /// Whatever differs may loosen, at any depth.
  case held
  /// It has no part in the verdict.
  case free
  /// As `free`, where it stands in both; that it came or went may loosen.
  case replaceable
  /// A bound from below: more is tighter, and so is one where there was none.
  case floor
  /// A bound from above: less is tighter, and so is one where there was none.
  case ceiling
  /// A share that must hold, of which all is meant where it is left out.
  case share
  /// A choice, from the loosest word to the strictest.
  case ranked([String])
  /// What is allowed: fewer is tighter, none where it is left out.
  case allowed
  /// What is asked for: more is tighter; what is asked in both is held.
  case asked
  /// A mapping: each key by its rule, all others by `rest`.
  case record([String: PolicyRule], rest: PolicyRule = .held)
  /// What this does with both sides.
  case special(@Sendable (inout PolicyComparison, PolicyPair) -> Void)
}

/// What stands at one place of both manifests.
struct PolicyPair: Sendable {
  /// The keys that lead there.
  var place: String
  /// Nil: nothing stands there.
  var base: Node?
  var proposed: Node?
  /// What may stand there; nil: it is not known.
  var shape: Shape?
  /// What holds where nothing stands there, as it would be written.
  var standard: String?

  /// What stands under a key of both.
  func child(_ key: String) -> PolicyPair {
    let parameter = shape?.parameter(key, in: proposed ?? base)
    return PolicyPair(
      place: place.isEmpty ? key : "\(place).\(key)", base: base?[key], proposed: proposed?[key],
      shape: parameter?.shape, standard: parameter?.standard)
  }

  /// The keys of both, those of the proposed manifest first.
  var keys: [String] {
    ((proposed?.pairs ?? []) + (base?.pairs ?? [])).compactMap(\.key.text).unique
  }

  /// Whether both say the same, or one leaves out what the other says it would be.
  var isSame: Bool {
    let shape = shape ?? .value
    switch (base, proposed) {
    case (nil, nil): return true
    case (let base?, let proposed?): return shape.isSame(base, proposed)
    case (let one?, nil), (nil, let one?):
      guard let standard else { return false }
      return shape.isSame(one, Node(.scalar(standard, quoted: false), at: one.mark))
    }
  }
}

/// Two manifests held against each other: what differs, and what each difference does.
struct PolicyComparison {
  let base: PolicyDocument
  let proposed: PolicyDocument
  /// What was found, in the order of the proposed manifest.
  private(set) var changes: [PolicyChange] = []
  /// Whether one more limit that is judged with confidence makes the correction of the others weaker, as it does where
  /// the share of false findings is controlled.
  var isSteppingUp = false
  /// The confidence of a metric of the gate that is looked at, where neither says one.
  var standardConfidence: String?

  /// A comparison with nothing found yet.
  init(_ base: PolicyDocument, _ proposed: PolicyDocument) {
    (self.base, self.proposed) = (base, proposed)
  }

  /// Notes a change.
  mutating func note(_ pair: PolicyPair, _ effect: PolicyChange.Effect, _ reason: String) {
    changes.append(
      PolicyChange(
        pair.place, from: pair.base.map(PolicyChange.Side.init),
        to: pair.proposed.map(PolicyChange.Side.init), effect, reason))
  }

  /// Notes a change of what is no value of a manifest.
  mutating func note(_ change: PolicyChange) { changes.append(change) }

  /// Judges one place by its rule.
  mutating func compare(_ pair: PolicyPair, _ rule: PolicyRule) {
    switch rule {
    case .special(let judge): judge(&self, pair)
    case .record(let rules, let rest): compareRecord(pair, rules, rest)
    case _ where pair.isSame: return
    case .held: compareHeld(pair)
    case .free: note(pair, .neutral, "it has no part in the verdict")
    case .replaceable:
      let isBoth = pair.base != nil && pair.proposed != nil
      note(
        pair, isBoth ? .neutral : .loosens,
        isBoth ? "it is what the proposal is judged on" : "it came or went")
    case .floor: compareBound(pair, tighter: >)
    case .ceiling: compareBound(pair, tighter: <)
    case .share: compareShare(pair)
    case .ranked(let words): compareRank(pair, words)
    case .allowed: compareAllowed(pair)
    case .asked: compareAsked(pair)
    }
  }

  /// A mapping key by key; a mapping that came or went as a whole is one change.
  private mutating func compareRecord(
    _ pair: PolicyPair, _ rules: [String: PolicyRule], _ rest: PolicyRule
  ) {
    guard pair.base?.pairs != nil || pair.base == nil || pair.base?.isNull == true,
      pair.proposed?.pairs != nil || pair.proposed == nil || pair.proposed?.isNull == true
    else { return compareHeld(pair) }
    for key in pair.keys { compare(pair.child(key), rules[key] ?? rest) }
  }

  /// What nothing is known of: any difference, told as deep as both have the same keys.
  mutating func compareHeld(_ pair: PolicyPair) {
    if pair.isSame { return }
    guard pair.base?.pairs != nil, pair.proposed?.pairs != nil else {
      let reason =
        pair.base == nil
        ? "what it adds may let more pass"
        : pair.proposed == nil ? "what it asked for is gone" : "what it asks for is another thing"
      return note(pair, .loosens, reason)
    }
    for key in pair.keys { compareHeld(pair.child(key)) }
  }

  private mutating func compareBound(_ pair: PolicyPair, tighter: (Double, Double) -> Bool) {
    guard let base = pair.base else {
      return pair.standard == nil
        ? note(pair, .tightens, "it is one more limit") : compareHeld(pair)
    }
    guard let proposed = pair.proposed else { return note(pair, .loosens, "the limit is gone") }
    guard let (old, new) = Self.amounts(base, proposed) else { return compareHeld(pair) }
    if old == new { return }
    let isTighter = tighter(new, old)
    note(
      pair, isTighter ? .tightens : .loosens,
      "the limit is \(new > old ? "higher" : "lower")")
  }

  /// Two amounts of one kind: numbers, sizes or times; nil: they cannot be told apart that way.
  private static func amounts(_ one: Node, _ other: Node) -> (Double, Double)? {
    for amount in [\Node.number, \Node.seconds] {
      if let mine = one[keyPath: amount], let theirs = other[keyPath: amount] {
        return (mine, theirs)
      }
    }
    if let mine = one.bytes, let theirs = other.bytes { return (Double(mine), Double(theirs)) }
    return nil
  }

  private mutating func compareShare(_ pair: PolicyPair) {
    let (old, new) = (pair.base.map(\.number) ?? 1, pair.proposed.map(\.number) ?? 1)
    guard let old, let new else { return compareHeld(pair) }
    if old == new { return }
    note(
      pair, new > old ? .tightens : .loosens, new > old ? "more must hold" : "less must hold")
  }

  private mutating func compareRank(_ pair: PolicyPair, _ words: [String]) {
    /// The place of a word, truth values by their meaning.
    func rank(_ node: Node?) -> Int? {
      let word = node.map { $0.boolean.map(String.init) ?? $0.text ?? "" } ?? pair.standard
      return word.flatMap(words.firstIndex)
    }
    guard let old = rank(pair.base), let new = rank(pair.proposed) else {
      return compareHeld(pair)
    }
    if old == new { return }
    note(
      pair, new > old ? .tightens : .loosens, new > old ? "it is stricter" : "it is less strict")
  }

  private mutating func compareAllowed(_ pair: PolicyPair) {
    func words(_ node: Node?) -> Set<String> { Set(node?.items?.compactMap(\.text) ?? []) }
    let more = words(pair.proposed).subtracting(words(pair.base))
    if !more.isEmpty {
      note(pair, .loosens, "it allows more: \(more.sorted().joined(separator: ", "))")
    } else if words(pair.base) != words(pair.proposed) {
      note(pair, .tightens, "it allows less")
    }
  }

  private mutating func compareAsked(_ pair: PolicyPair) {
    if pair.base == nil { return noteAdded(pair) }
    if pair.proposed == nil { return note(pair, .loosens, "it is no longer asked for") }
    compareHeld(pair)
  }

  /// Notes what is judged besides.
  mutating func noteAdded(_ pair: PolicyPair, _ what: String = "it is judged besides") {
    if isSteppingUp {
      note(
        pair, .loosens,
        "one more limit under 'error_control: bh' or 'by' may make the correction of the others weaker"
      )
    } else {
      note(pair, .tightens, what)
    }
  }
}
