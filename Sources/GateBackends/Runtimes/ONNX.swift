internal import COnnxRuntime
import GateKit

/// A model in the ONNX format, run on one thread so that sums do not depend on the machine.
final class ONNXModel: ModelRuntime {
  static let about = RuntimeDescription(
    id: "onnx",
    summary: "ONNX models in one file: one named input a column, or one matrix of numbers.",
    suffixes: [".onnx"],
    version: { () throws(Diagnostic) in try ONNXLibrary().version })

  /// An input tensor as the model declares it.
  struct Input {
    var name: String
    var type: ONNXTensorType
    /// Columns it takes; nil: any number.
    var width: Int?
  }

  let description: ModelDescription
  private let library: ONNXLibrary
  private let session: Session
  private let inputs: [Input]
  private let output: ONNXOutput
  /// Whether the model takes one row at a time.
  private let single: Bool

  /// A session that is released with its last user.
  private final class Session {
    var pointer: OpaquePointer?
    let library: ONNXLibrary
    /// None yet.
    init(_ library: ONNXLibrary) { self.library = library }
    deinit { ort_release_session(library.api, pointer) }
  }

  /// Opens a model from its bytes, once they are seen to be whole and to name no other files.
  init(_ file: ModelFile) throws(Diagnostic) {
    try ONNXFile.check(file.bytes, name: file.name)
    library = try ONNXLibrary()
    session = Session(library)
    session.pointer = try Self.open(file, library)
    inputs = try Self.inputs(session.pointer, library)
    output = try ONNXOutput.choose(session.pointer, library, task: file.task)
    let fixed = Set(inputs.compactMap(\.type.dimensions.first).filter { $0 >= 0 })
    guard fixed.isSubset(of: [1]) else {
      throw Diagnostic(
        "the model '\(file.name)' takes exactly \(fixed.max() ?? 0) rows at a time",
        hint: "export it with a free first dimension")
    }
    single = !fixed.isEmpty
    var slots: [ModelInput] = []
    for input in inputs {
      guard let width = input.width else {
        slots.append(ModelInput(name: nil, kind: .numbers))
        continue
      }
      for _ in 0..<width {
        slots.append(
          ModelInput(name: width == 1 ? input.name : nil, kind: try Self.kind(input)))
      }
    }
    if inputs.contains(where: { $0.width == nil }), inputs.count > 1 {
      throw Diagnostic(
        "the model '\(file.name)' has \(inputs.count) inputs, of which one has no fixed width",
        hint: "export it with the widths of its inputs")
    }
    description = ModelDescription(
      inputs: slots, runtime: Self.about.id, runtimeVersion: library.version)
  }

  /// Makes the session.
  private static func open(
    _ file: ModelFile, _ library: ONNXLibrary
  ) throws(Diagnostic) -> OpaquePointer? {
    let api = library.api
    var options: OpaquePointer?
    try library.check(ort_create_options(api, &options), "make its options")
    defer { ort_release_options(api, options) }
    try library.check(ort_set_log_level(api, options, 3), "set its log level")
    try library.check(ort_set_intra_threads(api, options, 1), "set its threads")
    try library.check(ort_set_inter_threads(api, options, 1), "set its threads")
    var session: OpaquePointer?
    let status = file.bytes.withUnsafeBytes {
      ort_create_session(api, library.environment, $0.baseAddress, $0.count, options, &session)
    }
    try library.check(status, "read the model '\(file.name)'")
    return session
  }

  /// The inputs in the model's order.
  private static func inputs(
    _ session: OpaquePointer?, _ library: ONNXLibrary
  ) throws(Diagnostic) -> [Input] {
    let api = library.api
    var count = 0
    try library.check(ort_input_count(api, session, &count), "count the inputs")
    var inputs: [Input] = []
    for index in 0..<count {
      var text: UnsafeMutablePointer<CChar>?
      try library.check(
        ort_input_name(api, session, index, library.allocator, &text), "read an input's name")
      let name = library.text(text)
      var type: OpaquePointer?
      try library.check(ort_input_type(api, session, index, &type), "read an input's type")
      defer { ort_release_type(api, type) }
      var info: OpaquePointer?
      try library.check(ort_as_tensor(api, type, &info), "read an input's type")
      guard let info else {
        throw Diagnostic("the input '\(name)' of the model is not a tensor")
      }
      let tensor = try library.tensor(info)
      guard (1...2).contains(tensor.dimensions.count), tensor.dimensions.last != 0 else {
        throw Diagnostic(
          "the input '\(name)' of the model is \(tensor.words)",
          hint: "rows of columns are wanted: a tensor of shape [?], [?, 1] or [?, features]")
      }
      let last = tensor.dimensions.count == 1 ? 1 : tensor.dimensions[1]
      guard last <= 1 << 20 else {
        throw Diagnostic("the input '\(name)' of the model has \(last) columns")
      }
      inputs.append(Input(name: name, type: tensor, width: last < 0 ? nil : last))
    }
    return inputs
  }

  /// What a column for the input must hold.
  private static func kind(_ input: Input) throws(Diagnostic) -> InputKind {
    switch input.type.element {
    case ort_float, ort_double: return .number
    case ort_int64, ort_int32: return .integer
    case ort_string: return .string
    case ort_bool: return .boolean
    default:
      throw Diagnostic(
        "the input '\(input.name)' of the model is \(input.type.words)",
        hint: "float, double, int64, int32, bool and string are known")
    }
  }

  /// The answers for some rows of a batch.
  func score(_ columns: [Column], rows: Range<Int>) throws(Diagnostic) -> RawScores {
    guard single, rows.count > 1 else { return try run(columns, rows) }
    var answers = ONNXAnswers()
    for row in rows { try answers.append(try run(columns, row..<row + 1)) }
    return answers.scores
  }

  /// One call of the library.
  private func run(_ columns: [Column], _ rows: Range<Int>) throws(Diagnostic) -> RawScores {
    var values: [ONNXValue] = []
    var rest = columns[...]
    for input in inputs {
      let width = input.width ?? rest.count
      guard rest.count >= width else { throw Diagnostic("too few columns for '\(input.name)'") }
      values.append(try library.value(input, Array(rest.prefix(width)), rows))
      rest = rest.dropFirst(width)
    }
    let answer = ONNXValue(library)
    let names = inputs.map(\.name)
    let status = withCStrings(names) { names in
      withCStrings([output.name]) { outputs in
        withExtendedLifetime(values) {
          ort_run(
            library.api, session.pointer, names, values.map(\.pointer), values.count, outputs, 1,
            &answer.pointer)
        }
      }
    }
    try library.check(status, "score the rows")
    return try output.read(answer, library, rows: rows.count)
  }
}

/// Lends C strings for the length of a call.
func withCStrings<R>(
  _ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> R
) -> R {
  var bytes: [CChar] = []
  var starts: [Int] = []
  for text in texts {
    starts.append(bytes.count)
    bytes.append(contentsOf: text.utf8.map { CChar(bitPattern: $0) })
    bytes.append(0)
  }
  return bytes.withUnsafeBufferPointer { buffer in
    body(starts.map { buffer.baseAddress! + $0 })
  }
}
