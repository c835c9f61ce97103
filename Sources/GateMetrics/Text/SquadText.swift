import GateCore

extension String {
  /// The words of the text as SQuAD's scripts have them: lower case, no ASCII punctuation, no 'a', 'an' and 'the'.
  var squadWords: [String] {
    var words: [String] = []
    var word = ""
    // Runs of letters and digits within the word at hand: an article is one that stands alone.
    var run = ""
    func endRun() {
      if run == "a" || run == "an" || run == "the" {
        // An article leaves a space.
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word += run
      }
      run = ""
    }
    for scalar in lowered.unicodeScalars {
      if scalar.isASCII, UInt8(scalar.value).isPunctuation { continue }
      if scalar.isOfWord {
        run.unicodeScalars.append(scalar)
        continue
      }
      endRun()
      if !scalar.isSpace {
        word.unicodeScalars.append(scalar)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    endRun()
    if !word.isEmpty { words.append(word) }
    return words
  }
}
