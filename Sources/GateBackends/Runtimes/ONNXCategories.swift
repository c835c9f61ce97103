import GateKit

/// The lists of categories of an ONNX model's encoders, each by the column of an input that reaches it as it is.
///
/// An encoder makes nothing, or its default, of a value that its list does not have, without a word.
struct ONNXCategories {
  /// A column of an input; of one whose width is not known any.
  private struct Origin: Hashable {
    var input: String
    var column: Int
  }

  /// By the place of the model's column, over all inputs.
  private(set) var lists: [Int: Categories] = [:]

  private let graph: ONNXGraph
  /// How many columns each input has.
  private let widths: [String: Int]

  /// Reads the encoders of a file that is whole, for inputs of these names and widths, in order; nil: as many columns as
  /// there are beside the others.
  init(_ bytes: [UInt8], inputs: [(name: String, width: Int?, isText: Bool)]) {
    graph = ONNXGraph(bytes)
    widths = Dictionary(inputs.compactMap { input in input.width.map { (input.name, $0) } }) {
      first, _ in first
    }
    var starts: [String: Int] = [:]
    var start: Int? = 0
    for input in inputs {
      guard let known = start else { break }
      starts[input.name] = known
      // Behind an input of any width no place is known.
      start = input.width.map { known + $0 }
    }
    let texts = Set(inputs.filter(\.isText).map(\.name))
    for node in graph.nodes {
      guard let data = node.inputs.first, Self.encoders.contains(node.type),
        let origins = origins(of: data, depth: 0)
      else { continue }
      for origin in origins {
        guard let start = starts[origin.input], lists[start + origin.column] == nil,
          let list = list(node, isText: texts.contains(origin.input))
        else { continue }
        lists[start + origin.column] = list
      }
    }
  }

  private static let encoders: Set = ["OneHotEncoder", "LabelEncoder", "CategoryMapper"]

  /// What an encoder knows; nil: it has no list for values of the type.
  private func list(_ node: ONNXGraph.Node, isText: Bool) -> Categories? {
    let prefix = node.type == "LabelEncoder" ? "keys" : "cats"
    let tensor = graph["keys_tensor", node]?.tensor
    if isText {
      let texts = graph[prefix + "_strings", node]?.texts ?? tensor?.texts ?? []
      return texts.isEmpty
        ? nil
        : .texts(Dictionary(texts.enumerated().map { (Array($1.utf8), $0) }) { one, _ in one })
    }
    let numbers =
      graph[prefix + "_int64s", node]?.integers.map(Double.init)
      ?? graph[prefix + "_floats", node]?.floats.map(Double.init) ?? tensor?.numbers ?? []
    return numbers.isEmpty
      ? nil : .numbers(Dictionary(numbers.enumerated().map { ($1, $0) }) { one, _ in one })
  }

  /// The columns that a tensor is made of, each as it is; nil: of others, or that is not known.
  private func origins(of tensor: String, depth: Int) -> [Origin]? {
    guard depth < 100 else { return nil }
    guard let node = graph.maker(of: tensor) else {
      return widths[tensor].map { width in
        (0..<width).map { Origin(input: tensor, column: $0) }
      }
    }
    guard let data = node.inputs.first else { return nil }
    switch node.type {
    case "Identity", "Cast", "Imputer": return origins(of: data, depth: depth + 1)
    case "Reshape", "Flatten", "Squeeze", "Unsqueeze":
      return origins(of: data, depth: depth + 1).flatMap { $0.count == 1 ? $0 : nil }
    case "Concat", "FeatureVectorizer":
      if node.type == "Concat", ![1, -1].contains(graph["axis", node]?.integer) { return nil }
      let parts = node.inputs.map { origins(of: $0, depth: depth + 1) }
      return parts.contains { $0 == nil } ? nil : parts.flatMap { $0 ?? [] }
    case "ArrayFeatureExtractor", "Gather":
      if node.type == "Gather", ![1, -1].contains(graph["axis", node]?.integer) { return nil }
      guard node.inputs.count > 1, let places = graph.integers(node.inputs[1]) else { return nil }
      return selected(places, of: data, depth: depth + 1)
    default: return nil
    }
  }

  /// Some columns of a tensor; of an input of any width too, whose columns are known by their places.
  private func selected(_ places: [Int], of tensor: String, depth: Int) -> [Origin]? {
    guard places.allSatisfy({ $0 >= 0 }) else { return nil }
    if graph.maker(of: tensor) == nil, widths[tensor] == nil {
      return places.map { Origin(input: tensor, column: $0) }
    }
    guard let all = origins(of: tensor, depth: depth), places.allSatisfy(all.indices.contains)
    else { return nil }
    return places.map { all[$0] }
  }
}

extension ONNXCategories {
  /// The values of some rows that the encoders do not have; numbers as the input holds them.
  func unseen(
    _ columns: [Column], rows: Range<Int>, isSingle: [Bool]
  ) -> [UnseenCategories] {
    lists.sorted { $0.key < $1.key }.compactMap { place, list in
      guard columns.indices.contains(place), list.fits(columns[place]) else { return nil }
      var column = columns[place]
      if isSingle.indices.contains(place), isSingle[place], let numbers = column.doubles {
        column.values = .doubles(numbers.map { Double(Float($0)) })
      }
      let found = list.codes(column, rows: rows).unseen
      return found.first.map {
        UnseenCategories(
          input: place, count: found.count, first: columns[place].words($0), row: $0)
      }
    }
  }
}
