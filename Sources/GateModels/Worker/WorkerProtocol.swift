import GateCore

/// What passes between a run and the worker process that holds a model: a kind, a length, a payload.
enum Message {
  case open(OpenRequest)
  case score([Column], rows: Int)
  /// Score each of the rows alone, `repeats` times over, and say how long each took.
  case time([Column], rows: Int, repeats: Int)
  /// Say how much memory the process has had.
  case usage
  case close
  /// Make ready to learn to tell two sides apart.
  case job(TrainingJob)
  /// One feature of the job's rows, the next in order.
  case feature(TrainingJob.Feature)
  /// Learn, and score the rows that were kept out.
  case learn
  case described(ModelDescription)
  case scored(RawScores, unseen: [UnseenCategories])
  /// Bytes (0: not known), and what scored the rows where there is a choice.
  case used(Int, scorer: String?)
  /// Nanoseconds, a call after another.
  case timed([Int])
  /// Done, and nothing to say.
  case ready
  case learned(TrainingJob.Outcome)
  case failed(Diagnostic)

  /// The longest payload either side accepts.
  static let longest = 1 << 30
  /// Bytes before a payload.
  static let header = 9
}

/// What a worker is told to open, and what it may use.
struct OpenRequest {
  var path: String
  /// Of the bytes that were judged worth scoring; others are refused.
  var sha256: String
  var name: String
  var runtime: String
  var task: TaskKind
  var options = ModelOptions()
  var memory: Int
  var seconds: Int
}

extension Message {
  /// The whole message: kind, length, payload.
  var encoded: [UInt8] {
    var writer = WireWriter()
    let kind = write(to: &writer)
    var frame = WireWriter()
    frame.put(kind)
    frame.put(writer.bytes.count)
    return frame.bytes + writer.bytes
  }

  /// Writes the payload and gives the message's kind.
  private func write(to writer: inout WireWriter) -> UInt8 {
    switch self {
    case .open(let request):
      let task = request.task.rawValue
      for text in [request.path, request.sha256, request.name, request.runtime, task] {
        writer.put(text)
      }
      request.options.write(to: &writer)
      writer.put(request.memory)
      writer.put(request.seconds)
      return 1
    case .score(let columns, let rows):
      writer.put(columns: columns, rows: rows)
      return 2
    case .time(let columns, let rows, let repeats):
      writer.put(columns: columns, rows: rows)
      writer.put(repeats)
      return 3
    case .close: return 4
    case .described(let description):
      writer.put(description.runtime)
      writer.put(description.runtimeVersion)
      writer.put(description.inputs.count)
      for input in description.inputs {
        writer.put(input.kind.rawValue)
        writer.put(input.name.map { [$0] } ?? [])
      }
      writer.put(UInt8(description.importances == nil ? 0 : 1))
      writer.put(description.importances ?? [])
      description.answers.write(to: &writer)
      writer.put(description.size.counts.map { $0 ?? -1 })
      return 5
    case .scored(let scores, let unseen):
      writer.put(scores: scores)
      writer.put(unseen: unseen)
      return 6
    case .timed(let durations):
      writer.put(durations)
      return 7
    case .failed(let diagnostic):
      writer.put(diagnostic.message)
      writer.put(diagnostic.hint.map { [$0] } ?? [])
      return 8
    case .job(let job):
      job.write(to: &writer)
      return 9
    case .feature(let feature):
      feature.write(to: &writer)
      return 10
    case .learn: return 11
    case .usage: return 14
    case .used(let bytes, let scorer):
      writer.put(bytes)
      writer.put(scorer.map { [$0] } ?? [])
      return 15
    case .ready: return 12
    case .learned(let outcome):
      writer.put(outcome.scores)
      writer.put(outcome.gains)
      return 13
    }
  }

  /// Reads a payload of the given kind.
  init(kind: UInt8, payload: ArraySlice<UInt8>) throws(Diagnostic) {
    var reader = WireReader(payload)
    switch kind {
    case 1: self = .open(try OpenRequest(&reader))
    case 2, 3:
      let (columns, rows) = try reader.columns()
      self =
        kind == 2
        ? .score(columns, rows: rows)
        : .time(columns, rows: rows, repeats: try reader.integer())
    case 4: self = .close
    case 5: self = .described(try ModelDescription(&reader))
    case 6:
      let scores = try reader.scores()
      self = .scored(scores, unseen: try reader.unseen())
    case 7: self = .timed(try reader.values(Int.self))
    case 8: self = .failed(Diagnostic(try reader.text(), hint: try reader.texts().first))
    case 9: self = .job(try TrainingJob(&reader))
    case 10: self = .feature(try TrainingJob.Feature(&reader))
    case 11: self = .learn
    case 12: self = .ready
    case 13:
      let scores = try reader.values(Double.self)
      self = .learned(TrainingJob.Outcome(scores: scores, gains: try reader.values(Double.self)))
    case 14: self = .usage
    case 15: self = .used(try reader.integer(), scorer: try reader.texts().first)
    default: throw WireReader.broken
    }
    try reader.end()
  }
}

