package import GateCore

/// One thing that a proposed manifest says otherwise than the manifest it would replace.
package struct PolicyChange: Sendable {
  /// What becomes of the candidates that pass.
  package enum Effect: String, Sendable, CaseIterable {
    /// A candidate may pass that failed before, or nothing tells that none can.
    case loosens
    /// No candidate passes that failed before.
    case tightens
    /// It has no part in the verdict.
    case neutral
  }

  /// One side of it: what stands there, and where.
  package struct Side: Sendable {
    /// In one line, cut where it is long.
    package var text: String
    package var mark: Mark

    /// A value with the place where it stands.
    package init(_ node: Node) { (text, mark) = (node.brief, node.mark) }

    /// A text of no manifest, such as a digest, with the place that asks for it.
    package init(_ text: String, at mark: Mark) { (self.text, self.mark) = (text, mark) }
  }

  /// The keys that lead to it: `gates.performance.metrics.recall.min`.
  package var place: String
  /// Nil: it was added.
  package var base: Side?
  /// Nil: it was removed.
  package var proposed: Side?
  package var effect: Effect
  /// Why it has that effect, as the end of a sentence.
  package var reason: String

  /// A change, for those that find one, and for tests.
  package init(
    _ place: String, from base: Side?, to proposed: Side?, _ effect: Effect, _ reason: String
  ) {
    (self.place, self.base, self.proposed) = (place, base, proposed)
    (self.effect, self.reason) = (effect, reason)
  }

  /// What was and what is, in words: `0.6 in line 12 of 'a.yaml' becomes 0.5 in line 12 of 'b.yaml'`.
  package var words: String {
    func words(_ side: Side) -> String {
      "'\(side.text)' in line \(side.mark.line) of '\(side.mark.source.name)'"
    }
    return switch (base, proposed) {
    case (let base?, let proposed?): "\(words(base)) becomes \(words(proposed))"
    case (let base?, nil): "\(words(base)) is gone"
    case (nil, let proposed?): "\(words(proposed)) is new"
    case (nil, nil): "nothing is said of it any more"
    }
  }
}

/// A manifest with what it names that says what passes.
package struct PolicyDocument: Sendable {
  /// The manifest; accepted already.
  package var manifest: Node
  /// The schema files by their paths as the manifest writes them.
  package var schemas: [String: Node]
  /// The SHA-256 of every file of `plugins.lock` by its path; nil: there is no such file.
  package var plugins: [String: String]?

  /// A manifest with its files.
  package init(
    _ manifest: Node, schemas: [String: Node] = [:], plugins: [String: String]? = nil
  ) {
    (self.manifest, self.schemas, self.plugins) = (manifest, schemas, plugins)
  }
}

extension Node {
  /// The value in one line as YAML has it, of at most 80 characters.
  package var brief: String {
    let text = flow
    return text.count > 80 ? text.prefix(77) + "..." : text
  }

  private var flow: String {
    switch content {
    case .scalar(let text, _): text
    case .sequence(let items): "[" + items.prefix(20).map(\.flow).joined(separator: ", ") + "]"
    case .mapping(let pairs):
      "{" + pairs.prefix(20).map { "\($0.key.flow): \($0.value.flow)" }.joined(separator: ", ")
        + "}"
    }
  }
}
