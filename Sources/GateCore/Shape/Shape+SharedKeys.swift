extension Shape {
  /// Keys that most of a list of options have beside their own, which a schema says once.
  struct CommonKeys {
    /// What they are; nil: the options have too little in common.
    private let beside: Beside?
    private let options: [Option]
    private let others: [Parameter]

    /// Those that the most options have; `others`: the keys of what the manifest defines itself.
    init(_ options: [Option], _ others: [Parameter]?) {
      var counts: [[String]: Int] = [:]
      for option in options where option.refusal == nil {
        if let beside = option.beside { counts[beside.parameters.map(\.id), default: 0] += 1 }
      }
      let most = counts.max { ($0.value, $1.key.count) < ($1.value, $0.key.count) }
      let ids = most.flatMap { $0.value > 1 ? $0.key : nil }
      beside = ids.flatMap { ids in
        options.lazy.compactMap(\.beside).first { $0.parameters.map(\.id) == ids }
      }
      self.options = options
      self.others = others ?? []
    }

    /// Whether an option has just these beside its own.
    func isBound(_ option: Option) -> Bool {
      guard let beside, option.refusal == nil else { return false }
      return option.beside?.parameters.map(\.id) == beside.parameters.map(\.id)
    }

    /// The bound options, those with the same keys of their own together.
    var groups: [[Option]] {
      var places: [JSON: Int] = [:]
      var groups: [[Option]] = []
      for option in options where isBound(option) {
        let key = JSON.object(option.own.map { JSON.Member($0.id, $0.schema) })
        if let place = places[key] {
          groups[place].append(option)
        } else {
          places[key] = groups.count
          groups.append([option])
        }
      }
      return groups
    }

    /// Every key that a bound option or one of the manifest's own may have, and `more`.
    private func names(and more: [String] = []) -> JSON.Member {
      func anyOf(_ names: [String]) -> JSON {
        .object([JSON.Member("enum", .array(names.unique.map(JSON.string)))])
      }
      let own = options.filter(isBound).flatMap(\.own) + others
      // A list has some names more, behind those that it has in common with a mapping.
      let common = ((beside?.parameters ?? []) + own).map(\.id).filter { !more.contains($0) }
      return JSON.Member(
        "propertyNames",
        more.isEmpty
          ? anyOf(common) : .object([JSON.Member("anyOf", [anyOf(common), anyOf(more)])]))
    }

    /// The keys with their schemas.
    private var keys: [JSON.Member] {
      (beside?.parameters ?? []).map { JSON.Member($0.id, $0.schema) }
    }

    /// What holds of every value of a mapping by id, but of the options that are not bound.
    var ofEntries: [JSON] {
      guard beside != nil else { return [] }
      let apart = options.filter { !isBound($0) }.map { JSON.Member($0.id, true) }
      return [
        .object(
          (apart.isEmpty ? [] : [JSON.Member("properties", .object(apart))]) + [
            JSON.Member(
              "additionalProperties",
              .object([
                JSON.Member("type", ["object", "null"]), JSON.Member("properties", .object(keys)),
                names(),
              ]))
          ])
      ]
    }

    /// What holds of every record that says by `key` which it is.
    func ofTagged(_ key: String) -> [JSON.Member] {
      guard beside != nil else { return [] }
      let apart = options.filter { !isBound($0) }.flatMap(\.parameters).map(\.id)
      return [
        JSON.Member("type", "object"),
        JSON.Member("properties", .object([JSON.Member(key, ["type": "string"])] + keys)),
        JSON.Member("required", [.string(key)]), names(and: [key, "id"] + apart),
      ]
    }
  }

  /// Beginnings of sentences that many options of one ending have in common, which a schema says once by a pattern.
  struct SharedPhrases {
    /// The ending of the names by the phrase.
    let endings: [(phrase: String, ending: String)]

    /// Phrases that so many have are said once.
    private static let many = 100

    init(_ options: [Option]) {
      var names: [String: [String]] = [:]
      for option in options {
        if let phrase = Self.phrase(of: option) {
          names[phrase, default: []].append(option.id)
        }
      }
      endings = names.filter { $0.value.count >= Self.many }.sorted { $0.key < $1.key }.compactMap {
        phrase, ids in Self.ending(of: ids).map { (phrase, $0) }
      }
    }

    /// The longest ending, from an underscore on, of those that the most names have.
    private static func ending(of ids: [String]) -> String? {
      var counts: [String: Int] = [:]
      for id in ids {
        for start in id.indices where id[start] == "_" {
          counts[String(id[start...]), default: 0] += 1
        }
      }
      return counts.max { ($0.value, $0.key.count) < ($1.value, $1.key.count) }?.key
    }

    /// What stands before the colon.
    private static func phrase(of option: Option) -> String? {
      option.summary.firstIndex(of: ":").map { String(option.summary[..<$0]) }
    }

    /// What an option's sentence says beyond the phrase: its other names, or all of it where it has no such phrase; nil:
    /// nothing.
    func rest(of option: Option) -> String? {
      let names = option.aliases.alsoCalled
      guard let phrase = Self.phrase(of: option),
        endings.contains(where: { $0.phrase == phrase && option.id.hasSuffix($0.ending) })
      else { return option.summary + names }
      return names.isEmpty ? nil : String(names.drop { $0 == " " })
    }

    /// The phrases, each by the ending of the names.
    var keywords: [JSON] {
      guard !endings.isEmpty else { return [] }
      let patterns = endings.map { phrase, ending in
        JSON.Member(ending + "$", ["description": .string(phrase + ".")])
      }
      return [.object([JSON.Member("patternProperties", .object(patterns))])]
    }
  }
}
