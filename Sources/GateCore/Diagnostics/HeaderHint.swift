extension [String] {
  /// What is said where columns are called by numbers: that the header may be missing; nil where they have names.
  ///
  /// Numbers from 0 on are no values: so are columns called that nobody has named.
  package var headerHint: String? {
    let names = filter { !$0.allSatisfy(\.isWhitespace) }
    let numbers = names.filter { Double($0) != nil }
    guard !names.isEmpty, numbers.count * 2 >= names.count,
      numbers != numbers.indices.map({ "\($0)" })
    else { return nil }
    let shown = prefix(6).joined(separator: ", ") + (count > 6 ? ", …" : "")
    return
      "the first line looks like data and no header: \(shown.shortenedLine); add a line with the columns' names"
  }
}

extension String {
  /// At most 60 characters of a line.
  fileprivate var shortenedLine: String { count > 60 ? prefix(60) + "…" : self }

  /// What is said where this is no column of some: that they look like data, or the nearest.
  package func meantColumn(among names: [String]) -> String? {
    if let padded = names.first(where: {
      !$0.trimmed.isSame(as: $0) && $0.trimmed.isSame(as: trimmed)
    }) {
      return
        "the header has blanks around '\(padded)'; in a CSV 'csv: {trim: true}' takes them away"
    }
    return names.headerHint ?? meant(among: names)
  }
}