extension OpenRequest {
  /// Reads a request.
  init(_ reader: inout WireReader) throws(Diagnostic) {
    path = try reader.text()
    sha256 = try reader.text()
    name = try reader.text()
    runtime = try reader.text()
    guard let task = TaskKind(rawValue: try reader.text()) else { throw WireReader.broken }
    self.task = task
    options = try ModelOptions(&reader)
    memory = try reader.integer()
    seconds = try reader.integer()
  }
}

extension ModelDescription {
  /// Reads a description.
  init(_ reader: inout WireReader) throws(Diagnostic) {
    runtime = try reader.text()
    runtimeVersion = try reader.text()
    inputs = []
    for _ in 0..<(try reader.count(size: 9)) {
      guard let kind = InputKind(rawValue: try reader.byte()) else { throw WireReader.broken }
      inputs.append(ModelInput(name: try reader.texts().first, kind: kind))
    }
    let hasImportances = try reader.byte() == 1
    let gains = try reader.values(Double.self)
    guard gains.count == (hasImportances ? inputs.count : 0),
      gains.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { throw WireReader.broken }
    importances = hasImportances ? gains : nil
    answers = try AnswerDescription(&reader)
    let counts = try reader.values(Int.self).map { $0 < 0 ? nil : Optional($0) }
    guard counts.count == 3 else { throw WireReader.broken }
    size = ModelSize(trees: counts[0], nodes: counts[1], parameters: counts[2])
  }
}

extension WireWriter {
  /// A batch of columns.
  mutating func put(columns: [Column], rows: Int) {
    put(rows)
    put(columns.count)
    for column in columns {
      put(column.name)
      switch column.values {
      case .doubles(let values):
        put(UInt8(0))
        put(values)
      case .integers(let values), .timestamps(let values):
        put(UInt8(1))
        put(values)
      case .booleans(let values):
        put(UInt8(2))
        put(values.map { $0 ? 1 as UInt8 : 0 })
      case .strings(let codes, let dictionary):
        put(UInt8(3))
        put(codes)
        put(dictionary)
      }
      put((column.validity ?? []).map { $0 ? 1 as UInt8 : 0 })
    }
  }

  /// A model's answers.
  mutating func put(scores: RawScores) {
    switch scores {
    case .numbers(let values, let width, let labels):
      put(UInt8(0))
      put(values)
      put(width)
      put(UInt8(labels == nil ? 0 : 1))
      put(labels ?? [])
    case .labels(let codes, let dictionary):
      put(UInt8(1))
      put(codes)
      put(dictionary)
    case .labelled(let values, let width, let codes, let dictionary):
      put(UInt8(2))
      put(values)
      put(width)
      put(codes)
      put(dictionary)
    }
  }
}

extension WireReader {
  /// A batch of columns, each as long as the batch says.
  mutating func columns() throws(Diagnostic) -> ([Column], rows: Int) {
    let rows = try integer()
    var columns: [Column] = []
    for _ in 0..<(try count(size: 17)) {
      let name = try text()
      let values: Column.Values
      switch try byte() {
      case 0: values = .doubles(try self.values(Double.self))
      case 1: values = .integers(try self.values(Int64.self))
      case 2: values = .booleans(try self.values(UInt8.self).map { $0 != 0 })
      case 3: values = try strings()
      default: throw Self.broken
      }
      let validity = try self.values(UInt8.self).map { $0 != 0 }
      let column = Column(
        name: name, values: values, validity: validity.isEmpty ? nil : validity)
      guard column.count == rows, validity.isEmpty || validity.count == rows else {
        throw Self.broken
      }
      columns.append(column)
    }
    return (columns, rows)
  }

  /// Texts by index into their list.
  private mutating func strings() throws(Diagnostic) -> Column.Values {
    let codes = try values(Int32.self)
    return .strings(codes: codes, dictionary: try texts())
  }

  /// A model's answers, whole rows of them.
  mutating func scores() throws(Diagnostic) -> RawScores {
    let kind = try byte()
    if kind == 0 {
      let values = try self.values(Double.self)
      let width = try integer()
      let named = try byte() == 1
      let labels = try texts()
      guard width > 0, values.count % width == 0, !named || labels.count == width else {
        throw Self.broken
      }
      return .numbers(values, width: width, labels: named ? labels : nil)
    }
    let numbers = kind == 2 ? try values(Double.self) : []
    let width = kind == 2 ? try integer() : 1
    let codes = try values(Int32.self)
    let dictionary = try texts()
    guard codes.allSatisfy({ dictionary.indices.contains(Int($0)) }), width > 0 else {
      throw Self.broken
    }
    guard kind == 2 else { return .labels(codes: codes, dictionary: dictionary) }
    guard numbers.count % width == 0, numbers.count / width == codes.count else {
      throw Self.broken
    }
    return .labelled(numbers, width: width, codes: codes, dictionary: dictionary)
  }
}

extension ModelSize {
  /// Trees, nodes and parameters.
  fileprivate var counts: [Int?] { [trees, nodes, parameters] }
}
