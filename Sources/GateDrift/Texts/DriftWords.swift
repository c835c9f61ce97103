import GateCore

/// The words of the texts of both sides, each word a number.
struct DriftWords: Sendable {
  package let reference: Side
  package let current: Side
  /// The words themselves.
  package let names: WordNumbers

  /// Words of one side, text after text.
  package struct Side: Sendable {
    /// A number a word, equal for equal words of either side.
    fileprivate(set) var words: [UInt32] = []
    /// Where each text ends in `words`.
    fileprivate(set) var ends: [Int] = []

    /// Texts.
    package var count: Int { ends.count }

    /// The words of a text.
    package subscript(text: Int) -> ArraySlice<UInt32> {
      words[(text == 0 ? 0 : ends[text - 1])..<ends[text]]
    }

    /// Words of the texts at even places, how often each; `distinct` words are there.
    func evenCounts(_ distinct: Int) -> [Int] {
      var counts = [Int](repeating: 0, count: distinct)
      for text in stride(from: 0, to: count, by: 2) {
        for word in self[text] { counts[Int(word)] += 1 }
      }
      return counts
    }

    /// How often each of `distinct` words is there.
    package func counts(_ distinct: Int) -> [Int] {
      var counts = [Int](repeating: 0, count: distinct)
      for word in words { counts[Int(word)] += 1 }
      return counts
    }
  }

  /// Reads every text once.
  package init(_ texts: DriftTexts) {
    var reader = WordReader()
    func read(_ texts: [String]) -> Side {
      var side = Side()
      side.ends.reserveCapacity(texts.count)
      for text in texts {
        reader.append(text, to: &side.words)
        side.ends.append(side.words.count)
      }
      return side
    }
    reference = read(texts.reference)
    current = read(texts.current)
    names = reader.numbers
  }

  /// Distinct words of both sides.
  package var distinct: Int { names.count }
}

extension DriftTexts {
  /// Throws `Undefined` where a side has no text.
  func wantTexts() throws(Undefined) {
    if reference.isEmpty { throw Undefined("the reference has no text but nulls") }
    if current.isEmpty { throw Undefined("the current rows have no text but nulls") }
  }
}
