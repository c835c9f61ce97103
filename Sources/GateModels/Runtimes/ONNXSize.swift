import GateCore

/// What an ONNX file is made of: the trees of its ensembles, and the weights of all else.
struct ONNXSize {
  private let bytes: [UInt8]
  private var trees = 0
  private var nodes = 0
  private var parameters = 0

  /// Counts in a file that is whole.
  static func size(of bytes: [UInt8]) -> ModelSize {
    var size = ONNXSize(bytes: bytes)
    for field in ProtobufFields(bytes, bytes.indices) where field.number == 7 {
      size.addGraph(field.content)
    }
    return ModelSize(
      trees: size.trees > 0 ? size.trees : nil, nodes: size.trees > 0 ? size.nodes : nil,
      parameters: size.parameters > 0 ? size.parameters : nil)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func addGraph(_ graph: Range<Int>) {
    for field in ProtobufFields(bytes, graph) {
      if field.number == 1 { addNode(field.content) }
      if field.number == 5 { parameters += numbers(in: field.content) }
    }
  }

  /// Attributes that hold weights.
  private static let weights: Set = [
    "coefficients", "intercepts", "support_vectors", "rho", "prob_a", "prob_b",
  ]

  private mutating func addNode(_ node: Range<Int>) {
    var type = ""
    var attributes: [Range<Int>] = []
    for field in ProtobufFields(bytes, node) {
      if field.number == 4 { type = field.text }
      if field.number == 5 { attributes.append(field.content) }
    }
    let isOfTrees = type.hasPrefix("TreeEnsemble")
    // Such lists may stand number by number.
    var ids: Set<Int64> = []
    var leaves = 0
    for range in attributes {
      var name = ""
      for field in ProtobufFields(bytes, range) {
        switch (field.number, name) {
        case (1, _): name = field.text
        case (5, _) where type == "Constant": parameters += numbers(in: field.content)
        case (6, _): addGraph(field.content)
        case (7, _) where !isOfTrees && Self.weights.contains(name):
          parameters += field.content.count / 4
        case (8, "nodes_treeids") where isOfTrees:
          let found = field.integers
          ids.formUnion(found)
          nodes += found.count
        // The later operator has its splits and its leaves apart.
        case (8, "tree_roots") where isOfTrees: trees += field.integers.count
        case (8, "nodes_featureids") where type == "TreeEnsemble": nodes += field.integers.count
        case (8, "leaf_targetids") where isOfTrees: leaves += field.integers.count
        default: continue
        }
      }
    }
    trees += ids.count
    nodes += leaves
  }

  /// How many numbers of floating point, or of quantized ones, a tensor has; shapes and places are none.
  private func numbers(in tensor: Range<Int>) -> Int {
    var count = 1
    var type: Int64 = 0
    for field in ProtobufFields(bytes, tensor) {
      if field.number == 1 {
        for size in field.integers {
          count = count.multipliedReportingOverflow(by: Int(clamping: max(0, size))).partialValue
        }
      }
      if field.number == 2 { type = field.integers.first ?? 0 }
    }
    // float, uint8, int8, float16, double, bfloat16.
    return [1, 2, 3, 10, 11, 16].contains(type) ? max(0, count) : 0
  }
}
