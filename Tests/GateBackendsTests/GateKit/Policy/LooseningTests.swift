import Testing

@testable import GateCore
@testable import GateKit

/// Proposals that let more pass, each by one edit of a manifest or its schema.
@Suite struct LooseningTests {
  typealias Edit = PolicyFixture.Edit

  @Test(arguments: LooseningEdits.all)
  func `a proposal that lets more pass is told where it does`(edit: Edit) throws {
    let changes = try PolicyFixture.changes(
      try PolicyFixture.document(), try PolicyFixture.document(edit))
    let places = changes.loosening.map(\.place)
    #expect(places.contains { $0.hasPrefix(edit.place) }, "\(places)")
    // Nothing else is told to be looser than what belongs to it.
    let home = edit.place.split(separator: ".").prefix(2).joined(separator: ".")
    let isOfSlices = edit.place.hasPrefix("slices.")
    #expect(
      places.allSatisfy { $0.hasPrefix(home) || isOfSlices && $0.hasPrefix("gates.") }, "\(places)")
  }

  @Test func `there are sixty of them`() {
    #expect(LooseningEdits.all.count >= 60)
  }

  @Test func `what a plugin does is told by its lock`() throws {
    let base = try PolicyFixture.document()
    for (plugins, place) in [
      (
        ["gates/rules/gate.yaml": "aa", "gates/rules/rules.py": "cc"],
        "plugins.lock.gates/rules/rules.py"
      ),
      (["gates/rules/gate.yaml": "aa"], "plugins.lock.gates/rules/rules.py"),
      (
        PolicyFixture.lock.merging(["gates/rules/deep/more.py": "dd"]) { $1 },
        "plugins.lock.gates/rules/deep/more.py"
      ),
      (nil, "plugins.lock.*"),
    ] as [([String: String]?, String)] {
      let other = try PolicyFixture.document(manifest: PolicyFixture.manifest, plugins: plugins)
      #expect(base.changes(to: other, shape: .value).loosening.map(\.place) == [place])
    }
    let more = PolicyFixture.lock.merging(["gates/new/gate.yaml": "dd"]) { $1 }
    let other = try PolicyFixture.document(manifest: PolicyFixture.manifest, plugins: more)
    #expect(base.changes(to: other, shape: .value).map(\.effect) == [.neutral])
  }

  @Test func `more trust is told, and less is tighter`() throws {
    let without = try PolicyFixture.document(Edit("", "trust: [python]\n", ""))
    let with = try PolicyFixture.document()
    #expect(try PolicyFixture.changes(without, with).loosening.map(\.place) == ["trust"])
    #expect(try PolicyFixture.changes(with, without).map(\.effect) == [.tightens])
  }

  /// A key that no rule is written for loosens, wherever it stands and whichever way it goes.
  @Test func `an unknown key loosens`() throws {
    let base = try PolicyFixture.document()
    for path in [[], ["data"], ["models", "candidate"], ["plugins"], ["decision"]] {
      let changed = PolicyDocument(
        base.manifest.adding("invented", at: path[...]), schemas: base.schemas,
        plugins: base.plugins)
      let place = (path + ["invented"]).joined(separator: ".")
      for changes in [
        base.changes(to: changed, shape: .value), changed.changes(to: base, shape: .value),
      ] {
        #expect(changes.loosening.map(\.place) == [place])
      }
    }
  }
}

extension Node {
  /// The mapping with one key more in the mapping that a path leads to.
  fileprivate func adding(_ key: String, at path: ArraySlice<String>) -> Node {
    let mark = mark
    func scalar(_ text: String) -> Node { Node(.scalar(text, quoted: false), at: mark) }
    guard let first = path.first else {
      return Node(
        .mapping((pairs ?? []) + [Pair(key: scalar(key), value: scalar("true"))]), at: mark)
    }
    return Node(
      .mapping(
        (pairs ?? []).map { pair in
          pair.key.text == first
            ? Pair(key: pair.key, value: pair.value.adding(key, at: path.dropFirst())) : pair
        }), at: mark)
  }
}
