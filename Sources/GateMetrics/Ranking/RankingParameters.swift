package import GateCore

extension Parameter {
  /// How many rows of a query a metric looks at, where it may look at all.
  static let rankingCut = Parameter(
    "k", "Looks at the k highest scored rows of each query only.", .integer(1...1_000_000_000),
    standard: "all rows")

  /// How many rows of a query a metric looks at.
  static let listLength = Parameter(
    "k", "How many of the highest scored rows of each query the list has.",
    .integer(1...1_000_000_000), required: true)

  /// Which item a row is of.
  package static let item = Parameter(
    "item", "SQL over the row: which item it is of.", .codes, required: true)
}

extension Arguments {
  /// The number of rows a metric looks at, of `count`.
  package func cut(_ count: Int) -> Int { self["k"].map { min(count, Int($0)) } ?? count }

  /// The length of the list; throws where none is given.
  func listLength() throws(Undefined) -> Int { Int(try number("k")) }

  /// The codes of a column, one a row of the holdout; throws where it was not given.
  package func items(_ name: String, _ rows: RankedRows) throws(Undefined) -> [Int32] {
    guard let codes = codes(name) else {
      throw Undefined("'\(name)' is missing: SQL over the row that gives a text or a code")
    }
    guard rows.rows.allSatisfy({ Int($0) < codes.count && codes[Int($0)] >= 0 }) else {
      throw Undefined("'\(name)' has no value in some of these rows")
    }
    return codes
  }

  /// The numbers of a column, one a row of the holdout; throws where it was not given.
  package func figures(_ name: String, _ rows: RankedRows) throws(Undefined) -> [Double] {
    guard let values = column(name) else {
      throw Undefined("'\(name)' is missing: SQL over the row that gives a number")
    }
    guard rows.rows.allSatisfy({ Int($0) < values.count }) else {
      throw Undefined("'\(name)' has no value in some of these rows")
    }
    return values
  }

  /// What an item or a category with this code is called.
  package func called(_ name: String, _ code: Int32) -> String {
    if case .codes(_, let texts)? = columns[name], texts.indices.contains(Int(code)) {
      texts[Int(code)]
    } else {
      "\(code)"
    }
  }
}

extension Sample {
  /// Loan offers to applicants: a query an applicant, the relevance how far each offer was taken up.
  package static func ranking(
    _ relevance: [Double], scores: [Double], queries: [Int32], weights: [Double]? = nil
  ) -> Sample {
    .ranking(
      RankingSample(relevance: relevance, scores: scores, queries: queries, weights: weights))
  }

  /// Two applicants with three offers each.
  static let offers = ranking(
    [0, 2, 1, 0, 1, 0], scores: [0.9, 0.8, 0.1, 0.7, 0.6, 0.2], queries: [0, 0, 0, 1, 1, 1])

  /// The same, the second applicant's rows of three times the weight.
  static let weighedOffers = ranking(
    [0, 2, 1, 0, 1, 0], scores: [0.9, 0.8, 0.1, 0.7, 0.6, 0.2], queries: [0, 0, 0, 1, 1, 1],
    weights: [1, 1, 1, 3, 3, 3])

  /// One applicant whose three offers have one score.
  static let tiedOffers = ranking([0, 2, 1], scores: [0.5, 0.5, 0.5], queries: [0, 0, 0])

  /// Two applicants, the second of whom took nothing up.
  static let oneWithoutRelevant = ranking(
    [0, 1, 0, 0], scores: [0.9, 0.8, 0.4, 0.3], queries: [0, 0, 1, 1])

  /// One applicant who took nothing up.
  static let nothingRelevant = ranking([0, 0], scores: [0.9, 0.8], queries: [0, 0])

  /// One applicant whose two offers weigh differently.
  static let unevenlyWeighed = ranking(
    [1, 0], scores: [0.9, 0.8], queries: [0, 0], weights: [1, 2])
}
