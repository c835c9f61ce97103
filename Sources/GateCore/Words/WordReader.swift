/// Numbers for the words of texts: lower-cased runs of letters, numbers and the underscore, as Python's `\w+` finds them.
package struct WordReader {
  /// The number of every word met so far.
  package private(set) var numbers = WordNumbers()
  /// The bytes of the word at hand.
  private var word: [UInt8] = []

  /// Takes what it holds.
  package init(numbers: WordNumbers = WordNumbers()) {
    self.numbers = numbers
  }

  /// Adds the numbers of the words of a text, in their order.
  package mutating func append(_ text: String, to words: inout [UInt32]) {
    let isPlain = text.withBytes { $0.allSatisfy { $0 < 0x80 } }
    if isPlain {
      text.withBytes { appendPlain($0, to: &words) }
    } else {
      appendWide(text.lowered, to: &words)
    }
  }

  /// Of a text that is ASCII.
  private mutating func appendPlain(_ text: UnsafeBufferPointer<UInt8>, to words: inout [UInt32]) {
    for byte in text {
      switch byte {
      case 0x30...0x39, 0x5F, 0x61...0x7A: word.append(byte)
      case 0x41...0x5A: word.append(byte | 0x20)
      default: end(&words)
      }
    }
    end(&words)
  }

  /// Of any text, in lower case.
  private mutating func appendWide(_ text: String, to words: inout [UInt32]) {
    for scalar in text.unicodeScalars {
      if scalar.isOfWord {
        word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      } else {
        end(&words)
      }
    }
    end(&words)
  }

  /// The word at hand, where there is one, is whole.
  private mutating func end(_ words: inout [UInt32]) {
    if word.isEmpty { return }
    let number = word.withUnsafeBufferPointer { numbers.number(of: $0) }
    words.append(number)
    word.removeAll(keepingCapacity: true)
  }
}
