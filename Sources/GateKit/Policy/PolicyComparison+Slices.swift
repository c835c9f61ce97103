import GateCore

/// What the slices of a manifest mean, whatever they are called.
private struct SliceMeanings {
  /// What each declared slice is, by its name.
  private(set) var byName: [String: String] = [:]
  /// The declarations by their meaning, in order.
  private(set) var declared: [(meaning: String, name: String, node: Node)] = []

  init(_ manifest: Node) {
    let items = manifest["slices"]?.items ?? []
    // A cross may name what stands below it.
    for isCross in [false, true] {
      for item in items where (item["cross"] != nil) == isCross {
        let meaning = self.meaning(declaring: item)
        let name =
          item["name"]?.text ?? item["column"]?.text
          ?? (item["cross"]?.items ?? []).compactMap(\.text).joined(separator: " x ")
        if !isCross { byName[name] = meaning }
        declared.append((meaning, name, item))
      }
    }
  }

  private func meaning(declaring node: Node) -> String {
    if let sql = node["where"]?.text { return "where \(sql)" }
    if let cross = node["cross"] { return meaning(of: cross) }
    let column = node["column"]?.text ?? ""
    guard let bins = node["bins"]?.items else { return "column \(column)" }
    return "column \(column) cut at \(bins.map { $0.number ?? .nan })"
  }

  /// What is asked for by a name, or by names that are crossed.
  func meaning(of node: Node) -> String {
    if let items = node.items {
      return "cross of " + items.map { meaning(of: $0) }.sorted().joined(separator: " and ")
    }
    let name = node.text ?? ""
    return byName[name] ?? "column \(name)"
  }

  /// What a gate asks for: all declared ones, or those of a list.
  func meanings(of node: Node?) -> [String] {
    if node?.text == "all" { return declared.map(\.meaning) }
    return (node?.items ?? node.map { [$0] } ?? []).map { meaning(of: $0) }
  }
}

extension PolicyComparison {
  /// The declared slices, each by what it means: another name changes nothing but what a waiver may be of.
  mutating func compareSlices(_ pair: PolicyPair) {
    let (mine, theirs) = (SliceMeanings(base.manifest), SliceMeanings(proposed.manifest))
    let hasWaivers = base.manifest["waivers"] != nil || proposed.manifest["waivers"] != nil
    for slice in theirs.declared {
      let change = PolicyPair(place: "slices.\(slice.name)", base: nil, proposed: slice.node)
      guard let old = mine.declared.first(where: { $0.meaning == slice.meaning }) else {
        note(change, .tightens, "it is one more slice")
        continue
      }
      guard old.name != slice.name else { continue }
      let renamed = PolicyPair(
        place: "slices.\(slice.name)", base: old.node, proposed: slice.node)
      let isTaken = mine.byName[slice.name].map { $0 != slice.meaning } ?? false
      if isTaken || hasWaivers {
        note(
          renamed, .loosens, "what speaks of the name, such as a waiver, speaks of other rows now")
      } else {
        note(renamed, .neutral, "it has another name and the same rows")
      }
    }
    for slice in mine.declared
    where !theirs.declared.contains(where: { $0.meaning == slice.meaning }) {
      note(
        PolicyPair(
          place: "slices.\(slice.name)", base: slice.node,
          proposed: theirs.declared.first { $0.name == slice.name }?.node),
        .loosens, "its rows are no slice any more")
    }
  }

  /// The slices or groups a metric is judged on, each by what it means.
  mutating func compareGroups(_ pair: PolicyPair) {
    let old = SliceMeanings(base.manifest).meanings(of: pair.base)
    let new = SliceMeanings(proposed.manifest).meanings(of: pair.proposed)
    for gone in old.unique where !new.contains(gone) {
      note(pair.named(gone), .loosens, "it is no longer judged there")
    }
    for more in new.unique where !old.contains(more) {
      noteAdded(pair.named(more), "it is judged there too")
    }
  }
}

extension PolicyPair {
  /// The same, told apart from others of its place.
  fileprivate func named(_ name: String) -> PolicyPair {
    var pair = self
    pair.place += ".\(name)"
    return pair
  }
}
