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

/// An ONNX model whose answers are drawn at random, or made as in training, is not judged.
@Suite struct ONNXChanceTests {
  /// What a look through a model of some nodes throws; nil: nothing.
  private func failure(_ bytes: [UInt8]) -> String? {
    do {
      try ONNXFile.check(bytes, name: "loan.onnx")
      return nil
    } catch { return error.sentence }
  }

  private func failure(_ nodes: [ONNXBytes], constants: [ONNXBytes] = []) -> String? {
    failure(ONNXBytes.model(nodes, constants: constants))
  }

  @Test(arguments: [
    "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Bernoulli",
    "Multinomial",
  ]) func `what is drawn at random is refused wherever it stands`(type: String) {
    let draw = ONNXBytes.node(type, ["x"], ["p"])
    let inner = ONNXBytes.attribute("then_branch", graph: ONNXBytes.graph([draw]))
    let function = ONNXBytes().adding(1, "noise").adding(7, draw)
    for bytes in [
      ONNXBytes.model([draw]), ONNXBytes.model([ONNXBytes.node("If", ["c"], ["p"], [inner])]),
      ONNXBytes.model([]) + ONNXBytes().adding(25, function).bytes,
    ] {
      let said = failure(bytes)
      #expect(said?.contains("its operator \(type) draws numbers at random") == true)
      #expect(said?.contains("eval mode") == true)
    }
    // Of somebody else's domain it is another operator.
    #expect(failure([ONNXBytes.node(type, ["x"], ["p"], domain: "mine")]) == nil)
  }

  @Test func `what drops values is refused unless it is off for good`() {
    func drop(_ inputs: [String]) -> ONNXBytes { ONNXBytes.node("Dropout", inputs, ["p"]) }
    func constant(_ isOn: Bool) -> ONNXBytes {
      let tensor = ONNXBytes.attribute("value", tensor: ONNXBytes.flag("", isOn))
      return ONNXBytes.node("Constant", [], ["t"], [tensor])
    }
    let wired = drop(["x", "", "t"])
    for said in [
      failure([wired], constants: [ONNXBytes.flag("t", true)]), failure([constant(true), wired]),
      failure([wired]), failure([ONNXBytes.node("Cast", ["y"], ["t"]), wired]),
    ] {
      #expect(said?.contains("its operator Dropout leaves values out at random") == true)
    }
    for said in [
      failure([wired], constants: [ONNXBytes.flag("t", false)]), failure([constant(false), wired]),
      failure([drop(["x"])]), failure([drop(["x", "ratio"])]), failure([drop(["x", "r", ""])]),
    ] {
      #expect(said == nil)
    }
  }

  @Test func `a normalization that is trained is refused`() {
    func norm(_ outputs: [String], _ mode: Int?) -> ONNXBytes {
      ONNXBytes.node(
        "BatchNormalization", ["x", "s", "b", "m", "v"], outputs,
        mode.map { [ONNXBytes.attribute("training_mode", integer: $0)] } ?? [])
    }
    for said in [failure([norm(["p"], 1)]), failure([norm(["p", "mean", "var"], nil)])] {
      #expect(said?.contains("BatchNormalization works as in training") == true)
    }
    #expect(failure([norm(["p"], 0)]) == nil && failure([norm(["p", ""], nil)]) == nil)
  }

  @Test func `two graphs in one file are two models`() {
    let one = ONNXBytes.model([ONNXBytes.node("Sigmoid", ["x"], ["p"])])
    #expect(failure(one) == nil)
    #expect(failure(one + one)?.contains("two graphs") == true)
  }
}
