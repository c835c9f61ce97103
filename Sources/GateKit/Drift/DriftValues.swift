/// One column's values by row, of one side.
enum DriftValues: Sendable {
  /// NaN for a null.
  case numbers([Double])
  /// An index into the names; -1 for a null.
  case categories([Int32], [String])
  case texts([String?])
  /// `width` numbers a row that has a vector, one after another.
  case vectors(width: Int, [Double], isPresent: [Bool])

  var rows: Int {
    switch self {
    case .numbers(let values): values.count
    case .categories(let codes, _): codes.count
    case .texts(let texts): texts.count
    case .vectors(_, _, let isPresent): isPresent.count
    }
  }

  /// The values of the rows of each group, which `codes` says; -1: of none.
  func split(_ codes: [Int32], into groups: Int) -> [DriftValues] {
    func places(_ group: Int) -> [Int] { codes.indices.filter { codes[$0] == Int32(group) } }
    switch self {
    case .numbers(let values):
      var parts = [[Double]](repeating: [], count: groups)
      for row in codes.indices where codes[row] >= 0 { parts[Int(codes[row])].append(values[row]) }
      return parts.map(DriftValues.numbers)
    case .categories(let values, let names):
      var parts = [[Int32]](repeating: [], count: groups)
      for row in codes.indices where codes[row] >= 0 { parts[Int(codes[row])].append(values[row]) }
      return parts.map { .categories($0, names) }
    case .texts(let texts):
      return (0..<groups).map { group in .texts(places(group).map { texts[$0] }) }
    case .vectors(let width, let values, let isPresent):
      var parts = [[Double]](repeating: [], count: groups)
      var presence = [[Bool]](repeating: [], count: groups)
      var start = 0
      for row in codes.indices {
        if codes[row] >= 0 {
          presence[Int(codes[row])].append(isPresent[row])
          if isPresent[row] {
            parts[Int(codes[row])].append(contentsOf: values[start..<(start + width)])
          }
        }
        if isPresent[row] { start += width }
      }
      return (0..<groups).map { .vectors(width: width, parts[$0], isPresent: presence[$0]) }
    }
  }

  /// Rows without a value, and all.
  var nulls: DriftNulls.Side {
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

/// One column on both sides as tests read it.
struct DriftPair: Sendable {
  /// What its tests are measured on.
  let subject: DriftSubject
  let nulls: DriftNulls

  /// Of counted values.
  init(_ column: DriftColumn) { (subject, nulls) = (.column(column), column.nulls) }

  /// Of values by row; throws a `Diagnostic` where the sides are of two kinds, or vectors of two lengths.
  init(_ reference: DriftValues, _ current: DriftValues) throws(Diagnostic) {
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
  var values: (reference: Int, current: Int) {
    (
      nulls.reference.rows - nulls.reference.nulls, nulls.current.rows - nulls.current.nulls
    )
  }
}
