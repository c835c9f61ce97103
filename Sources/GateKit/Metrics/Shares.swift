/// What the positive outcome is called where a metric has no value.
enum Outcome {
  /// The positive class of a binary task.
  case positive
  /// One class of several against the others.
  case named(String)
  /// All classes of several at once, each against the others.
  case pooled
  /// One label of several that a row may have.
  case label(String)
  /// All labels that a row may have at once.
  case labels
  /// The labels of one row, by the number of the row.
  case row(Int)

  /// There is no row of it.
  var hasNoRows: String {
    switch self {
    case .positive: "no row is positive"
    case .named(let name): "class '\(name)' has no rows"
    case .pooled: "no class has rows"
    case .label(let name): "no row has the label '\(name)'"
    case .labels: "no row has any label"
    case .row(let number): "row \(number) has no label"
    }
  }

  /// There is no row of any other.
  var hasAllRows: String {
    switch self {
    case .positive: "no row is negative"
    case .named(let name): "every row is of class '\(name)'"
    case .pooled: "there is one class only"
    case .label(let name): "every row has the label '\(name)'"
    case .labels: "every row has every label"
    case .row(let number): "row \(number) has every label"
    }
  }

  /// It was never decided.
  var isNeverPredicted: String {
    switch self {
    case .positive: "no row was predicted positive"
    case .named(let name): "no row was predicted '\(name)'"
    case .pooled: "no row was predicted"
    case .label(let name): "no row was predicted to have the label '\(name)'"
    case .labels: "no row was predicted to have any label"
    case .row(let number): "row \(number) was predicted to have no label"
    }
  }

  /// No other was ever decided.
  var isAlwaysPredicted: String {
    switch self {
    case .positive: "no row was predicted negative"
    case .named(let name): "every row was predicted '\(name)'"
    case .pooled: "there is one class only"
    case .label(let name): "every row was predicted to have the label '\(name)'"
    case .labels: "every label was predicted of every row"
    case .row(let number): "row \(number) was predicted to have every label"
    }
  }
}

/// Part over whole; throws `reason` where the whole is 0.
@inline(__always)
func share(
  _ part: Double, of whole: Double, orElse reason: @autoclosure () -> String
) throws(Undefined) -> Double {
  guard whole > 0 else { throw Undefined(reason()) }
  return part / whole
}

/// The shares a confusion matrix gives; `outcome` names its positive side in a reason.
extension Confusion {
  /// Of the rows decided positive, the share that is.
  func precision(_ outcome: Outcome) throws(Undefined) -> Double {
    try share(truePositives, of: predictedPositives, orElse: outcome.isNeverPredicted)
  }

  /// Of the positive rows, the share decided so.
  func recall(_ outcome: Outcome) throws(Undefined) -> Double {
    try share(truePositives, of: positives, orElse: outcome.hasNoRows)
  }

  /// Of the negative rows, the share decided so.
  func specificity(_ outcome: Outcome) throws(Undefined) -> Double {
    try share(trueNegatives, of: negatives, orElse: outcome.hasAllRows)
  }

  /// Of the rows decided negative, the share that is.
  func negativePredictiveValue(_ outcome: Outcome) throws(Undefined) -> Double {
    try share(trueNegatives, of: predictedNegatives, orElse: outcome.isAlwaysPredicted)
  }

  /// Of the negative rows, the share decided positive.
  func falsePositiveRate(_ outcome: Outcome) throws(Undefined) -> Double {
    try share(falsePositives, of: negatives, orElse: outcome.hasAllRows)
  }

  /// Of the positive rows, the share decided negative.
  func falseNegativeRate(_ outcome: Outcome) throws(Undefined) -> Double {
    try share(falseNegatives, of: positives, orElse: outcome.hasNoRows)
  }

  /// Of the rows that are or were decided positive, the share that is both.
  func jaccard(_ outcome: Outcome) throws(Undefined) -> Double {
    let union = truePositives + falseNegatives + falsePositives
    return try share(
      truePositives, of: union, orElse: "\(outcome.hasNoRows) and \(outcome.isNeverPredicted)")
  }

  /// Of all rows, the share decided wrong.
  var lossShare: Double { (falsePositives + falseNegatives) / total }

  /// The harmonic mean of precision and recall, recall weighing `beta` times as much.
  func fScore(beta: Double, _ outcome: Outcome) throws(Undefined) -> Double {
    let hits = (1 + beta * beta) * truePositives
    let misses = beta * beta * falseNegatives + falsePositives
    return try share(
      hits, of: hits + misses, orElse: "\(outcome.hasNoRows) and \(outcome.isNeverPredicted)")
  }
}
