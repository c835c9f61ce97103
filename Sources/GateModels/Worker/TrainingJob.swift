import GateCore

/// What a worker learns to tell two sides of rows apart from; its features follow one by one.
struct TrainingJob {
  var memory: Int
  var seconds: Int
  var rounds: Int
  var leaves: Int
  /// The fewest rows of a leaf, and of a category that is split on.
  var leafRows: Int
  var categoryRows: Int
  var seed: Int
  var features: Int
  /// Which side each row is of.
  var isCurrent: [Bool]
  /// Which rows are kept out of learning, and scored after it.
  var isScored: [Bool]

  /// The values of one feature, one a row of the job.
  enum Feature {
    /// NaN for a null.
    case numbers([Double])
    /// Codes from 0.
    case categories([Int32])

    /// How many rows.
    var count: Int {
      switch self {
      case .numbers(let values): values.count
      case .categories(let codes): codes.count
      }
    }
  }

  /// What was learned.
  struct Outcome {
    /// How likely each of the rows kept out is of the current side, in their order.
    var scores: [Double]
    /// The sum of the gains of all splits on each feature.
    var gains: [Double]
  }
}

extension TrainingJob {
  /// Writes all of it.
  func write(to writer: inout WireWriter) {
    for number in [memory, seconds, rounds, leaves, leafRows, categoryRows, seed, features] {
      writer.put(number)
    }
    writer.put(isCurrent.map { $0 ? 1 as UInt8 : 0 })
    writer.put(isScored.map { $0 ? 1 as UInt8 : 0 })
  }

  /// Reads one whose lists are as long.
  init(_ reader: inout WireReader) throws(Diagnostic) {
    memory = try reader.integer()
    seconds = try reader.integer()
    rounds = try reader.integer()
    leaves = try reader.integer()
    leafRows = try reader.integer()
    categoryRows = try reader.integer()
    seed = try reader.integer()
    features = try reader.integer()
    isCurrent = try reader.values(UInt8.self).map { $0 != 0 }
    isScored = try reader.values(UInt8.self).map { $0 != 0 }
    guard isCurrent.count == isScored.count else { throw WireReader.broken }
  }
}

extension TrainingJob.Feature {
  /// Writes its kind and its values.
  func write(to writer: inout WireWriter) {
    switch self {
    case .numbers(let values):
      writer.put(UInt8(0))
      writer.put(values)
    case .categories(let codes):
      writer.put(UInt8(1))
      writer.put(codes)
    }
  }

  /// Reads one.
  init(_ reader: inout WireReader) throws(Diagnostic) {
    switch try reader.byte() {
    case 0: self = .numbers(try reader.values(Double.self))
    case 1: self = .categories(try reader.values(Int32.self))
    default: throw WireReader.broken
    }
  }
}
