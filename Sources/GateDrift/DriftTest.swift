package import GateCore

/// A number that tells how far the current rows have moved from the reference, or how likely such a move is by chance.
///
/// In formulas p and q are the shares of the reference and of the current rows, F and G their distribution functions. A new
/// one is one file, one line in `DriftTests.all`, and its test.
package struct DriftTest: Defined {
  /// Its id, summary, range, formula, source and parameters.
  package var definition: Definition
  /// Where its p-value comes from.
  package let pValueMethod: PValueMethod
  /// What it is measured on.
  package let measure: Measure
  /// Run as tests, shown by `explain`.
  package let examples: [Example]

  /// Takes what a definition says of itself.
  package init(
    _ id: String, _ summary: String, aliases: [String] = [],
    range: ClosedRange<Double> = 0...1, formula: String,
    source: String, undefined: [String] = [], parameters: [Parameter] = [],
    pValueMethod: PValueMethod,
    measure: Measure, examples: [Example]
  ) {
    definition = Definition(
      id, summary, aliases: aliases, range: range, formula: formula, source: source,
      undefined: undefined,
      parameters: parameters + (pValueMethod == .permutation ? Permutation.parameters : []))
    (self.pValueMethod, self.measure, self.examples) = (pValueMethod, measure, examples)
  }

  /// Where a p-value comes from.
  package enum PValueMethod: String, Sendable {
    /// The test's own distribution: every figure has a p-value.
    case own = "its own distribution"
    /// Shuffling which side each row is of; only where a manifest asks for a p-value.
    case permutation = "permutations of the rows over both sides"
    /// There is none.
    case none
  }

  /// What a test is measured on.
  package enum Measure: Sendable {
    /// The distinct values of one column and their counts.
    case column(
      Set<DriftKind>, @Sendable (DriftColumn, Arguments) throws(Undefined) -> DriftFigure)
    /// How many rows have no value.
    case nulls(@Sendable (DriftNulls, Arguments) throws(Undefined) -> DriftFigure)
    /// The texts of one column, row by row.
    case texts(@Sendable (DriftTexts, Arguments) throws(Undefined) -> DriftFigure)
    /// The vectors of one column, row by row.
    case vectors(@Sendable (DriftVectors, Arguments) throws(Undefined) -> DriftFigure)
    /// All features together, row by row.
    case rows(@Sendable (DriftRows, Arguments) throws(Undefined) -> DriftFigure)
    /// How well a classifier tells both sides apart.
    case separation(@Sendable (DomainClassifierResult, Arguments) throws(Undefined) -> DriftFigure)

    /// The kinds of columns it fits; of none: the table as a whole.
    package var kinds: Set<DriftKind> {
      switch self {
      case .column(let kinds, _): kinds
      case .nulls: Set(DriftKind.allCases)
      case .texts: [.text]
      case .vectors: [.embedding]
      case .rows, .separation: []
      }
    }
  }

  /// Whether a classifier is trained for it.
  var trainsClassifier: Bool { if case .separation = measure { true } else { false } }

  /// Inputs and the figure they must give.
  package struct Example: Sendable {
    package let subject: DriftSubject
    /// What a manifest would give.
    package let arguments: Arguments
    /// Nil: the test must be undefined.
    package let value: Double?
    /// Nil: it is not looked at.
    package let pValue: Double?

    /// Takes what is measured and what comes of it.
    package init(
      _ subject: DriftSubject, _ arguments: Arguments = Arguments(), gives value: Double?,
      p pValue: Double? = nil
    ) {
      self.subject = subject
      self.arguments = arguments
      self.value = value
      self.pValue = pValue
    }
  }
}

/// What a test may be measured on.
package enum DriftSubject: Sendable {
  case column(DriftColumn)
  case nulls(DriftNulls)
  case texts(DriftTexts)
  case vectors(DriftVectors)
  case rows(DriftRows)
  case separation(DomainClassifierResult)

  /// An example's numbers.
  package static func numbers(_ reference: [Double], _ current: [Double]) -> DriftSubject {
    .column(DriftColumn(numbers: reference, current))
  }

  /// An example's categories.
  package static func categories(_ reference: [String?], _ current: [String?]) -> DriftSubject {
    .column(DriftColumn(categories: reference, current))
  }
}

/// What a test found.
package struct DriftFigure: Sendable {
  /// What `max` is held against.
  package var value: Double
  /// The test statistic, where the value is not it.
  package var statistic: Double?
  /// The chance of such a value, or one further off, where both sides are of one distribution; in 0...1.
  package var pValue: Double?
  /// The least p-value that its distribution can give; nil: there is none.
  package var leastPValue: Double?
  /// How it was measured: bins, fill value, base, normaliser.
  package var settings: [JSON.Member]
  /// What a person needs to act on it, such as the bins of both sides.
  package var evidence: [JSON.Member]
  /// What it saw, as the end of a message; nil: what both sides look like is said instead.
  package var finding: String?
  /// Its p-value by permutation, of a test that shuffles rows itself; made only where it is asked for.
  var shuffled: (@Sendable (Permutation) throws(Undefined) -> Double)?

  package init(
    _ value: Double, statistic: Double? = nil, p pValue: Double? = nil,
    atLeast leastPValue: Double? = nil, settings: [JSON.Member] = [], evidence: [JSON.Member] = []
  ) {
    self.value = value
    self.statistic = statistic
    self.pValue = pValue
    self.leastPValue = leastPValue
    self.settings = settings
    self.evidence = evidence
  }
}

extension DriftTest {
  /// The figure; throws `Undefined`, with the reason, where there is none, or none that is a number.
  ///
  /// `wantsPValue`: whether a p-value is made where the test has none of its own.
  package func figure(
    on subject: DriftSubject, _ arguments: Arguments = Arguments(), wantsPValue: Bool = false
  ) throws(Undefined) -> DriftFigure {
    var figure = try measured(subject, arguments)
    guard !figure.value.isNaN, !(figure.pValue?.isNaN ?? false) else {
      throw Undefined("\(id) gives no number on these rows")
    }
    // What it holds on to may be large, and is wanted here alone.
    let shuffled = figure.shuffled
    figure.shuffled = nil
    guard wantsPValue, figure.pValue == nil, pValueMethod == .permutation else { return figure }
    let permutation = Permutation(arguments)
    figure.settings += permutation.settings
    figure.leastPValue = permutation.least
    if let shuffled {
      figure.pValue = try shuffled(permutation)
      return figure
    }
    guard case .column(let column) = subject else { throw Undefined("\(id) has no p-value here") }
    figure.pValue = try permutation.pValue(of: figure.value, column) {
      (shuffled) throws(Undefined) in try measured(.column(shuffled), arguments).value
    }
    return figure
  }

  private func measured(
    _ subject: DriftSubject, _ arguments: Arguments
  ) throws(Undefined) -> DriftFigure {
    switch (measure, subject) {
    case (.column(_, let body), .column(let column)):
      try column.wantValues()
      return try body(column, arguments)
    case (.nulls(let body), .nulls(let nulls)): return try body(nulls, arguments)
    case (.nulls(let body), .column(let column)): return try body(column.nulls, arguments)
    case (.texts(let body), .texts(let texts)): return try body(texts, arguments)
    case (.vectors(let body), .vectors(let vectors)): return try body(vectors, arguments)
    case (.rows(let body), .rows(let rows)): return try body(rows, arguments)
    case (.separation(let body), .separation(let found)): return try body(found, arguments)
    default: throw Undefined("\(id) is measured on other values than these")
    }
  }
}
