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

/// What is read of a model's file before its library sees it.
struct ModelFileTests {
  /// A field of a protobuf message.
  func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    func varint(_ value: Int) -> [UInt8] {
      value < 128 ? [UInt8(value)] : [UInt8(value & 127 | 128)] + varint(value >> 7)
    }
    return varint(number << 3 | 2) + varint(content.count) + content
  }

  /// The message that a check of ONNX bytes throws.
  func failure(_ bytes: [UInt8]) -> String? {
    do {
      try ONNXFile.check(bytes, name: "loan.onnx")
      return nil
    } catch {
      return error.message
    }
  }

  /// Each way from a model to a tensor: the numbers of the fields.
  @Test(arguments: [
    [7, 5], [7, 1, 5, 5], [7, 1, 5, 10], [7, 1, 5, 6, 5], [7, 1, 5, 11, 1, 5, 5], [7, 15, 1],
    [7, 15, 2], [7, 1, 5, 22, 1], [7, 1, 5, 23, 2], [25, 7, 5, 5], [25, 11, 5], [20, 1, 5],
    [20, 2, 5],
  ])
  func externalDataIsFoundWhereverItHides(_ way: [Int]) {
    let graph = field(7, [])
    for (marker, isExternal) in [
      (field(13, [1, 2]), true), ([0x70, 1], true), ([0x70, 0], false), (field(9, [1]), false),
    ] {
      let bytes = way.reversed().reduce(marker) { field($1, $0) } + graph
      #expect((failure(bytes)?.contains("external data") == true) == isExternal)
      #expect(isExternal || failure(bytes) == nil)
    }
  }

  @Test func protobufThatIsNotONNXIsRefused() {
    #expect(failure(field(8, [1]))?.contains("it holds no graph") == true)
    #expect(failure([0x0b])?.contains("no known kind") == true)
    #expect(failure([0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f])?.contains("past its end") == true)
    #expect(failure([UInt8](repeating: 0xff, count: 20))?.contains("too long") == true)
    #expect(failure([0x3a, 0xff])?.contains("ends within a number") == true)
    var deep: [UInt8] = []
    for _ in 0..<60 { deep = field(1, field(5, field(6, deep))) }
    #expect(failure(field(7, deep))?.contains("100 deep") == true)
  }

  /// The LightGBM fixture with another line of categories.
  func lightgbm(_ lists: String) throws -> LightGBMFile {
    let text = try String(contentsOfFile: Models.folder + "binary.lightgbm.txt", encoding: .utf8)
    let line = "pandas_categorical:[[\"east\", \"north\", \"south\"]]"
    #expect(text.contains(line))
    return try LightGBMFile(
      [UInt8](text.replacing(line, with: "pandas_categorical:" + lists).utf8), name: "loan.txt")
  }

  @Test func categoriesOfEachType() throws {
    let numbers = try #require(try lightgbm("[[3, 1.5, -2]]").categories[2])
    #expect(numbers.kind == .numberCategory)
    let column = Column(name: "region", values: .doubles([1.5, 3, 7, .nan, -2]))
    let (codes, unseen) = numbers.codes(column)
    #expect(unseen == [2])
    #expect(codes[0] == 1 && codes[1] == 0 && codes[4] == 2)
    #expect(codes[2].isNaN && codes[3].isNaN)
    let booleans = try #require(try lightgbm("[[false, true]]").categories[2])
    #expect(booleans.kind == .booleanCategory)
    let flags = Column(name: "f", values: .booleans([true, false]), validity: [true, false])
    #expect(booleans.codes(flags).codes[0] == 1 && booleans.codes(flags).codes[1].isNaN)
    let texts = try #require(try lightgbm("[[\"é\", \"b\"]]").categories[2])
    #expect(texts.codes(Column(name: "t", texts: ["b", "é", nil])).codes.prefix(2) == [1, 0])
    #expect(try lightgbm("null").categories.isEmpty && lightgbm("[]").categories.isEmpty)
  }

  @Test(arguments: [
    ("[[\"a\", 1]]", "mixes types"), ("[[\"a\", \"a\"]]", "names one value twice"),
    ("[[\"a\", ", "are cut short"),
  ])
  func categoriesThatMakeNoSenseAreRefused(_ lists: String, _ part: String) {
    let error = #expect(throws: Diagnostic.self) { try lightgbm(lists) }
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
  }

  @Test func xgboostCategoriesAreRefused() throws {
    let path = Models.folder + "binary.xgboost.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let types = "\"feature_types\":[\"float\",\"int\"]"
    #expect(text.contains(types))
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.replacing(types, with: "\"feature_types\":[\"float\",\"c\"]").utf8).write(
      to: file)
    let error = Models.failure(Models.source(file.path), FixtureTests.plain.rows)
    #expect(error?.contains("has a categorical feature, 'age'") == true, "\(error ?? "")")
  }

  @Test func detection() throws {
    for (name, id) in [
      ("matrix.onnx", "onnx"), ("binary.lightgbm.txt", "lightgbm"),
      ("binary.xgboost.json", "xgboost"), ("binary.xgboost.ubj", "xgboost"),
    ] {
      #expect(try Runtimes.detect(path: Models.folder + name, uri: name).id == id)
    }
    // By what the file holds, where its name says nothing.
    #expect(
      try Runtimes.detect(path: Models.folder + "binary.xgboost.ubj", uri: "m").id == "xgboost")
    #expect(
      try Runtimes.detect(path: Models.folder + "binary.lightgbm.txt", uri: "m").id == "lightgbm")
    // How a file begins speaks more than its name, and its name more than what it holds.
    let shop = try Workshop()
    for (name, text, id) in [
      ("tree.onnx", "tree\nversion=v4\n", "lightgbm"),
      ("tree.ubj", "tree\r\nversion=v4", "lightgbm"),
      ("json.onnx", "{\"learner\":{}}", "onnx"), ("json.txt", "{\"learner\":{}}", "xgboost"),
    ] {
      try shop.write(text, to: name)
      #expect(try Runtimes.detect(path: shop.path + "/" + name, uri: name).id == id, "\(name)")
    }
    #expect(throws: Diagnostic.self) { try Runtimes.named("onx") }
    for runtime in Runtimes.all { _ = try runtime.version() }
  }
}
