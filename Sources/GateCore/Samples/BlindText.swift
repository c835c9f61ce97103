/// Texts that a metric cannot read: what it takes for words is not there.
extension TextSample {
  /// References, of a hundred, that may be in letters a metric does not read.
  private static let mostUnread = 0.05

  /// Throws where no reference has anything but spaces.
  func refuseBlank() throws(Undefined) {
    if references.allSatisfy({ $0.unicodeScalars.allSatisfy(\.isSpace) }) {
      throw Undefined("no reference has words")
    }
  }

  /// Throws where more than a few references are written in letters other than a to z, which is all that ROUGE reads.
  func refuseLettersUnread(by metric: String) throws(Undefined) {
    let letters = references.map(Letters.init)
    let unread = letters.count { 2 * $0.latin < $0.all || $0.isOfSigns }
    guard Double(unread) > Self.mostUnread * Double(references.count) else { return }
    throw Undefined(
      "\(metric) reads the letters a to z and digits only, and \(unread) of "
        + "\(references.count.counted("reference")) are written in others or in signs; take 'chrf', or 'bleu' "
        + "with 'tokenize: char'")
  }

  /// Throws where more than a few references are written without spaces between words, so that a sentence is one word to a
  /// metric of words; `instead`: what to take.
  func refuseUnspaced(_ instead: String) throws(Undefined) {
    let letters = references.map(Letters.init)
    let unspaced = letters.count { 2 * $0.unspaced > $0.all }
    guard Double(unspaced) > Self.mostUnread * Double(references.count) else { return }
    let runs = letters.reduce(0) { $0 + $1.runs }
    let length = letters.reduce(0.0) { $0 + $1.lengths }
    guard length > Double(runs) else { return }
    throw Undefined(
      "it compares words, and \(unspaced) of \(references.count.counted("reference")) are written "
        + "without spaces between them; \(instead)")
  }
}

/// What a text is written in.
private struct Letters {
  /// Letters of any script.
  package var all = 0
  /// Letters from a to z, in either case.
  var latin = 0
  /// Letters of scripts that put no spaces between words.
  var unspaced = 0
  /// Runs of such letters.
  package var runs = 0
  /// The letters of those runs, each as a share of what a long word has.
  package var lengths = 0.0
  /// Whether something is written, and no letter and no digit: an emoji, a row of dots.
  var isOfSigns = false

  /// Counts.
  package init(_ text: String) {
    var isWithin = false
    defer {
      let scalars = text.unicodeScalars
      isOfSigns =
        all == 0 && !scalars.allSatisfy(\.isSpace)
        && !scalars.contains { (0x30...0x39).contains($0.value) }
    }
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        isWithin = false
        guard scalar.properties.isAlphabetic else { continue }
        all += 1
        latin += 1
        continue
      }
      guard scalar.properties.isAlphabetic || scalar.longestWord != nil else {
        isWithin = false
        continue
      }
      all += 1
      guard let longest = scalar.longestWord else {
        isWithin = false
        continue
      }
      unspaced += 1
      lengths += 1 / longest
      if !isWithin { runs += 1 }
      isWithin = true
    }
  }
}

extension Unicode.Scalar {
  /// Of a letter of a script that puts no spaces between words: more letters than words have on average where somebody put
  /// spaces between them; nil: it is of another script.
  fileprivate var longestWord: Double? {
    switch value {
    // Han, kana and their extensions.
    case 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0xFF66...0xFF9F, 0x20000...0x3FFFF:
      3
    // Thai, Lao, Tibetan, Burmese, Khmer, with their vowel signs.
    case 0x0E00...0x0EFF, 0x0F00...0x109F, 0x1780...0x17FF: 9
    default: nil
    }
  }
}
