import GateCore

/// Porter's stemmer as NLTK extends it, which rouge-score uses: irregular forms, and rules for -ies, -ied, -y, -alli,
/// -bli, -fulli and -logi of its own.
///
/// Porter, "An algorithm for suffix stripping" (1980); nltk.stem.PorterStemmer, mode NLTK_EXTENSIONS. A word is ASCII,
/// letters in lower case and digits; a digit is a consonant.
struct PorterStemmer {
  /// The word, shortened step by step.
  private var word: [UInt8] = []

  /// The stem of a word of more than two bytes; a shorter one is its own.
  package mutating func stem(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    word.removeAll(keepingCapacity: true)
    word.append(contentsOf: text)
    if let stem = Self.irregular(word) { return stem }
    if word.count <= 2 { return word }
    removePlural()
    removePast()
    if ends("y"), word.count > 2, isConsonant(word.count - 2) { replaceEnd(1, "i") }
    shortenDouble()
    apply(Self.third, above: 0)
    removeLast()
    removeFinalE()
    if ends("ll"), measure(word.count - 1) > 1 { word.removeLast() }
    return word
  }

  /// The stem of a form that no rule gives.
  private static func irregular(_ word: [UInt8]) -> [UInt8]? {
    guard word.count <= 8 else { return nil }
    for (form, stem) in forms where form.utf8.elementsEqual(word) { return Array(stem.utf8) }
    return nil
  }

  /// Forms and their stems.
  private static let forms = [
    ("sky", "sky"), ("skies", "sky"), ("dying", "die"), ("lying", "lie"), ("tying", "tie"),
    ("news", "news"), ("innings", "inning"), ("inning", "inning"), ("outings", "outing"),
    ("outing", "outing"), ("cannings", "canning"), ("canning", "canning"), ("howe", "howe"),
    ("proceed", "proceed"), ("exceed", "exceed"), ("succeed", "succeed"),
  ]

  /// An end and what takes its place.
  private struct Rule {
    package let end: [UInt8]
    package let other: [UInt8]

    package init(_ end: String, _ other: String) {
      self.end = Array(end.utf8)
      self.other = Array(other.utf8)
    }
  }

  /// Step 2 but for its first rule and -logi.
  private static let second = [
    Rule("ational", "ate"), Rule("tional", "tion"), Rule("enci", "ence"), Rule("anci", "ance"),
    Rule("izer", "ize"), Rule("bli", "ble"), Rule("alli", "al"), Rule("entli", "ent"),
    Rule("eli", "e"), Rule("ousli", "ous"), Rule("ization", "ize"), Rule("ation", "ate"),
    Rule("ator", "ate"), Rule("alism", "al"), Rule("iveness", "ive"), Rule("fulness", "ful"),
    Rule("ousness", "ous"), Rule("aliti", "al"), Rule("iviti", "ive"), Rule("biliti", "ble"),
    Rule("fulli", "ful"),
  ]
  /// Step 3.
  private static let third = [
    Rule("icate", "ic"), Rule("ative", ""), Rule("alize", "al"), Rule("iciti", "ic"),
    Rule("ical", "ic"), Rule("ful", ""), Rule("ness", ""),
  ]
  /// Step 4 up to -ion.
  private static let fourth = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent",
  ].map { Rule($0, "") }
  /// Step 4 after it.
  private static let fifth = ["ou", "ism", "ate", "iti", "ous", "ive", "ize"].map { Rule($0, "") }
}

extension PorterStemmer {
  /// Step 1a.
  private mutating func removePlural() {
    if ends("ies") {
      word.removeLast(word.count == 4 ? 1 : 2)
    } else if ends("sses") {
      word.removeLast(2)
    } else if ends("s"), !ends("ss") {
      word.removeLast()
    }
  }

  /// Step 1b.
  private mutating func removePast() {
    if ends("ied") {
      word.removeLast(word.count == 4 ? 1 : 2)
      return
    }
    if ends("eed") {
      if measure(word.count - 3) > 0 { word.removeLast() }
      return
    }
    if ends("ed"), hasVowel(word.count - 2) {
      word.removeLast(2)
    } else if ends("ing"), hasVowel(word.count - 3) {
      word.removeLast(3)
    } else {
      return
    }
    if ends("at") || ends("bl") || ends("iz") {
      word.append(0x65)
    } else if let last = word.last, word.count >= 2, word[word.count - 2] == last,
      isConsonant(word.count - 1)
    {
      if last != 0x6C, last != 0x73, last != 0x7A { word.removeLast() }
    } else if measure(word.count) == 1, endsShort(word.count) {
      word.append(0x65)
    }
  }

