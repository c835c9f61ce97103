import GateCore

/// The nodes of an ONNX file's graph that say which input's columns reach which encoder, and what they are wired to.
struct ONNXGraph {
  /// One node.
  struct Node {
    var type = ""
    var inputs: [String] = []
    var outputs: [String] = []
    fileprivate var attributes: [Range<Int>] = []
  }

  /// Those of the graph itself, in its order.
  private(set) var nodes: [Node] = []
  private var makers: [String: Int] = [:]
  private var constants: [String: Range<Int>] = [:]
  private let bytes: [UInt8]

  /// Reads the graph of a file that is whole.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    for field in ProtobufFields(bytes, bytes.indices) where field.number == 7 {
      for part in ProtobufFields(bytes, field.content) {
        if part.number == 1 { add(part.content) }
        if part.number == 5 { addConstant(part.content) }
      }
    }
  }

  /// The node that makes a tensor; nil: an input or a constant is it.
  func maker(of tensor: String) -> Node? { makers[tensor].map { nodes[$0] } }

  /// Whether a tensor is the same whatever the inputs are.
  func isConstant(_ tensor: String) -> Bool {
    constants[tensor] != nil || maker(of: tensor)?.type == "Constant"
  }

  /// The whole numbers of a constant; nil: it is none of them.
  func integers(_ tensor: String) -> [Int]? {
    if let range = constants[tensor] { return ONNXTensorText(bytes, range).integers }
    guard let node = maker(of: tensor), node.type == "Constant" else { return nil }
    return self["value", node]?.tensor?.integers
  }

  /// An attribute of a node.
  subscript(name: String, node: Node) -> ONNXAttribute? {
    for range in node.attributes {
      let attribute = ONNXAttribute(bytes, range, named: name)
      if let attribute { return attribute }
    }
    return nil
  }

  private mutating func add(_ range: Range<Int>) {
    var node = Node()
    for field in ProtobufFields(bytes, range) {
      switch field.number {
      case 1: node.inputs.append(field.text)
      case 2: node.outputs.append(field.text)
      case 4: node.type = field.text
      case 5: node.attributes.append(field.content)
      default: continue
      }
    }
    for output in node.outputs { makers[output] = nodes.count }
    nodes.append(node)
  }

  private mutating func addConstant(_ range: Range<Int>) {
    for field in ProtobufFields(bytes, range) where field.number == 8 {
      constants[field.text] = range
    }
  }
}

/// The values of one attribute of a node.
struct ONNXAttribute {
  var integer: Int64?
  var text: String?
  var texts: [String] = []
  var integers: [Int64] = []
  var floats: [Float] = []
  var tensor: ONNXTensorText?

  /// Reads it; nil where it has another name.
  fileprivate init?(_ bytes: [UInt8], _ range: Range<Int>, named name: String) {
    var isNamed = false
    for field in ProtobufFields(bytes, range) {
      switch field.number {
      case 1:
        // The name stands first, and what follows may be millions of numbers.
        isNamed = field.text == name
        guard isNamed else { return nil }
      case 3: integer = field.integers.first
      case 4: text = field.text
      case 5: tensor = ONNXTensorText(bytes, field.content)
      case 7: floats += field.floats
      case 8: integers += field.integers
      case 9: texts.append(field.text)
      default: continue
      }
    }
    if !isNamed { return nil }
  }
}

/// A constant tensor's values, of the types that lists of categories and of places have.
struct ONNXTensorText {
  private(set) var texts: [String] = []
  private(set) var numbers: [Double] = []

  /// Reads it.
  fileprivate init(_ bytes: [UInt8], _ range: Range<Int>) {
    var type: Int64 = 0
    var raw: Range<Int>?
    for field in ProtobufFields(bytes, range) {
      switch field.number {
      case 2: type = field.integers.first ?? 0
      case 4: numbers += field.floats.map(Double.init)
      case 5, 7: numbers += field.integers.map(Double.init)
      case 6: texts.append(field.text)
      case 9: raw = field.content
      default: continue
      }
    }
    guard let raw, numbers.isEmpty else { return }
    func values<T>(_ type: T.Type, _ number: (T) -> Double) -> [Double] {
      bytes[raw].withUnsafeBytes { buffer in
        stride(
          from: 0, to: buffer.count - buffer.count % MemoryLayout<T>.size, by: MemoryLayout<T>.size
        )
        .map { number(buffer.loadUnaligned(fromByteOffset: $0, as: type)) }
      }
    }
    switch type {
    case 1: numbers = values(Float.self, Double.init)
    case 6: numbers = values(Int32.self, Double.init)
    case 7: numbers = values(Int64.self, Double.init)
    case 11: numbers = values(Double.self) { $0 }
    default: return
    }
  }

  /// The numbers, where all are whole.
  var integers: [Int]? {
    let whole = numbers.compactMap { Int(exactly: $0) }
    return whole.count == numbers.count && texts.isEmpty ? whole : nil
  }
}
