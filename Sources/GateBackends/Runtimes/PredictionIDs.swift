import GateKit

/// The ids of one file.
struct IDs {
  let keys: [Key]
  let isText: Bool

  /// An id, compared as what it is: 1 and '1' differ.
  enum Key: Hashable, CustomStringConvertible {
    case number(Int64)
    case text(String)
    var description: String {
      switch self {
      case .number(let number): "\(number)"
      case .text(let text): text
      }
    }
  }

  /// What the ids are, for messages.
  var word: String { isText ? "text" : "an integer" }

  init(_ column: Column, _ id: String, _ file: String) throws(Diagnostic) {
    switch column.values {
    case .integers(let values), .timestamps(let values):
      keys = values.map(Key.number)
      isText = false
    case .strings(let codes, let dictionary):
      keys = codes.map { Key.text(dictionary[Int($0)]) }
      isText = true
    case .doubles, .booleans:
      throw Diagnostic(
        "the id '\(id)' of '\(file)' is neither an integer nor text; ids that can be compared "
          + "exactly were wanted", hint: "set its type to VARCHAR under 'types'")
    }
  }

  /// The row of each id; an id that stands twice is an error.
  func places(_ id: String, _ file: String) throws(Diagnostic) -> [Key: Int] {
    var places: [Key: Int] = [:]
    places.reserveCapacity(keys.count)
    var twice: [Key] = []
    var known: Set<Key> = []
    for (row, key) in keys.enumerated() where places.updateValue(row, forKey: key) != nil {
      if known.insert(key).inserted { twice.append(key) }
    }
    guard twice.isEmpty else {
      throw Diagnostic(
        "'\(file)' has \(twice.count.counted("id")) in more than one row: \(twice.examples); "
          + "each '\(id)' once was wanted")
    }
    return places
  }
}

extension Column {
  /// Whether the other column holds the same ids in the same order, each once, as far as one glance shows: rising
  /// integers, or texts that all differ. Most files of predictions are such; the others take the long way.
  func isSameAndUnique(_ other: Column) -> Bool {
    switch (values, other.values) {
    case (.integers(let mine), .integers(let theirs)):
      mine == theirs && zip(mine, mine.dropFirst()).allSatisfy(<)
    case (.strings(let codes, let texts), .strings(let theirCodes, let theirTexts)):
      texts.count == codes.count && codes == theirCodes && texts == theirTexts
    default: false
    }
  }
}

extension [IDs.Key] {
  /// Up to five of them, for a message.
  var examples: String {
    prefix(5).map { "'\($0.description.visible)'" }.joined(separator: ", ")
      + (count > 5 ? ", …" : "")
  }
}
