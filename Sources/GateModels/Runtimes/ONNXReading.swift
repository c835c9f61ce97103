internal import COnnxRuntime
import GateCore

extension ONNXOutput {
  /// The answers that a run gave for so many rows; the label's value, where it was asked for, stands last.
  func read(
    _ values: [ONNXValue], _ library: ONNXLibrary, rows: Int, task: TaskKind
  ) throws(Diagnostic) -> RawScores {
    switch kind {
    case .labels:
      let (codes, dictionary) = try labels(values[0], names[0], library, rows)
      return .labels(codes: codes, dictionary: dictionary)
    case .maps where task == .multilabel:
      return try isOfMaps(values[0], library)
        ? labelMaps(values[0], library, rows) : flags(values[0], library, rows)
    case .maps: return try maps(values[0], library, rows)
    case .numbers, .columns:
      let (numbers, width) =
        kind == .columns
        ? try columns(values, library, rows)
        : try numbers(values[0], names[0], library, rows, task: task)
      guard let label, let last = values.last else {
        return .numbers(numbers, width: width, labels: nil)
      }
      let (codes, dictionary) = try labels(last, label, library, rows)
      return .labelled(numbers, width: width, codes: codes, dictionary: dictionary)
    }
  }

  /// Rows of numbers; of `[labels, rows, 2]` the probability that each label holds.
  private func numbers(
    _ value: ONNXValue, _ name: String, _ library: ONNXLibrary, _ rows: Int, task: TaskKind
  ) throws(Diagnostic) -> ([Double], Int) {
    let whole = try library.type(of: value.pointer)
    if task == .multilabel, whole.dimensions.count == 3, whole.dimensions[1...] == [rows, 2] {
      let width = whole.dimensions[0]
      let all = try library.doubles(value, count: width * rows * 2, whole)
      let ordered = (0..<rows).flatMap { row in
        (0..<width).map { all[($0 * rows + row) * 2 + 1] }
      }
      return (ordered, max(1, width))
    }
    let type = try shape(value, name, library, rows)
    let width = type.dimensions.count == 2 ? type.dimensions[1] : 1
    guard width > 0 else { throw Diagnostic("the output '\(name)' of the model is empty") }
    return (try library.doubles(value, count: rows * width, type), width)
  }

  /// One output a column.
  private func columns(
    _ values: [ONNXValue], _ library: ONNXLibrary, _ rows: Int
  ) throws(Diagnostic) -> ([Double], Int) {
    let width = names.count
    var all = [Double](repeating: 0, count: rows * width)
    for (place, name) in names.enumerated() {
      let (column, one) = try numbers(values[place], name, library, rows, task: .multiclass)
      guard one == 1 else {
        throw Diagnostic("the output '\(name)' of the model gives \(one) numbers a row, wanted one")
      }
      for row in 0..<rows { all[row * width + place] = column[row] }
    }
    return (all, width)
  }

  /// The labels of the rows.
  private func labels(
    _ value: ONNXValue, _ name: String, _ library: ONNXLibrary, _ rows: Int
  ) throws(Diagnostic) -> ([Int32], [String]) {
    let type = try shape(value, name, library, rows)
    guard type.dimensions.count == 1 || type.dimensions[1] == 1 else {
      throw Diagnostic("the output '\(name)' of the model is \(type.words), not a label a row")
    }
    var codes: [Int32] = []
    var places: [[UInt8]: Int32] = [:]
    var dictionary: [String] = []
    for text in try library.labels(value, count: rows, type) {
      let key = Array(text.utf8)
      let code = places[key] ?? Int32(dictionary.count)
      if places.updateValue(code, forKey: key) == nil { dictionary.append(text) }
      codes.append(code)
    }
    return (codes, dictionary)
  }

