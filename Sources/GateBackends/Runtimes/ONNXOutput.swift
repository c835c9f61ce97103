internal import COnnxRuntime
import GateKit

/// The output of an ONNX model that is its answer.
struct ONNXOutput {
  /// What an output holds.
  enum Kind { case numbers, maps, labels }

  var name: String
  var kind: Kind

  /// The probabilities where there are some, the labels where there is nothing else.
  ///
  /// - Throws: A `Diagnostic` that lists the outputs when none serves, or when several do.
  static func choose(
    _ session: OpaquePointer?, _ library: ONNXLibrary, task: TaskKind
  ) throws(Diagnostic) -> ONNXOutput {
    var count = 0
    try library.check(ort_output_count(library.api, session, &count), "count the outputs")
    var found: [ONNXOutput] = []
    var words: [String] = []
    for index in 0..<count {
      let (output, word) = try read(session, index, library)
      words.append(word)
      if let output { found.append(output) }
    }
    let scores = found.filter { $0.kind != .labels }
    let named = scores.filter { $0.name.lowercased().contains("prob") }
    if named.count == 1 { return named[0] }
    if scores.count == 1 { return scores[0] }
    if scores.isEmpty, found.count == 1 { return found[0] }
    throw Diagnostic(
      found.isEmpty
        ? "none of the model's outputs is an answer: \(words.joined(separator: ", "))"
        : "which of the model's outputs is its answer cannot be told: "
          + words.joined(separator: ", "),
      hint: task == .regression
        ? "export it with one output, a float tensor of shape [?] or [?, 1]"
        : "export it with one output of probabilities, a float tensor of shape [?, classes]")
  }

  /// One output, if it may be an answer, and what it is in words.
  private static func read(
    _ session: OpaquePointer?, _ index: Int, _ library: ONNXLibrary
  ) throws(Diagnostic) -> (ONNXOutput?, String) {
    let api = library.api
    var text: UnsafeMutablePointer<CChar>?
    try library.check(
      ort_output_name(api, session, index, library.allocator, &text), "read an output's name")
    let name = library.text(text)
    var type: OpaquePointer?
    try library.check(ort_output_type(api, session, index, &type), "read an output's type")
    defer { ort_release_type(api, type) }
    var kind: Int32 = 0
    try library.check(ort_type_kind(api, type, &kind), "read an output's type")
    if kind == ort_sequence {
      return (ONNXOutput(name: name, kind: .maps), "'\(name)' (a sequence)")
    }
    guard kind == ort_tensor else { return (nil, "'\(name)' (not a tensor)") }
    var info: OpaquePointer?
    try library.check(ort_as_tensor(api, type, &info), "read an output's type")
    let tensor = try library.tensor(info)
    let found: Kind? =
      switch tensor.element {
      case ort_float, ort_double: .numbers
      case ort_int64, ort_int32, ort_string,
        ort_bool:
        .labels
      default: nil
      }
    return (found.map { ONNXOutput(name: name, kind: $0) }, "'\(name)' (\(tensor.words))")
  }

  /// The answers that a run gave.
  func read(
    _ value: ONNXValue, _ library: ONNXLibrary, rows: Int
  ) throws(Diagnostic) -> RawScores {
    switch kind {
    case .maps: return try maps(value, library, rows)
    case .numbers:
      let type = try shape(value, library, rows)
      let width = type.dimensions.count == 2 ? type.dimensions[1] : 1
      guard width > 0 else { throw Diagnostic("the output '\(name)' of the model is empty") }
      let values = try library.doubles(value, count: rows * width, type)
      return .numbers(values, width: width, labels: nil)
    case .labels:
      let type = try shape(value, library, rows)
      guard type.dimensions.count == 1 || type.dimensions[1] == 1 else {
        throw Diagnostic("the output '\(name)' of the model is \(type.words), not a label a row")
      }
      var codes: [Int32] = []
      var places: [ExactText: Int32] = [:]
      var dictionary: [String] = []
      for text in try library.labels(value, count: rows, type) {
        let code = places[ExactText(text)] ?? Int32(dictionary.count)
        if places.updateValue(code, forKey: ExactText(text)) == nil { dictionary.append(text) }
        codes.append(code)
      }
      return .labels(codes: codes, dictionary: dictionary)
    }
  }

  /// The type of an answer that has a row for each row asked.
  private func shape(
    _ value: ONNXValue, _ library: ONNXLibrary, _ rows: Int
  ) throws(Diagnostic) -> ONNXTensorType {
    let type = try library.type(of: value.pointer)
    guard (1...2).contains(type.dimensions.count), type.dimensions[0] == rows else {
      throw Diagnostic(
        "the output '\(name)' of the model is \(type.words) for \(rows) rows",
        hint: "an answer a row is wanted: a tensor of shape [?], [?, 1] or [?, classes]")
    }
    return type
  }

  /// A map from class to probability a row, as scikit-learn's converter writes it.
  private func maps(
    _ value: ONNXValue, _ library: ONNXLibrary, _ rows: Int
  ) throws(Diagnostic) -> RawScores {
    let api = library.api
    var count = 0
    try library.check(ort_length(api, value.pointer, &count), "count the answers")
    guard count == rows else {
      throw Diagnostic("the output '\(name)' of the model has \(count) answers for \(rows) rows")
    }
    var labels: [String]?
    var scores: [Double] = []
    for row in 0..<rows {
      let (map, keys, values) = (ONNXValue(library), ONNXValue(library), ONNXValue(library))
      try library.check(
        ort_element(api, value.pointer, Int32(row), library.allocator, &map.pointer),
        "read an answer")
      var kind: Int32 = 0
      try library.check(ort_value_kind(api, map.pointer, &kind), "read an answer")
      guard kind == ort_map else {
        throw Diagnostic("the output '\(name)' of the model is not a sequence of maps")
      }
      try library.check(
        ort_element(api, map.pointer, 0, library.allocator, &keys.pointer), "read the classes")
      try library.check(
        ort_element(api, map.pointer, 1, library.allocator, &values.pointer), "read the scores")
      let type = try library.type(of: keys.pointer)
      let width = type.dimensions.first ?? 0
      let found = try library.labels(keys, count: width, type)
      guard labels == nil || labels == found, width > 0 else {
        throw Diagnostic("the output '\(name)' of the model names other classes at row \(row + 1)")
      }
      labels = found
      scores += try library.doubles(values, count: width, try library.type(of: values.pointer))
    }
    return .numbers(scores, width: labels?.count ?? 1, labels: labels)
  }
}
