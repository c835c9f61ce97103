/// One column's values by row, of one side.
package enum DriftValues: Sendable {
  /// NaN for a null.
  case numbers([Double])
  /// An index into the names; -1 for a null.
  case categories([Int32], [String])
  case texts([String?])
  /// `width` numbers a row that has a vector, one after another.
  case vectors(width: Int, [Double], isPresent: [Bool])

  package var rows: Int {
    switch self {
    case .numbers(let values): values.count
    case .categories(let codes, _): codes.count
    case .texts(let texts): texts.count
    case .vectors(_, _, let isPresent): isPresent.count
    }
  }

  /// The values of the rows of each group, which `codes` says; -1: of none.
  package func split(_ codes: [Int32], into groups: Int) -> [DriftValues] {
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
}