  /// The type of an answer that has a row for each row asked.
  private func shape(
    _ value: ONNXValue, _ name: String, _ library: ONNXLibrary, _ rows: Int
  ) throws(Diagnostic) -> ONNXTensorType {
    let type = try library.type(of: value.pointer)
    guard (1...2).contains(type.dimensions.count), type.dimensions[0] == rows else {
      throw Diagnostic(
        "the output '\(name)' of the model is \(type.words) for \(rows) rows",
        hint: "an answer a row is wanted: a tensor of shape [?], [?, 1] or [?, classes]")
    }
    return type
  }

  /// An element of a sequence, of the kind that is wanted.
  private func element(
    _ value: ONNXValue, _ place: Int, _ kind: Int32, _ library: ONNXLibrary
  ) throws(Diagnostic) -> ONNXValue {
    let element = ONNXValue(library)
    try library.check(
      ort_element(library.api, value.pointer, Int32(place), library.allocator, &element.pointer),
      "read an answer")
    var found: Int32 = 0
    try library.check(ort_value_kind(library.api, element.pointer, &found), "read an answer")
    guard found == kind else {
      throw Diagnostic(
        "the output '\(names[0])' of the model is not a sequence of "
          + (kind == ort_map ? "maps" : "tensors"))
    }
    return element
  }

  /// Whether the elements of a sequence are maps.
  private func isOfMaps(_ value: ONNXValue, _ library: ONNXLibrary) throws(Diagnostic) -> Bool {
    let first = ONNXValue(library)
    try library.check(
      ort_element(library.api, value.pointer, 0, library.allocator, &first.pointer),
      "read an answer")
    var kind: Int32 = 0
    try library.check(ort_value_kind(library.api, first.pointer, &kind), "read an answer")
    return kind == ort_map
  }

  /// A map from label to probability a row, as scikit-learn's `OneVsRestClassifier` is converted: labels by their places.
  private func labelMaps(
    _ value: ONNXValue, _ library: ONNXLibrary, _ rows: Int
  ) throws(Diagnostic) -> RawScores {
    guard case .numbers(let scores, let width, let labels) = try maps(value, library, rows) else {
      throw Diagnostic("the output '\(names[0])' of the model has no numbers")
    }
    let places = (0..<width).map(String.init)
    return .numbers(scores, width: width, labels: labels == places ? nil : labels)
  }

  /// A sequence of a tensor `[rows, 2]` a label, as scikit-learn's `MultiOutputClassifier` is converted.
  private func flags(
    _ value: ONNXValue, _ library: ONNXLibrary, _ rows: Int
  ) throws(Diagnostic) -> RawScores {
    var width = 0
    try library.check(ort_length(library.api, value.pointer, &width), "count the answers")
    guard (1...100_000).contains(width) else {
      throw Diagnostic("the output '\(names[0])' of the model has \(width) labels")
    }
    var all = [Double](repeating: 0, count: rows * width)
    for place in 0..<width {
      let part = try element(value, place, ort_tensor, library)
      let (pairs, two) = try numbers(part, names[0], library, rows, task: .multiclass)
      guard two == 2 else {
        throw Diagnostic("label \(place + 1) of the model has \(two) numbers a row, wanted two")
      }
      for row in 0..<rows { all[row * width + place] = pairs[row * 2 + 1] }
    }
    return .numbers(all, width: width, labels: nil)
  }

  /// A map from class to probability a row, as scikit-learn's converter writes it.
  private func maps(
    _ value: ONNXValue, _ library: ONNXLibrary, _ rows: Int
  ) throws(Diagnostic) -> RawScores {
    let api = library.api
    let name = names[0]
    var count = 0
    try library.check(ort_length(api, value.pointer, &count), "count the answers")
    guard count == rows else {
      throw Diagnostic("the output '\(name)' of the model has \(count) answers for \(rows) rows")
    }
    var labels: [String]?
    var scores: [Double] = []
    for row in 0..<rows {
      let map = try element(value, row, ort_map, library)
      let (keys, values) = (ONNXValue(library), ONNXValue(library))
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
