package import GateCore

extension Parameter {
  /// What falls into words, for BLEU.
  static let tokenize = Parameter(
    "tokenize",
    "How a text falls into words: as mteval-v13a (13a) or -v14 (intl) has it, into characters "
      + "(char), or at spaces only (none).",
    .choice(BLEUTokenizer.Rules.allCases.map(\.rawValue)), standard: "13a")

  /// Whether case counts.
  static let lowercase = Parameter(
    "lowercase", "Folds case first.", .boolean, standard: "false")

  /// Up to which length n-grams count.
  static let maxNgramOrder = Parameter(
    "max_ngram_order", "Counts n-grams of up to this many words.", .integer(1...16),
    standard: "4")

  /// What stands in for a precision of 0.
  static let smoothMethod = Parameter(
    "smooth_method",
    "What stands in for a precision of 0: halves (exp), smooth_value matches (floor), smooth_value "
      + "more matches and n-grams of every order above 1 (add-k), or nothing (none).",
    .choice(["exp", "floor", "add-k", "none"]), standard: "exp")

  /// How much smoothing adds.
  static let smoothValue = Parameter(
    "smooth_value", "What floor (0.1 if left out) or add-k (1) adds.", .number(1e-9...1e9))

  /// Whether orders without n-grams are left out.
  static let effectiveOrder = Parameter(
    "effective_order", "Leaves out the orders of which no prediction has an n-gram.", .boolean,
    standard: "false")

  /// Up to which length n-grams of characters count.
  static let charOrder = Parameter(
    "char_order", "Counts n-grams of up to this many characters.", .integer(1...16),
    standard: "6")

  /// How many times as much recall weighs, for chrF.
  static let chrfBeta = Parameter(
    "beta", "How many times as much recall weighs as precision.", .number(1e-6...1e6),
    standard: "2")

  /// Whether a space is a character.
  static let whitespace = Parameter(
    "whitespace", "Counts spaces as characters.", .boolean, standard: "false")

  /// Whether words are stemmed.
  static let useStemmer = Parameter(
    "use_stemmer", "Compares Porter's stems of words of more than three letters.", .boolean,
    standard: "false")

  /// Which of the three figures of ROUGE.
  static let rougeMeasure = Parameter(
    "measure",
    "The share of what is wanted (recall), of what was written (precision), or their "
      + "harmonic mean (fmeasure).",
    .choice(["fmeasure", "precision", "recall"]), standard: "fmeasure")

  /// What is compared.
  static let normalize = Parameter(
    "normalize",
    "Compares the texts as they are (none), or lower-cased without punctuation, articles and "
      + "repeated spaces (squad).",
    .choice(["none", "squad"]), standard: "none")

  /// What a distance is a share of.
  static let normalization = Parameter(
    "normalization",
    "Edits as a share of the longer text (max), or insertions and deletions alone as a share of "
      + "both (indel).",
    .choice(["max", "indel"]), standard: "max")

  /// Up to which length n-grams of words count in chrF.
  static func wordOrder(_ standard: Int) -> Parameter {
    Parameter(
      "word_order", "Counts n-grams of up to this many words as well.", .integer(0...16),
      standard: "\(standard)")
  }
}

extension Arguments {
}

extension Sample {
  /// The texts; throws where the sample is of another task.
  package func texts() throws(Undefined) -> TextSample {
    guard case .text(let sample) = self else {
      throw Undefined("this is a metric of text predictions")
    }
    return sample
  }

  /// A text sample: what was wanted beside what a model wrote.
  package static func texts(
    _ references: [String], predictions: [String], weights: [Double]? = nil
  ) -> Sample {
    .text(TextSample(references: references, predictions: predictions, weights: weights))
  }

  /// Reasons for which two loans were refused, as a clerk and as a model wrote them.
  package static let reasons = texts(
    ["The income is too low for this loan.", "There is no proof of income."],
    predictions: ["The income is too low for the loan.", "No proof of the income was given."])

  /// A reason nobody wrote down.
  static let noReason = texts([" "], predictions: ["The income is too low."])
}
