import GateCore

extension PolicyComparison {
  /// The gates, each by its id.
  mutating func compareGates(_ pair: PolicyPair) {
    let mine = Self.gates(pair.base)
    let theirs = Self.gates(pair.proposed)
    for id in (theirs.map(\.id) + mine.map(\.id)).unique {
      let old = mine.first { $0.id == id }?.node
      let new = theirs.first { $0.id == id }?.node
      let gate = PolicyPair(
        place: "gates.\(id)", base: old, proposed: new, shape: pair.shape?.item)
      let control = (old ?? new)?["error_control"] ?? base.manifest["error_control"]
      isSteppingUp = ["bh", "by"].contains(control?.text)
      compareGate(gate)
      isSteppingUp = false
    }
  }

  private static func gates(_ node: Node?) -> [(id: String, node: Node)] {
    (node?.items ?? []).map { ($0["id"]?.text ?? $0["gate"]?.text ?? "", $0) }
  }

  /// One gate, or what it is that one came or went.
  private mutating func compareGate(_ pair: PolicyPair) {
    guard let old = pair.base else {
      // A gate that controls its own errors takes no part in a family of others.
      if pair.proposed?["error_control"] != nil { isSteppingUp = false }
      return noteAdded(pair, "it is one more gate")
    }
    guard let new = pair.proposed else { return note(pair, .loosens, "the gate is gone") }
    let kind = pair.child("gate")
    guard let name = old["gate"]?.text, kind.isSame else {
      return note(kind, .loosens, "it is a gate of another kind")
    }
    if name == "drift" {
      let control = (new["error_control"] ?? old["error_control"])?.text
      // As many tests more, as much more is explained by chance.
      isSteppingUp = control != ErrorControl.none.rawValue
    }
    standardConfidence = pair.child("confidence").standard
    compare(pair, PolicyRules.gate(name))
  }

  /// The metrics of a gate, each by the name of its check; a confidence of the gate is that of each without its own.
  mutating func compareMetrics(_ pair: PolicyPair) {
    let gate = pair.place.split(separator: ".").dropFirst().first.map(String.init) ?? ""
    let mine = entries(pair.base, base.manifest, gate)
    let theirs = entries(pair.proposed, proposed.manifest, gate)
    for id in (theirs.map(\.id) + mine.map(\.id)).unique {
      let old = mine.first { $0.id == id }
      let new = theirs.first { $0.id == id }
      let name = (new ?? old)?.metric ?? id
      let entry = PolicyPair(
        place: "\(pair.place).\(id)", base: old?.body, proposed: new?.body,
        shape: pair.shape?.parameter(name, in: nil)?.shape)
      if old == nil {
        noteAdded(entry)
      } else if new == nil {
        note(entry, .loosens, "the metric is no longer judged")
      } else if old?.metric != new?.metric {
        note(entry, .loosens, "it is another metric")
      } else {
        compare(entry, PolicyRules.metric)
      }
    }
  }

  /// What stands under `metrics`, in a mapping or in a list, with what the gate says for all of them.
  private func entries(
    _ node: Node?, _ manifest: Node, _ gate: String
  ) -> [(id: String, metric: String, body: Node)] {
    let owner = Self.gates(manifest["gates"]).first { $0.id == gate }?.node
    func whole(_ body: Node) -> Node {
      let standard = standardConfidence.map {
        Node.Pair(
          key: Node(.scalar("confidence", quoted: false), at: body.mark),
          value: Node(.scalar($0, quoted: false), at: body.mark))
      }
      let ofGate = owner?.pairs?.first { $0.key.text == "confidence" } ?? standard
      guard let confidence = ofGate, body["confidence"] == nil else { return body }
      return Node(.mapping((body.pairs ?? []) + [confidence]), at: body.mark)
    }
    if let pairs = node?.pairs {
      return pairs.map { pair in
        let name = pair.key.text ?? ""
        let body = pair.value.pairs == nil ? Node(.mapping([]), at: pair.key.mark) : pair.value
        return (name, name, whole(body.without("metric")))
      }
    }
    return (node?.items ?? []).map { item in
      let metric = item["metric"]?.text ?? ""
      return (item["id"]?.text ?? metric, metric, whole(item.without("metric")))
    }
  }

  /// Tests of drift in one mapping. What asks for p-values besides weakens the correction of all others.
  mutating func compareTests(_ pair: PolicyPair, mayBeAdded: Bool) {
    func asksForPValues(_ node: Node?) -> Bool {
      (node?.pairs ?? []).contains { $0.value["min_p_value"] != nil }
    }
    if pair.base == nil, pair.proposed?.pairs != nil, mayBeAdded {
      let isSafe = !isSteppingUp || !asksForPValues(pair.proposed)
      return note(
        pair, isSafe ? .tightens : .loosens,
        isSafe ? "it is judged besides" : "more p-values are corrected for together")
    }
    guard pair.base?.pairs != nil, pair.proposed?.pairs != nil else { return compareHeld(pair) }
    for key in pair.keys {
      let child = pair.child(key)
      switch key {
      case "and", "columns", "kinds": compareHeld(child)
      case "blocking": compare(child, PolicyRules.switched)
      default: compareTest(child)
      }
    }
  }

  private mutating func compareTest(_ pair: PolicyPair) {
    guard pair.base != nil else {
      return isSteppingUp && pair.proposed?["min_p_value"] != nil
        ? note(pair, .loosens, "more p-values are corrected for together")
        : note(pair, .tightens, "it is one more test")
    }
    guard pair.proposed != nil else { return note(pair, .loosens, "the test is gone") }
    let pValue: PolicyRule =
      isSteppingUp && pair.base?["min_p_value"] == nil ? .held : .floor
    compare(
      pair,
      .record([
        "max": .ceiling, "max_deviations": .ceiling, "min_p_value": pValue, "id": .held,
      ]))
  }
}

extension Node {
  /// The mapping without a key.
  func without(_ key: String) -> Node {
    guard let pairs else { return self }
    return Node(.mapping(pairs.filter { $0.key.text != key }), at: mark)
  }
}
