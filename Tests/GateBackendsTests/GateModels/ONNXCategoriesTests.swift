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

/// Which categories an ONNX model's encoders know, and which column reaches each.
@Suite struct ONNXCategoriesTests {
  /// A message of a protobuf: its fields one after another.
  private struct Message {
    var bytes: [UInt8] = []

    static func varint(_ value: UInt64) -> [UInt8] {
      value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7f) | 0x80] + varint(value >> 7)
    }

    func adding(_ number: Int, _ content: [UInt8]) -> Message {
      Message(
        bytes: bytes + Self.varint(UInt64(number) << 3 | 2) + Self.varint(UInt64(content.count))
          + content)
    }

    func adding(_ number: Int, _ text: String) -> Message { adding(number, Array(text.utf8)) }

    func adding(_ number: Int, value: Int) -> Message {
      Message(bytes: bytes + Self.varint(UInt64(number) << 3) + Self.varint(UInt64(value)))
    }
  }

  private static func attribute(_ name: String, texts: [String]) -> Message {
    texts.reduce(Message().adding(1, name)) { $0.adding(9, $1) }
  }

  private static func attribute(_ name: String, integers: [Int]) -> Message {
    integers.reduce(Message().adding(1, name)) { $0.adding(8, value: $1) }
  }

  private static func node(
    _ type: String, _ inputs: [String], _ output: String, _ attributes: [Message] = []
  ) -> Message {
    let wired = inputs.reduce(Message()) { $0.adding(1, $1) }.adding(2, output).adding(4, type)
    return attributes.reduce(wired) { $0.adding(5, $1.bytes) }
  }

  /// A model of these nodes with one list of places.
  private static func model(_ nodes: [Message], places: (String, [Int])? = nil) -> [UInt8] {
    var graph = nodes.reduce(Message()) { $0.adding(1, $1.bytes) }
    if let places {
      let tensor = places.1.reduce(Message().adding(2, value: 7)) { $0.adding(7, value: $1) }
      graph = graph.adding(5, tensor.adding(8, places.0).bytes)
    }
    return Message().adding(7, graph.bytes).bytes
  }

  private static let planets = attribute("cats_strings", texts: ["Earth", "Venus"])

  private func texts(_ name: String, _ values: [String]) -> Column {
    var dictionary: [String] = []
    let codes = values.map { value -> Int32 in
      if let place = dictionary.firstIndex(of: value) { return Int32(place) }
      dictionary.append(value)
      return Int32(dictionary.count - 1)
    }
    return Column(name: name, values: .strings(codes: codes, dictionary: dictionary))
  }

  @Test func `an encoder of an input of its own`() {
    let bytes = Self.model([
      Self.node("OneHotEncoder", ["planet"], "hot", [Self.planets]),
      Self.node("Cast", ["size"], "whole", [Self.attribute("to", integers: [])]),
      Self.node(
        "LabelEncoder", ["whole"], "code", [Self.attribute("keys_int64s", integers: [1, 2])]),
    ])
    let found = ONNXCategories(
      bytes, inputs: [("age", 1, false), ("planet", 1, true), ("size", 1, false)])
    #expect(found.lists.keys.sorted() == [1, 2])
    let columns = [
      Column(name: "age", values: .doubles([1, 2, 3])), texts("planet", ["Mars", "Venus", "Mars"]),
      Column(name: "size", values: .doubles([2, 1, 7])),
    ]
    let unseen = found.unseen(columns, rows: 0..<3, isSingle: [true, false, true])
    #expect(unseen.map(\.input) == [1, 2])
    #expect(unseen.map(\.count) == [2, 1])
    #expect(unseen.map(\.first) == ["Mars", "7"])
    #expect(unseen.map(\.row) == [0, 2])
  }

  @Test func `columns that are put together and picked again`() {
    let bytes = Self.model(
      [
        Self.node("Concat", ["a", "b"], "both", [Message().adding(1, "axis").adding(3, value: 1)]),
        Self.node("ArrayFeatureExtractor", ["both", "second"], "one"),
        Self.node("OneHotEncoder", ["one"], "hot", [Self.planets]),
      ], places: ("second", [1]))
    #expect(
      ONNXCategories(bytes, inputs: [("a", 1, true), ("b", 1, true)]).lists.keys.sorted() == [1])
    // Of one input of any width, too.
    let wide = Self.model(
      [
        Self.node("ArrayFeatureExtractor", ["x", "third"], "one"),
        Self.node("OneHotEncoder", ["one"], "hot", [Self.planets]),
      ], places: ("third", [2]))
    #expect(ONNXCategories(wide, inputs: [("x", nil, true)]).lists.keys.sorted() == [2])
  }

  @Test(arguments: ["LOWER", "UPPER", nil]) func `letters that were made small or large`(
    change: String?
  ) {
    let known = ["\u{e9}arth", "venus", "\u{df}"].map { change == "UPPER" ? Self.upper($0) : $0 }
    let action = change.map { [Message().adding(1, "case_change_action").adding(4, $0)] } ?? []
    let bytes = Self.model([
      Self.node(
        "StringNormalizer", ["planet"], "same",
        action + [Message().adding(1, "locale").adding(4, "C.UTF-8")]),
      Self.node("OneHotEncoder", ["same"], "hot", [Self.attribute("cats_strings", texts: known)]),
    ])
    let found = ONNXCategories(bytes, inputs: [("planet", 1, true)])
    let rows = texts("planet", ["\u{c9}arth", "venus", "VENUS", "\u{df}", "mars", "Mars"])
    let unseen = found.unseen([rows], rows: 0..<6, isSingle: [false])
    #expect(unseen.map(\.count) == [change == nil ? 4 : 2])
    #expect(unseen.map(\.first) == [change == nil ? "\u{c9}arth" : "mars"])
    #expect(found.uncounted.isEmpty)
  }

  /// As C's `towupper` has it, letter by letter.
  private static func upper(_ text: String) -> String {
    text.split(separator: "\u{df}", omittingEmptySubsequences: false).map { $0.uppercased() }
      .joined(separator: "\u{df}")
  }

  @Test(arguments: [([2, 1], true), ([], true), ([2, 1], false)] as [([Int], Bool)])
  func `columns that are dealt out`(sizes: [Int], isAttribute: Bool) {
    let axis = Message().adding(1, "axis").adding(3, value: 1)
    let split = sizes.isEmpty || !isAttribute ? [] : [Self.attribute("split", integers: sizes)]
    var dealing = Self.node(
      "Split", isAttribute ? ["x"] : ["x", "sizes"], "first", [axis] + split)
    dealing = dealing.adding(2, "second")
    let bytes = Self.model(
      [dealing, Self.node("OneHotEncoder", ["second"], "hot", [Self.planets])],
      places: ("sizes", sizes))
    #expect(ONNXCategories(bytes, inputs: [("x", 3, true)]).lists.keys.sorted() == [2])
    // Without an axis it deals out rows.
    let rows = Self.node("Split", ["x"], "first", split).adding(2, "second")
    let other = Self.model([rows, Self.node("OneHotEncoder", ["second"], "hot", [Self.planets])])
    let found = ONNXCategories(other, inputs: [("x", 3, true)])
    #expect(found.lists.isEmpty && found.uncounted == ["OneHotEncoder behind Split"])
  }

  @Test func `what stands between a column and its list is said`() {
    let bytes = Self.model([
      Self.node("Scaler", ["size"], "scaled"),
      Self.node("Identity", ["scaled"], "again"),
      Self.node("OneHotEncoder", ["again"], "hot", [Self.attribute("cats_int64s", integers: [1])]),
      Self.node("OneHotEncoder", ["planet"], "cold", [Self.planets]),
      Self.node("LabelEncoder", ["cold"], "code", [Self.attribute("keys_int64s", integers: [0])]),
    ])
    let found = ONNXCategories(bytes, inputs: [("size", 1, false), ("planet", 1, true)])
    #expect(found.lists.keys.sorted() == [1])
    #expect(found.uncounted == ["OneHotEncoder behind Scaler"])
  }

  @Test func `a list of what was made of a column is not held against it`() {
    let stop = Self.attribute("stopwords", texts: ["the"])
    let bytes = Self.model([
      Self.node("StringNormalizer", ["planet"], "lower", [stop]),
      Self.node("OneHotEncoder", ["lower"], "hot", [Self.planets]),
      Self.node("ArgMax", ["scores"], "place"),
      Self.node("LabelEncoder", ["place"], "label", [Self.attribute("keys_int64s", integers: [1])]),
    ])
    let found = ONNXCategories(bytes, inputs: [("planet", 1, true), ("scores", 2, false)])
    #expect(found.lists.isEmpty)
    #expect(found.uncounted == ["OneHotEncoder behind StringNormalizer"])
  }
}
