import GateCore

extension DriftTest {
  /// Share of the current words that the reference does not have.
  static let outOfVocabulary = DriftTest(
    "out_of_vocabulary",
    "The share of the current texts' words that are in no text of the reference.",
    aliases: ["oov", "oov_share"],
    formula:
      "occurrences in the current texts of words not in the reference / all occurrences in them",
    source: "words as Python's re.findall(r'\\w+', text.lower())",
    undefined: [
      "A side has no text but nulls.",
      "The current texts have no word: nothing but marks and space.",
    ],
    pValueMethod: .permutation,
    measure: .texts { (texts, _) throws(Undefined) in
      try texts.wantTexts()
      let words = DriftWords(texts)
      let known = words.reference.counts(words.distinct)
      let found = words.current.counts(words.distinct)
      let total = words.current.words.count
      if total == 0 {
        throw Undefined("the \(texts.current.count.counted("current text")) have no word")
      }
      var unseen = 0
      var fresh: [Int] = []
      for word in known.indices where known[word] == 0 {
        unseen += found[word]
        fresh.append(word)
      }
      var figure = DriftFigure(
        Double(unseen) / Double(total),
        settings: [
          JSON.Member("words", .integer(total)),
          JSON.Member("vocabulary", .integer(words.distinct - fresh.count)),
        ], evidence: [words.newWords(fresh, found)])
      let value = figure.value
      figure.shuffled = { (permutation) throws(Undefined) in
        try words.chance(of: value, permutation)
      }
      return figure
    },
    examples: [
      Example(
        .texts(DriftTexts(reference: ["A loan for a car."], current: ["a LOAN, a boat!"])),
        gives: 0.25),
      Example(.texts(DriftTexts(reference: ["a loan"], current: ["loan a"])), gives: 0, p: 1),
      Example(.texts(DriftTexts(reference: ["?"], current: ["a loan"])), gives: 1, p: 1),
      Example(.texts(DriftTexts(reference: ["a"], current: ["!", ""])), gives: nil),
    ])
}

extension DriftWords {
  /// The most words that a report shows.
  private static let most = 20

  /// The words that only the current texts have, the most frequent first.
  fileprivate func newWords(_ fresh: [Int], _ counts: [Int]) -> JSON.Member {
    let shown = fresh.sorted { counts[$0] == counts[$1] ? $0 < $1 : counts[$0] > counts[$1] }
    return JSON.Member(
      "new_words",
      .array(
        shown.prefix(Self.most).map { word in
          .object([
            JSON.Member("word", .string(names.word(UInt32(word)))),
            JSON.Member("count", .integer(counts[word])),
          ])
        }))
  }

  /// The p-value of a share by shuffling which side each text is of; a draw without a word among the current texts
  /// counts as one that is as far off.
  fileprivate func chance(of seen: Double, _ permutation: Permutation) throws(Undefined) -> Double {
    var known = [Int](repeating: -1, count: distinct)
    var draw = 0
    let isReference = reference.count <= current.count
    var isTaken = [Bool](repeating: false, count: reference.count + current.count)
    return try permutation.pValue(
      of: seen, taking: Swift.min(reference.count, current.count), of: isTaken.count
    ) { (taken) throws(Undefined) in
      for text in taken { isTaken[Int(text)] = true }
      defer { for text in taken { isTaken[Int(text)] = false } }
      for text in isTaken.indices where isTaken[text] == isReference {
        for word in self[pooled: text] { known[Int(word)] = draw }
      }
      var (total, unseen) = (0, 0)
      for text in isTaken.indices where isTaken[text] != isReference {
        let words = self[pooled: text]
        total += words.count
        for word in words where known[Int(word)] != draw { unseen += 1 }
      }
      draw += 1
      return total == 0 ? seen : Double(unseen) / Double(total)
    }
  }

  /// The words of a text of both sides' pool, the reference first.
  private subscript(pooled text: Int) -> ArraySlice<UInt32> {
    text < reference.count ? reference[text] : current[text - reference.count]
  }
}
