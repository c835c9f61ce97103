internal import COnnxRuntime
import GateCore

extension ONNXLibrary {
  /// The rows of some columns as the tensor of `count` rows that an input wants; the last row fills what they lack.
  func value(
    _ input: ONNXModel.Input, _ columns: [Column], _ rows: Range<Int>, count: Int
  ) throws(Diagnostic) -> ONNXValue {
    let value = ONNXValue(self)
    var shape = [Int64(count)]
    if input.type.dimensions.count == 2 { shape.append(Int64(columns.count)) }
    try check(
      ort_create_tensor(
        api, allocator, shape, shape.count, input.type.element, &value.pointer),
      "make the input '\(input.name)'")
    let target = Target(value: value, type: input.type, columns: columns, rows: rows, count: count)
    switch input.type.element {
    case ort_float:
      try fill(target, \.doubles) { Float($0).isInfinite && $0.isFinite ? nil : Float($0) }
    case ort_float16:
      try fill(target, \.doubles) { Float16($0).isInfinite && $0.isFinite ? nil : Float16($0) }
    case ort_double: try fill(target, \.doubles) { $0 }
    case ort_int64: try fill(target, \.integers) { $0 }
    case ort_int32: try fill(target, \.integers) { Int32(exactly: $0) }
    case ort_int16: try fill(target, \.integers) { Int16(exactly: $0) }
    case ort_int8: try fill(target, \.integers) { Int8(exactly: $0) }
    case ort_uint64: try fill(target, \.integers) { UInt64(exactly: $0) }
    case ort_uint32: try fill(target, \.integers) { UInt32(exactly: $0) }
    case ort_uint16: try fill(target, \.integers) { UInt16(exactly: $0) }
    case ort_uint8: try fill(target, \.integers) { UInt8(exactly: $0) }
    case ort_bool: try fill(target, \.booleans) { $0 ? 1 as UInt8 : 0 }
    default: try fillTexts(target)
    }
    return value
  }

  /// What a tensor is filled with.
  private struct Target {
    let value: ONNXValue
    let type: ONNXTensorType
    let columns: [Column]
    let rows: Range<Int>
    let count: Int

    /// The row of the columns that stands at a place of the tensor.
    func row(_ place: Int) -> Int { min(rows.lowerBound + place, rows.upperBound - 1) }
  }

  /// Writes numbers into a tensor, row after row; `convert` gives nil for one that the tensor cannot hold.
  private func fill<From, To: BitwiseCopyable>(
    _ target: Target, _ read: (Column) -> [From]?, _ convert: (From) -> To?
  ) throws(Diagnostic) {
    var data: UnsafeMutableRawPointer?
    try check(ort_tensor_data(api, target.value.pointer, &data), "write an input")
    guard let data else { return }
    let cells = data.assumingMemoryBound(to: To.self)
    let width = target.columns.count
    for (place, column) in target.columns.enumerated() {
      guard let numbers = read(column), numbers.count >= target.rows.upperBound else {
        throw Diagnostic("the column '\(column.name)' does not hold what its input takes")
      }
      for row in 0..<target.count {
        let number = numbers[target.row(row)]
        guard let converted = convert(number) else {
          throw Diagnostic(
            "the column '\(column.name)' holds \(number), beyond the "
              + "\(ONNXTensorType.names[target.type.element] ?? "number") its input takes")
        }
        cells[row * width + place] = converted
      }
    }
  }

  /// Writes texts into a tensor, row after row.
  private func fillTexts(_ target: Target) throws(Diagnostic) {
    var texts: [String] = []
    let width = target.columns.count
    var places = [Int](repeating: 0, count: target.count * width)
    for (place, column) in target.columns.enumerated() {
      guard case .strings(let codes, let dictionary) = column.values else {
        throw Diagnostic("the column '\(column.name)' does not hold text, which its input takes")
      }
      if dictionary.contains(where: { $0.utf8.contains(0) }) {
        throw Diagnostic("the column '\(column.name)' holds a text with a zero byte")
      }
      for row in 0..<target.count {
        let code = Int(codes[target.row(row)])
        guard dictionary.indices.contains(code) else {
          throw Diagnostic("the column '\(column.name)' has no text at row \(target.row(row) + 1)")
        }
        places[row * width + place] = texts.count + code
      }
      texts += dictionary
    }
    let status = withCStrings(texts) { pointers in
      let ordered = places.map { pointers[$0] }
      return ort_fill_strings(api, target.value.pointer, ordered, ordered.count)
    }
    try check(status, "write an input of texts")
  }
}

extension Column {
  /// The values of a column of whole numbers; nil: it holds others.
  fileprivate var integers: [Int64]? {
    switch values {
    case .integers(let values): return values
    case .doubles(let values):
      let whole = values.compactMap { Int64(exactly: $0) }
      return whole.count == values.count ? whole : nil
    default: return nil
    }
  }

  /// The values of a column of yes and no.
  fileprivate var booleans: [Bool]? {
    if case .booleans(let values) = values { values } else { nil }
  }
}
