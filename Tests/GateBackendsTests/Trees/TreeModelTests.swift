import Foundation
import Testing

@testable import GateCore
@testable import GateModels

/// Models of every kind, made by LightGBM and XGBoost themselves, give the libraries' bits when their trees score.
@Suite struct TreeModelTests {
  static let folder = Models.folder + "Trees/"
  static let names = try! FileManager.default.contentsOfDirectory(atPath: folder).sorted()

  /// An open model; LightGBM and XGBoost are opened in this process.
  static func open(_ name: String, iterations: Int? = nil) throws -> any ModelRuntime {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + name)))
    var options = ModelOptions()
    options.iterations = iterations.map { .first($0) }
    let file = ModelFile(name: name, bytes: bytes, task: .regression, options: options)
    return try Runtimes.named(name.contains("lightgbm") ? "lightgbm" : "xgboost").open(file)
  }

  /// The trees of a model as its file has them.
  static func forest(_ name: String) throws -> Forest {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + name)))
    if name.contains("lightgbm") { return try LightGBMForest(bytes, rounds: nil).forest }
    let parts = try XGBoostFile.check(bytes, name: name).parts
    return try parts.ready(objective: "reg:squarederror", features: 6, end: 0).forest
  }

  /// Rows like those of `make_trees.py`: numbers with gaps and zeros, and categories as codes.
  static func rows(_ count: Int, seed: UInt64) -> [[Double]] {
    var source = RandomSource(seed: seed, stream: 1)
    func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + source.uniform() } }
    func gap(_ value: Double, _ share: Double) -> Double {
      source.uniform() < share ? .nan : value
    }
    var columns = Array(repeating: [Double](), count: 6)
    for _ in 0..<count {
      columns[0].append(40 + 12 * normal())
      columns[1].append(gap(exp(2 * normal()), 0.2))
      columns[2].append(source.uniform() < 0.5 ? 0 : normal())
      columns[3].append(Double(source.index(below: 6)))
      columns[4].append(gap(Double(source.index(below: 5)), 0.1))
      columns[5].append(Double(source.index(below: 70)))
    }
    return columns
  }

  /// Columns as a model takes them: a category as its text.
  private func columns(_ numbers: [[Double]], _ model: any ModelRuntime) -> [Column] {
    zip(numbers, model.description.inputs).map { numbers, input in
      guard input.kind == .textCategory else {
        return Column(name: input.name ?? "", values: .doubles(numbers))
      }
      let texts = (0..<70).map { String(format: "c%02d", $0) }
      let codes = numbers.map { 0..<70 ~= $0 ? Int32($0) : -1 }
      return Column(
        name: input.name ?? "", values: .strings(codes: codes, dictionary: texts),
        validity: codes.map { $0 >= 0 })
    }
  }

  /// The bits of answers.
  private func bits(_ scores: RawScores) -> [UInt64] {
    switch scores {
    case .numbers(let numbers, let width, _), .labelled(let numbers, let width, _, _):
      [UInt64(width)] + numbers.map(\.bitPattern)
    case .labels(let codes, _): codes.map { UInt64(bitPattern: Int64($0)) }
    }
  }

  @Test("there are models of every kind") func kinds() {
    #expect(Self.names.count >= 40)
  }

  @Test("real and hostile rows get the library's bits", arguments: names)
  func same(name: String) throws {
    let model = try Self.open(name)
    let real = Self.rows(1500, seed: 3)
    let hard = HardRows(try Self.forest(name)).columns(count: 1500, beside: real, 0..<1500)
    for numbers in [real, hard] {
      let columns = columns(numbers, model)
      let own = bits(try model.score(columns, rows: 0..<1500))
      let library = bits(try model.scoreByLibrary(columns, rows: 0..<1500))
      #expect(own == library)
      #expect(Set(own).count > 3 || ["leaf", "hinge"].contains { name.hasPrefix($0) })
    }
    #expect(model.scorer == "trees")
  }

  @Test(
    "so do the first rounds of a model, and some rows of a batch",
    arguments: [
      "binary.lightgbm.txt", "softmax.lightgbm.txt", "forest.lightgbm.txt",
      "linear-classes.lightgbm.txt", "binary.xgboost.json", "softprob.xgboost.ubj",
      "dart.xgboost.ubj", "parallel.xgboost.ubj", "vectors.xgboost.ubj",
    ])
  func rounds(name: String) throws {
    let (model, whole) = (try Self.open(name, iterations: 2), try Self.open(name))
    let columns = columns(Self.rows(700, seed: 4), model)
    let own = bits(try model.score(columns, rows: 100..<700))
    #expect(own == bits(try model.scoreByLibrary(columns, rows: 100..<700)))
    #expect(own != bits(try whole.score(columns, rows: 100..<700)))
    #expect(model.scorer == "trees")
    let one = bits(try model.score(columns, rows: 699..<700))
    #expect(one == bits(try model.scoreByLibrary(columns, rows: 699..<700)))
  }

  @Test("AVX2 and plain code give the same bits", arguments: names)
  func plain(name: String) throws {
    let forest = try Self.forest(name)
    let ready = try ReadyForest(forest)
    let real = Self.rows(300, seed: 5)
    for numbers in [real, HardRows(forest).columns(count: 300, beside: real, 0..<300)] {
      let fast = try #require(ready.sums(numbers, rows: 0..<300))
      let plain = try #require(ready.sums(numbers, rows: 0..<300, isFast: false))
      #expect(fast.map(\.bitPattern) == plain.map(\.bitPattern))
    }
  }

  @Test("an infinity is refused as XGBoost refuses it") func infinity() throws {
    let model = try Self.open("binary.xgboost.json")
    var numbers = Self.rows(600, seed: 6)
    _ = try model.score(columns(numbers, model), rows: 0..<600)
    #expect(model.scorer == "trees")
    numbers[2][550] = 1e300
    let columns = columns(numbers, model)
    let own = #expect(throws: Diagnostic.self) { try model.score(columns, rows: 0..<600) }
    let library = #expect(throws: Diagnostic.self) {
      try model.scoreByLibrary(columns, rows: 0..<600)
    }
    #expect(own == library)
  }

  @Test("the record says what scored", arguments: ["binary.lightgbm.txt", "matrix.onnx"])
  func record(name: String) throws {
    let model = Models.source(name, features: name.hasSuffix("onnx") ? ["income", "age"] : nil)
    let predictions = try Models.score(model, FixtureTests.plain.rows)
    #expect(predictions.scoring["scorer"] == (name.hasSuffix("onnx") ? nil : "trees"))
  }
}
