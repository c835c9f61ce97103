extension String {
  /// The text with control, bidirectional and line-separating characters made visible as `\x..`,
  /// so that data cannot forge a line, a colour or a CI command.
  package var visible: String {
    if unicodeScalars.allSatisfy({ !$0.isUnsafe }) { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isUnsafe {
        text += "\\x" + String(scalar.value, radix: 16)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The same with `_` for every blank, as LightGBM writes the names of features.
  package var blanksUnderlined: String { replacing(" ", with: "_") }

  /// Columns a terminal gives this text: two for wide East Asian characters and emoji, none for marks.
  package var displayWidth: Int {
    reduce(0) { $0 + ($1.unicodeScalars.first.map(\.displayWidth) ?? 0) }
  }

  /// The nearest of `names` within a third of its length, for "did you mean".
  package func nearest(in names: some Sequence<String>) -> String? {
    var best: (name: String, distance: Int)?
    // Blanks around a name are not seen.
    if let same = names.first(where: { $0 != self && $0.trimmed == trimmed }) { return same }
    for name in names {
      let distance = editDistance(to: name)
      let longer = Swift.max(count, name.count)
      // Of one letter any other is no slip.
      if distance <= Swift.max(1, longer / 3), distance < longer, distance < best?.distance ?? .max
      {
        best = (name, distance)
      }
    }
    return best?.name
  }

  /// Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours.
  func editDistance(to other: String) -> Int {
    let a = Array(lowercased().unicodeScalars.prefix(64))
    let b = Array(other.lowercased().unicodeScalars.prefix(64))
    var older = [Int]()
    var previous = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      for j in b.indices {
        var cost = Swift.min(
          previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = Swift.min(cost, older[j - 1] + 1)
        }
        current.append(cost)
      }
      (older, previous) = (previous, current)
    }
    return previous[b.count]
  }
}

extension Unicode.Scalar {
  /// Whether printing this could move the cursor, end a line or reorder the text.
  package var isUnsafe: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      true
    default: false
    }
  }

  fileprivate var displayWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

// The standard library's own forms of these bring its regular-expression engine, 1.3 MB, into the program.
extension StringProtocol {
  /// The text with every occurrence of `part`, which is not empty, replaced, from left to right.
  package func replacing(_ part: String, with other: String) -> String {
    let text = Array(utf8)
    let part = Array(part.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < text.count {
      if text[place] == part.first, text[place...].starts(with: part) {
        result += other.utf8
        place += part.count
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether `part` stands in the text, byte for byte.
  package func contains(_ part: String) -> Bool { utf8.firstRange(of: part.utf8) != nil }
}

extension Collection where Element: Equatable {
  /// Where `part` first stands; nil when nowhere, or when it is empty.
  package func firstRange(of part: some Collection<Element>) -> Range<Index>? {
    guard let first = part.first else { return nil }
    var start = startIndex
    while let place = self[start...].firstIndex(of: first) {
      let rest = self[place...]
      if rest.starts(with: part) {
        return place..<(rest.index(place, offsetBy: part.count, limitedBy: endIndex) ?? endIndex)
      }
      start = index(after: place)
    }
    return nil
  }
}

extension Int {
  /// The number with its noun: `1 row`, `2 rows`.
  package func counted(_ noun: String) -> String { counted(noun, noun + "s") }

  /// The number with a noun whose plural is its own: `2 queries`.
  package func counted(_ noun: String, _ plural: String) -> String {
    "\(self) \(self == 1 ? noun : plural)"
  }
}

extension String {
  /// What is said of many things, said of so many: `are constant` is `is constant` of one.
  package func agreeing(with count: Int) -> String {
    guard count == 1 else { return self }
    let parts = split(separator: " ", maxSplits: 1)
    guard let verb = parts.first else { return self }
    let singular =
      switch verb {
      case "are": "is"
      case "have": "has"
      case "do": "does"
      default: "\(verb)s"
      }
    return ([singular] + parts.dropFirst().map(String.init)).joined(separator: " ")
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  package var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }

  /// What stands before the first `mark`, all of it where there is none.
  package func before(_ mark: String) -> String {
    firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? String(self)
  }
}

extension String {
  /// At most 120 characters, for a message.
  package var shortened: String { count > 120 ? prefix(120) + "…" : self }
}
