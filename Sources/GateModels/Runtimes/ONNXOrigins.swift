internal import CProcess
import GateCore
import Glibc

/// Which columns of an ONNX model's inputs a tensor is made of, each as it is but for the case of its letters.
struct ONNXOrigins {
  /// A column of an input; of one whose width is not known any.
  struct Origin: Hashable {
    var input: String
    var column: Int
    var letters = Letters.asTheyAre
  }

  /// What becomes of a text's letters, by the rules of a locale.
  enum Letters: Hashable {
    case asTheyAre
    case lower(locale: String)
    case upper(locale: String)

    /// Some texts so.
    func of(_ texts: [String]) -> [String] {
      let name: String
      switch self {
      case .asTheyAre: return texts
      case .lower(let locale), .upper(let locale): name = locale
      }
      guard let locale = newlocale(1 << LC_CTYPE, name, nil) else { return texts }
      defer { freelocale(locale) }
      let isLower = self == .lower(locale: name)
      return texts.map { text in
        let scalars = text.unicodeScalars.map { scalar in
          Unicode.Scalar(process_letter(scalar.value, isLower, locale)) ?? scalar
        }
        return String(String.UnicodeScalarView(scalars))
      }
    }
  }

  let graph: ONNXGraph
  /// How many columns each input has.
  let widths: [String: Int]

  /// The columns; nil: the tensor is made of others, or that is not known.
  func of(_ tensor: String) -> [Origin]? { of(tensor, depth: 0) }

  private func of(_ tensor: String, depth: Int) -> [Origin]? {
    guard depth < 100 else { return nil }
    guard let node = graph.maker(of: tensor) else {
      return widths[tensor].map { width in
        (0..<width).map { Origin(input: tensor, column: $0) }
      }
    }
    guard let data = node.inputs.first else { return nil }
    switch node.type {
    case "Identity", "Cast", "Imputer": return of(data, depth: depth + 1)
    case "Reshape", "Flatten", "Squeeze", "Unsqueeze":
      return of(data, depth: depth + 1).flatMap { $0.count == 1 ? $0 : nil }
    case "StringNormalizer": return normalized(node, of(data, depth: depth + 1))
    case "Split": return part(tensor, of: node, of(data, depth: depth + 1))
    case "Concat", "FeatureVectorizer":
      if node.type == "Concat", !isOverColumns(node) { return nil }
      let parts = node.inputs.map { of($0, depth: depth + 1) }
      return parts.contains { $0 == nil } ? nil : parts.flatMap { $0 ?? [] }
    case "ArrayFeatureExtractor", "Gather":
      if node.type == "Gather", !isOverColumns(node) { return nil }
      guard node.inputs.count > 1, let places = graph.integers(node.inputs[1]) else { return nil }
      return selected(places, of: data, depth: depth + 1)
    default: return nil
    }
  }

  /// Whether a node works along the columns, and not along the rows.
  private func isOverColumns(_ node: ONNXGraph.Node) -> Bool {
    [1, -1].contains(graph["axis", node]?.integer)
  }

  /// Columns of texts whose letters a node makes small or large; nil: it leaves words out.
  private func normalized(_ node: ONNXGraph.Node, _ origins: [Origin]?) -> [Origin]? {
    guard let origins, graph["stopwords", node]?.texts.isEmpty ?? true,
      origins.allSatisfy({ $0.letters == .asTheyAre })
    else { return nil }
    let locale = graph["locale", node]?.text ?? ONNXNodes.standardLocale
    let letters: Letters
    switch graph["case_change_action", node]?.text {
    case "LOWER": letters = .lower(locale: locale)
    case "UPPER": letters = .upper(locale: locale)
    default: return origins
    }
    return origins.map { Origin(input: $0.input, column: $0.column, letters: letters) }
  }

  /// The columns of one part of those that a node deals out.
  private func part(
    _ tensor: String, of node: ONNXGraph.Node, _ origins: [Origin]?
  ) -> [Origin]? {
    guard let origins, isOverColumns(node),
      let place = node.outputs.firstIndex(where: { $0.isSame(as: tensor) })
    else { return nil }
    var sizes = graph["split", node]?.integers.map { Int($0) } ?? []
    if sizes.isEmpty, node.inputs.count > 1, !node.inputs[1].isEmpty {
      guard let stated = graph.integers(node.inputs[1]) else { return nil }
      sizes = stated
    }
    if sizes.isEmpty {
      // Equal parts, of which the last may be smaller.
      let size = (origins.count + node.outputs.count - 1) / max(1, node.outputs.count)
      sizes = node.outputs.indices.map { min(size, max(0, origins.count - $0 * size)) }
    }
    guard sizes.count == node.outputs.count, sizes.allSatisfy({ (0...origins.count).contains($0) })
    else { return nil }
    let start = sizes[..<place].reduce(0, +)
    guard start + sizes[place] <= origins.count else { return nil }
    return Array(origins[start..<start + sizes[place]])
  }

  /// Some columns of a tensor; of an input of any width too, whose columns are known by their places.
  private func selected(_ places: [Int], of tensor: String, depth: Int) -> [Origin]? {
    guard places.allSatisfy({ $0 >= 0 }) else { return nil }
    if graph.maker(of: tensor) == nil, widths[tensor] == nil {
      return places.map { Origin(input: tensor, column: $0) }
    }
    guard let all = of(tensor, depth: depth), places.allSatisfy(all.indices.contains)
    else { return nil }
    return places.map { all[$0] }
  }
}

/// What keeps an encoder's values from being traced.
extension ONNXOrigins {
  /// Nodes of a model's answers: what encodes these encodes no input.
  private static let answers: Set = [
    "ArgMax", "ArgMin", "Gemm", "LogSoftmax", "MatMul", "Sigmoid", "Softmax", "TopK",
    "TreeEnsemble", "ZipMap",
  ]

  /// What stands before a tensor.
  private enum Before {
    case nothing, answers
    case obstacle(String)
  }

  /// The kind of node behind which it is not known what columns a tensor is made of; nil: it is known, or the tensor is
  /// made of a model's answers.
  func obstacle(before tensor: String, encoders: Set<String>) -> String? {
    if case .obstacle(let type) = before(tensor, encoders, depth: 0) { type } else { nil }
  }

  private func before(_ tensor: String, _ encoders: Set<String>, depth: Int) -> Before {
    guard depth < 100 else { return .obstacle("many nodes") }
    if graph.isConstant(tensor) || of(tensor) != nil { return .nothing }
    guard let node = graph.maker(of: tensor) else { return .obstacle("an input of any width") }
    if Self.answers.contains(node.type) || node.type.hasSuffix("Classifier")
      || node.type.hasSuffix("Regressor")
    {
      return .answers
    }
    // What one encoder makes of values another may take apart: its own list is looked at by itself.
    if encoders.contains(node.type) { return .nothing }
    var found: Before = .nothing
    for input in node.inputs where !input.isEmpty {
      switch before(input, encoders, depth: depth + 1) {
      case .answers: return .answers
      case .obstacle(let type): if case .nothing = found { found = .obstacle(type) }
      case .nothing: continue
      }
    }
    if case .nothing = found, node.inputs.contains(where: isOfInputs) {
      return .obstacle(node.type)
    }
    return found
  }

  /// Whether a tensor is made of columns of inputs, each as it is.
  private func isOfInputs(_ tensor: String) -> Bool { of(tensor)?.isEmpty == false }
}
