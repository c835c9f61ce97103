import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema
@testable import gatewright

/// Links lead somewhere, and commands that documents show are ones that the program takes.
@Suite struct DocumentTests {
  /// A Markdown file of the project.
  struct Document: CustomTestStringConvertible, Sendable {
    let path: String
    /// Lines with their numbers; of code blocks, the language they are in.
    let lines: [(number: Int, text: String, language: String?)]
    var testDescription: String { path }

    /// The names that its headings are linked to by, as GitHub makes them.
    var anchors: Set<String> {
      var seen: [String: Int] = [:]
      var anchors: Set<String> = []
      for line in lines where line.language == nil && line.text.hasPrefix("#") {
        let title = line.text.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
        let kept = title.unicodeScalars.filter {
          $0.properties.isAlphabetic || $0.properties.numericType != nil
            || "_- ".unicodeScalars.contains($0)
        }
        let name = String(String.UnicodeScalarView(kept)).replacing(" ", with: "-")
        anchors.insert(seen[name].map { "\(name)-\($0)" } ?? name)
        seen[name, default: 0] += 1
      }
      return anchors
    }
  }

  /// Every Markdown file, without what is built.
  static let documents: [Document] = {
    let root = Program.root.path
    let files = FileManager.default.enumerator(atPath: root)
    var found: [Document] = []
    while let path = files?.nextObject() as? String {
      if [".build", "build", ".git", "Tests/GateKitTests/Snapshots"].contains(path) {
        files?.skipDescendants()
      }
      guard path.hasSuffix(".md"),
        let text = try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
      else { continue }
      found.append(Document(path: path, lines: lines(of: text)))
    }
    return found.sorted { $0.path < $1.path }
  }()

  private static func lines(of text: String) -> [(number: Int, text: String, language: String?)] {
    var language: String?
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      number, line in
      if line.hasPrefix("```") {
        language = language == nil ? String(line.dropFirst(3)) : nil
        return nil
      }
      return (number + 1, String(line), language)
    }
  }

  @Test func `there are documents with links and commands`() {
    #expect(Self.documents.count > 25)
    #expect(Self.documents.map { Self.links(of: $0).count }.reduce(0, +) > 40)
    #expect(Self.documents.flatMap(Self.commands).count > 25)
  }

  @Test(arguments: documents) func `links lead somewhere`(document: Document) {
    let folder = URL(filePath: "/" + document.path).deletingLastPathComponent().path
    for (number, target) in Self.links(of: document) where !target.contains("://") {
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let place =
        parts[0].isEmpty
        ? document.path
        : String(URL(filePath: "\(folder)/\(parts[0])").standardizedFileURL.path.drop { $0 == "/" })
      #expect(
        FileManager.default.fileExists(atPath: Program.root.path + "/" + place),
        "\(document.path):\(number): '\(target)' leads nowhere")
      guard parts.count > 1, let other = Self.documents.first(where: { $0.path == place }) else {
        continue
      }
      #expect(
        other.anchors.contains(String(parts[1])),
        "\(document.path):\(number): '\(place)' has no heading '\(parts[1])'")
    }
  }

  /// The targets of a document's links, outside of code.
  private static func links(of document: Document) -> [(line: Int, target: String)] {
    document.lines.filter { $0.language == nil }.flatMap { line in
      let prose = line.text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .map { $0.offset % 2 == 0 ? String($0.element) : "" }.joined(separator: "`")
      return prose.split(separator: "](", omittingEmptySubsequences: false).dropFirst()
        .compactMap { rest in
          rest.firstIndex(of: ")").map { (line.number, String(rest[..<$0])) }
        }
    }
  }

  @Test(arguments: documents) func `commands are taken`(document: Document) throws {
    for command in Self.commands(of: document) {
      #expect(throws: Never.self, "\(document.path):\(command.line): \(command.text)") {
        try Self.parse(command.text)
      }
    }
  }

  /// The commands of a document: lines of shell blocks, and code in prose, that begin with the program's name.
  static func commands(of document: Document) -> [(line: Int, text: String)] {
    document.lines.flatMap { line -> [(line: Int, text: String)] in
      let pieces: [String]
      if let language = line.language {
        pieces = ["sh", "bash", "console", "yaml"].contains(language) ? [line.text] : []
      } else {
        pieces = line.text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      }
      return pieces.compactMap { piece in
        var text = piece.trimmingCharacters(in: .whitespaces)
        for start in ["$ ", "run: ", "- "] where text.hasPrefix(start) {
          text = String(text.dropFirst(start.count))
        }
        return text.hasPrefix("gatewright ") ? (line.number, text) : nil
      }
    }
  }

  /// Reads a command as the program would, and looks up what it names; words in capitals stand for something.
  static func parse(_ text: String) throws {
    let bare = text.split { "#>|".contains($0) }.first.map(String.init) ?? ""
    var words = bare.replacing("[", with: "").replacing("]", with: "").split(separator: " ")
      .map(String.init).filter { !["FLAGS", "...", "…", "\\"].contains($0) }
    words.removeFirst()
    let name = try #require(words.first)
    // An arrow between modules is no command: `gatewright -> GateBackends`.
    if name == "-" || ["--version", "--help", "COMMAND"].contains(name) { return }
    let command = try Command.named(name)
    words.removeFirst()
    // In a sentence the verb alone names the command, as an action does.
    let actions = (Action.ofSchema + Action.ofPlugins).map(\.name)
    if words.isEmpty || words.count == 1 && actions.contains(words[0]) { return }
    let invocation = try command.parse(words)
    guard let first = invocation.arguments.first, first != first.uppercased() else { return }
    switch name {
    case "list": _ = try invocation.word(0, of: Catalog.kinds.map(\.plural))
    case "explain" where !first.contains("/"): _ = try Catalog.explain(first)
    case "help": _ = try Command.named(first)
    case "schema": _ = try invocation.word(0, of: Action.ofSchema.map(\.name))
    case "plugin": _ = try invocation.word(0, of: Action.ofPlugins.map(\.name))
    default: break
    }
  }
}
