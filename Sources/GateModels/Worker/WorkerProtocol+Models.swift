import GateCore

extension ModelOptions {
  /// Writes all of it.
  func write(to writer: inout WireWriter) {
    writer.put(link.map { [$0.rawValue] } ?? [])
    let rounds =
      switch iterations {
      case nil: -1
      case .all?: 0
      case .first(let count)?: count
      }
    writer.put(rounds)
    writer.put(output.map { [$0] } ?? [])
    writer.put(UInt8(categories == nil ? 0 : 1))
    writer.put(categories ?? [])
    writer.put(unseen.map { [$0] } ?? [])
    writer.put(UInt8(mayReadLabel ? 1 : 0))
    writer.put(quantiles)
  }

  /// Reads them.
  init(_ reader: inout WireReader) throws(Diagnostic) {
    self.init(link: try reader.texts().first.flatMap(Link.init))
    let rounds = try reader.integer()
    iterations = rounds < 0 ? nil : rounds == 0 ? .all : .first(rounds)
    output = try reader.texts().first
    let hasCategories = try reader.byte() == 1
    let names = try reader.texts()
    categories = hasCategories ? names : nil
    unseen = try reader.values(Double.self).first
    mayReadLabel = try reader.byte() == 1
    quantiles = try reader.values(Double.self)
  }
}

extension AnswerDescription {
  /// Writes all of it.
  func write(to writer: inout WireWriter) {
    writer.put(UInt8(isSingle ? 1 : 0))
    writer.put(UInt8(classes == nil ? 0 : 1))
    writer.put(classes ?? [])
    writer.put(hasTextLabels.map { [$0 ? 1 as UInt8 : 0] } ?? [])
    writer.put(rounds.map { [$0] } ?? [])
    writer.put(allRounds)
    writer.put(margins.map { [$0] } ?? [])
    for words in [objective, regressor, probabilities] { writer.put(words.map { [$0] } ?? []) }
    writer.put([unseen])
    writer.put(uncounted)
  }

  /// Reads one.
  init(_ reader: inout WireReader) throws(Diagnostic) {
    self.init()
    isSingle = try reader.byte() == 1
    let hasClasses = try reader.byte() == 1
    let names = try reader.texts()
    classes = hasClasses ? names : nil
    hasTextLabels = try reader.values(UInt8.self).first.map { $0 == 1 }
    rounds = try reader.values(Int.self).first
    allRounds = try reader.integer()
    margins = try reader.texts().first
    objective = try reader.texts().first
    regressor = try reader.texts().first
    probabilities = try reader.texts().first
    guard let share = try reader.values(Double.self).first, (0...1).contains(share) else {
      throw WireReader.broken
    }
    unseen = share
    uncounted = try reader.texts()
  }
}

extension WireWriter {
  /// What a model has never seen.
  mutating func put(unseen: [UnseenCategories]) {
    put(unseen.count)
    for item in unseen {
      for number in [item.input, item.count, item.row] { put(number) }
      put(item.first)
    }
  }
}

extension WireReader {
  /// What a model has never seen.
  mutating func unseen() throws(Diagnostic) -> [UnseenCategories] {
    var found: [UnseenCategories] = []
    for _ in 0..<(try count(size: 32)) {
      let (input, count, row) = (try integer(), try integer(), try integer())
      guard count > 0 else { throw Self.broken }
      found.append(UnseenCategories(input: input, count: count, first: try text(), row: row))
    }
    return found
  }
}
