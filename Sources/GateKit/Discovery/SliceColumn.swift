package import GateCore

/// A column of the holdout as a few codes, from whose ranges slices are cut.
package struct SliceColumn: Sendable {
  /// SQL over the row.
  package let sql: String
  /// For every row which code it has, below `width` and 128.
  package var codes: [UInt8]
  /// For each code that holds values the group that is searched by, rising from 0; nil: each is one.
  package let groups: [UInt8]?
  /// What the codes hold, in their order: the intervals or values, then nulls where there are any.
  package let content: Content
  /// Whether the last code holds the rows without a value.
  package let hasNulls: Bool

  /// What the codes that hold values are.
  package enum Content: Sendable {
    /// Intervals between edges, each a SQL literal: below the first, then closed below and open above.
    case bins(edges: [String])
    /// Values, each a SQL literal; with `hasRest` one code more for all values that are not among them.
    case values([String], hasRest: Bool)
  }

  /// The most values that stand for themselves; rarer ones are one together.
  static let mostValues = 100

  /// The number of codes, those of values and of nulls.
  package var width: Int { valueCodes + (hasNulls ? 1 : 0) }

  /// The number of codes that hold values.
  private var valueCodes: Int {
    switch content {
    case .bins(let edges): edges.count + 1
    case .values(let literals, let hasRest): literals.count + (hasRest ? 1 : 0)
    }
  }

  /// The number of groups, those of values and of nulls.
  var groupWidth: Int {
    guard let last = groups?.last else { return width }
    return Int(last) + 1 + (hasNulls ? 1 : 0)
  }

  /// Every range of groups that is a condition: intervals of neighbouring bins, single values, nulls; none holds all.
  var groupRanges: [ClosedRange<Int>] {
    let (all, values) = (groupWidth, groupWidth - (hasNulls ? 1 : 0))
    var ranges: [ClosedRange<Int>] = []
    switch content {
    case .bins:
      for low in 0..<values {
        for high in low..<values where high - low + 1 < all { ranges.append(low...high) }
      }
    case .values:
      ranges = all > 1 ? (0..<values).map { $0...$0 } : []
    }
    return hasNulls && all > 1 ? ranges + [values...values] : ranges
  }

  /// The codes of a range of groups.
  package func codes(of range: ClosedRange<Int>) -> ClosedRange<Int> {
    guard let groups else { return range }
    let first = groups.partitioningIndex { Int($0) >= range.lowerBound }
    let end = groups.partitioningIndex { Int($0) > range.upperBound }
    // Nulls have a group of their own after all others.
    return first...max(first, end - 1)
  }

  /// The codes of each of `groupRanges`.
  var ranges: [ClosedRange<Int>] { groupRanges.map(codes) }

  /// The narrowest intervals that a condition's could be moved to; none where it is of no interval.
  package func intervals(beside range: ClosedRange<Int>) -> [ClosedRange<Int>] {
    guard case .bins = content, groups != nil, range.upperBound < valueCodes else { return [] }
    return (0..<valueCodes).flatMap { low in
      (low..<valueCodes).map { low...$0 }.filter { $0.count < width }
    }
  }

  /// The first rows' codes.
  func narrow(_ count: Int) -> SliceCodes {
    SliceCodes(codes: Array(codes[..<count]), width: width)
  }

  /// The first rows' groups.
  func grouped(_ count: Int) -> SliceCodes {
    guard let groups else { return narrow(count) }
    let table = groups + (hasNulls ? [UInt8(groupWidth - 1)] : [])
    let coded = table.withUnsafeBufferPointer { table in codes[..<count].map { table[Int($0)] } }
    return SliceCodes(codes: coded, width: groupWidth)
  }

  /// The condition of a range as SQL, true for just the rows whose codes are in it.
  func predicate(_ range: ClosedRange<Int>) -> String {
    if hasNulls, range.lowerBound == valueCodes { return "\(sql) IS NULL" }
    switch content {
    case .bins(let edges):
      var parts: [String] = []
      if range.lowerBound > 0 { parts.append("\(sql) >= \(edges[range.lowerBound - 1])") }
      if range.upperBound < edges.count { parts.append("\(sql) < \(edges[range.upperBound])") }
      return parts.isEmpty ? "\(sql) IS NOT NULL" : parts.joined(separator: " AND ")
    case .values(let literals, _):
      guard range.lowerBound < literals.count else {
        return "\(sql) NOT IN (\(literals.joined(separator: ", ")))"
      }
      return "\(sql) = \(literals[range.lowerBound])"
    }
  }

  /// The same column with the codes of other rows: those at `places`, in their order.
  package func at(_ places: [Int32]) -> SliceColumn {
    var column = self
    column.codes = codes.at(places)
    return column
  }
}

extension SliceColumn {
  /// A column cut into codes.
  ///
  /// `declared` is the engine's word for its type, where the expression is a column: a literal is written so that the
  /// engine compares as is done here.
  package init(_ column: Column, sql: String, declared: String?) {
    self.sql = sql
    hasNulls = column.firstNull != nil
    switch column.values {
    case .strings(let codes, let dictionary):
      groups = nil
      (self.codes, content) = Self.texts(codes, dictionary, column)
    case .booleans(let values):
      groups = nil
      codes = values.indices.map { column.isNull($0) ? 2 : values[$0] ? 1 : 0 }
      content = .values(["false", "true"], hasRest: false)
    case .timestamps:
      let cut = SliceEdges(column, roundsTo: .days)
      (codes, groups) = (cut.codes, cut.wide)
      content = .bins(edges: cut.edges.map { $0.momentLiteral(declared) })
    case .integers, .doubles:
      let cut = SliceEdges(column, roundsTo: .digits)
      (codes, groups) = (cut.codes, cut.wide)
      let isExact = declared.map { $0 != "FLOAT" } ?? false
      content = .bins(edges: cut.edges.map { $0.literal(isDecimal: isExact) })
    }
  }

  /// The most common values as codes of their own, those of one count by code point, and one code for all others.
  private static func texts(
    _ codes: [Int32], _ dictionary: [String], _ column: Column
  ) -> ([UInt8], Content) {
    var counts = [Int](repeating: 0, count: dictionary.count)
    for row in codes.indices where !column.isNull(row) { counts[Int(codes[row])] += 1 }
    let used = dictionary.indices.filter { counts[$0] > 0 }
    let order = used.sorted {
      counts[$0] == counts[$1]
        ? dictionary[$0].utf8.lexicographicallyPrecedes(dictionary[$1].utf8)
        : counts[$0] > counts[$1]
    }
    let kept = Array(order.prefix(mostValues))
    let hasRest = order.count > kept.count
    var code = [UInt8](repeating: UInt8(kept.count), count: dictionary.count)
    for (place, word) in kept.enumerated() { code[word] = UInt8(place) }
    let null = UInt8(kept.count + (hasRest ? 1 : 0))
    let coded = codes.indices.map { column.isNull($0) ? null : code[Int(codes[$0])] }
    return (coded, .values(kept.map { dictionary[$0].sqlText }, hasRest: hasRest))
  }
}

/// What rows are counted by: a code each.
struct SliceCodes: Sendable {
  /// Below `width`.
  package let codes: [UInt8]
  /// How many codes there are.
  package let width: Int
}
