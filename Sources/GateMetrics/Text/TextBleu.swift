import GateCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a manifest says of BLEU, and the score from the sums over the rows.
struct BLEU {
  /// What stands in for a precision of 0.
  enum Smoothing {
    case none
    case halves
    case floor(Double)
    case adding(Double)
  }

  /// Up to which length n-grams count.
  package let order: Int
  /// What stands in for a precision of 0.
  let smoothing: Smoothing
  /// Whether orders without n-grams are left out.
  package let leavesOut: Bool

  /// Reads the parameters; throws where two exclude each other.
  package init(_ arguments: Arguments, leavesOut: Bool) throws(Undefined) {
    order = arguments.count("max_ngram_order", else: 4)
    self.leavesOut = leavesOut
    let value = arguments["smooth_value"]
    switch arguments.text("smooth_method") ?? "exp" {
    case "floor": smoothing = .floor(value ?? 0.1)
    case "add-k": smoothing = .adding(value ?? 1)
    case let method:
      if value != nil {
        throw Undefined("'smooth_value' is for 'smooth_method: floor' and 'add-k', not '\(method)'")
      }
      smoothing = method == "exp" ? .halves : .none
    }
  }

  /// Numbers a row: the words of the prediction and of the reference; for each order the n-grams that match, and those of
  /// the prediction.
  package var width: Int { 2 + 2 * order }

  /// What each row adds.
  package func parts(_ sample: TextSample, _ arguments: Arguments) -> [Double] {
    var tokenizer = BLEUTokenizer(arguments)
    var tree = NGramTree()
    var (reference, prediction): ([UInt32], [UInt32]) = ([], [])
    var matches: [Int] = []
    var values: [Double] = []
    values.reserveCapacity(sample.references.count * width)
    for place in sample.references.indices {
      tokenizer.startRow()
      tokenizer.words(sample.references[place], into: &reference)
      tokenizer.words(sample.predictions[place], into: &prediction)
      tree.matches(prediction, in: reference, order: order, into: &matches)
      values.append(Double(prediction.count))
      values.append(Double(reference.count))
      for n in 0..<order { values.append(Double(matches[n])) }
      for n in 1...order { values.append(Double(ngrams(of: prediction.count, n))) }
    }
    return values
  }

  /// From 0 to 100; throws where an order counts of which no prediction has an n-gram.
  package func score(_ sums: some RandomAccessCollection<Double>) throws(Undefined) -> Double {
    let sums = Array(sums)
    let (written, wanted) = (sums[0], sums[1])
    guard sums[2..<(2 + order)].contains(where: { $0 > 0 }) else { return 0 }
    let brevity = written < wanted ? exp(1 - wanted / written) : 1
    var logarithms = 0.0
    var orders = 0
    var halves = 1.0
    for n in 1...order {
      var (matches, all) = (sums[1 + n], sums[1 + order + n])
      if case .adding(let value) = smoothing, n > 1 {
        matches += value
        all += value
      }
      if all == 0 {
        if leavesOut { break }
        throw Undefined(
          "no prediction has \(n) words in a row; lower 'max_ngram_order', or say "
            + "'effective_order: true'")
      }
      if matches == 0 {
        switch smoothing {
        case .halves:
          halves *= 2
          matches = 1 / halves
        case .floor(let value): matches = value
        case .none, .adding: return 0
        }
      }
      logarithms += log(100 * matches / all)
      orders += 1
    }
    return (brevity * exp(logarithms / Double(orders))).clamped(to: 0...100)
  }
}

extension BLEUTokenizer {
  /// As a manifest wants it.
  package init(_ arguments: Arguments) {
    self.init(
      arguments.text("tokenize").flatMap(Rules.init) ?? .mteval13a,
      lowercase: arguments.isTrue("lowercase"))
  }
}

extension Metric.Text {
  /// What both forms of BLEU take.
  private static let bleuParameters = [
    Parameter.tokenize, .lowercase, .maxNgramOrder, .smoothMethod, .smoothValue,
  ]

