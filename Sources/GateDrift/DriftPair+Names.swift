import GateCore

extension DriftPair {
  /// Distinct values of the reference, as far as they are counted: at most one more than `mostFew`; of none, or of what is
  /// not counted by value, the largest number.
  var referenceDistinct: Int {
    guard case .column(let column) = subject else { return .max }
    var distinct = 0
    for count in column.reference.counts where count > 0 {
      distinct += 1
      if distinct > DriftRule.mostFew { break }
    }
    return distinct == 0 ? .max : distinct
  }

  /// Whether it is of numbers of which the reference has but a few.
  var isOfFewNumbers: Bool {
    guard case .column(let column) = subject, column.kind == .number else { return false }
    return referenceDistinct <= DriftRule.mostFew
  }

  /// The same values without their order, as texts.
  package var named: DriftPair {
    guard case .column(let column) = subject, case .numbers(let numbers) = column.values else {
      return self
    }
    return DriftPair(
      DriftColumn(
        .categories(numbers.map(\.brief)), reference: column.reference, current: column.current))
  }
}
