import GateCore

/// A look through an ONNX file before the library sees it: that it is whole, and that it names no other files.
///
/// Older versions of ONNX Runtime read any file that `external_data` names, so it is refused altogether.
struct ONNXFile {
  private let bytes: [UInt8]
  private let name: String
  /// Where the nodes are.
  private var nodes: [Range<Int>] = []
  /// Where the constants of its graphs are.
  private var constants: [Range<Int>] = []
  /// How many graphs of its own it has that hold anything.
  private var graphs = 0

  /// The file's bytes and its name, for messages.
  private init(bytes: [UInt8], name: String) { (self.bytes, self.name) = (bytes, name) }

  /// The messages of ONNX's protobuf schema that lead to a tensor.
  private enum Part {
    case model, graph, node, attribute, tensor, sparse, function, training

    /// What the field `number` of this message holds, where that matters here.
    func field(_ number: Int) -> Part? {
      switch (self, number) {
      case (.model, 7), (.attribute, 6), (.attribute, 11), (.training, 1), (.training, 2): .graph
      case (.model, 20): .training
      case (.model, 25): .function
      case (.graph, 1), (.function, 7): .node
      case (.node, 5), (.function, 11): .attribute
      case (.graph, 5), (.attribute, 5), (.attribute, 10), (.sparse, 1), (.sparse, 2): .tensor
      case (.graph, 15), (.attribute, 22), (.attribute, 23): .sparse
      default: nil
      }
    }
  }

  /// Checks a whole file.
  ///
  /// - Throws: A `Diagnostic` when it is cut short, is not ONNX, nests too deep or names other files.
  @discardableResult
  static func check(_ bytes: [UInt8], name: String) throws(Diagnostic) -> ONNXNodes {
    guard !bytes.isEmpty else {
      throw Diagnostic("the model '\(name)' is empty", hint: "export or fetch it again")
    }
    var file = ONNXFile(bytes: bytes, name: name)
    let hasGraph = try file.walk(.model, 0..<bytes.count, depth: 0)
    if !hasGraph { throw file.broken("it holds no graph") }
    try ONNXChance(bytes, nodes: file.nodes, constants: file.constants).refuse(name)
    return ONNXNodes(bytes, file.nodes)
  }

  /// The file is not what it says.
  private func broken(_ what: String) -> Diagnostic {
    Diagnostic(
      "the model '\(name)' is not a whole ONNX file: \(what)", hint: "export or fetch it again")
  }

  /// Goes through one message; gives whether it holds a graph.
  private mutating func walk(_ part: Part, _ range: Range<Int>, depth: Int) throws(Diagnostic)
    -> Bool
  {
    guard depth < 100 else { throw broken("its graphs stand more than 100 deep in each other") }
    var place = range.lowerBound
    var hasGraph = false
    while place < range.upperBound {
      let start = place
      let tag = try varint(&place, range)
      let number = Int(truncatingIfNeeded: tag >> 3)
      let length: UInt64
      switch tag & 7 {
      case 0:
        let value = try varint(&place, range)
        if part == .tensor, number == 14, value == 1 { throw external }
        continue
      case 1: length = 8
      case 5: length = 4
      case 2: length = try varint(&place, range)
      default: throw broken("byte \(start) starts a field of no known kind")
      }
      guard number > 0, length <= UInt64(range.upperBound - place) else {
        throw broken("the field at byte \(start) runs past its end; the file may be cut short")
      }
      let content = place..<place + Int(length)
      if tag & 7 == 2 {
        if part == .tensor, number == 13 { throw external }
        if let inner = part.field(number) {
          if part == .model, number == 7 {
            hasGraph = true
            graphs += content.isEmpty ? 0 : 1
            if graphs > 1 { throw broken("it holds two graphs, as two files in one do") }
          }
          if inner == .node { nodes.append(content) }
          if part == .graph, number == 5 { constants.append(content) }
          _ = try walk(inner, content, depth: depth + 1)
        }
      }
      place = content.upperBound
    }
    return hasGraph
  }

  /// The model would have the library read other files.
  private var external: Diagnostic {
    Diagnostic(
      "the model '\(name)' keeps tensors in other files (external data), which is refused",
      hint: "save it as one file, for instance onnx.save(model, path, save_as_external_data=False)")
  }

  /// A number of seven bits a byte.
  private func varint(_ place: inout Int, _ range: Range<Int>) throws(Diagnostic) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      guard place < range.upperBound else {
        throw broken("it ends within a number at byte \(place); the file may be cut short")
      }
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7f) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw broken("the number before byte \(place) is too long")
  }
}
