import Foundation
import Testing

/// The arrows of docs/architecture.md, read off the import lines.
@Suite struct ArchitectureTests {
  /// The modules of this program that each may import, as Package.swift has them.
  static let below: [String: [String]] = [
    "GateCore": [], "GateMetrics": ["GateCore"], "GateSchema": ["GateCore"],
    "GateDrift": ["GateCore"], "GateFairness": ["GateCore", "GateMetrics"],
    "GateKit": domain.dropLast(), "GateSystem": ["GateCore"],
    "GateYAML": ["GateCore", "GateSystem"], "GateGit": ["GateCore", "GateSystem"],
    "GateTables": ["GateCore", "GateSystem"], "GateWeb": ["GateCore", "GateSystem"],
    "GateModels": ["GateCore", "GateSystem"],
    "GateBackends": domain + world, "gatewright": domain + world + ["GateBackends"],
  ]

  private static let domain = [
    "GateCore", "GateMetrics", "GateSchema", "GateDrift", "GateFairness", "GateKit",
  ]

  private static let world = [
    "GateSystem", "GateYAML", "GateGit", "GateTables", "GateModels", "GateWeb",
  ]

  /// The modules that use each C module; CNetworkAbsent and CGlibcFloor are linked and imported nowhere.
  private static let users = [
    "CCrypto": ["GateSystem"], "CProcess": ["GateSystem", "GateModels"], "CYAML": ["GateYAML"],
    "CGit2": ["GateGit"], "CDelimited": ["GateTables"], "CDuckDB": ["GateTables"],
    "COnnxRuntime": ["GateModels"], "CLightGBM": ["GateModels"], "CXGBoost": ["GateModels"],
    "CTrees": ["GateModels"], "CCurl": ["GateWeb"],
  ]

  /// Whether a file may import a module that is not of this program: a C module where its library is used, what calculates
  /// in Statistics only, and what tasks share at once in few places.
  private func mayImport(_ imported: String, _ module: String, _ path: String) -> Bool {
    if imported == "Synchronization" {
      return ["GateSystem", "GateTables", "gatewright"].contains(module)
        || path == "/Values/Concurrent.swift"
    }
    guard imported.hasPrefix("C") else { return ["Glibc", "Musl", "Darwin"].contains(imported) }
    if ["CLinearAlgebra", "CNearest", "CSpecialFunctions"].contains(imported) {
      return module == "GateCore" && path.hasPrefix("/Statistics/")
    }
    return Self.users[imported]?.contains(module) == true
  }

  @Test(arguments: below.keys.sorted())
  func `arrows point one way`(module: String) throws {
    let folder = Program.root.appending(path: "Sources/\(module)")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    let below = try #require(Self.below[module])
    var count = 0
    for case let name as String in files where name.hasSuffix(".swift") {
      count += 1
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      // What stands indented is of a text, such as the first program of a plugin.
      for line in text.split(separator: "\n") where line.first != " " {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place < 2, words.count > place + 1,
          place == 0 || ["public", "internal", "package"].contains(words[0])
        else { continue }
        let imported = String(words[place + 1])
        #expect(
          below.contains(imported) || mayImport(imported, module, "/" + name),
          "\(module)/\(name) imports \(imported)")
        if imported.hasPrefix("C") { #expect(words[0] == "internal", "\(module)/\(name): \(line)") }
      }
    }
    #expect(count > 2)
  }

  @Test func `gates, metrics and reporters do not know each other`() throws {
    let gates = Program.root.appending(path: "Sources/GateKit/Gates")
    for name in try FileManager.default.contentsOfDirectory(atPath: gates.path)
    where name.hasSuffix(".swift") && name != "Gates.swift" {
      let text = try String(contentsOf: gates.appending(path: name), encoding: .utf8)
      let own = name.replacingOccurrences(of: ".swift", with: "Gate")
      for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
        let isOther = word.hasSuffix("Gate") && word != "Gate" && word != own
        #expect(!isOther && word != "Reporters", "\(name) names \(word)")
      }
    }
  }
}
