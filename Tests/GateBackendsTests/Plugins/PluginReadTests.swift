import GateYAML
import Testing

@testable import GateCore

/// A plugin's own file: what it says, and mistakes at their places.
@Suite struct PluginReadTests {
  /// A gate's file with these lines after what every one has.
  static func gate(_ lines: String) -> String {
    "id: rules\nsummary: Counts.\ncommand: [python, gate.py]\n\(lines)\n"
  }

  /// Each with `↓` above what is wrong.
  static let mistakes: [(kind: Plugin.Kind, text: String, message: String)] = [
    (.gate, "↓\nsummary: Counts.\ncommand: [python]", "'id' is missing"),
    (.gate, "    ↓\nid: a b\nsummary: Counts.\ncommand: [python]", "found 'a b'"),
    (.gate, "    ↓\nid: ''\nsummary: Counts.\ncommand: [python]", "a plugin's id is of letters"),
    (.gate, "id: a\nsummary: x\n         ↓\ncommand: []", "list"),
    (.gate, gate("↓\nlanguage: python"), "unknown key 'language'"),
    (.gate, gate("needs:\n           ↓\n  tables: [holdot]"), "holdot"),
    (.gate, gate("needs: {predictions: [candidate]}\n        ↓\nformat: xml"), "xml"),
    (
      .gate, gate("              ↓\nrequirements: ../all.txt"),
      "names a file of the plugin's folder"
    ),
    (.gate, gate("              ↓\nenvironment: [A=B]"), "wanted the name of a variable"),
    (
      .gate, gate("parameters:\n  ↓\n  mode: {type: choice, summary: Which.}"),
      "a choice has no 'choices'"
    ),
    (
      .gate,
      gate(
        "parameters:\n                                                    ↓\n  share: {type: number, summary: A share., default: many}"
      ),
      "many"
    ),
    (
      .gate,
      gate(
        "parameters:\n                                            ↓\n  n: {type: integer, summary: Some., range: [3, 1]}"
      ),
      "a range is the least and the largest value"
    ),
    (
      .gate, gate("measurements:\n                ↓\n  kept: {range: [0]}"),
      "a range is the least and the largest value"
    ),
    (.gate, gate("limits:\n        ↓\n  time: soon"), "soon"),
    (.gate, gate("limits:\n             ↓\n  processes: 0"), "0"),
    (.gate, gate("↓\nunpickles: true"), "unknown key 'unpickles'"),
    (.runtime, gate("↓\nneeds: {tables: [holdout]}"), "unknown key 'needs'"),
    (.metric, gate("       ↓\ngives: rows"), "rows"),
    (.source, gate("↓\nmeasurements: {a: {}}"), "unknown key 'measurements'"),
  ]

  @Test(arguments: mistakes.indices) func `a mistake is said at its place`(index: Int) throws {
    let (kind, marked, message) = Self.mistakes[index]
    let lines = marked.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let arrow = try #require(lines.firstIndex { $0.trimmed == "↓" })
    let column = try #require(lines[arrow].firstIndex(of: "↓"))
    let text = lines.filter { $0.trimmed != "↓" }.joined(separator: "\n")
    let node = try parseYAML(Array(text.utf8), name: kind.file)
    let mistake = try problem { try Plugin(kind, folder: "plugins/rules", node) }
    #expect(mistake.message.contains(message), "\(mistake.rendered)")
    #expect(mistake.location?.line == arrow + 1, "\(mistake.rendered)")
    let place = lines[arrow].distance(from: lines[arrow].startIndex, to: column) + 1
    #expect(mistake.location?.column == place, "\(mistake.rendered)")
  }

  @Test func `what is said is kept, and what is not has its default`() throws {
    let text = Self.gate(
      """
      version: 1.2.0
      format: jsonl
      network: true
      environment: [TOKEN]
      needs: {tables: [current], predictions: [champion], models: [candidate]}
      limits: {time: 2min, memory: 1GB, output: 1KB, file: 2MB, processes: 3}
      measurements: {kept: {summary: The share., range: [0, null], direction: lower, unit: '%'}}
      """)
    let plugin = try Plugin(
      .gate, folder: "gates/rules", parseYAML(Array(text.utf8), name: "gate.yaml"))
    #expect(plugin.version == "1.2.0" && plugin.format == .jsonl && plugin.network)
    #expect(plugin.environment == ["TOKEN"] && plugin.command == ["python", "gate.py"])
    #expect(
      plugin.needs
        == Plugin.Inputs(tables: ["current"], predictions: [.champion], models: [.candidate]))
    #expect(
      plugin.limits
        == Plugin.Limits(
          seconds: 120, memory: 1_000_000_000, output: 1000, file: 2_000_000, processes: 3))
    let kept = try #require(plugin.measurements.first)
    #expect(kept.id == "kept" && kept.range == 0 ... .infinity && kept.unit == "%")
    #expect(kept.direction == .lowerIsBetter)
    let least = try Plugin(
      .gate, folder: "gates/rules", parseYAML(Array(Self.gate("").utf8), name: "gate.yaml"))
    #expect(least.limits == Plugin.Limits() && least.format == .parquet && !least.network)
    #expect(least.needs == Plugin.Inputs() && least.parameters.isEmpty && least.environment == [])
  }
}

