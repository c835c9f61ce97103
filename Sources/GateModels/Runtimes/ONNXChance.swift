import GateCore

/// The nodes of an ONNX file that draw numbers at random or work as in training, so that no answer comes twice.
struct ONNXChance {
  /// The operators of whose answers each is another; contributed ones are ONNX Runtime's own.
  private static let drawing: Set = [
    "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform",
    "RandomUniformLike", "Sampling",
  ]

  /// The operators that leave values out while they are trained, by the place of the input that says so.
  private static let dropping = [
    "Dropout": 2, "BitmaskDropout": 2, "BiasDropout": 4, "BitmaskBiasDropout": 4,
  ]

  private let bytes: [UInt8]
  private let nodes: [Range<Int>]
  private let constants: [Range<Int>]

  /// The nodes of a whole file and its constants, those of all graphs and functions in it.
  init(_ bytes: [UInt8], nodes: [Range<Int>], constants: [Range<Int>]) {
    (self.bytes, self.nodes, self.constants) = (bytes, nodes, constants)
  }

  /// Refuses a model, called `name` in messages, that has such a node.
  func refuse(_ name: String) throws(Diagnostic) {
    for range in nodes {
      let node = Node(bytes, range)
      guard ["", "ai.onnx", "com.microsoft"].contains(node.domain) else { continue }
      let what: String
      if Self.drawing.contains(node.type) {
        what = "draws numbers at random"
      } else if let place = Self.dropping[node.type], node.inputs.count > place,
        !isOff(node.inputs[place])
      {
        what = "leaves values out at random, for its training_mode is not the constant false"
      } else if node.type.hasPrefix("BatchNorm"), trains(node) {
        what = "works as in training, by the means of the rows that are scored together"
      } else {
        continue
      }
      throw Diagnostic(
        "the model '\(name)' gives other answers in other runs: its operator \(node.type) \(what)",
        hint:
          "export it in eval mode, as it answers when it is used: in PyTorch call model.eval() before "
          + "torch.onnx.export")
    }
  }

  /// Whether a normalization says that it is trained, or gives what only a trained one gives.
  private func trains(_ node: Node) -> Bool {
    if node.outputs.dropFirst().contains(where: { !$0.isEmpty }) { return true }
    return node.attributes.contains { range in
      var (isMode, isOn) = (false, false)
      for field in ProtobufFields(bytes, range) {
        switch field.number {
        case 1: isMode = field.text == "training_mode"
        case 3: isOn = isOn || field.integers.first != 0
        // What calls the function says it.
        case 21: isOn = isOn || !field.content.isEmpty
        default: continue
        }
      }
      return isMode && isOn
    }
  }

  /// Whether a tensor is the constant false; no tensor is that too.
  private func isOff(_ tensor: String) -> Bool {
    if tensor.isEmpty { return true }
    var values: [Bool?] = []
    for range in constants {
      for field in ProtobufFields(bytes, range)
      where field.number == 8 && field.text.isSame(as: tensor) {
        values.append(flag(range))
      }
    }
    for range in nodes {
      let node = Node(bytes, range)
      guard node.outputs.contains(where: { $0.isSame(as: tensor) }) else { continue }
      let held = node.attributes.lazy.flatMap { ProtobufFields(bytes, $0) }.first { $0.number == 5 }
      values.append(node.type == "Constant" ? held.flatMap { flag($0.content) } : nil)
    }
    return !values.isEmpty && values.allSatisfy { $0 == false }
  }

  /// The one flag that a tensor holds; nil: it holds others.
  private func flag(_ tensor: Range<Int>) -> Bool? {
    for field in ProtobufFields(bytes, tensor) {
      if field.number == 5 { return field.integers.first.map { $0 != 0 } }
      if field.number == 9, field.content.count == 1 { return bytes[field.content.lowerBound] != 0 }
    }
    return nil
  }

  /// What of a node is looked at.
  private struct Node {
    var (type, domain) = ("", "")
    var inputs: [String] = []
    var outputs: [String] = []
    var attributes: [Range<Int>] = []

    /// Reads one.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
      for field in ProtobufFields(bytes, range) {
        switch field.number {
        case 1: inputs.append(field.text)
        case 2: outputs.append(field.text)
        case 4: type = field.text
        case 5: attributes.append(field.content)
        case 7: domain = field.text
        default: continue
        }
      }
    }
  }
}
