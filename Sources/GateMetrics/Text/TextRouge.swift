import GateCore

/// How many of the words or n-grams of two texts match, and the figure a manifest wants of it.
struct RougeCounts {
  /// In both.
  package var matches: Int
  /// In what the model wrote.
  package var written: Int
  /// In what was wanted.
  package var wanted: Int

  /// rouge-score's figure; 0 where a side has none.
  package func figure(_ measure: String) -> Double {
    let precision = written > 0 ? Double(matches) / Double(written) : 0
    let recall = wanted > 0 ? Double(matches) / Double(wanted) : 0
    switch measure {
    case "precision": return precision
    case "recall": return recall
    default: return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
    }
  }
}

extension RowSums {
  /// The mean of a figure of ROUGE over the rows; `counts` gets a row's words, wanted and written.
  private static func rouge(
    _ figures:
      @escaping @Sendable (TextSample, inout RougeTokenizer, Arguments, (RougeCounts) -> Void)
      throws(Undefined) -> Void
  ) -> RowSums {
    .mean { sample, arguments throws(Undefined) in
      let sample = try sample.texts()
      var tokenizer = RougeTokenizer(arguments)
      let measure = arguments.text("measure") ?? "fmeasure"
      var values: [Double?] = []
      values.reserveCapacity(sample.references.count)
      try figures(sample, &tokenizer, arguments) { values.append($0.figure(measure)) }
      return values
    }
  }

  /// N-grams of `n` words, or of as many as a manifest says.
  fileprivate static func rougeNgrams(_ n: Int?) -> RowSums {
    .rouge { sample, tokenizer, arguments, append throws(Undefined) in
      guard let n = n ?? arguments["n"].map({ Int($0) }) else {
        throw Undefined("'n' is missing: how many words an n-gram has")
      }
      var tree = NGramTree()
      var (wanted, written): ([UInt32], [UInt32]) = ([], [])
      var matches: [Int] = []
      for place in sample.references.indices {
        tokenizer.startRow()
        tokenizer.words(sample.references[place], into: &wanted)
        tokenizer.words(sample.predictions[place], into: &written)
        tree.matches(written, in: wanted, order: n, into: &matches)
        append(
          RougeCounts(
            matches: matches[n - 1], written: ngrams(of: written.count, n),
            wanted: ngrams(of: wanted.count, n)))
      }
    }
  }

  /// The longest common subsequence of both texts.
  fileprivate static let rougeSubsequence = RowSums.rouge {
    sample, tokenizer, _, append throws(Undefined) in
    var subsequence = CommonSubsequence()
    var (wanted, written): ([UInt32], [UInt32]) = ([], [])
    for place in sample.references.indices {
      tokenizer.startRow()
      tokenizer.words(sample.references[place], into: &wanted)
      tokenizer.words(sample.predictions[place], into: &written)
      append(
        RougeCounts(
          matches: subsequence.length(wanted, written), written: written.count,
          wanted: wanted.count))
    }
  }

  /// The union, for each line wanted, of its longest common subsequences with every line written.
  fileprivate static let rougeLines = RowSums.rouge {
    sample, tokenizer, _, append throws(Undefined) in
    var union = LineUnion()
    for place in sample.references.indices {
      tokenizer.startRow()
      append(
        union.counts(
          tokenizer.lines(sample.references[place]), tokenizer.lines(sample.predictions[place]),
          distinct: tokenizer.distinct))
    }
  }
}

extension RougeTokenizer {
  /// The words of each line.
  fileprivate mutating func lines(_ text: String) -> [[UInt32]] {
    text.utf8.split(separator: 0x0A).map { line in
      var words: [UInt32] = []
      self.words(String(decoding: line, as: UTF8.self), into: &words)
      return words
    }
  }
}

/// The words of lines wanted that lines written have in their order, no word counted more often than it stands in both.
private struct LineUnion {
  /// Finds the subsequences.
  private var subsequence = CommonSubsequence()

  /// Counts the words of one row; `distinct` is above every number of a word.
  package mutating func counts(
    _ wanted: [[UInt32]], _ written: [[UInt32]], distinct: Int
  ) -> RougeCounts {
    var (left, right) = (Self.tally(wanted, distinct), Self.tally(written, distinct))
    var matches = 0
    for line in wanted {
      var taken = [Bool](repeating: false, count: line.count)
      for other in written { subsequence.mark(line, other, in: &taken) }
      for place in line.indices where taken[place] {
        let word = Int(line[place])
        guard left[word] > 0, right[word] > 0 else { continue }
        left[word] -= 1
        right[word] -= 1
        matches += 1
      }
    }
    return RougeCounts(
      matches: matches, written: written.reduce(0) { $0 + $1.count },
      wanted: wanted.reduce(0) { $0 + $1.count })
  }

  /// How often each word stands in all lines.
  private static func tally(_ lines: [[UInt32]], _ distinct: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: distinct)
    for line in lines { for word in line { counts[Int(word)] += 1 } }
    return counts
  }
}

extension Metric.Text {
  /// Words.
  static let rouge1 = rouge(
    "rouge_1", "words", .rougeNgrams(1), formula: "matching words / words",
    gives: 0.7451923076923077)
  /// Pairs of words.
  static let rouge2 = rouge(
    "rouge_2", "pairs of words", .rougeNgrams(2), formula: "matching pairs / pairs",
    gives: 0.538961038961039)
  /// N-grams.
  static let rougeN = rouge(
    "rouge_n", "runs of n words", .rougeNgrams(nil), formula: "matching n-grams / n-grams",
    parameters: [
      Parameter(
        "n", "How many words an n-gram has.", .integer(1...9), required: true)
    ], Arguments(["n": 3]), gives: 0.4444444444444444)
  /// The longest common subsequence.
  static let rougeL = rouge(
    "rouge_l", "words in their order", .rougeSubsequence,
    formula: "words of the longest common subsequence / words", gives: 0.7451923076923077
  ).alsoCalled("rouge")
  /// The same line by line.
  static let rougeLsum = rouge(
    "rouge_lsum", "words in their order, line by line", .rougeLines,
    formula: "words of the union, over the lines written, of longest common subsequences with each "
      + "line wanted, none more often than it stands in both texts, / words",
    gives: 0.7451923076923077)

  /// All are a mean of one figure.
  private static func rouge(
    _ id: String, _ what: String, _ sums: RowSums, formula: String,
    parameters: [Parameter] = [], _ arguments: Arguments = Arguments(), gives value: Double
  ) -> Metric {
    Metric(
      id, task: .text,
      summary: "The mean share of \(what) that prediction and reference have in common.",
      direction: .higherIsBetter,
      formula:
        "the mean over the rows of 2 P R / (P + R); P and R are \(formula) of the prediction "
        + "and of the reference; 0 where either has none; words are runs of a to z and 0 to 9, "
        + "without case",
      source:
        "rouge-score \(id.filter { $0 != "_" }.replacing("rougel", with: "rougeL")) (Lin, 2004)",
      parameters: parameters + [.useStemmer, .rougeMeasure],
      contrast: .latinLetters, measure: .sums(sums), spread: .mean,
      examples: [
        Metric.Example(.reasons, arguments, gives: value),
        Metric.Example(.noReason, arguments, gives: nil),
      ])
  }
}
