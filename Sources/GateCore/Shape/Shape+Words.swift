extension Shape {
  /// What may stand here, as messages and the reference say it.
  package var words: String {
    switch self {
    case .text, .sql, .codes: "a text"
    case .value: "a value"
    case .boolean: "true or false"
    case .integer(let range): "a whole number\(range.words)"
    case .number(let range): "a number\(range.words)"
    case .size: "a size such as '512MB' or '4GB'"
    case .duration: "a time such as '30s', '10min' or '2h'"
    case .date: "a date such as '2027-01-31'"
    case .choice(let names): "one of: \(names.joined(separator: ", "))"
    case .list: "a list"
    case .map(let keys, _): "a mapping by \(keys)"
    case .record: "a mapping"
    case .entries(let kind, _, _): "a mapping by \(kind)"
    case .tagged(let key, _, _, _): "a mapping with '\(key)'"
    case .either(let shapes): shapes.map(\.words).joined(separator: ", or ")
    }
  }
}

extension ClosedRange where Bound: Comparable & CustomStringConvertible {
  /// The bounds in words, where there are any worth saying.
  fileprivate var words: String {
    let (low, high) = (lowerBound.words, upperBound.words)
    let noLow = ["-inf", Int.min.description, (-Double.greatestFiniteMagnitude).brief]
    let noHigh = ["inf", Int.max.description, Double.greatestFiniteMagnitude.brief]
    return switch (noLow.contains(low), noHigh.contains(high)) {
    case (true, true): ""
    case (false, true): " of at least \(low)"
    case (true, false): " of at most \(high)"
    case (false, false): " from \(low) to \(high)"
    }
  }
}

extension CustomStringConvertible {
  /// A bound as people read it.
  fileprivate var words: String { (self as? Double)?.brief ?? description }
}
