import GateCore

extension Metric.Text {
  /// The share of rows that are right to the letter.
  static let exactMatch = Metric(
    "exact_match", task: .text, aliases: ["em", "accuracy"],
    summary: "The share of rows whose prediction is the very text that was wanted.",
    direction: .higherIsBetter,
    formula: "rows whose texts are equal / rows",
    source: "SQuAD 2.0 evaluation script compute_exact (normalize: squad); evaluate exact_match",
    parameters: [.normalize],
    measure: .sums(
      .mean { sample, arguments throws(Undefined) in
        let sample = try sample.texts()
        guard arguments.text("normalize") == "squad" else {
          return sample.right.map(\.number)
        }
        return sample.references.indices.map { place in
          let wanted = sample.references[place].squadWords
          let written = sample.predictions[place].squadWords
          let same =
            wanted.count == written.count && zip(wanted, written).allSatisfy { $0.isSame(as: $1) }
          return same.number
        }
      }),
    spread: .rightRows,
    examples: [
      Metric.Example(
        .texts(["Income too low.", "No proof."], predictions: ["Income too low.", "no proof"]),
        gives: 0.5),
      Metric.Example(
        .texts(["Income too low.", "No proof."], predictions: ["The income: too low", "Proof."]),
        Arguments(texts: ["normalize": "squad"]), gives: 0.5),
    ])

  /// How much of the words of an answer is right.
  static let tokenF1 = Metric(
    "token_f1", task: .text, aliases: ["f1", "squad_f1"],
    summary: "The mean F1-score of the words of prediction and reference, in any order.",
    direction: .higherIsBetter,
    formula: "the mean over the rows of 2 x words in both / (words written + words wanted), after "
      + "folding case and leaving out punctuation, 'a', 'an' and 'the'; where a side has none: 1 "
      + "if neither has, else 0",
    source: "SQuAD 2.0 evaluation script compute_f1",
    contrast: .words(instead: "take 'chrf'", orNone: true),
    measure: .sums(
      .mean { sample, _ throws(Undefined) in
        let sample = try sample.texts()
        var numbers = WordNumbers()
        var tree = NGramTree()
        var matches: [Int] = []
        return sample.references.indices.map { place in
          numbers.removeAll()
          let wanted = numbers.squad(sample.references[place])
          let written = numbers.squad(sample.predictions[place])
          if wanted.isEmpty || written.isEmpty { return wanted.isEmpty == written.isEmpty ? 1 : 0 }
          tree.matches(written, in: wanted, order: 1, into: &matches)
          return RougeCounts(
            matches: matches[0], written: written.count, wanted: wanted.count
          ).figure("fmeasure")
        }
      }),
    spread: .mean,
    examples: [
      Metric.Example(
        .texts(["The income is too low."], predictions: ["income too low, too"]),
        gives: 0.75),
      Metric.Example(.texts(["the"], predictions: ["A!"]), gives: 1),
      Metric.Example(.texts(["收入太低"], predictions: ["收入低"]), gives: nil),
    ])
}

extension WordNumbers {
  /// The numbers of a text's words as SQuAD has them.
  fileprivate mutating func squad(_ text: String) -> [UInt32] {
    text.squadWords.map { word in word.withBytes { number(of: $0) } }
  }
}
