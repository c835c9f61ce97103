/// A name that may be written, and the other names by which people know the same thing.
///
/// Another name is never taken for the name: it only leads there, in a hint, in `explain` and in an editor.
package struct Naming: Sendable, Identifiable {
  /// As it is written.
  package let id: String
  /// As other tools and fields write it.
  package let aliases: [String]
  /// Further words that lead to it, which no page lists.
  package var words: [String] = []
  /// What may stand beside it.
  package var keys: [String] = []
  /// Why it may not stand here, as the end of a sentence; nil: it may.
  package var refusal: String?

  /// A name with its other names.
  package init(
    _ id: String, _ aliases: [String] = [], words: [String] = [], keys: [String] = [],
    refusal: String? = nil
  ) {
    (self.id, self.aliases, self.words) = (id, aliases, words)
    (self.keys, self.refusal) = (keys, refusal)
  }

  /// Whether a folded word is this name or one of its other names.
  fileprivate func goes(by folded: String) -> Bool {
    id.folded == folded || aliases.contains { $0.folded == folded }
  }
}

extension String {
  /// What is left of a name without what writers vary, which is case and all but letters and digits.
  package var folded: String {
    lowercased().replacing("+", with: "p").filter { $0.isLetter || $0.isNumber }
  }

  /// The names that this word is another writing or another name of; one that is spelled as it is comes alone.
  package func meant(among names: [Naming]) -> [Naming] {
    var words = [folded]
    if let (base, _) = cutOff { words += [base.folded + "atk", base.folded] }
    if hasPrefix("neg_") { words.append(String(dropFirst(4)).folded) }
    if let base = withoutKind { words.append(base.folded) }
    // What may stand here goes before what may not.
    for names in [names.filter { $0.refusal == nil }, names] {
      for word in words where !word.isEmpty {
        let same = names.filter { $0.id.folded == word }
        if !same.isEmpty { return same.once }
        let known = names.filter { $0.goes(by: word) }
        if !known.isEmpty { return known.once }
      }
    }
    return names.filter { $0.words.contains { $0.folded == folded } }.once
  }

  /// What to write instead of this unknown word, as a sentence; nil where no name is near.
  ///
  /// `explained`: whether the names have pages of their own.
  package func hint(among names: [Naming], explained: Bool = true) -> String? {
    let meant = meant(among: names)
    guard let first = meant.first else {
      return near(names.filter { $0.refusal == nil }).map { "did you mean \($0)?" }
    }
    guard meant.count == 1 else {
      let all = meant.map { "'\($0.id)'" }.joined(separator: " or ")
      return "'\(self)' is \(all) here"
        + (explained ? "; 'gatewright explain \(self)' tells them apart" : "")
    }
    var sentence = "'\(self)' is called '\(first.id)' here"
    if let (_, k) = cutOff, let k = Int(k), first.keys.contains("k") {
      sentence += ", with 'k: \(k)' beside its limits"
    }
    if first.keys.contains("weights"), folded.hasPrefix("q") {
      sentence += ", with 'weights: quadratic' beside its limits"
    }
    return sentence + (first.refusal.map { " and \($0)" } ?? "")
  }

  /// The names that are nearest in spelling, or longer or shorter by whole words.
  private func near(_ names: [Naming]) -> String? {
    let longer = names.map(\.id).filter { $0.hasPrefix(self + "_") && count > 2 }.unique
    if !longer.isEmpty {
      return longer.prefix(4).map { "'\($0)'" }.joined(separator: " or ")
    }
    var spelled: [(word: String, id: String)] = []
    for name in names {
      // Among short words every word is near another.
      let others = name.aliases.filter { $0.count > 4 }
      spelled += ([name.id] + others).map { ($0, name.id) }
    }
    if let word = nearest(in: spelled.map(\.word)) {
      return spelled.first { $0.word == word }.map { "'\($0.id)'" }
    }
    let ids = names.map(\.id)
    if let whole = ids.first(where: { hasPrefix($0 + "_") || hasSuffix("_" + $0) }) {
      return "'\(whole)'"
    }
    // A word that was cut short, or written out: 'perf' or 'minimum'.
    let cut = ids.filter { count > 3 && $0.hasPrefix(self) }.unique
    if !cut.isEmpty { return cut.prefix(4).map { "'\($0)'" }.joined(separator: " or ") }
    return ids.first { $0.count > 2 && $0.count + 4 >= count && hasPrefix($0) }.map { "'\($0)'" }
  }

  /// The name without a last word that only says what kind of thing it is; nil: it has none.
  private var withoutKind: String? {
    let kinds = [
      "score", "metric", "value", "statistic", "correlation", "coefficient", "corrcoef", "distance",
      "divergence", "index", "test",
    ]
    return kinds.first { hasSuffix("_" + $0) }.map { String(dropLast($0.count + 1)) }
  }

  /// A name that is cut off at a rank, such as `ndcg@10` or `map@k`.
  private var cutOff: (base: String, rank: String)? {
    let parts = split(separator: "@", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[1].lowercased() == "k" || Int(parts[1]) != nil else { return nil }
    return (parts[0], parts[1])
  }
}

extension [Naming] {
  /// Each name once, where several tasks have it.
  fileprivate var once: [Naming] {
    var seen: Set<String> = []
    return filter { seen.insert($0.id).inserted }
  }

  /// Every name once, in the order of the alphabet, without those that may not stand here.
  package var known: [String] { Set(filter { $0.refusal == nil }.map(\.id)).sorted() }
}

extension [String] {
  /// What else a thing is called, as the end of a sentence; empty where it has no other name.
  package var alsoCalled: String { isEmpty ? "" : " Also called: \(joined(separator: ", "))." }
}