/// What a manifest tells a plugin, and how it is handed over.
@Suite struct PluginParameterTests {
  static let types: [(type: String, written: String, handed: JSON)] = [
    ("text", "north", "north"), ("text", "1", "1"), ("number", "0.5", .number(0.5)),
    ("number", "1", .number(1)), ("integer", "7", .integer(7)), ("boolean", "true", .bool(true)),
    ("date", "2027-01-31", "2027-01-31"), ("duration", "2min", .number(120)),
    ("size", "4KB", .integer(4000)),
    ("list", "[1, a, 0.5]", .array([.integer(1), "a", .number(0.5)])),
    (
      "value", "{a: true, b: '1'}",
      .object([JSON.Member("a", .bool(true)), JSON.Member("b", "1")])
    ),
    ("choice, choices: [low, high]", "low", "low"),
  ]

  private func plugin(_ parameter: String) throws -> Plugin {
    let text = PluginReadTests.gate("parameters:\n  told: {type: \(parameter), summary: It.}")
    return try Plugin(.gate, folder: "g", parseYAML(Array(text.utf8), name: "gate.yaml"))
  }

  @Test(arguments: types.indices) func `a value is handed over as its type has it`(index: Int)
    throws
  {
    let (type, written, handed) = Self.types[index]
    let plugin = try plugin(type)
    let place = try parseYAML(Array("with: {told: \(written)}\n".utf8), name: "m")
    #expect(plugin.mistakes(in: place["with"], at: place) == [])
    let arguments = PluginArguments(plugin, place["with"])
    #expect(arguments.members == [JSON.Member("told", handed)])
  }

  static let wrong = [
    ("number", "many"), ("integer", "0.5"), ("boolean", "perhaps"), ("date", "tomorrow"),
    ("duration", "2"), ("size", "big"), ("choice, choices: [low, high]", "middle"),
    ("number, range: [0, 1]", "2"), ("integer, range: [1, null]", "0"), ("text", "[1]"),
  ]

  @Test(arguments: wrong.indices) func `a value of another type is a mistake`(index: Int) throws {
    let (type, written) = Self.wrong[index]
    let place = try parseYAML(Array("with: {told: \(written)}\n".utf8), name: "m")
    #expect(try plugin(type).mistakes(in: place["with"], at: place).count == 1)
  }

  @Test func `what is required or unknown is said`() throws {
    let plugin = try plugin("text, required: true")
    let none = try parseYAML(Array("use: g\n".utf8), name: "m")
    let mistake = try #require(plugin.mistakes(in: nil, at: none).first)
    #expect(mistake.message == "'g' needs 'told' under 'with'" && mistake.location?.column == 6)
    let other = try parseYAML(Array("with: {told: a, tld: b}\n".utf8), name: "m")
    #expect(
      plugin.mistakes(in: other["with"], at: other).map(\.hint) == [
        "did you mean 'told'? known here: told"
      ])
    let text = PluginReadTests.gate("")
    let least = try Plugin(.gate, folder: "g", parseYAML(Array(text.utf8), name: "gate.yaml"))
    #expect(
      least.mistakes(in: other["with"], at: other).map(\.message) == ["'g' takes no parameters"])
  }

  @Test func `paths are handed over as copies, and defaults where nothing is said`() throws {
    let text = PluginReadTests.gate(
      "parameters:\n  suite: {type: path, summary: It.}\n  share: {type: number, summary: It., default: 0.5}"
    )
    let plugin = try Plugin(.gate, folder: "g", parseYAML(Array(text.utf8), name: "gate.yaml"))
    let place = try parseYAML(Array("with: {suite: a/b.json}\n".utf8), name: "m")
    let arguments = PluginArguments(plugin, place["with"])
    #expect(arguments.paths.map(\.path) == ["a/b.json"])
    #expect(arguments.members == [JSON.Member("share", .number(0.5))])
  }
}
