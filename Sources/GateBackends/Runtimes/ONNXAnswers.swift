internal import COnnxRuntime
import GateKit

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
    switch type.element {
    case ort_int64: return array(data, Int64.self, count).map { "\($0)" }
    case ort_int32: return array(data, Int32.self, count).map { "\($0)" }
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

/// Answers that come a row at a time.
struct ONNXAnswers {
  private var numbers: [Double] = []
  private var width = 1
  private var names: [String]?
  private var codes: [Int32] = []
  private var dictionary: [String] = []
  private var isLabels = false
  private var isEmpty = true

  /// Adds the answers of more rows.
  mutating func append(_ scores: RawScores) throws(Diagnostic) {
    switch scores {
    case .numbers(let values, let width, let labels):
      guard isEmpty || (self.width == width && names == labels) else {
        throw Diagnostic("the model's answers change their shape from row to row")
      }
      (self.width, names) = (width, labels)
      numbers += values
    case .labels(let found, let texts):
      isLabels = true
      for code in found {
        let text = texts[Int(code)]
        let place = dictionary.place(of: text) ?? dictionary.count
        if place == dictionary.count { dictionary.append(text) }
        codes.append(Int32(place))
      }
    }
    isEmpty = false
  }

  /// All of them.
  var scores: RawScores {
    isLabels
      ? .labels(codes: codes, dictionary: dictionary)
      : .numbers(numbers, width: width, labels: names)
  }
}
