extension Column {
  /// The first row whose whole number a double, which numbers are judged as, does not hold for sure: beyond 2^53 others
  /// become the same.
  package var firstInexact: Int? {
    guard case .integers(let values) = values else { return nil }
    return values.indices.first { values[$0].magnitude > 1 << 53 && !isNull($0) }
  }

  /// Refuses whole numbers that would be rounded; `what` names the column in the message.
  package func refuseInexact(_ what: String) throws(Diagnostic) {
    guard let row = firstInexact, case .integers(let values) = values else { return }
    throw Diagnostic(
      "\(what) is \(values[row]) in row \(row + 1), and numbers are judged as doubles, in which whole "
        + "numbers beyond 9007199254740992 become others; a number from -9007199254740992 to "
        + "9007199254740992 was wanted",
      hint: "write it in a larger unit, or as its difference from a fixed value")
  }

  /// Two whole numbers of this column and another that one double stands for; nil: there are none.
  package func lostDifference(to other: Column) -> (Int64, Int64)? {
    var seen: [Double: Int64] = [:]
    for column in [self, other] {
      guard case .integers(let values) = column.values else { continue }
      for (row, value) in values.enumerated() where value.magnitude > 1 << 53 {
        if column.isNull(row) { continue }
        let before = seen.updateValue(value, forKey: Double(value)) ?? value
        if before != value { return (before, value) }
      }
    }
    return nil
  }
}
