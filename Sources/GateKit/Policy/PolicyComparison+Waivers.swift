import GateCore

extension PolicyComparison {
  /// The waivers, each by the check it is of; of several of one check, in their order.
  mutating func compareWaivers(_ pair: PolicyPair) {
    let (mine, theirs) = (Self.waivers(pair.base), Self.waivers(pair.proposed))
    for key in (theirs.map(\.key) + mine.map(\.key)).unique {
      let waiver = PolicyPair(
        place: "waivers.\(key)", base: mine.first { $0.key == key }?.node,
        proposed: theirs.first { $0.key == key }?.node, shape: pair.shape?.item)
      if waiver.base == nil {
        note(waiver, .loosens, "it excuses a failure")
      } else if waiver.proposed == nil {
        note(waiver, .tightens, "it excuses nothing any more")
      } else {
        compare(
          waiver,
          .record([
            "reason": .free, "until": .special { $0.compareDay($1) },
            "max_value": .special { comparison, pair in
              // One that bounds nothing covers nothing: a first bound lets it.
              comparison.compare(
                pair, pair.base == nil || pair.proposed == nil ? .held : .ceiling)
            },
          ]))
      }
    }
  }

  private static func waivers(_ node: Node?) -> [(key: String, node: Node)] {
    var seen: [String: Int] = [:]
    return (node?.items ?? []).map { item in
      let check = item["check"]?.text ?? ""
      seen[check, default: 0] += 1
      let count = seen[check] ?? 1
      return (count == 1 ? check : "\(check) (\(count))", item)
    }
  }

  /// The last day of a waiver.
  mutating func compareDay(_ pair: PolicyPair) {
    guard let old = pair.base?.date, let new = pair.proposed?.date else {
      return compareHeld(pair)
    }
    if old == new { return }
    note(
      pair, new > old ? .loosens : .tightens,
      new > old ? "it excuses a failure for longer" : "it excuses a failure for a shorter time")
  }

  /// The pins of plugins' files.
  mutating func comparePlugins() {
    func change(
      _ path: String, _ old: String?, _ new: String?, _ effect: PolicyChange.Effect,
      _ reason: String
    ) -> PolicyChange {
      PolicyChange(
        "plugins.lock.\(path)", from: old.map { .init($0, at: base.manifest.mark) },
        to: new.map { .init($0, at: proposed.manifest.mark) }, effect, reason)
    }
    guard let old = base.plugins else {
      if let new = proposed.plugins {
        note(change("*", nil, "\(new.count) files", .tightens, "plugins are pinned"))
      }
      return
    }
    guard let new = proposed.plugins else {
      return note(change("*", "\(old.count) files", nil, .loosens, "plugins are not pinned"))
    }
    let folders = old.keys.filter { path in
      Plugin.Kind.allCases.contains { path.hasSuffix("/" + $0.file) }
    }.map { $0[...($0.lastIndex(of: "/") ?? $0.startIndex)] }
    for path in Set(old.keys).union(new.keys).sorted() where old[path] != new[path] {
      let isOfOld = old[path] != nil || folders.contains { path.hasPrefix($0) }
      note(
        change(
          path, old[path], new[path], isOfOld ? .loosens : .neutral,
          isOfOld ? "the plugin does another thing, for all that is known" : "it is of a new plugin"
        ))
    }
  }
}
