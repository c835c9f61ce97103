import GateCore

/// The lists of categories of an ONNX model's encoders, each by the column of an input that reaches it.
///
/// An encoder makes nothing, or its default, of a value that its list does not have, without a word.
struct ONNXCategories {
  /// By the place of the model's column, over all inputs.
  private(set) var lists: [Int: Categories] = [:]
  /// What becomes of a column's letters before its encoder gets it, where anything does.
  private var letters: [Int: ONNXOrigins.Letters] = [:]
  /// Encoders that were not held against any column, and what stands before them.
  private(set) var uncounted: [String] = []

  /// The graph that they are read of.
  let graph: ONNXGraph

  /// Reads the encoders of a file that is whole, for inputs of these names and widths, in order; nil: as many columns as
  /// there are beside the others.
  init(_ bytes: [UInt8], inputs: [(name: String, width: Int?, isText: Bool)]) {
    graph = ONNXGraph(bytes)
    let widths = inputs.compactMap { input in input.width.map { (input.name, $0) } }
    let origins = ONNXOrigins(graph: graph, widths: Dictionary(widths) { first, _ in first })
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
      guard let data = node.inputs.first, Self.encoders.contains(node.type) else { continue }
      guard let columns = origins.of(data) else {
        if let obstacle = origins.obstacle(before: data, encoders: Self.encoders) {
          uncounted.append("\(node.type) behind \(obstacle)")
        }
        continue
      }
      for origin in columns {
        guard let start = starts[origin.input], lists[start + origin.column] == nil,
          let list = list(node, isText: texts.contains(origin.input))
        else { continue }
        lists[start + origin.column] = list
        if origin.letters != .asTheyAre { letters[start + origin.column] = origin.letters }
      }
    }
    uncounted = Set(uncounted).sorted()
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
      if let letters = letters[place], case .strings(let codes, let texts) = column.values {
        column.values = .strings(codes: codes, dictionary: letters.of(texts))
      }
      let found = list.codes(column, rows: rows).unseen
      return found.first.map {
        UnseenCategories(
          input: place, count: found.count, first: columns[place].words($0), row: $0)
      }
    }
  }
}
