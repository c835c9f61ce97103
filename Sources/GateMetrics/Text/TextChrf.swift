import GateCore

/// What a manifest says of chrF, what each row adds to it, and the score from the sums.
struct CharacterF {
  /// Up to which length n-grams of characters count.
  let characters: Int
  /// Up to which length n-grams of words count.
  package let words: Int
  /// How many times as much recall weighs.
  let beta: Double

  /// Reads the parameters.
  package init(_ arguments: Arguments, words standard: Int) {
    characters = arguments.count("char_order", else: 6)
    words = arguments.count("word_order", else: standard)
    beta = arguments["beta"] ?? 2
  }

  /// Numbers a row: for each order the n-grams written, wanted and matching.
  package var width: Int { 3 * (characters + words) }

  /// What each row adds.
  package func parts(_ sample: TextSample, _ arguments: Arguments) -> [Double] {
    let (lowercase, spaces) = (arguments.isTrue("lowercase"), arguments.isTrue("whitespace"))
    var tree = NGramTree()
    var numbers = WordNumbers()
    var (wanted, written): ([UInt32], [UInt32]) = ([], [])
    var matches: [Int] = []
    var values: [Double] = []
    values.reserveCapacity(sample.references.count * width)
    func append(order: Int) {
      tree.matches(written, in: wanted, order: order, into: &matches)
      for n in 1...order {
        let most = ngrams(of: wanted.count, n)
        // Nothing can be hit where the reference has no such n-gram.
        values.append(most > 0 ? Double(ngrams(of: written.count, n)) : 0)
        values.append(Double(most))
        values.append(Double(matches[n - 1]))
      }
      wanted.removeAll(keepingCapacity: true)
      written.removeAll(keepingCapacity: true)
    }
    for place in sample.references.indices {
      let reference = lowercase ? sample.references[place].lowered : sample.references[place]
      let prediction = lowercase ? sample.predictions[place].lowered : sample.predictions[place]
      reference.appendScalars(to: &wanted, spaces: spaces)
      prediction.appendScalars(to: &written, spaces: spaces)
      append(order: characters)
      guard words > 0 else { continue }
      numbers.removeAll()
      numbers.appendWords(reference, to: &wanted)
      numbers.appendWords(prediction, to: &written)
      append(order: words)
    }
    return values
  }

  /// From 0 to 100: the orders of which both sides have n-grams, averaged.
  package func score(_ sums: [Double]) throws(Undefined) -> Double {
    var (precision, recall, orders) = (0.0, 0.0, 0.0)
    var isWanted = false
    for start in stride(from: 0, to: sums.count, by: 3) {
      let (written, wanted, matches) = (sums[start], sums[start + 1], sums[start + 2])
      if wanted > 0 { isWanted = true }
      guard written > 0, wanted > 0 else { continue }
      precision += matches / written
      recall += matches / wanted
      orders += 1
    }
    guard isWanted else { throw Undefined("no reference has characters") }
    guard precision + recall > 0 else { return 0 }
    precision /= orders
    recall /= orders
    let square = beta * beta
    let score = (1 + square) * precision * recall / (square * precision + recall)
    return (100 * score).clamped(to: 0...100)
  }
}

extension WordNumbers {
  /// Numbers the words between spaces, an ASCII mark at the end of a word, or else at its start, apart.
  fileprivate mutating func appendWords(_ text: String, to words: inout [UInt32]) {
    text.withBytes { bytes in
      bytes.eachWord { word in
        let (first, last) = (word.lowerBound, word.upperBound - 1)
        if word.count == 1 {
          words.append(number(of: word, in: bytes))
        } else if bytes[last].isPunctuation {
          words.append(number(of: first..<last, in: bytes))
          words.append(number(of: last..<(last + 1), in: bytes))
        } else if bytes[first].isPunctuation {
          words.append(number(of: first..<(first + 1), in: bytes))
          words.append(number(of: (first + 1)..<(last + 1), in: bytes))
        } else {
          words.append(number(of: word, in: bytes))
        }
      }
    }
  }
}

extension UInt8 {
  /// Python's `string.punctuation`.
  var isPunctuation: Bool {
    switch self {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}

extension Metric.Text {
  /// chrF: n-grams of characters.
  static let chrf = chrf(
    "chrf", words: 0,
    summary: "The F-score of runs of up to six characters the predictions share with the "
      + "references, from 0 to 100.",
    source: "sacrebleu corpus_chrf (Popović, 2015), which says 0 where no reference has characters",
    example: 67.30228133152454
  ).alsoCalled("chrf_score")

  /// chrF++: n-grams of characters and of words.
  static let chrfPlusPlus = chrf(
    "chrf++", words: 2,
    summary: "The F-score of runs of up to six characters and two words the predictions share with "
      + "the references, from 0 to 100.",
    source: "sacrebleu corpus_chrf with word_order=2 (Popović, 2017), which says 0 where no "
      + "reference has characters",
    example: 65.89799904110211)

  /// Both are one figure with another standard of words.
  private static func chrf(
    _ id: String, words: Int, summary: String, source: String, example: Double
  ) -> Metric {
    Metric(
      id, task: .text, summary: summary, direction: .higherIsBetter, range: 0...100,
      formula: "100 (1 + beta^2) P R / (beta^2 P + R); P and R the means over the orders of "
        + "matching n-grams / n-grams written and / n-grams wanted, counts summed over the rows, "
        + "orders without n-grams left out",
      source: source,
      undefined: ["No reference has characters."],
      parameters: [.charOrder, .wordOrder(words), .chrfBeta, .whitespace, .lowercase],
      measure: .sums(
        RowSums(
          parts: { sample, arguments throws(Undefined) in
            let chrf = CharacterF(arguments, words: words)
            return RowParts(width: chrf.width, chrf.parts(try sample.texts(), arguments))
          }
        ) { sums, arguments throws(Undefined) in
          try CharacterF(arguments, words: words).score(sums)
        }),
      examples: [
        Metric.Example(.reasons, gives: example),
        Metric.Example(.noReason, gives: nil),
      ])
  }
}