  /// BLEU of all rows together.
  static let bleu = Metric(
    "bleu", task: .text, aliases: ["bleu_score", "sacrebleu", "corpus_bleu"],
    summary: "How many runs of up to four words the predictions share with the references, from 0 "
      + "to 100.",
    direction: .higherIsBetter,
    range: 0...100,
    formula:
      "min(1, exp(1 - words wanted / words written)) x the geometric mean over n = 1 to 4 of "
      + "100 x matching n-grams / n-grams written, counts summed over the rows; 0 where nothing "
      + "matches",
    source: "sacrebleu corpus_bleu (Papineni and others, 2002), which says 0 where no prediction "
      + "has so many words in a row or no reference has words",
    undefined: [
      "No reference has words.",
      "Something matches, and no prediction has as many words in a row as max_ngram_order.",
    ],
    parameters: bleuParameters + [.effectiveOrder],
    contrast: .words(instead: "say 'tokenize: char'"),
    measure: .sums(
      RowSums(
        parts: { sample, arguments throws(Undefined) in
          let bleu = try BLEU(arguments, leavesOut: false)
          return RowParts(width: bleu.width, bleu.parts(try sample.texts(), arguments))
        }
      ) { sums, arguments throws(Undefined) in
        guard sums[1] > 0 else { throw Undefined("no reference has words") }
        return try BLEU(arguments, leavesOut: arguments.isTrue("effective_order")).score(sums)
      }),
    examples: [
      Metric.Example(.reasons, gives: 40.775197995083865),
      Metric.Example(.noReason, gives: nil),
    ])

  /// The mean of the rows' own BLEU.
  static let sentenceBleu = Metric(
    "sentence_bleu", task: .text,
    summary: "The mean over the rows of each row's own BLEU, from 0 to 100.",
    direction: .higherIsBetter,
    range: 0...100,
    formula: "the mean of bleu of each row alone with effective_order; 0 for a row where nothing "
      + "matches",
    source: "sacrebleu sentence_bleu",
    parameters: bleuParameters,
    contrast: .words(instead: "say 'tokenize: char'"),
    measure: .sums(
      .mean { sample, arguments throws(Undefined) in
        let bleu = try BLEU(arguments, leavesOut: true)
        let parts = bleu.parts(try sample.texts(), arguments)
        var scores: [Double?] = []
        for start in stride(from: 0, to: parts.count, by: bleu.width) {
          scores.append(try bleu.score(parts[start..<(start + bleu.width)]))
        }
        return scores
      }),
    spread: .mean,
    examples: [
      Metric.Example(.reasons, gives: 39.59891791619846),
      Metric.Example(.noReason, gives: nil),
    ])

  /// How long the predictions are.
  static let lengthRatio = Metric(
    "length_ratio", task: .text,
    summary: "How many words the predictions have for each word of the references.",
    direction: .neither,
    range: 0 ... .infinity,
    formula: "words written / words wanted, each summed over the rows",
    source: "sacrebleu corpus_bleu, its ratio",
    parameters: [.tokenize],
    contrast: .words(instead: "say 'tokenize: char'"),
    measure: .sums(
      RowSums(
        parts: { sample, arguments throws(Undefined) in
          let sample = try sample.texts()
          var tokenizer = BLEUTokenizer(arguments)
          var words: [UInt32] = []
          var values: [Double] = []
          for place in sample.references.indices {
            tokenizer.startRow()
            for text in [sample.predictions[place], sample.references[place]] {
              tokenizer.words(text, into: &words)
              values.append(Double(words.count))
            }
          }
          return RowParts(width: 2, values)
        }
      ) { sums, _ throws(Undefined) in
        try share(sums[0], of: sums[1], orElse: "no reference has words")
      }),
    examples: [
      Metric.Example(.reasons, gives: 1.0625),
      Metric.Example(.noReason, gives: nil),
    ])
}
