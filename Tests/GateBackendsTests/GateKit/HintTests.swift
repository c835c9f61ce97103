import GateBackends
import GateGit
import GateModels
import GateSystem
import GateTables
import GateYAML
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Hints that look like YAML are YAML, and cure the mistake where they are pasted.
@Suite struct HintTests {
  /// What a manifest with a mistake says, with the parts its hint shows.
  struct Shown: CustomTestStringConvertible, Sendable {
    let text: String
    let mistake: Diagnostic
    let piece: String
    var testDescription: String { piece }
  }

  /// Manifests of gates that have a mistake with a hint each.
  private static let others = [
    "drift",
    "drift\n    features:\n      - {columns: [a]}",
    "drift\n    features: {psi: {max_deviations: 3}}",
    "calibration\n    consistency: 0.999\n    replicates: 200\n"
      + "    metrics: {expected_calibration_error: {max: 0.1}}",
    "calibration\n    resampling: stratified\n    metrics: {expected_calibration_error: {max: 0.1}}",
    "performance\n    metrics: {accuracy: {min: 85}}",
    "performance\n    metrics: {recall: {min: 70}}",
    "performance\n    replicates: 400\n    metrics: {accuracy: {min: 0.5}}",
  ].enumerated().map { place, gate in
    """
    version: 1
    name: hints
    task: binary
    data:
      holdout: {path: a.csv, label: y, id: id}
    \(place == 0 ? "" : "  reference: {path: r.csv}\n")
    models:
      candidate: {predictions: p.csv, score: s}
    gates:
      - gate: \(gate)
    """
  }

  /// Every part that the hints of all marked manifests and of the others show.
  static let shown: [Shown] = (ManifestTests.all.map(\.text) + others).flatMap { marked in
    let lines = marked.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.filter { $0.trimmingPrefix { $0 == " " } != "↓" }.joined(separator: "\n")
    return ((try? read(text)) ?? []).flatMap { mistake in
      HintPieces(mistake.hint ?? "").yaml.map { Shown(text: text, mistake: mistake, piece: $0) }
    }
  }

  @Test func `hints are found, and what they show`() {
    #expect(Self.shown.count >= 15, "\(Self.shown.map(\.piece))")
    let both = HintPieces(
      "add data.reference: {path: …}, say 'task: regression' or run 'git lfs pull' (or 'x')")
    #expect(both.yaml == ["data.reference: {path: …}", "task: regression"])
    #expect(both.commands == ["git lfs pull"])
    #expect(HintPieces("remove 'blocking: false' there").yaml.isEmpty)
    let odd = HintPieces("models.candidate.derive: {income: \"cast(\"income\" as double)\"}")
    #expect(odd.yaml.count == 1)
    #expect(throws: Diagnostics.self) { try Self.node(odd.yaml[0]) }
  }

  @Test(arguments: shown) func `what a hint shows cures the mistake`(shown: Shown) throws {
    let piece = try Self.node(shown.piece.replacing("…", with: "x"))
    let pairs = try #require(piece.pairs).map(Self.nested)
    let whole = try Self.node(shown.text)
    var left: [String] = []
    for tried in Self.pasted(pairs, into: whole) {
      let mistakes = Self.mistakes(tried)
      if !mistakes.contains(where: { $0.message == shown.mistake.message }),
        !mistakes.contains(where: { $0.message.hasPrefix("unknown key") })
      {
        return
      }
      left.append(mistakes.map(\.message).joined(separator: " | "))
    }
    Issue.record(
      "pasted nowhere does it cure: \(shown.mistake.rendered)\n\(Set(left).joined(separator: "\n"))"
    )
  }

  /// The manifest with the pairs in each of its mappings.
  private static func pasted(_ pairs: [Node.Pair], into node: Node) -> [Node] {
    switch node.content {
    case .scalar: return []
    case .sequence(let items):
      return items.indices.flatMap { place in
        pasted(pairs, into: items[place]).map { item in
          var items = items
          items[place] = item
          return Node(.sequence(items), at: node.mark)
        }
      }
    case .mapping(let there):
      let inner = there.indices.flatMap { place in
        pasted(pairs, into: there[place].value).map { value in
          var there = there
          there[place] = Node.Pair(key: there[place].key, value: value)
          return Node(.mapping(there), at: node.mark)
        }
      }
      return [merged(pairs, into: node)] + inner
    }
  }

  /// A mapping in which the pairs stand, too: what is a mapping on both sides is joined, the rest replaced.
  private static func merged(_ pairs: [Node.Pair], into node: Node) -> Node {
    var there = node.pairs ?? []
    for pair in pairs {
      guard let place = there.firstIndex(where: { $0.key.text == pair.key.text }) else {
        there.append(pair)
        continue
      }
      let value =
        pair.value.pairs.flatMap { new in
          there[place].value.pairs == nil ? nil : merged(new, into: there[place].value)
        } ?? pair.value
      there[place] = Node.Pair(key: there[place].key, value: value)
    }
    return Node(.mapping(there), at: node.mark)
  }

  /// `a.b: value` as `a: {b: value}`.
  private static func nested(_ pair: Node.Pair) -> Node.Pair {
    let mark = pair.key.mark
    let names = (pair.key.text ?? "").split(separator: ".").map(String.init)
    let value = names.dropFirst().reversed().reduce(pair.value) { value, name in
      Node(
        .mapping([Node.Pair(key: Node(.scalar(name, quoted: true), at: mark), value: value)]),
        at: mark)
    }
    return Node.Pair(key: Node(.scalar(names.first ?? "", quoted: true), at: mark), value: value)
  }

  private static func node(_ text: String) throws(Diagnostics) -> Node {
    try parseYAML(Array(text.utf8), name: "gatewright.yaml")
  }

  private static func read(_ text: String) throws -> [Diagnostic] { mistakes(try node(text)) }

  /// What is wrong with a manifest.
  private static func mistakes(_ node: Node) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try Manifest(node, in: .live) { path throws(Diagnostics) in
        try Self.node("version: 1\ntable: {row_count: {min: 1}}\n")
      }
      return []
    } catch {
      return error.all
    }
  }
}
