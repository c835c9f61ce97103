internal import COnnxRuntime
import GateCore

extension Runtime {
  /// ONNX Runtime.
  static let onnx = Runtime(
    id: "onnx",
    summary: "ONNX models in one file: named inputs a column or several wide, of any type.",
    suffixes: [".onnx"],
    keys: ["output", "unseen"],
    likeness: { head in head.name.hasSuffix(".onnx") ? .name : nil },
    readVersion: { () throws(Diagnostic) in try ONNXLibrary().version },
    open: { (file) throws(Diagnostic) in try ONNXModel(file) })
}

/// A model in the ONNX format, run on one thread so that sums do not depend on the machine.
final class ONNXModel: ModelRuntime {
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
  private let task: TaskKind
  /// How many rows the model takes at a time; nil: any number.
  private let batch: Int?
  /// The lists of its encoders.
  private let categories: ONNXCategories
  private(set) var unseen: [UnseenCategories] = []
  /// What looks at rows by themselves; nil: it has.
  private var alone: ONNXAlone?

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
    let nodes = try ONNXFile.check(file.bytes, name: file.name)
    try ONNXLocale.prepare(nodes.locales)
    library = try ONNXLibrary()
    session = Session(library)
    task = file.task
    session.pointer = try Self.open(file, library)
    inputs = try Self.inputs(session.pointer, library)
    output = try ONNXOutput.choose(session.pointer, library, file)
    batch = try Self.batch(of: inputs, file)
    alone = ONNXAlone(name: file.name, isScaledByBatch: nodes.isScaledByBatch)
    categories = ONNXCategories(
      file.bytes,
      inputs: inputs.map { ($0.name, $0.width, $0.type.element == ort_string) })
    description = ModelDescription(
      inputs: try Self.slots(inputs, file), runtime: Runtime.onnx.id,
      runtimeVersion: library.version, answers: Self.answers(output, categories, nodes),
      size: ONNXSize.size(of: file.bytes))
  }

  /// How many rows the inputs take at a time; nil: any number.
  private static func batch(of inputs: [Input], _ file: ModelFile) throws(Diagnostic) -> Int? {
    let fixed = Set(inputs.compactMap(\.type.dimensions.first).filter { $0 >= 0 })
    guard fixed.count <= 1, (fixed.first ?? 1) > 0 else {
      throw Diagnostic(
        "the inputs of the model '\(file.name)' take different numbers of rows at a time: "
          + fixed.sorted().map { "\($0)" }.joined(separator: ", "),
        hint: "export it with a free first dimension")
    }
    return fixed.first
  }

  /// What the columns for the inputs must hold, a slot a column and one for any number of them.
  private static func slots(
    _ inputs: [Input], _ file: ModelFile
  ) throws(Diagnostic) -> [ModelInput] {
    guard inputs.count(where: { $0.width == nil }) <= 1 else {
      throw Diagnostic(
        "the model '\(file.name)' has \(inputs.count) inputs, of which several have no fixed width",
        hint: "export it with the widths of its inputs")
    }
    var slots: [ModelInput] = []
    for input in inputs {
      guard let width = input.width else {
        slots.append(ModelInput(name: nil, kind: .numbers))
        continue
      }
      for _ in 0..<width {
        slots.append(ModelInput(name: width == 1 ? input.name : nil, kind: try kind(input)))
      }
    }
    return slots
  }

  /// What is known of its answers before it has scored.
  private static func answers(
    _ output: ONNXOutput, _ categories: ONNXCategories, _ nodes: ONNXNodes
  ) -> AnswerDescription {
    var answers = AnswerDescription()
    answers.isSingle = output.isSingle
    answers.unseen = 0.05
    answers.uncounted = categories.uncounted
    answers.hasTextLabels =
      output.hasTextLabels ?? (nodes.classes == nil ? nil : nodes.areTexts)
    answers.classes = nodes.areTexts == answers.hasTextLabels ? nodes.classes : nil
    guard output.kind != .labels else { return answers }
    let maker = ONNXMaker(of: output.names[0], in: categories.graph)
    (answers.regressor, answers.probabilities) = (maker.regressor, maker.probabilities)
    return answers
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
    try library.check(
      ort_set_intra_threads(api, options, Int32(clamping: file.threads)), "set its threads")
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
    case ort_string: return .string
    case ort_bool: return .boolean
    case let type where ONNXTensorType.floats.contains(type): return .number
    case let type where ONNXTensorType.names[type] != nil: return .integer
    default:
      throw Diagnostic(
        "the input '\(input.name)' of the model is \(input.type.words)",
        hint: "known are " + ONNXTensorType.names.values.sorted().joined(separator: ", "))
    }
  }

  /// The answers for some rows of a batch.
  func score(_ columns: [Column], rows: Range<Int>) throws(Diagnostic) -> RawScores {
    unseen = categories.unseen(columns, rows: rows, isSingle: singles(columns.count))
    let scores = try scoreAll(columns, rows)
    if let alone, rows.count > 1, batch != 1 {
      for row in ONNXAlone.places(rows) {
        // Twice the row, for the shapes of some models take one row alone for none.
        let own = try run(columns, row..<row + 1, count: batch ?? 2)
        try alone.compare(scores, at: row - rows.lowerBound, with: own, row: row + 1)
      }
      self.alone = nil
    }
    return scores
  }

  /// The answers as they come, as many rows at a time as the model takes.
  private func scoreAll(
    _ columns: [Column], _ rows: Range<Int>
  ) throws(Diagnostic) -> RawScores {
    guard let batch, batch != rows.count, !rows.isEmpty else {
      return try run(columns, rows, count: rows.count)
    }
    var answers = ONNXBatches()
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: batch) {
      let part = start..<min(start + batch, rows.upperBound)
      try answers.append(try run(columns, part, count: batch), rows: part.count)
    }
    return answers.scores
  }

  /// Of each of so many columns whether its input is of single precision.
  private func singles(_ count: Int) -> [Bool] {
    let fixed = inputs.reduce(0) { $0 + ($1.width ?? 0) }
    return inputs.flatMap { input in
      [Bool](
        repeating: input.type.element == ort_float, count: max(0, input.width ?? count - fixed))
    }
  }

  /// One call of the library with `count` rows, of which the last repeats where there are fewer.
  private func run(
    _ columns: [Column], _ rows: Range<Int>, count: Int
  ) throws(Diagnostic) -> RawScores {
    var values: [ONNXValue] = []
    var rest = columns[...]
    let fixed = inputs.reduce(0) { $0 + ($1.width ?? 0) }
    for input in inputs {
      let width = input.width ?? columns.count - fixed
      guard width > 0, rest.count >= width else {
        throw Diagnostic("too few columns for '\(input.name)'")
      }
      values.append(try library.value(input, Array(rest.prefix(width)), rows, count: count))
      rest = rest.dropFirst(width)
    }
    let asked = output.names + (output.label.map { [$0] } ?? [])
    let answers = asked.map { _ in ONNXValue(library) }
    var pointers = [OpaquePointer?](repeating: nil, count: asked.count)
    let status = withCStrings(inputs.map(\.name)) { names in
      withCStrings(asked) { outputs in
        withExtendedLifetime(values) {
          ort_run(
            library.api, session.pointer, names, values.map(\.pointer), values.count, outputs,
            outputs.count, &pointers)
        }
      }
    }
    for (answer, pointer) in zip(answers, pointers) { answer.pointer = pointer }
    try library.check(status, "score the rows")
    return try output.read(answers, library, rows: count, task: task)
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
