package import GateCore

/// One check to be: a test that a rule asks of a target, on all current rows or in each of their periods.
package struct DriftTrial: Sendable {
  package let rule: DriftRule
  package let request: DriftRequest
  package let target: DriftTarget
  /// One a period, or one.
  package var cases: [Case]

  /// What was measured on some rows.
  package struct Case: Sendable {
    /// Nil: on all rows.
    var period: String?
    /// Rows with a value.
    package var values: (reference: Int, current: Int)
    /// The current rows that are judged: of nulls all, of values those that have one.
    package var judged: Int
    /// The test itself.
    package var reading: Reading
    /// Those that must be broken as well.
    package var conditions: [Reading]
    /// What both sides look like, for people.
    package var summary: ColumnSummary?
    /// Why it is not judged though the manifest allows that.
    package var leftOut: String?
  }

  /// One test's figure, or why there is none.
  package struct Reading: Sendable {
    package let request: DriftRequest
    package var result: Result<DriftFigure, DriftFailure>
    /// The bound learned from the reference's own periods.
    package var learned: DriftLearned?
    /// The p-value after the correction for the number of tests; nil: none is asked for.
    package var adjusted: Double?

    /// The p-value that takes part in the correction.
    package var pValue: Double? {
      guard request.minPValue != nil, case .success(let figure) = result else { return nil }
      return figure.pValue
    }
  }
}

/// Why a test has no figure.
package enum DriftFailure: Error, Sendable {
  /// There is none on these rows.
  case undefined(String)
  /// There are too few rows to tell.
  case tooFew(String)
  /// The rows could not be read.
  case unread(Diagnostic)
}

/// A bound from the reference's own periods: their mean, and so many standard deviations more.
package struct DriftLearned: Sendable {
  package let mean: Double
  /// Of all periods, divided by their number, as NannyML does.
  let deviation: Double
  package let deviations: Double
  let periods: Int

  package var bound: Double { mean + deviations * deviation }
}

extension DriftRule {
  /// Whether it is asked of a target: of the columns it names, or of all features.
  package func wants(_ target: DriftTarget) -> Bool {
    guard let columns else { return true }
    return target.name.map { name in columns.contains { $0.name.isSame(as: name) } } ?? false
  }

  /// Whether it takes any columns of a kind.
  func mayTake(_ kind: DriftKind) -> Bool {
    (kind == .number && numbers != nil) || kinds?.contains(kind) ?? true
  }
}

extension DriftRequest {
  /// Whether it is of the rows without a value.
  var isOfNulls: Bool { if case .nulls = test.measure { true } else { false } }

  /// Whether the test is for columns of a kind.
  package func fits(_ kind: DriftKind) -> Bool { test.measure.kinds.contains(kind) }

  /// What tells it from others.
  package struct Key: Hashable, Sendable {
    package let test: String
    package let arguments: Arguments
    package let deviations: Double?
  }

  package var key: Key { Key(test: test.id, arguments: arguments, deviations: maxDeviations) }

  /// The figure, with a p-value where a limit is on it.
  package func figure(on pair: DriftPair) throws(Undefined) -> DriftFigure {
    if case .nulls = test.measure {
      return try test.figure(on: .nulls(pair.nulls), arguments, wantsPValue: minPValue != nil)
    }
    return try test.figure(on: pair.subject, arguments, wantsPValue: minPValue != nil)
  }
}

/// The periods of both sides.
struct DriftWindows: Sendable {
  let window: DriftPeriods.Window
  package let current: DriftPeriods
  /// Nil: no limit is learned.
  package let reference: DriftPeriods?
}
