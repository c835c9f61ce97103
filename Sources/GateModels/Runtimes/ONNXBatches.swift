internal import COnnxRuntime
import GateCore

extension ONNXLibrary {
  /// The numbers of a float or double tensor of `count` elements.
  func doubles(
    _ value: ONNXValue, count: Int, _ type: ONNXTensorType
  ) throws(Diagnostic) -> [Double] {
    guard type.elements == count else { throw Diagnostic("an answer is \(type.words)") }
    var data: UnsafeMutableRawPointer?
    try check(ort_tensor_data(api, value.pointer, &data), "read an answer")
    guard let data else { return [] }
    switch type.element {
    case ort_float: return array(data, Float.self, count).map(Double.init)
    case ort_double: return array(data, Double.self, count)
    case ort_float16: return array(data, Float16.self, count).map(Double.init)
    default: throw Diagnostic("an answer is \(type.words), not of numbers")
    }
  }

  /// The labels of a tensor of whole numbers, booleans or texts, as texts.
  func labels(
    _ value: ONNXValue, count: Int, _ type: ONNXTensorType
  ) throws(Diagnostic) -> [String] {
    guard type.elements == count else { throw Diagnostic("an answer is \(type.words)") }
    if type.element == ort_string { return try texts(value, count) }
    var data: UnsafeMutableRawPointer?
    try check(ort_tensor_data(api, value.pointer, &data), "read an answer")
    guard let data else { return [] }
    func whole<T: FixedWidthInteger>(_ type: T.Type) -> [String] {
      array(data, type, count).map { "\($0)" }
    }
    switch type.element {
    case ort_int64: return whole(Int64.self)
    case ort_int32: return whole(Int32.self)
    case ort_int16: return whole(Int16.self)
    case ort_int8: return whole(Int8.self)
    case ort_uint64: return whole(UInt64.self)
    case ort_uint32: return whole(UInt32.self)
    case ort_uint16: return whole(UInt16.self)
    case ort_uint8: return whole(UInt8.self)
    case ort_bool:
      return array(data, UInt8.self, count).map { $0 != 0 ? "true" : "false" }
    default: throw Diagnostic("an answer is \(type.words), not of labels")
    }
  }

  /// Elements of a tensor.
  private func array<T>(_ data: UnsafeMutableRawPointer, _ type: T.Type, _ count: Int) -> [T] {
    Array(UnsafeBufferPointer(start: data.assumingMemoryBound(to: type), count: count))
  }

  /// The texts of a tensor.
  private func texts(_ value: ONNXValue, _ count: Int) throws(Diagnostic) -> [String] {
    var length = 0
    try check(ort_strings_length(api, value.pointer, &length), "read the answers' length")
    var bytes = [UInt8](repeating: 0, count: max(1, length))
    var starts = [Int](repeating: 0, count: max(1, count))
    try check(
      ort_strings(api, value.pointer, &bytes, length, &starts, count), "read the answers")
    return (0..<count).map { place in
      let end = place + 1 < count ? starts[place + 1] : length
      return String(decoding: bytes[starts[place]..<end], as: UTF8.self)
    }
  }
}

extension ONNXTensorType {
  /// How many elements a tensor of this shape has.
  var elements: Int { dimensions.reduce(1) { $0 * max(0, $1) } }
}

/// Answers that come a part of the rows at a time.
struct ONNXBatches {
  private var numbers: [Double] = []
  private var shape: (width: Int, names: [String]?)?
  private var codes: [Int32] = []
  private var dictionary: [String] = []
  private var places: [[UInt8]: Int32] = [:]

  /// Adds the answers of the first `rows` of more rows.
  mutating func append(_ scores: RawScores, rows: Int) throws(Diagnostic) {
    switch scores {
    case .numbers(let values, let width, let names):
      try hold(width, names)
      numbers += values.prefix(rows * width)
    case .labelled(let values, let width, let found, let texts):
      try hold(width, nil)
      numbers += values.prefix(rows * width)
      append(found.prefix(rows), texts)
    case .labels(let found, let texts): append(found.prefix(rows), texts)
    }
  }

  /// Refuses another shape than before.
  private mutating func hold(_ width: Int, _ names: [String]?) throws(Diagnostic) {
    if let shape, shape.width != width || shape.names != names {
      throw Diagnostic("the model's answers change their shape from row to row")
    }
    shape = (width, names)
  }

  /// Takes in labels.
  private mutating func append(_ found: ArraySlice<Int32>, _ texts: [String]) {
    for code in found {
      let text = texts[Int(code)]
      let key = Array(text.utf8)
      let place = places[key] ?? Int32(dictionary.count)
      if places.updateValue(place, forKey: key) == nil { dictionary.append(text) }
      codes.append(place)
    }
  }

  /// All of them.
  var scores: RawScores {
    guard let shape else { return .labels(codes: codes, dictionary: dictionary) }
    return codes.isEmpty
      ? .numbers(numbers, width: shape.width, labels: shape.names)
      : .labelled(numbers, width: shape.width, codes: codes, dictionary: dictionary)
  }
}
