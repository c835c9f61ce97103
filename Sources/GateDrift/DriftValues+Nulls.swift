package import GateCore

extension DriftValues {
  /// Rows without a value, and all.
  package var nulls: DriftNulls.Side {
    let nulls =
      switch self {
      case .numbers(let values): values.count { $0.isNaN }
      case .categories(let codes, _): codes.count { $0 < 0 }
      case .texts(let texts): texts.count { $0 == nil }
      case .vectors(_, _, let isPresent): isPresent.count { !$0 }
      }
    return DriftNulls.Side(nulls, of: rows)
  }
}
