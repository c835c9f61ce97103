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

/// The manifests that the guide and the README show are accepted.
@Suite struct GuideTests {
  /// The root of the package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A manifest of a page: the file's name, the line it begins at, its text.
  struct Block: CustomTestStringConvertible, Sendable {
    let page: String
    let line: Int
    let text: String
    /// Of which plugin it is its own file; nil: it is none of a plugin.
    var plugin: String?
    var testDescription: String { "\(page):\(line)" }
    /// Whether it says what a table must be, and not what a run does.
    var isSchema: Bool { !text.contains("\nmodels:") }
  }

  /// Every block of yaml that is a manifest, or a schema.
  static let blocks = all.filter { $0.plugin == nil }

  /// Every block of yaml; a plugin's own file has its path behind the word: ```yaml gates/rules/gate.yaml.
  static let all: [Block] = {
    let folders = ["", "docs", "docs/guide", "examples", "ci-templates"].map {
      root.appending(path: $0)
    }
    return folders.flatMap { folder in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.filter { $0.hasSuffix(".md") }.sorted().map { folder.appending(path: $0) }
    }.flatMap(blocks)
  }()

  private static func blocks(of file: URL) -> [Block] {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    var blocks: [Block] = []
    var block: (line: Int, lines: [Substring], plugin: String?)?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let open = block {
        if line == "```" {
          if open.lines.first != "" {
            blocks.append(
              Block(
                page: file.lastPathComponent, line: open.line,
                text: open.lines.joined(separator: "\n") + "\n", plugin: open.plugin))
          }
          block = nil
        } else {
          block?.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        // A block of another language is read over, so that its end opens nothing.
        let words = line.split(separator: " ").map(String.init)
        let isYAML = words.first == "```yaml" && words.count < 3
        block = (number + 2, isYAML ? [] : [""], isYAML ? words.dropFirst().first : nil)
      }
    }
    return blocks
  }

  @Test func `there are manifests`() { #expect(Self.blocks.count > 5) }

  @Test(arguments: all.filter { $0.plugin != nil }) func `a plugin is one`(block: Block) throws {
    let path = try #require(block.plugin)
    let kind = try #require(Plugin.Kind.allCases.first { path.hasSuffix("/\($0.file)") })
    let node = try parseYAML(Array(block.text.utf8), name: path)
    let plugin = try Plugin(kind, folder: GateSystem.folder(of: path), node)
    #expect(GateSystem.fileName(of: plugin.folder) == plugin.id)
  }

  /// A part of one cannot be tried, nor pasted.
  @Test(arguments: blocks) func whole(block: Block) {
    #expect(block.text.hasPrefix("version: 1\n"))
  }

  @Test(arguments: blocks) func accepted(block: Block) throws {
    do throws(Diagnostics) {
      let node = try parseYAML(Array(block.text.utf8), name: "\(block.page)@\(block.line)")
      if block.isSchema {
        _ = try TableSchema(node)
      } else {
        // A manifest's schema is the first that its page shows.
        let schema = Self.blocks.first { $0.page == block.page && $0.isSchema }
        _ = try Manifest(node, in: .live) { path throws(Diagnostics) in
          let plugin = Self.all.first { $0.page == block.page && $0.plugin == path }
          return try parseYAML(Array((plugin ?? schema)?.text.utf8 ?? "".utf8), name: path)
        }
      }
    } catch {
      Issue.record("\(error.all.map(\.rendered).joined(separator: "\n"))")
    }
  }
}
