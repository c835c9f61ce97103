import GateCore

/// The node of an ONNX model that makes its answer, for what that says of the answer.
struct ONNXMaker {
  /// The type of a regressor, whose values are as it was trained on them; nil: it is none.
  private(set) var regressor: String?
  /// What makes probabilities, in words; nil: that is not known.
  private(set) var probabilities: String?

  /// Nodes that give what they get in another shape or type.
  private static let passing: Set = [
    "ArrayFeatureExtractor", "Cast", "Flatten", "Gather", "Identity", "Reshape", "Slice", "Squeeze",
    "Transpose", "Unsqueeze", "ZipMap",
  ]

  /// Follows an output back to the node that makes its numbers.
  init(of output: String, in graph: ONNXGraph) {
    var node = graph.maker(of: output)
    for _ in 0..<100 {
      guard let found = node, Self.passing.contains(found.type), let data = found.inputs.first
      else { break }
      node = graph.maker(of: data)
    }
    guard let node else { return }
    if ["Sigmoid", "Softmax"].contains(node.type) {
      probabilities = "its last operator is \(node.type)"
      return
    }
    if node.type == "Normalizer", graph["norm", node]?.text == "L1" {
      probabilities = "its last operator is Normalizer, which has every row sum to 1"
      return
    }
    let isRegressor = ["LinearRegressor", "SVMRegressor", "TreeEnsembleRegressor"].contains(
      node.type)
    guard
      isRegressor
        || ["LinearClassifier", "SVMClassifier", "TreeEnsembleClassifier"].contains(node.type)
    else { return }
    let transform = graph["post_transform", node]?.text ?? "NONE"
    if transform != "NONE" {
      probabilities = "its last operator is \(node.type) with the post_transform \(transform)"
    } else if graph["prob_a", node]?.floats.isEmpty == false {
      probabilities = "its last operator is \(node.type) with the probabilities of its own scale"
    } else if isRegressor {
      regressor = node.type
    }
  }
}
