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
  var threads = 1
}

extension Message {
  /// The whole message: kind, length, payload.
  var encoded: [UInt8] {
    var writer = WireWriter()
    write(to: &writer)
    var frame = WireWriter()
    frame.put(kind)
    frame.put(writer.bytes.count)
    return frame.bytes + writer.bytes
  }

  /// What the message is, before its payload.
  private var kind: UInt8 {
    switch self {
    case .open: 1
    case .score: 2
    case .time: 3
    case .close: 4
    case .described: 5
    case .scored: 6
    case .timed: 7
    case .failed: 8
    case .job: 9
    case .feature: 10
    case .learn: 11
    case .ready: 12
    case .learned: 13
    case .usage: 14
    case .used: 15
    }
  }

  /// Writes the payload.
  private func write(to writer: inout WireWriter) {
    switch self {
    case .open(let request): request.write(to: &writer)
    case .score(let columns, let rows): writer.put(columns: columns, rows: rows)
    case .time(let columns, let rows, let repeats):
      writer.put(columns: columns, rows: rows)
      writer.put(repeats)
    case .described(let description): description.write(to: &writer)
    case .scored(let scores, let unseen):
      writer.put(scores: scores)
      writer.put(unseen: unseen)
    case .timed(let durations): writer.put(durations)
    case .failed(let diagnostic):
      writer.put(diagnostic.message)
      writer.put(diagnostic.hint.map { [$0] } ?? [])
    case .job(let job): job.write(to: &writer)
    case .feature(let feature): feature.write(to: &writer)
    case .used(let bytes, let scorer):
      writer.put(bytes)
      writer.put(scorer.map { [$0] } ?? [])
    case .learned(let outcome):
      writer.put(outcome.scores)
      writer.put(outcome.gains)
    case .close, .learn, .ready, .usage: break
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
  /// Writes the request.
  fileprivate func write(to writer: inout WireWriter) {
    for text in [path, sha256, name, runtime, task.rawValue] { writer.put(text) }
    options.write(to: &writer)
    writer.put(memory)
    writer.put(seconds)
    writer.put(threads)
  }

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
    threads = try reader.integer()
    guard 1...1024 ~= threads else { throw WireReader.broken }
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
