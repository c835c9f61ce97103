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

/// What a YAML text becomes, and where its mistakes point.
@Suite struct YAMLTests {
  func parse(_ text: String) throws -> Node {
    try parseYAML(Array(text.utf8), name: "gatewright.yaml")
  }

  /// All mistakes of a text.
  func problems(_ text: String, limits: YAMLLimits = YAMLLimits()) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try parseYAML(Array(text.utf8), name: "gatewright.yaml", limits: limits)
      return []
    } catch {
      return error.all
    }
  }

  @Test func marksCountScalars() throws {
    let root = try parse("größe: {a: '🙂', b: \"x\"}\n")
    let value = try #require(root["größe"]?["b"])
    #expect(value.text == "x")
    #expect(value.mark.location == Location(file: "gatewright.yaml", line: 1, column: 20))
    #expect(root["größe"]?.mark.column == 8)
  }

  @Test func scalarsKeepTheirText() throws {
    let root = try parse(
      "a: no\nb: 'no'\nc: 014\nd:\ne: ~\nf: '~'\ng: |\n  x\n  y\nh: !!str null\n")
    #expect(root["a"]?.boolean == false)
    #expect(root["b"]?.boolean == nil)
    #expect(root["c"]?.text == "014")
    #expect(root["d"]?.isNull == true)
    #expect(root["e"]?.isNull == true)
    #expect(root["f"]?.text == "~")
    #expect(root["g"]?.text == "x\ny\n")
    #expect(root["h"]?.text == "null")
  }

  /// Two forms of a letter are two keys, and each is found by its own bytes.
  @Test func keysAreTheSameByTheirBytes() throws {
    let (one, other) = ("\u{e9}", "e\u{301}")
    let root = try parse("\(one): 1\n\(other): 2\nm:\n  <<: {\(other): 3}\n  \(one): 4\n")
    #expect(root[one]?.integer == 1 && root[other]?.integer == 2)
    #expect(root["m"]?[one]?.integer == 4 && root["m"]?[other]?.integer == 3)
    #expect(problems("\(one): 1\n\(one): 2\n").first?.message.contains("a second time") == true)
    #expect(try parse("\(one): 1\n")[other] == nil)
  }

  @Test func dashWithoutBlankIsTold() {
    let mistake = problems("gates:\n  -gate: schema\n    file: a.yaml\n").first
    #expect(mistake?.hint == "write a blank behind the dash in line 2: '- gate: schema'")
  }

  @Test func byteOrderMarkIsTolerated() throws {
    let root = try parseYAML([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8), name: "x")
    #expect(root["a"]?.integer == 1)
    #expect(root.key("a")?.mark.column == 1)
  }

  @Test func aliasesStandWhereTheyAreWritten() throws {
    let root = try parse("a: &x {k: [1, 2]}\nb: *x\n")
    #expect(root["b"]?["k"]?.items?.count == 2)
    #expect(root["b"]?.mark.line == 2)
    #expect(root["b"]?["k"]?.mark.line == 1)
  }

  @Test func mergesGiveWayToWhatIsWritten() throws {
    let root = try parse(
      "base: &a {x: 1, y: 1}\nmore: &b {y: 2, z: 2}\nm:\n  w: 0\n  <<: [*a, *b]\n  x: 3\nn: {<<: *b}\n"
    )
    let merged = try #require(root["m"]?.pairs)
    #expect(merged.map { $0.key.text } == ["w", "y", "z", "x"])
    #expect(merged.map { $0.value.text } == ["0", "1", "2", "3"])
    #expect(root["n"]?["z"]?.text == "2")
    let quoted = try parse("a: {'<<': 1}")
    #expect(quoted["a"]?["<<"]?.integer == 1)
  }

  @Test func anchorsMayBeGivenAgain() throws {
    let root = try parse("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")
    #expect(root["b"]?.text == "1")
    #expect(root["d"]?.text == "2")
  }

  /// Each text has its mistake under the arrow, and the message holds the words.
  static let mistakes: [(text: String, words: String)] = [
    ("a: 1\n↓\na: 2", "the key 'a' stands here a second time; the first is on line 1"),
    ("m:\n  x: 1\n  ↓\n  'x': 2", "the key 'x' stands here a second time; the first is on line 2"),
    ("b: 1\n   ↓\na: *b", "'*b' is an alias, and no '&b' stands before it"),
    ("          ↓\na: &x [1, *x]", "stands inside the value"),
    ("   ↓\na: !ruby/object {}", "the tag '!ruby/object' is not allowed here"),
    ("   ↓\na: !!binary aGk=", "the tag '!!binary' is not allowed here"),
    ("   ↓\na: !!map x", "the tag '!!map' is not allowed here"),
    ("a: 1\n↓\n---\nb: 2", "a second document begins here"),
    ("↓\n[a]: 1", "a list cannot be a key"),
    ("  ↓\n? {a: 1}\n: 2", "a mapping cannot be a key"),
    ("↓\n~: 1", "a key is wanted"),
    ("↓\n# nothing", "'gatewright.yaml' is empty"),
    ("↓\n---", "'gatewright.yaml' is empty"),
    ("   ↓\na: \"x\\0y\"", "holds a NUL character"),
    ("a: &b 1\nm:\n      ↓\n  <<: *b", "'<<' takes a mapping"),
    ("a: &b {x: 1}\nm:\n  <<: *b\n  ↓\n  <<: *b", "the key '<<' stands here a second time"),
    ("    ↓\na: b: c", "this is not YAML: mapping values are not allowed in this context"),
    ("   ↓\na: @b", "cannot start any token"),
    (
      "a: [1, 2\n ↓\nb: 3",
      "did not find expected ',' or ']' while parsing a flow sequence that begins on line 1"
    ),
    ("  ↓\na \u{7}", "the character U+0007 may not stand here"),
    ("a: x\n ↓\nb\0: 1", "the character U+0000 may not stand here"),
    ("   ↓\na: \u{FEFF}x", "the character U+FEFF may not stand here"),
  ]

  @Test(arguments: mistakes.indices) func mistakesPoint(_ index: Int) throws {
    let (marked, words) = Self.mistakes[index]
    var lines = marked.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let arrow = try #require(
      lines.firstIndex { $0.contains("↓") && $0.allSatisfy { " ↓".contains($0) } })
    let column = try #require(lines[arrow].firstIndex(of: "↓")).utf16Offset(in: lines[arrow]) + 1
    lines.remove(at: arrow)
    let found = problems(lines.joined(separator: "\n"))
    try #require(found.count == 1, "\(found.map(\.rendered))")
    #expect(found[0].message.contains(words), "\(found[0].rendered)")
    #expect(found[0].location?.line == arrow + 1, "\(found[0].rendered)")
    #expect(found[0].location?.column == column, "\(found[0].rendered)")
  }

  @Test func emptyTextsAreMistakes() {
    for text in ["", "\n\n", "# only a remark\n", "---\n", "~", "%YAML 1.1\n---\n"] {
      #expect(problems(text).map(\.message) == ["'gatewright.yaml' is empty"], "\(text)")
    }
  }

  @Test func severalMistakesAtOnce() {
    let found = problems("a: 1\nb: !x 2\na: 3\nm: {k: 1, k: 2}\n")
    #expect(found.compactMap { $0.location?.line } == [2, 3, 4])
    let broken = problems("a: 1\na: 2\nb: [\n")
    #expect(broken.count == 1, "a mapping that does not end is not looked through: \(broken)")
    let both = problems("m: {a: 1, a: 2}\nb: [\n")
    #expect(both.count == 2)
  }

  @Test func badBytesAreFoundByLine() throws {
    let bytes = Array("a: 1\nb: ü".utf8) + [0xFF, 0x0A]
    let found = try problem { try parseYAML(bytes, name: "x.yaml") }
    #expect(found.location == Location(file: "x.yaml", line: 2, column: 5))
    #expect(found.message.contains("UTF-8"))
    let wide = try problem { try parseYAML([0xFF, 0xFE, 0x61, 0], name: "x.yaml") }
    #expect(wide.message.contains("UTF-16"))
  }

  @Test func lineEndsOfWindowsCountOnce() throws {
    #expect(problems("a: 1\r\nb: 2\r\n\u{1}").first?.location?.line == 3)
    #expect(problems("a: 1\r\na: 2\r\n").first?.location?.line == 2)
    #expect(problems("a: 1\r\na: 2\r\n").first?.excerpt == "a: 2")
  }

  @Test func bombsAreRefused() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let found = problems(text)
    try #require(found.count == 1)
    #expect(found[0].message.contains("and 20000 are allowed"), "\(found[0].rendered)")
    #expect(found[0].message.contains("expands to 2"))
    #expect(found[0].location?.line == 5)
  }

  @Test func sizesAreBound() {
    let limits = YAMLLimits(bytes: 100, depth: 3, nodes: 10, scalar: 5)
    #expect(
      problems("a: [[1]]", limits: limits).map(\.message) == [
        "values stand more than 3 deep in each other"
      ])
    #expect(problems("a: [1]", limits: limits).isEmpty)
    #expect(
      problems("x: &x [1]\na: [*x]", limits: limits).first?.message.contains("'*x' puts values")
        == true)
    #expect(problems("[1,2,3,4,5,6,7,8,9]", limits: limits).isEmpty)
    #expect(
      problems("[1,2,3,4,5,6,7,8,9,0]", limits: limits).first?.message.contains("more than the 10")
        == true)
    #expect(problems("a: 12345", limits: limits).isEmpty)
    #expect(problems("a: 123456", limits: limits).first?.message.contains("6 bytes") == true)
    let long = String(repeating: " ", count: 101)
    #expect(problems(long, limits: limits).first?.message.contains("101 bytes") == true)
  }

  @Test(.timeLimit(.minutes(60))) func deepTextsEndSoon() {
    #expect(
      problems(String(repeating: "[", count: 200_000)).first?.message.contains("32 deep") == true)
    let blocks = (0..<500).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(problems(blocks).first?.message.contains("32 deep") == true)
  }

  @Test func mutationsNeverCrash() {
    let seed = Array(
      "version: 1\nbase: &b {x: 1, 'y': \"z\\n\"}\nm:\n  <<: *b\n  - list: [*b, ~]\n  t: !!str |\n    text\n# ü\n"
        .utf8)
    var random = SeededGenerator(state: 7)
    var (accepted, refused) = (0, 0)
    for _ in 0..<5000 {
      var text = seed
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let at = Int.random(in: text.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: text[at] = UInt8.random(in: 0...255, using: &random)
        case 1: text.remove(at: at)
        case 2:
          text.insert(
            contentsOf: text[at...].prefix(9), at: Int.random(in: text.indices, using: &random))
        default:
          text[at] = Array("&*!|>'\"%@`{}[],:?-#\n\t <~".utf8).randomElement(using: &random) ?? 0
        }
        if text.isEmpty { text = seed }
      }
      do throws(Diagnostics) {
        _ = try parseYAML(text, name: "x")
        accepted += 1
      } catch {
        refused += 1
        #expect(!error.all.isEmpty && error.all.allSatisfy { !$0.rendered.isEmpty })
      }
    }
    #expect(accepted > 0 && refused > 1000, "\(accepted) accepted, \(refused) refused")
  }
}

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
