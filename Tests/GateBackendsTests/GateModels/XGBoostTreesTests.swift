import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateGit
@testable import GateModels
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// An XGBoost model whose trees are none is refused: the library reads whatever they name, from foreign memory too.
@Suite struct XGBoostTreesTests {
  private static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: LightGBMTreesTests.folder.appending(path: name)))
  }

  @Test("every model that the library saved is whole, in both formats")
  func whole() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: LightGBMTreesTests.folder.path
    ).filter { $0.contains(".xgboost.") }
    #expect(names.count > 6)
    for name in names { try XGBoostFile.check(try Self.bytes(name), name: name) }
  }

  @Test(
    "one other number in a tree is found",
    arguments: [
      (#"("split_indices":\[)\d+"#, "$140", "splits by input 40, and the model has"),
      (#"("split_indices":\[)\d+"#, "$1-1", "splits by input -1"),
      (#"("left_children":\[)\d+"#, "$10", "has the node 0 as a child twice, or above itself"),
      (#"("left_children":\[)\d+"#, "$12", "has the node 2 as a child twice, or above itself"),
      (#"("left_children":\[)\d+"#, "$1-1", "has the child -1"),
      (#"("right_children":\[)\d+"#, "$199999", "has the child 99999"),
      (#"("parents":\[\d+,)\d+"#, "$15", "and its parent is 5"),
      (#"("parents":\[)\d+"#, "$13", "has a root with the parent 3"),
      (#"("split_conditions":\[)[^,]+"#, "$11e39", "which single precision does not hold"),
      (#"("split_indices":\[)"#, "$10,", "numbers of 'split_indices'"),
      (#"("tree_info":\[)0"#, "$11", "a tree is of the answer 1, and there are 1"),
      (#"("tree_info":\[)"#, "$10,", "which answer they are of"),
      (#"("iteration_indptr":\[0,)\d+"#, "$150", "its rounds do not divide its"),
      (#"("num_class":"0","num_feature":")\d+"#, "$11", "by input 1, and the model has 1"),
      (#"("feature_names":\[)"#, "$1\"more\",", "it names"),
      (#"("learner":\{)"#, "$1\"attributes\":{},", "it has the key 'attributes' twice"),
      (#"^\{"learner":"#, "{\"learner\":{},\"learner\":", "it has the key 'learner' twice"),
    ])
  func number(pattern: String, replacement: String, says: String) throws {
    let text = String(decoding: try Self.bytes("binary.xgboost.json"), as: UTF8.self)
    let expression = try NSRegularExpression(pattern: pattern)
    let found = try #require(
      expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)))
    let new = expression.replacementString(
      for: found, in: text, offset: 0, template: replacement)
    let damaged = text.replacingCharacters(
      in: try #require(Range(found.range, in: text)), with: new)
    let isChanged = damaged != text
    #expect(isChanged)
    do throws(Diagnostic) {
      try XGBoostFile.check(Array(damaged.utf8), name: "m.json")
      Issue.record("it was taken")
    } catch { #expect(error.message.contains(says), "\(error.message)") }
  }

  @Test("no single changed byte of a ubj model makes the check crash or run on")
  func bytesChanged() throws {
    let whole = try Self.bytes("binary.xgboost.ubj")
    var random = RandomSource(seed: 5, stream: 0)
    var refused = 0
    for _ in 0..<400 {
      var bytes = whole
      bytes[Int(random.uniform() * Double(bytes.count))] = UInt8(random.uniform() * 256)
      do throws(Diagnostic) { try XGBoostFile.check(bytes, name: "m.ubj") } catch { refused += 1 }
    }
    #expect(refused > 20)
  }
}
