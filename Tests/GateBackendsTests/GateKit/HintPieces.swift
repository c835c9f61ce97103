/// What a hint shows to be pasted: parts of a manifest, and commands.
struct HintPieces {
  /// `key: value`, of which the key may be a path: `models.candidate.derive: {…}`.
  var yaml: [String] = []
  /// `gatewright …` and `git …`.
  var commands: [String] = []

  /// Finds them: within '…', or a key with a mapping or list in brackets. What is to be removed is not for pasting.
  init(_ hint: String) {
    let text = Array(hint.unicodeScalars)
    var place = 0
    while place < text.count {
      let isStart = place == 0 || !Self.isOfWord(text[place - 1])
      let before = String(String.UnicodeScalarView(text[..<place]))
      if isStart, text[place] == "'", let end = Self.end(ofQuote: text, from: place) {
        let piece = String(String.UnicodeScalarView(text[(place + 1)..<end]))
        if piece.hasPrefix("gatewright ") || piece.hasPrefix("git ") {
          commands.append(piece)
        } else if Self.isPair(piece), !before.hasSuffix("remove "), !before.hasSuffix("without ") {
          yaml.append(piece)
        }
        place = end + 1
      } else if isStart, let end = Self.end(ofPair: text, from: place) {
        yaml.append(String(String.UnicodeScalarView(text[place..<end])))
        place = end
      } else {
        place += 1
      }
    }
    if let run = hint.firstRange(of: "run: git ") {
      commands.append(String(hint[run.lowerBound...].dropFirst("run: ".count)))
    }
  }

  /// Letters, digits and what joins them in keys and paths.
  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || "_.0123456789".unicodeScalars.contains(scalar)
  }

  /// Whether it is a key with a value.
  private static func isPair(_ piece: String) -> Bool {
    guard let colon = piece.firstRange(of: ": ") else { return false }
    return !piece[..<colon.lowerBound].isEmpty
      && piece[..<colon.lowerBound].unicodeScalars.allSatisfy(isOfWord)
  }

  /// Where a quote that opens here closes: before a space or a mark, or at the end.
  private static func end(ofQuote text: [Unicode.Scalar], from start: Int) -> Int? {
    (start + 1..<text.count).first { place in
      text[place] == "'"
        && (place + 1 == text.count || " ,;:.)?".unicodeScalars.contains(text[place + 1]))
    }
  }

  /// Behind the bracket that closes the value of a key that begins here.
  private static func end(ofPair text: [Unicode.Scalar], from start: Int) -> Int? {
    var place = start
    while place < text.count, isOfWord(text[place]) { place += 1 }
    guard place > start, place + 2 < text.count, text[place] == ":", text[place + 1] == " ",
      "{[".unicodeScalars.contains(text[place + 2])
    else { return nil }
    var depth = 0
    var quote: Unicode.Scalar?
    for end in (place + 2)..<text.count {
      switch (text[end], quote) {
      case (let mark, let open?): if mark == open { quote = nil }
      case ("'", nil), ("\"", nil): quote = text[end]
      case ("{", nil), ("[", nil): depth += 1
      case ("}", nil), ("]", nil):
        depth -= 1
        if depth == 0 { return end + 1 }
      default: break
      }
    }
    // A bracket that nothing closes is pasted as it stands, and found not to be YAML.
    return text.count
  }
}
