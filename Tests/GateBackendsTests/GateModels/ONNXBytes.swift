/// Makes ONNX files by hand: messages of a protobuf, one in another.
struct ONNXBytes {
  var bytes: [UInt8] = []

  static func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7f) | 0x80] + varint(value >> 7)
  }

  func adding(_ number: Int, _ content: [UInt8]) -> ONNXBytes {
    ONNXBytes(
      bytes: bytes + Self.varint(UInt64(number) << 3 | 2) + Self.varint(UInt64(content.count))
        + content)
  }

  func adding(_ number: Int, _ message: ONNXBytes) -> ONNXBytes { adding(number, message.bytes) }

  func adding(_ number: Int, _ text: String) -> ONNXBytes { adding(number, Array(text.utf8)) }

  func adding(_ number: Int, value: Int) -> ONNXBytes {
    ONNXBytes(
      bytes: bytes + Self.varint(UInt64(number) << 3)
        + Self.varint(UInt64(bitPattern: Int64(value))))
  }

  static func node(
    _ type: String, _ inputs: [String], _ outputs: [String], _ attributes: [ONNXBytes] = [],
    domain: String = ""
  ) -> ONNXBytes {
    let wired = inputs.reduce(ONNXBytes()) { $0.adding(1, $1) }
    let named = outputs.reduce(wired) { $0.adding(2, $1) }.adding(4, type)
    return attributes.reduce(named) { $0.adding(5, $1) }.adding(7, domain)
  }

  static func attribute(_ name: String, integer: Int) -> ONNXBytes {
    ONNXBytes().adding(1, name).adding(3, value: integer).adding(20, value: 2)
  }

  static func attribute(_ name: String, text: String) -> ONNXBytes {
    ONNXBytes().adding(1, name).adding(4, text).adding(20, value: 3)
  }

  static func attribute(_ name: String, integers: [Int]) -> ONNXBytes {
    integers.reduce(ONNXBytes().adding(1, name)) { $0.adding(8, value: $1) }.adding(20, value: 7)
  }

  static func attribute(_ name: String, floats: [Float]) -> ONNXBytes {
    let packed = floats.flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> UInt32(8 * $0)) }
    }
    return ONNXBytes().adding(1, name).adding(7, packed).adding(20, value: 6)
  }

  static func attribute(_ name: String, graph: ONNXBytes) -> ONNXBytes {
    ONNXBytes().adding(1, name).adding(6, graph).adding(20, value: 5)
  }

  static func attribute(_ name: String, tensor: ONNXBytes) -> ONNXBytes {
    ONNXBytes().adding(1, name).adding(5, tensor).adding(20, value: 4)
  }

  /// A constant flag.
  static func flag(_ name: String, _ isOn: Bool) -> ONNXBytes {
    ONNXBytes().adding(2, value: 9).adding(9, [isOn ? 1 : 0]).adding(8, name)
  }

  static func graph(_ nodes: [ONNXBytes], constants: [ONNXBytes] = []) -> ONNXBytes {
    let wired = nodes.reduce(ONNXBytes()) { $0.adding(1, $1) }.adding(2, "loan")
    return constants.reduce(wired) { $0.adding(5, $1) }
  }

  /// An input or output of single precision; a dimension of 0 is any.
  static func tensor(_ name: String, _ dimensions: [Int]) -> ONNXBytes {
    let shape = dimensions.reduce(ONNXBytes()) { shape, size in
      shape.adding(
        1, size == 0 ? ONNXBytes().adding(2, "rows") : ONNXBytes().adding(1, value: size))
    }
    let type = ONNXBytes().adding(1, value: 1).adding(2, shape)
    return ONNXBytes().adding(1, name).adding(2, ONNXBytes().adding(1, type))
  }

  /// A model from `x` to `p`, each a column wide, of so many rows at a time (0: any).
  static func model(
    _ nodes: [ONNXBytes], rows: Int = 0, width: Int = 1, constants: [ONNXBytes] = []
  ) -> [UInt8] {
    let whole = graph(nodes, constants: constants).adding(11, tensor("x", [rows, width]))
      .adding(12, tensor("p", [rows, 1]))
    return ONNXBytes().adding(1, value: 8)
      .adding(8, ONNXBytes().adding(1, "").adding(2, value: 17))
      .adding(8, ONNXBytes().adding(1, "ai.onnx.ml").adding(2, value: 3))
      .adding(7, whole).bytes
  }
}
