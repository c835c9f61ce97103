import Foundation
import Testing

/// The arrows of docs/architecture.md, read off the import lines.
@Suite struct ArchitectureTests {
  /// What each module may import; C modules in GateBackends only, what calculates in Statistics only, and what tasks
  /// share at once in one place of GateKit.
  static let allowed: [String: @Sendable (String, String) -> Bool] = [
    "GateKit": { module, path in
      ["Glibc", "Musl", "Darwin"].contains(module)
        || (module == "Synchronization" && path == "/Concurrent.swift")
        || (["CLinearAlgebra", "CNearest", "CSpecialFunctions"].contains(module)
          && path.contains("/Statistics/"))
    },
    "GateBackends": { module, _ in
      ["GateKit", "Glibc", "Synchronization"].contains(module) || module.hasPrefix("C")
    },
    "gatewright": { module, _ in
      ["GateKit", "GateBackends", "Glibc", "Synchronization"].contains(module)
    },
  ]

  @Test(arguments: ["GateKit", "GateBackends", "gatewright"])
  func `arrows point one way`(module: String) throws {
    let folder = Program.root.appending(path: "Sources/\(module)")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    let mayImport = try #require(Self.allowed[module])
    var count = 0
    for case let name as String in files where name.hasSuffix(".swift") {
      count += 1
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place < 2, words.count > place + 1,
          place == 0 || ["public", "internal", "package"].contains(words[0])
        else { continue }
        let imported = String(words[place + 1])
        #expect(mayImport(imported, "/" + name), "\(module)/\(name) imports \(imported)")
        if imported.hasPrefix("C") { #expect(words[0] == "internal", "\(module)/\(name): \(line)") }
      }
    }
    #expect(count > 5)
  }

  @Test func `gates, metrics and reporters do not know each other`() throws {
    let gates = Program.root.appending(path: "Sources/GateKit/Gates")
    for name in try FileManager.default.contentsOfDirectory(atPath: gates.path) {
      let text = try String(contentsOf: gates.appending(path: name), encoding: .utf8)
      let own = name.replacingOccurrences(of: ".swift", with: "Gate")
      for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
        let isOther = word.hasSuffix("Gate") && word != "Gate" && word != own
        #expect(!isOther && word != "Reporters", "\(name) names \(word)")
      }
    }
  }
}
