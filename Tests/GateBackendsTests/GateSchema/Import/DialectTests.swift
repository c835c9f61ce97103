import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// Suites in the tools' dialects of different years: what each becomes, and what of it is listed.
struct DialectTests {
  /// The suites, each beside what is told of it.
  static let folder = GoldenSuite.folder + "/dialects/"

  static let names: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.filter { !$0.hasSuffix(".out") }.sorted()
  }()

  /// A suite by its file's name; tables that suites look into are known.
  private func source(_ name: String, _ text: String? = nil) throws -> ImportSource {
    let bytes =
      try text.map { Array($0.utf8) }
      ?? Array(Data(contentsOf: URL(filePath: Self.folder + name)))
    return try readSuite(bytes, name: name, tables: [("branches", "data/branches.csv")])
  }

  /// The schemas of a suite, what is left out and what is remarked, one a line.
  private func told(_ source: ImportSource) throws -> String {
    var text = ""
    for (dataset, schema) in try Importers.readAll(source) {
      if let dataset { text += "--- \(dataset)\n" }
      if !schema.isEmpty { text += try schema.checkedYAML(from: source.name) }
      for gap in schema.leftOver {
        text +=
          "left out at \(gap.location?.line ?? 0): \(gap.message)"
          + (gap.hint.map { " (\($0))" } ?? "") + "\n"
      }
      for remark in schema.remarks {
        text += "remarked at \(remark.location?.line ?? 0): \(remark.message)\n"
      }
    }
    return text
  }

  @Test(arguments: names)
  func `a suite becomes what stands beside it`(name: String) throws {
    let path = Self.folder + name + ".out"
    let text = try told(try source(name))
    if ProcessInfo.processInfo.environment["GATEWRIGHT_RECORD"] == "1" {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record("recorded '\(name).out'")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func `there are thirty of them`() {
    #expect(Self.names.count >= 30)
  }

  /// Keys under which anything may stand, since it says nothing of a table.
  private static let free: Set<String> = [
    "meta", "metadata", "attributes", "profiler_config", "result_format", "windows", "notes",
    "suite_parameters", "evaluation_parameters", "variables", "rendered_content",
    "discover datasets", "soda_runner", "check_attributes",
    "profile columns",
    // What stands there is left out as a whole.
    "partition_object", "distribution_constraints",
  ]

  @Test(arguments: names.filter { !$0.hasSuffix(".pbtxt") })
  func `a key that nobody knows is listed, wherever it stands`(name: String) throws {
    let whole = try source(name)
    let root = try #require(whole.root)
    let before = try listed(whole)
    var silent: [String] = []
    for place in Self.mappings(root, "") {
      var changed = whole
      changed.root = Self.adding(to: root, at: place, "")
      guard let after = try? listed(changed), after == before else { continue }
      // A part of what is listed as a whole need not be listed again.
      let parts = place.split(separator: "/")
      let isListed = parts.indices.contains { end in
        changed.root = Self.removing("/" + parts[...end].joined(separator: "/"), from: root, "")
        return (try? listed(changed)) != before
      }
      if !isListed { silent.append(place) }
    }
    #expect(silent == [])
  }

  /// What is left out of a suite, in words.
  private func listed(_ source: ImportSource) throws -> [String] {
    try Importers.readAll(source).flatMap { $0.schema.leftOver + $0.schema.remarks }.map(\.message)
  }

  /// The places of every mapping in which a key would have to mean something.
  private static func mappings(_ node: Node, _ place: String) -> [String] {
    if let items = node.items {
      return items.enumerated().flatMap { mappings($1, "\(place)/\($0)") }
    }
    guard let pairs = node.pairs else { return [] }
    return [place]
      + pairs.filter { !free.contains($0.key.text ?? "") }.flatMap {
        mappings($0.value, "\(place)/\($0.key.text ?? "")")
      }
  }

  /// The tree without what stands at a place.
  private static func removing(_ wanted: String, from node: Node, _ place: String) -> Node {
    if let items = node.items {
      let rest = items.enumerated().filter { "\(place)/\($0.offset)" != wanted }
      return Node(
        .sequence(rest.map { removing(wanted, from: $0.element, "\(place)/\($0.offset)") }),
        at: node.mark)
    }
    guard let pairs = node.pairs else { return node }
    let rest = pairs.filter { "\(place)/\($0.key.text ?? "")" != wanted }
    return Node(
      .mapping(
        rest.map {
          Node.Pair(
            key: $0.key, value: removing(wanted, from: $0.value, "\(place)/\($0.key.text ?? "")"))
        }), at: node.mark)
  }

  /// The tree with one more key in the mapping of that place.
  private static func adding(to node: Node, at wanted: String, _ place: String) -> Node {
    if let items = node.items {
      let changed = items.enumerated().map { adding(to: $1, at: wanted, "\(place)/\($0)") }
      return Node(.sequence(changed), at: node.mark)
    }
    guard var pairs = node.pairs else { return node }
    pairs = pairs.map { pair in
      Node.Pair(
        key: pair.key,
        value: adding(to: pair.value, at: wanted, "\(place)/\(pair.key.text ?? "")"))
    }
    if place == wanted {
      pairs.append(
        Node.Pair(
          key: Node(.scalar("gatewright_stranger", quoted: true), at: node.mark),
          value: Node(.scalar("7", quoted: false), at: node.mark)))
    }
    return Node(.mapping(pairs), at: node.mark)
  }
}
