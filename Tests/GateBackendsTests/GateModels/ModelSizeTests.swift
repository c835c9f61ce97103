import Foundation
import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateModels

/// What models are made of, beside what their own libraries count.
@Suite struct ModelSizeTests {
  private struct Counts: Decodable {
    var trees: Int?
    var nodes: Int?
    var parameters: Int?
  }

  @Test("trees, nodes and weights are those that LightGBM, XGBoost and onnx count")
  func golden() throws {
    let folder = LightGBMTreesTests.folder
    let example = GuideTests.root.appending(path: "examples/loan-default/models")
    let all = try JSONDecoder().decode(
      [String: Counts].self, from: Data(contentsOf: folder.appending(path: "sizes.json")))
    #expect(all.count > 35)
    for (name, counts) in all {
      let own = folder.appending(path: name)
      let place =
        FileManager.default.fileExists(atPath: own.path) ? own : example.appending(path: name)
      let bytes = Array(try Data(contentsOf: place))
      let size =
        name.contains(".lightgbm.")
        ? try LightGBMFile(bytes, name: name).size
        : name.contains(".xgboost.")
          ? try XGBoostFile.check(bytes, name: name).size : ONNXSize.size(of: bytes)
      let wanted = ModelSize(
        trees: counts.trees, nodes: counts.nodes, parameters: counts.parameters)
      #expect(size == wanted, "\(name)")
    }
  }
}
