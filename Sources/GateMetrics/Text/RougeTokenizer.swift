import GateCore

/// rouge-score's words, as numbers: runs of a to z and 0 to 9 after folding case, stemmed if wanted.
struct RougeTokenizer {
  /// Nil: words are taken as they are.
  private var stemmer: PorterStemmer?
  /// The words of the row at hand.
  private var numbers = WordNumbers()
  /// The text folded.
  private var bytes: [UInt8] = []

  /// As a manifest wants it.
  package init(_ arguments: Arguments) {
    stemmer = arguments.isTrue("use_stemmer") ? PorterStemmer() : nil
  }

  /// Forgets the words of the last row.
  mutating func startRow() { numbers.removeAll() }

  /// Words of the row that differ.
  package var distinct: Int { numbers.count }

  /// The words of a text of the row as numbers.
  package mutating func words(_ text: String, into words: inout [UInt32]) {
    words.removeAll(keepingCapacity: true)
    fold(text)
    let lent = bytes
    lent.withUnsafeBufferPointer { bytes in
      bytes.eachWord { word in
        guard word.count > 3, let stem = stemmer?.stem(UnsafeBufferPointer(rebasing: bytes[word]))
        else {
          words.append(numbers.number(of: word, in: bytes))
          return
        }
        words.append(stem.withUnsafeBufferPointer { numbers.number(of: $0) })
      }
    }
  }

  /// Writes the text to `bytes` in lower case, a space for all but letters and digits of ASCII.
  ///
  /// Of all other scalars two have such a letter in their lower case: 'K', the sign of Kelvin, and 'İ'.
  private mutating func fold(_ text: String) {
    bytes.removeAll(keepingCapacity: true)
    text.withBytes { text in
      for place in text.indices {
        let byte = text[place]
        if (byte | 0x20) &- 0x61 < 26 {
          bytes.append(byte | 0x20)
        } else if byte &- 0x30 < 10 {
          bytes.append(byte)
        } else if byte == 0xAA, place > 1, text[place - 1] == 0x84, text[place - 2] == 0xE2 {
          // Its first two bytes have left two spaces, which would part the word.
          bytes.removeLast(2)
          bytes.append(0x6B)
        } else if byte == 0xB0, place > 0, text[place - 1] == 0xC4 {
          bytes.removeLast()
          bytes.append(0x69)
          bytes.append(0x20)
        } else {
          bytes.append(0x20)
        }
      }
    }
  }
}
