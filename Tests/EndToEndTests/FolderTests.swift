import Foundation
import Testing

/// The arrows between the folders of a module, read off the names of types: what a folder defines, and who uses it.
@Suite struct FolderTests {
  /// The folders of each module in the order of docs/architecture.md: each uses the types of those before it alone.
  static let order = [
    "GateCore": [
      "Values", "Diagnostics", "Shape", "Words", "Table", "Samples", "Statistics", "Metric",
      "Dialect", "Limits", "Calibration", "Check", "Certainty", "Plugin", "Evidence", "Judging",
    ],
    "GateKit": [
      "Reporters", "Records", "Discovery", "Gates", "Manifest", "Policy", "Run", "Starting",
    ],
  ]

  /// The text of each Swift file of a module, without comments and texts but for what stands in a text's `\(…)`.
  private func sources(_ module: String) throws -> [String: String] {
    let root = Program.root.appending(path: "Sources/\(module)")
    let files = try #require(FileManager.default.enumerator(atPath: root.path))
    var sources: [String: String] = [:]
    for case let name as String in files where name.hasSuffix(".swift") {
      var text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
      text.replace(/\/\/[^\n]*/, with: "")
      text.replace(/"(?:\\.|[^"\\\n])*"/) { text in
        text.output.matches(of: /\\\(([^"]*)\)/).map { String($0.output.1) }.joined(separator: " ")
      }
      sources[name] = text
    }
    return sources
  }

  @Test(arguments: order.keys.sorted())
  func `a folder uses those before it alone`(module: String) throws {
    let folders = try #require(Self.order[module])
    let sources = try sources(module)
    func folder(_ file: String) -> String { String(file.split(separator: "/")[0]) }
    let loose = sources.keys.filter { !$0.contains("/") }
    #expect(Set(loose).isSubset(of: ["Run.swift"]), "\(module): \(loose) stand in no folder")
    #expect(Set(sources.keys.filter { $0.contains("/") }.map(folder)) == Set(folders))

    var homes: [String: String] = [:]
    let definition =
      /^(?:@\w+(?:\([^)]*\))?\s+)*(?:package |final |indirect )*(?:struct|enum|class|protocol|typealias|actor)\s+(\w+)/
      .anchorsMatchLineEndings()
    for (file, text) in sources where file.contains("/") {
      for match in text.matches(of: definition) { homes[String(match.output.1)] = folder(file) }
    }
    #expect(homes.count > 20)

    var matrix: [String: [String: Set<String>]] = [:]
    for (file, text) in sources where file.contains("/") {
      for match in text.matches(of: /(?<before>[\w.]?)\b(?<name>[A-Z]\w*)/)
      where match.output.before != "." {
        let name = String(match.output.name)
        guard let home = homes[name], home != folder(file) else { continue }
        matrix[folder(file), default: [:]][home, default: []].insert("\(name) in \(file)")
      }
    }
    let shown = folders.map { user in
      "\(user): "
        + folders.compactMap { home in matrix[user]?[home].map { "\(home) \($0.count)" } }
        .joined(separator: ", ")
    }.joined(separator: "\n")
    for (place, user) in folders.enumerated() {
      for home in folders.dropFirst(place + 1) {
        let uses = matrix[user]?[home]?.sorted() ?? []
        #expect(uses.isEmpty, "\(user) uses \(home): \(uses.prefix(5))\n\(shown)")
      }
    }
  }
}
