/// A column as codes into its distinct values, in their natural order.
package struct CodedColumn: Sendable {
  /// For every row the index of its value; -1 where there is none.
  package var codes: [Int32]
  /// The distinct values that occur: numbers by size, texts by code point; `1` for 1.0, `true`, `false`.
  package var texts: [String]
}

extension Column {
  /// The distinct values and where each stands; nil when there are more than `limit`.
  ///
  /// Throws a `Diagnostic` when values that differ may have become one.
  package func coded(atMost limit: Int) throws(Diagnostic) -> CodedColumn? {
    guard !isRounded else { throw manyDigits }
    return switch values {
    case .strings(let codes, let dictionary): codedTexts(codes, dictionary, limit)
    case .integers(let values): coded(values, limit, areInOrder: <) { String($0) }
    case .timestamps(let values): coded(values, limit, areInOrder: <) { $0.moment }
    case .booleans(let values):
      coded(values, limit, areInOrder: { !$0 && $1 }, text: { $0 ? "true" : "false" })
    case .doubles(let values):
      coded(values, limit, areInOrder: <) {
        $0 == $0.rounded() && $0.magnitude < 1e15
          ? String(Int($0)) : isSingle ? Float($0).description : $0.description
      }
    }
  }

  /// That its values may have become others; its name is the SQL that gave them.
  private var manyDigits: Diagnostic {
    let isColumn = name.hasPrefix("\"") && name.hasSuffix("\"") && name.count > 2
    let text =
      (isColumn ? String(name.dropFirst().dropLast()).replacing("\"\"", with: "\"") + "_" : "")
      + "text"
    return Diagnostic(
      "the values of \(name) have more digits than are read of them (nanoseconds, or numbers beyond 2^53), so that two of "
        + "them could be taken for one",
      hint: "tell them apart by their texts: add to data: "
        + "\(Pasteable.derive(text, "CAST(\(name) AS VARCHAR)")), and name '\(text)' in its place")
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

extension Int64 {
  /// Microseconds since 1970 as ISO 8601 in UTC, as short as they are exact: `2020-01-02`, `2020-01-02T03:04:05`.
  package var moment: String {
    let day = Int64(86_400_000_000)
    let days = self >= 0 ? self / day : -((-self + day - 1) / day)
    let rest = self - days * day
    // Days to a date of the proleptic Gregorian calendar, after Hinnant, "chrono-compatible low-level date algorithms".
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let date = dayOfYear - (153 * month + 2) / 5 + 1
    let civil = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (civil <= 2 ? 1 : 0)
    var text = "\(year.padded(4))-\(civil.padded(2))-\(date.padded(2))"
    if rest == 0 { return text }
    let seconds = rest / 1_000_000
    text +=
      "T\((seconds / 3600).padded(2)):\((seconds / 60 % 60).padded(2)):\((seconds % 60).padded(2))"
    return rest % 1_000_000 == 0 ? text : text + ".\((rest % 1_000_000).padded(6))"
  }

  private func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
