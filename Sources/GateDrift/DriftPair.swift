package import GateCore

/// One column on both sides as tests read it.
package struct DriftPair: Sendable {
  /// What its tests are measured on.
  package let subject: DriftSubject
  package let nulls: DriftNulls

  /// Of counted values.
  package init(_ column: DriftColumn) { (subject, nulls) = (.column(column), column.nulls) }

  /// Of values by row; throws a `Diagnostic` where the sides are of two kinds, or vectors of two lengths.
  package init(_ reference: DriftValues, _ current: DriftValues) throws(Diagnostic) {
    nulls = DriftNulls(reference: reference.nulls, current: current.nulls)
    switch (reference, current) {
    case (.numbers(let one), .numbers(let other)):
      subject = .column(DriftColumn(numbers: one, other))
    case (.categories(let one, let names), .categories(let other, let others)):
      subject = .column(
        DriftColumn(
          counts: Self.count(one, names), nulls: nulls.reference.nulls,
          Self.count(other, others), nulls: nulls.current.nulls))
    case (.texts(let one), .texts(let other)):
      subject = .texts(
        DriftTexts(reference: one.compactMap(\.self), current: other.compactMap(\.self)))
    case (.vectors(let width, let one, _), .vectors(let otherWidth, let other, _)):
      guard width == otherWidth || one.isEmpty || other.isEmpty else {
        throw Diagnostic(
          "vectors have \(width.counted("number")) in the reference and "
            + "\(otherWidth.counted("number")) in the current rows; one length was wanted")
      }
      subject = .vectors(
        DriftVectors(width: Swift.max(width, otherWidth), reference: one, current: other))
    default: throw Diagnostic("the sides hold values of two kinds")
    }
  }

  private static func count(_ codes: [Int32], _ names: [String]) -> [ExactText: Int] {
    var counts = [Int](repeating: 0, count: names.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return Dictionary(
      zip(names.lazy.map { ExactText($0) }, counts).filter { $0.1 > 0 }, uniquingKeysWith: +)
  }

  /// Rows with a value on each side.
  package var values: (reference: Int, current: Int) {
    (
      nulls.reference.rows - nulls.reference.nulls, nulls.current.rows - nulls.current.nulls
    )
  }
}
