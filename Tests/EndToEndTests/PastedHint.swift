import Foundation
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
@testable import gatewright

/// The hints that a run printed: their YAML is read, their commands are ones that the program or git takes.
enum PastedHint {
  /// Tries every hint of a run, of lines that begin with `=` and of the sentences of its checks.
  static func expectAll(stderr: String, json: String) throws {
    var hints = stderr.split(separator: "\n").filter { $0.hasPrefix("  = ") }.map {
      String($0.dropFirst(4))
    }
    let report = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    for check in report?["checks"] as? [[String: Any]] ?? [] {
      if let message = check["message"] as? String { hints.append(message) }
    }
    for hint in hints { try expect(hint) }
  }

  private static func expect(_ hint: String) throws {
    let pieces = HintPieces(hint)
    for piece in pieces.yaml {
      #expect(throws: Never.self, "'\(piece)' is not YAML") {
        let node = try parseYAML(Array(piece.utf8), name: "hint")
        #expect(node.pairs?.count == 1, "'\(piece)' is no key with a value")
      }
    }
    for command in pieces.commands where command.hasPrefix("gatewright ") {
      #expect(throws: Never.self, "'\(command)'") { try DocumentTests.parse(command) }
    }
    for command in pieces.commands where command.hasPrefix("git ") {
      let words = command.split(separator: " ").map(String.init)
      #expect(gitCommands.contains(words[1]), "git has no '\(words[1])'")
    }
  }

  /// Those that hints name; `git help -a` lists them, but git need not be on the machine that runs the tests.
  private static let gitCommands: Set = [
    "config", "fetch", "lfs", "log", "ls-files", "ls-tree", "show", "status", "branch", "tag",
    "add",
  ]
}
