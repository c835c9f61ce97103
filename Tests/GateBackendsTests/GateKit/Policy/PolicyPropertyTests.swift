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

/// What is called harmless lets no candidate pass that the base does not: real verdicts of one small table.
@Suite struct PolicyPropertyTests {
  /// A row: whether it defaulted, whose it is, and the scores of three candidates and the champion.
  private static func rows() -> String {
    var random = SplitMixRows(state: 19)
    var text = "id,y,sex,good,fair,poor,champion\n"
    for id in 0..<240 {
      let isPositive = random.next(100) < 45
      func score(_ noise: Int) -> Double {
        let base = isPositive ? 0.62 : 0.38
        return min(
          0.99, max(0.01, base + (Double(random.next(1000)) / 1000 - 0.5) * Double(noise) / 100))
      }
      text +=
        "\(id),\(isPositive ? 1 : 0),\(random.next(2) == 0 ? "f" : "m"),\(score(60)),\(score(90)),\(score(150)),\(score(90))\n"
    }
    return text
  }

  /// A manifest by chance: which metrics, limits, slices, confidence, control and gates it has.
  private static func manifest(_ random: inout SplitMixRows) -> String {
    func pick<T>(_ values: [T]) -> T { values[Int(random.next(UInt64(values.count)))] }
    let metrics = [
      "accuracy: {min: \(pick(["0.6", "0.7", "0.8"]))\(pick(["", ", slices: [sex]", ", confidence: none"]))}",
      "roc_auc: {min: \(pick(["0.6", "0.75", "0.85", "0.95"]))\(pick(["", ", confidence: 0.8", ", max: 0.999"]))}",
      "recall: {min: \(pick(["0.4", "0.6", "0.8"]))\(pick(["", ", slices: all", ", threshold: 0.4"]))}",
    ].filter { _ in random.next(4) > 0 }
    let control = pick([
      "", "error_control: holm\n", "error_control: bh\n", "error_control: bonferroni\n",
    ])
    let confidence = pick(["", "    confidence: 0.9\n", "    confidence: 0.99\n"])
    let drop = pick(["0.01", "0.05", "0.2"])
    let listed = metrics.isEmpty ? ["brier_score: {max: 0.3}"] : metrics
    let hasConfidence = !confidence.isEmpty
    return """
      version: 1
      name: policy
      task: binary
      data:
        holdout: {path: rows.csv, label: y, id: id}
      models:
        champion: {predictions: rows.csv, score: champion}
        candidate: {predictions: rows.csv, score: CANDIDATE}
      slices: [{column: sex}]
      \(hasConfidence ? control : "")gates:
        - gate: performance
      \(confidence)    metrics:
      \(listed.map { "      " + $0 }.joined(separator: "\n"))
      \(random.next(2) == 0 ? "" : "  - gate: champion\n    metrics: {accuracy: {max_drop: \(drop)}}\n")
      """
  }

  /// Whether a candidate passes.
  private static func passes(
    _ text: String, _ candidate: String, in folder: Workshop
  ) async throws -> Bool {
    let node = try parseYAML(
      Array(text.replacing("CANDIDATE", with: candidate).utf8), name: "gatewright.yaml")
    let backends = Backends.live(
      folder: folder.path, temporary: folder.temporary, executable: Models.executable)
    let ran = await run(
      try Manifest(node, in: .live),
      record: .init(
        name: "policy", path: "gatewright.yaml", sha256: "", source: .init(kind: "worktree")),
      tool: .init(name: "gatewright", version: "0"), with: backends)
    return ran.report.verdict == .passed
  }

  @Test func `a manifest that passes what the base fails is called loosened`() async throws {
    let shop = try Workshop()
    try shop.write(Self.rows(), to: "rows.csv")
    var random = SplitMixRows(state: 2026)
    var judged: [(document: PolicyDocument, passed: Set<String>)] = []
    while judged.count < 36 {
      let text = Self.manifest(&random)
      // What the program would refuse is no proposal.
      guard
        let document = try? PolicyFixture.document(
          manifest: text.replacing("CANDIDATE", with: "good"), plugins: nil)
      else { continue }
      var passed: Set<String> = []
      for candidate in ["good", "fair", "poor"]
      where try await Self.passes(text, candidate, in: shop) { passed.insert(candidate) }
      judged.append((document, passed))
    }
    var (looser, harmless) = (0, 0)
    for (place, base) in judged.enumerated() {
      for (other, proposed) in judged.enumerated() where place != other {
        let changes = try PolicyFixture.changes(base.document, proposed.document)
        let gained = proposed.passed.subtracting(base.passed)
        if changes.loosening.isEmpty { harmless += 1 }
        guard !gained.isEmpty else { continue }
        looser += 1
        #expect(
          !changes.loosening.isEmpty,
          "\(gained) passes by \(other) and not by \(place): \(changes.map(\.place))")
      }
    }
    // Both kinds of pairs were there, so that neither word is always right.
    #expect(looser > 50 && harmless > 50, "\(looser) looser, \(harmless) harmless")
  }
}

/// Numbers of a seed.
private struct SplitMixRows {
  var state: UInt64

  /// The next number below a bound.
  mutating func next(_ bound: UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (z ^ (z >> 31)) % bound
  }
}
