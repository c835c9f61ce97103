import GateCore

extension Command {
  /// Reads the words after the verb: `--flag value`, `--flag=value`, `-f value`, `--`, and arguments.
  func parse(_ words: [String]) throws(Usage) -> Invocation {
    var invocation = Invocation(command: self)
    var rest = words[...]
    var onlyArguments = false
    while let word = rest.popFirst() {
      if onlyArguments || word == "-" || !word.hasPrefix("-") {
        guard invocation.arguments.count < arguments.count || arguments.last?.isRepeated == true
        else {
          throw wrong("'\(word)' is one word too many")
        }
        invocation.arguments.append(word)
      } else if word == "--" {
        onlyArguments = true
      } else {
        try parse(flag: word, &rest, into: &invocation)
      }
    }
    let missing = arguments.dropFirst(invocation.arguments.count).first { !$0.isOptional }
    if let missing, !invocation.has(.help) {
      throw wrong("\(missing.name) is missing: \(missing.summary)")
    }
    return invocation
  }

  /// Reads one flag, and its value when it takes one.
  private func parse(
    flag word: String, _ rest: inout ArraySlice<String>, into invocation: inout Invocation
  ) throws(Usage) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let flag = flags.first(where: { $0.matches(name) }) else { throw unknown(name) }
    var value = parts.count > 1 ? String(parts[1]) : nil
    if let wanted = flag.value {
      value = value ?? rest.popFirst()
      guard let value, !value.isEmpty else { throw wrong("'\(name)' wants \(wanted)") }
    } else if value != nil {
      throw wrong("'\(name)' takes no value")
    }
    guard flag.isRepeated || invocation.flags[flag.name] == nil else {
      throw wrong("'\(name)' stands twice")
    }
    invocation.flags[flag.name, default: []].append(value ?? "")
  }

  /// No flag has this name: names the nearest one.
  private func unknown(_ name: String) -> Usage {
    let nearest = name.nearest(in: flags.map { "--" + $0.name })
    return Usage(
      "unknown flag '\(name)' of '\(self.name)'",
      hint: nearest.map { "did you mean '\($0)'" } ?? "'gatewright help \(self.name)' lists them")
  }

  /// Wrong usage of this command.
  func wrong(_ message: String) -> Usage {
    Usage(message, hint: "'gatewright help \(name)' shows how it is used")
  }
}

extension Flag {
  /// Whether a word of the command line means this flag.
  fileprivate func matches(_ word: String) -> Bool {
    word == "--" + name || letter.map { word == "-\($0)" } ?? false
  }
}

extension Invocation {
  /// The value of a flag that is a number of threads, as many as 'limits.threads' may say.
  func count(_ flag: Flag) throws(Usage) -> Int? {
    guard let text = value(flag) else { return nil }
    guard let count = Int(text), (1...1024).contains(count) else {
      throw command.wrong("'--\(flag.name)' is '\(text)', wanted a whole number from 1 to 1024")
    }
    return count
  }

  /// An argument that must be one of `words`.
  func word(_ index: Int, of words: [String]) throws(Usage) -> String {
    let word = arguments[index]
    if words.contains(word) { return word }
    throw Usage(
      "\(command.arguments[index].name) is '\(word)', wanted \(words.joined(separator: ", "))",
      hint: word.nearest(in: words).map { "did you mean '\($0)'" })
  }
}