  /// Step 2: what -alli becomes takes part again.
  private mutating func shortenDouble() {
    while ends("alli"), measure(word.count - 4) > 0 { word.removeLast(2) }
    if apply(Self.second, above: 0) { return }
    if ends("logi"), measure(word.count - 3) > 0 { word.removeLast() }
  }

  /// Step 4.
  private mutating func removeLast() {
    if apply(Self.fourth, above: 1) { return }
    if ends("ion") {
      let stem = word.count - 3
      if measure(stem) > 1, word[stem - 1] == 0x73 || word[stem - 1] == 0x74 {
        word.removeLast(3)
      }
      return
    }
    apply(Self.fifth, above: 1)
  }

  /// Step 5a.
  private mutating func removeFinalE() {
    guard ends("e") else { return }
    let stem = word.count - 1
    let measure = measure(stem)
    if measure > 1 || (measure == 1 && !endsShort(stem)) { word.removeLast() }
  }

  /// Replaces the end of the first rule that has it, where the measure before it is above `least`; whether one has it.
  @discardableResult
  private mutating func apply(_ rules: [Rule], above least: Int) -> Bool {
    for rule in rules
    where word.last == rule.end.last && word.reversed().starts(with: rule.end.reversed()) {
      let stem = word.count - rule.end.count
      if measure(stem) > least {
        word.removeLast(rule.end.count)
        word.append(contentsOf: rule.other)
      }
      return true
    }
    return false
  }

  /// Replaces the last bytes.
  private mutating func replaceEnd(_ length: Int, _ other: StaticString) {
    word.removeLast(length)
    other.withUTF8Buffer { word.append(contentsOf: $0) }
  }

  /// Whether the word has that end.
  private func ends(_ end: StaticString) -> Bool {
    end.withUTF8Buffer { end in
      guard word.count >= end.count else { return false }
      let start = word.count - end.count
      for place in 0..<end.count where word[start + place] != end[place] { return false }
      return true
    }
  }

  /// Whether the byte at a place is no vowel: y is one after a consonant.
  private func isConsonant(_ place: Int) -> Bool {
    var first = place
    while first > 0, word[first] == 0x79 { first -= 1 }
    let isConsonant = !Self.isVowel(word[first])
    return (place - first) % 2 == 0 ? isConsonant : !isConsonant
  }

  /// How often a consonant follows a vowel in the first `length` bytes.
  private func measure(_ length: Int) -> Int {
    var count = 0
    var wasConsonant = true
    for place in 0..<Swift.max(0, length) {
      let isConsonant = isConsonant(place, after: wasConsonant)
      if isConsonant, !wasConsonant { count += 1 }
      wasConsonant = isConsonant
    }
    return count
  }

  /// Whether there is a vowel in the first `length` bytes.
  private func hasVowel(_ length: Int) -> Bool {
    var wasConsonant = true
    for place in 0..<Swift.max(0, length) {
      wasConsonant = isConsonant(place, after: wasConsonant)
      if !wasConsonant { return true }
    }
    return false
  }

  /// The same of a place where it is known of the one before.
  @inline(__always)
  private func isConsonant(_ place: Int, after wasConsonant: Bool) -> Bool {
    if word[place] == 0x79 { return place == 0 || !wasConsonant }
    return !Self.isVowel(word[place])
  }

  /// Whether the first `length` bytes end in consonant, vowel, consonant other than w, x and y, or are a vowel and a
  /// consonant.
  private func endsShort(_ length: Int) -> Bool {
    if length == 2 { return !isConsonant(0) && isConsonant(1) }
    guard length >= 3 else { return false }
    let last = word[length - 1]
    return isConsonant(length - 3) && !isConsonant(length - 2) && isConsonant(length - 1)
      && last != 0x77 && last != 0x78 && last != 0x79
  }

  /// a, e, i, o, u.
  @inline(__always)
  private static func isVowel(_ byte: UInt8) -> Bool {
    byte == 0x61 || byte == 0x65 || byte == 0x69 || byte == 0x6F || byte == 0x75
  }
}
