import GateCore

extension DriftTest {
  /// How well the words of a text tell on which side it stands.
  static let textDomainClassifier = DriftTest(
    "text_domain_classifier",
    "How well a classifier of words tells current texts from the reference's: its area under the ROC curve, 0.5 by chance.",
    aliases: ["text_content_drift"],
    formula:
      "ROC AUC on the odd rows of sum over words of ln((current count + 1) / (current words + V)) - ln((reference count + 1) / (reference words + V)), counted in the even rows; V: their distinct words",
    source:
      "scikit-learn's MultinomialNB(alpha=1) on CountVectorizer's counts; the p-value is Mann and Whitney's, one-sided",
    undefined: ["A side has fewer than two texts.", "The texts learned from have no word."],
    pValueMethod: .own,
    measure: .texts { (texts, _) throws(Undefined) in
      try texts.wantTexts()
      try wantSplit(texts.reference.count, texts.current.count, "text")
      let words = DriftWords(texts)
      let distribution = try WordOdds(words)
      return try rankArea(
        reference: distribution.scores(words.reference),
        current: distribution.scores(words.current),
        settings: [JSON.Member("vocabulary", .integer(distribution.vocabulary))],
        evidence: distribution.evidence(words.names))
    },
    examples: [
      Example(
        .texts(
          DriftTexts(
            reference: ["a car loan", "car loan"], current: ["a boat loan", "boat please"])),
        gives: 1, p: 0.5),
      Example(
        .texts(DriftTexts(reference: ["a", "a", "a"], current: ["a", "a"])), gives: 0.5, p: 1),
      Example(.texts(DriftTexts(reference: ["a", "b"], current: ["a"])), gives: nil),
      Example(.texts(DriftTexts(reference: ["", "b"], current: ["!", "a"])), gives: nil),
    ])
}

/// What each word says of the side a text stands on, by multinomial naive Bayes on the texts at even places.
private struct WordOdds {
  /// For each word the log of how much likelier it is among current texts; 0 for one that was not met.
  package let odds: [Double]
  /// How often each word was met on either side.
  package let counts: (reference: [Int], current: [Int])
  /// Distinct words that were met.
  let vocabulary: Int

  /// Throws `Undefined` where no word was met.
  package init(_ words: DriftWords) throws(Undefined) {
    let before = words.reference.evenCounts(words.distinct)
    let after = words.current.evenCounts(words.distinct)
    let met = before.indices.count { before[$0] + after[$0] > 0 }
    if met == 0 {
      throw Undefined("the texts at even places, which are learned from, have no word")
    }
    let n = Double(before.reduce(0, +) + met)
    let m = Double(after.reduce(0, +) + met)
    odds = before.indices.map { word in
      if before[word] + after[word] == 0 { return 0 }
      return logarithm(Double(after[word] + 1) / m) - logarithm(Double(before[word] + 1) / n)
    }
    counts = (before, after)
    vocabulary = met
  }

  /// The scores of the texts at odd places; what only rounding tells apart is equal.
  package func scores(_ side: DriftWords.Side) -> [Double] {
    stride(from: 1, to: side.count, by: 2).map { text in
      (side[text].reduce(0) { $0 + odds[Int($1)] } * 1e9).rounded() / 1e9
    }
  }

  /// The words that moved the scores of the texts learned from most, towards either side.
  package func evidence(_ names: WordNumbers) -> [JSON.Member] {
    let weight = odds.indices.map { word in
      odds[word] * Double(counts.reference[word] + counts.current[word])
    }
    func words(_ name: String, _ sign: Double) -> JSON.Member {
      let told = weight.indices.filter { sign * weight[$0] > 0 }
        .sorted { weight[$0] == weight[$1] ? $0 < $1 : sign * weight[$0] > sign * weight[$1] }
      return JSON.Member(
        name,
        .array(
          told.prefix(10).map { word in
            .object([
              JSON.Member("word", .string(names.word(UInt32(word)))),
              JSON.Member("reference", .integer(counts.reference[word])),
              JSON.Member("current", .integer(counts.current[word])),
            ])
          }))
    }
    return [words("words_of_current", 1), words("words_of_reference", -1)]
  }
}
