import Foundation
import Testing

/// What `discover` reports, pasted into the manifest it came from.
@Suite struct DiscoverTests {
  /// The checks of a run by id.
  private func checks(in folder: URL) throws -> [String: [String: Any]] {
    let ended = try Program.run(["check"], in: folder)
    #expect(ended.status == 1, "\(ended.out)\(ended.err)")
    let data = try Data(contentsOf: folder.appending(path: "build/report.json"))
    let report = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let checks = try #require(report?["checks"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: checks.map { ($0["id"] as? String ?? "", $0) })
  }

  @Test(arguments: ["champion", "performance"])
  func `the line to paste selects just the rows that were reported`(gate: String) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = Program.root.appending(
      path: "Tests/EndToEndTests/Cases/discover-names-a-planted-slice")
    for name in ["gatewright.yaml", "holdout.csv", "scores.csv"] {
      try FileManager.default.copyItem(
        at: source.appending(path: name), to: folder.appending(path: name))
    }
    let found = try checks(in: folder)["\(gate)/discovered"]?["evidence"] as? [String: Any]
    let slices = try #require(found?["slices"] as? [[String: Any]])
    #expect(!slices.isEmpty)
    let lines = slices.compactMap { $0["paste"] as? String }
    let manifest = folder.appending(path: "gatewright.yaml")
    var text = try String(contentsOf: manifest, encoding: .utf8)
    text.replace("gates:", with: "slices:\n  \(lines.joined(separator: "\n  "))\ngates:")
    text.replace("{max_drop: 0.2}", with: "{max_drop: 0.2, slices: all}")
    try Data(text.utf8).write(to: manifest)
    let judged = try checks(in: folder)
    for (place, slice) in slices.enumerated() {
      let check = try #require(judged["champion/accuracy/discovered-\(place + 1)"])
      #expect(check["n"] as? Int == slice["n"] as? Int)
      let predicate = try #require(slice["where"] as? String)
      #expect(predicate.contains("\"region\" = 'l''est'") && predicate.contains("\"age\" >= "))
    }
  }
}
