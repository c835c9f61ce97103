internal import COnnxRuntime
import GateCore

/// What of an ONNX model's outputs is its answer.
struct ONNXOutput {
  /// What the answer is made of.
  enum Kind {
    case numbers, maps, labels
    /// One output of numbers a class, as scikit-learn's converter writes by `zipmap="columns"`.
    case columns
  }

  /// The outputs that make the answer.
  var names: [String]
  var kind: Kind
  /// The output of labels beside the answer, where there is one a row.
  var label: String?
  /// Whether the model's labels are texts; nil: it has none.
  var hasTextLabels: Bool?
  /// Whether its numbers are of single precision.
  var isSingle: Bool

  /// The probabilities where there are some, the labels where there is nothing else, or what the manifest names.
  ///
  /// - Throws: A `Diagnostic` that lists the outputs when none serves, or when several do.
  static func choose(
    _ session: OpaquePointer?, _ library: ONNXLibrary, _ file: ModelFile
  ) throws(Diagnostic) -> ONNXOutput {
    var count = 0
    try library.check(ort_output_count(library.api, session, &count), "count the outputs")
    var declared: [ONNXDeclaredOutput] = []
    for index in 0..<count {
      declared.append(try ONNXDeclaredOutput(session, index, library))
    }
    let found = declared.filter { $0.kind != nil }
    let labels = found.filter { $0.kind == .labels }
    let scores = found.filter { $0.kind != .labels }
    if let wanted = file.options.output {
      guard let output = found.first(where: { $0.name == wanted }) else {
        throw Diagnostic(
          "the model has no output '\(wanted)' that is an answer: " + words(declared),
          hint: wanted.nearest(in: found.map(\.name)).map { "did you mean '\($0)'?" })
      }
      return ONNXOutput([output], output.kind ?? .numbers, labels, file.task)
    }
    if scores.count > 1, labels.count == 1, scores.allSatisfy({ $0.isColumn(of: labels[0]) }) {
      return ONNXOutput(scores, .columns, labels, file.task)
    }
    let named = scores.filter { $0.name.lowercased().contains("prob") }
    if named.count == 1 { return ONNXOutput(named, named[0].kind ?? .numbers, labels, file.task) }
    if scores.count == 1 {
      return ONNXOutput(scores, scores[0].kind ?? .numbers, labels, file.task)
    }
    if scores.isEmpty, found.count == 1 { return ONNXOutput(found, .labels, labels, file.task) }
    throw Diagnostic(
      found.isEmpty
        ? "none of the model's outputs is an answer: \(words(declared))"
        : "which of the model's outputs is its answer cannot be told: \(words(declared))",
      hint: found.isEmpty
        ? "export it with one output, a float tensor of shape [?, 1] or [?, classes]"
        : "name it under the model: output: \((scores.first ?? found[0]).name)")
  }

  /// The outputs in words.
  private static func words(_ outputs: [ONNXDeclaredOutput]) -> String {
    outputs.map(\.words).joined(separator: ", ")
  }

  /// An answer of some outputs, beside those of labels.
  private init(
    _ outputs: [ONNXDeclaredOutput], _ kind: Kind, _ labels: [ONNXDeclaredOutput], _ task: TaskKind
  ) {
    names = outputs.map(\.name)
    self.kind = kind
    let hasClasses = task == .binary || task == .multiclass
    let own = hasClasses && labels.count == 1 ? labels[0] : nil
    hasTextLabels = own.flatMap { $0.type?.element == ort_string }
    label = (kind == .numbers || kind == .columns) && own?.isOneARow == true ? own?.name : nil
    isSingle = kind != .labels && outputs.allSatisfy { $0.type?.element != ort_double }
  }
}

/// One output as a model declares it.
struct ONNXDeclaredOutput {
  var name: String
  /// Nil: it is no answer.
  var kind: ONNXOutput.Kind?
  /// Nil: it is no tensor.
  var type: ONNXTensorType?
  /// Its name and its type.
  var words: String

  /// Reads the declaration.
  init(
    _ session: OpaquePointer?, _ index: Int, _ library: ONNXLibrary
  ) throws(Diagnostic) {
    let api = library.api
    var text: UnsafeMutablePointer<CChar>?
    try library.check(
      ort_output_name(api, session, index, library.allocator, &text), "read an output's name")
    name = library.text(text)
    var type: OpaquePointer?
    try library.check(ort_output_type(api, session, index, &type), "read an output's type")
    defer { ort_release_type(api, type) }
    var kind: Int32 = 0
    try library.check(ort_type_kind(api, type, &kind), "read an output's type")
    guard kind == ort_tensor else {
      self.kind = kind == ort_sequence ? .maps : nil
      words = "'\(name)' (\(kind == ort_sequence ? "a sequence" : "not a tensor"))"
      return
    }
    var info: OpaquePointer?
    try library.check(ort_as_tensor(api, type, &info), "read an output's type")
    let tensor = try library.tensor(info)
    self.kind =
      ONNXTensorType.floats.contains(tensor.element)
      ? .numbers : ONNXTensorType.names[tensor.element] == nil ? nil : .labels
    self.type = tensor
    words = "'\(name)' (\(tensor.words))"
  }

  /// Whether it holds one value a row.
  var isOneARow: Bool {
    type.map { $0.dimensions.count == 1 || $0.dimensions[1...] == [1] } ?? false
  }

  /// Whether it is the column of one class: `s` or `i`, as the labels are texts or whole numbers, before its name.
  func isColumn(of label: ONNXDeclaredOutput) -> Bool {
    kind == .numbers && isOneARow
      && name.hasPrefix(label.type?.element == ort_string ? "s" : "i")
  }
}
