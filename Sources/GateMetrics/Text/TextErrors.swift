import GateCore

extension Metric.Text {
  /// Edits of characters as a share of the text, turned so that more is better.
  static let levenshteinRatio = Metric(
    "levenshtein_ratio", task: .text, aliases: ["edit_similarity", "levenshtein"],
    summary: "How alike prediction and reference are: 1 is the same, 0 is nothing in common.",
    direction: .higherIsBetter,
    formula: "the mean over the rows of 1 - edits / characters of the longer text, or with "
      + "'normalization: indel' 1 - (insertions + deletions) / characters of both; 1 where both "
      + "are empty",
    source: "rapidfuzz Levenshtein.normalized_similarity (max) and fuzz.ratio / 100, which is "
      + "python-Levenshtein's ratio (indel)",
    parameters: [.normalization],
    measure: .sums(
      .mean { sample, arguments throws(Undefined) in
        let sample = try sample.texts()
        let isIndel = arguments.text("normalization") == "indel"
        var distance = EditDistance()
        var subsequence = CommonSubsequence()
        var (wanted, written): ([UInt32], [UInt32]) = ([], [])
        return sample.references.indices.map { place in
          wanted.removeAll(keepingCapacity: true)
          written.removeAll(keepingCapacity: true)
          sample.references[place].appendScalars(to: &wanted, spaces: true)
          sample.predictions[place].appendScalars(to: &written, spaces: true)
          let both = wanted.count + written.count
          if both == 0 { return 1 }
          if isIndel {
            return Double(2 * subsequence.length(wanted, written)) / Double(both)
          }
          let edits = distance.between(wanted, written)
          return 1 - Double(edits) / Double(max(wanted.count, written.count))
        }
      }),
    spread: .mean,
    examples: [
      Metric.Example(.texts(["late", "paid"], predictions: ["rate", "paid"]), gives: 0.875),
      Metric.Example(
        .texts(["late"], predictions: ["lately"]),
        Arguments(texts: ["normalization": "indel"]), gives: 0.8),
    ])

  /// Edits of words a word.
  static let wordErrorRate = errorRate(
    "word_error_rate", of: "words",
    source: "jiwer wer, which says how many words were written where "
      + "no reference has any",
    gives: 0.5714285714285714
  ) { text, numbers, words in text.appendWordsAtSpaces(to: &words, &numbers) }.alsoCalled("wer")

  /// Edits of characters a character.
  static let characterErrorRate = errorRate(
    "character_error_rate", of: "characters",
    source: "jiwer cer, which says how many characters were written where no reference has any",
    gives: 0.40625
  ) { text, _, characters in text.appendStripped(to: &characters) }.alsoCalled("cer")

  /// Both are the distance of the rows' symbols over those wanted.
  private static func errorRate(
    _ id: String, of what: String, source: String, gives value: Double,
    _ symbols: @escaping @Sendable (String, inout WordNumbers, inout [UInt32]) -> Void
  ) -> Metric {
    Metric(
      id, task: .text,
      summary: "How many \(what) must be inserted, left out or replaced for each one that was "
        + "wanted.",
      direction: .lowerIsBetter, range: 0 ... .infinity,
      formula:
        "(insertions + deletions + substitutions) / \(what) wanted, each summed over the rows",
      source: source,
      undefined: ["No reference has \(what)."],
      contrast: what == "words" ? .words(instead: "take 'character_error_rate'") : .none,
      measure: .sums(
        RowSums(
          parts: { sample, _ throws(Undefined) in
            let sample = try sample.texts()
            var numbers = WordNumbers()
            var distance = EditDistance()
            var (wanted, written): ([UInt32], [UInt32]) = ([], [])
            var values: [Double] = []
            for place in sample.references.indices {
              numbers.removeAll()
              wanted.removeAll(keepingCapacity: true)
              written.removeAll(keepingCapacity: true)
              symbols(sample.references[place], &numbers, &wanted)
              symbols(sample.predictions[place], &numbers, &written)
              values.append(Double(distance.between(wanted, written)))
              values.append(Double(wanted.count))
            }
            return RowParts(width: 2, values)
          }
        ) { sums, _ throws(Undefined) in
          try share(sums[0], of: sums[1], orElse: "no reference has \(what)")
        }),
      examples: [
        Metric.Example(.reasons, gives: value),
        Metric.Example(.noReason, gives: nil),
      ]
    ).asShare()
  }
}

extension String {
  /// The values of the scalars without spaces at either end.
  fileprivate func appendStripped(to values: inout [UInt32]) {
    appendScalars(to: &values, spaces: true)
    while let last = values.last, Unicode.Scalar(last)?.isSpace == true { values.removeLast() }
    let start = values.firstIndex { Unicode.Scalar($0)?.isSpace != true } ?? values.count
    values.removeFirst(start)
  }

  /// Words as jiwer parts them: at a space, or where two spaces of any kind meet; one tab alone is part of a word.
  fileprivate func appendWordsAtSpaces(to words: inout [UInt32], _ numbers: inout WordNumbers) {
    withBytes { text in
      var (place, start) = (0, 0)
      var isAtStart = true
      while place < text.count {
        var end = place
        var spaces = 0
        while end < text.count, case let length = text.spaceLength(at: end), length > 0 {
          end += length
          spaces += 1
        }
        let isWithin = spaces == 1 && text[place] != 0x20 && !isAtStart && end < text.count
        if spaces > 0, !isWithin {
          if start < place { words.append(numbers.number(of: start..<place, in: text)) }
          start = end
        }
        isAtStart = false
        place = spaces > 0 ? end : place + 1
      }
      if start < place { words.append(numbers.number(of: start..<place, in: text)) }
    }
  }
}
