extension String {
  /// The words of a name: what stands between other characters, or begins with a capital, lower case.
  package var wordsOfName: [String] {
    var words: [String] = [""]
    var wasLower = false
    for character in self {
      let isPart = character.isLetter || character.isNumber
      if !isPart || wasLower && character.isUppercase { words.append("") }
      if isPart { words[words.count - 1] += character.lowercased() }
      wasLower = character.isLowercase
    }
    return words.filter { !$0.isEmpty }
  }
}
