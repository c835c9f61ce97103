internal import COnnxRuntime
import GateKit

extension ONNXLibrary {
  /// The rows of some columns as the tensor that an input wants.
  func value(
    _ input: ONNXModel.Input, _ columns: [Column], _ rows: Range<Int>
  ) throws(Diagnostic) -> ONNXValue {
    let value = ONNXValue(self)
    var shape = [Int64(rows.count)]
    if input.type.dimensions.count == 2 { shape.append(Int64(columns.count)) }
    try check(
      ort_create_tensor(
        api, allocator, shape, shape.count, input.type.element, &value.pointer),
      "make the input '\(input.name)'")
    switch input.type.element {
    case ort_float:
      try fill(value, columns, rows, \.doubles) { Float($0) }
    case ort_double:
      try fill(value, columns, rows, \.doubles) { $0 }
    case ort_int64:
      try fill(value, columns, rows, \.integers) { $0 }
    case ort_int32:
      for column in columns {
        guard let wrong = column.integers?[rows].first(where: { Int32(exactly: $0) == nil }) else {
          continue
        }
        throw Diagnostic(
          "the column '\(column.name)' holds \(wrong), beyond the int32 its input takes")
      }
      try fill(value, columns, rows, \.integers) { Int32(truncatingIfNeeded: $0) }
    case ort_bool:
      try fill(value, columns, rows, \.booleans) { $0 ? 1 as UInt8 : 0 }
    default: try fillTexts(value, columns, rows)
    }
    return value
  }

  /// Writes numbers into a tensor, row after row.
  private func fill<From, To: BitwiseCopyable>(
    _ value: ONNXValue, _ columns: [Column], _ rows: Range<Int>, _ read: (Column) -> [From]?,
    _ convert: (From) -> To
  ) throws(Diagnostic) {
    var data: UnsafeMutableRawPointer?
    try check(ort_tensor_data(api, value.pointer, &data), "write an input")
    guard let data else { return }
    let target = data.assumingMemoryBound(to: To.self)
    let width = columns.count
    for (place, column) in columns.enumerated() {
      guard let numbers = read(column), numbers.count >= rows.upperBound else {
        throw Diagnostic("the column '\(column.name)' does not hold what its input takes")
      }
      for row in rows {
        target[(row - rows.lowerBound) * width + place] = convert(numbers[row])
      }
    }
  }

  /// Writes texts into a tensor, row after row.
  private func fillTexts(
    _ value: ONNXValue, _ columns: [Column], _ rows: Range<Int>
  ) throws(Diagnostic) {
    var texts: [String] = []
    var places = [Int](repeating: 0, count: rows.count * columns.count)
    for (place, column) in columns.enumerated() {
      guard case .strings(let codes, let dictionary) = column.values else {
        throw Diagnostic("the column '\(column.name)' does not hold text, which its input takes")
      }
      if dictionary.contains(where: { $0.utf8.contains(0) }) {
        throw Diagnostic("the column '\(column.name)' holds a text with a zero byte")
      }
      for row in rows {
        guard dictionary.indices.contains(Int(codes[row])) else {
          throw Diagnostic("the column '\(column.name)' has no text at row \(row + 1)")
        }
        places[(row - rows.lowerBound) * columns.count + place] = texts.count + Int(codes[row])
      }
      texts += dictionary
    }
    let status = withCStrings(texts) { pointers in
      let ordered = places.map { pointers[$0] }
      return ort_fill_strings(api, value.pointer, ordered, ordered.count)
    }
    try check(status, "write an input of texts")
  }
}

extension Column {
  /// The values of a column of whole numbers.
  fileprivate var integers: [Int64]? {
    if case .integers(let values) = values { values } else { nil }
  }

  /// The values of a column of yes and no.
  fileprivate var booleans: [Bool]? {
    if case .booleans(let values) = values { values } else { nil }
  }
}
