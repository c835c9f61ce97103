/// A column as codes into its distinct values, in their natural order.
public struct CodedColumn: Sendable {
  /// For every row the index of its value; -1 where there is none.
  public var codes: [Int32]
  /// The distinct values that occur: numbers by size, texts by code point; `1` for 1.0, `true`, `false`.
  public var texts: [String]
}

extension Column {
  /// The distinct values and where each stands; nil when there are more than `limit`.
  public func coded(atMost limit: Int) -> CodedColumn? {
    switch values {
    case .strings(let codes, let dictionary): codedTexts(codes, dictionary, limit)
    case .integers(let values), .timestamps(let values):
      coded(values, limit, areInOrder: <) { String($0) }
    case .booleans(let values):
      coded(values, limit, areInOrder: { !$0 && $1 }, text: { $0 ? "true" : "false" })
    case .doubles(let values):
      coded(values, limit, areInOrder: <) {
        $0 == $0.rounded() && $0.magnitude < 1e15 ? String(Int($0)) : $0.description
      }
    }
  }

  private func codedTexts(
    _ codes: [Int32], _ dictionary: [String], _ limit: Int
  ) -> CodedColumn? {
    var used = [Bool](repeating: false, count: dictionary.count)
    for row in codes.indices where !isNull(row) { used[Int(codes[row])] = true }
    let order = dictionary.indices.filter { used[$0] }
      .sorted { dictionary[$0].utf8.lexicographicallyPrecedes(dictionary[$1].utf8) }
    if order.count > limit { return nil }
    var rank = [Int32](repeating: -1, count: dictionary.count)
    for (index, code) in order.enumerated() { rank[code] = Int32(index) }
    return CodedColumn(
      codes: codes.indices.map { isNull($0) ? -1 : rank[Int(codes[$0])] },
      texts: order.map { dictionary[$0] })
  }

  private func coded<T: Hashable>(
    _ values: [T], _ limit: Int, areInOrder: (T, T) -> Bool, text: (T) -> String
  ) -> CodedColumn? {
    var distinct: [T] = []
    var found: [T: Int32] = [:]
    var codes = [Int32](repeating: -1, count: values.count)
    for row in values.indices where !isNull(row) {
      let value = values[row]
      // A short list is searched faster than hashed, and most columns that are coded are short.
      let known =
        distinct.count <= 8 ? distinct.firstIndex(of: value).map(Int32.init) : found[value]
      if let known {
        codes[row] = known
      } else {
        codes[row] = Int32(distinct.count)
        found[value] = codes[row]
        distinct.append(value)
        if distinct.count > limit { return nil }
      }
    }
    let order = distinct.indices.sorted { areInOrder(distinct[$0], distinct[$1]) }
    var rank = [Int32](repeating: 0, count: order.count)
    for (index, code) in order.enumerated() { rank[code] = Int32(index) }
    for row in codes.indices where codes[row] >= 0 { codes[row] = rank[Int(codes[row])] }
    return CodedColumn(codes: codes, texts: order.map { text(distinct[$0]) })
  }
}
