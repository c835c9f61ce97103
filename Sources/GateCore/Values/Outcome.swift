/// What became of a check.
package enum Outcome: String, Sendable, CaseIterable {
  /// It was judged and holds.
  case passed
  /// It was judged and does not hold.
  case failed
  /// The rows are too few to tell at the confidence asked for.
  case inconclusive
  /// It could not be judged.
  case error
  /// It does not apply, and the manifest allows that.
  case skipped
  /// It failed, and a waiver that has not expired covers it.
  case waived
}
