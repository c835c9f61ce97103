import GateKit

/// The ids of one table, which are those of another when type and bytes are the same.
struct IDs {
  let column: Column
  let kind: Kind
  /// The engine's word for their type, for messages.
  let declared: String

  /// What ids of one kind have in common, so that they can be the same.
  enum Kind: Hashable {
    /// Whole numbers of any type that holds them exactly.
    case number
    case text
    /// Any other type of the engine's, which is the same as itself alone.
    case other(String)

    /// The kind of a column.
    init(_ type: ColumnType?) {
      switch type?.kind {
      case .integer?, .number?: self = .number
      case .string?: self = .text
      default:
        let declared = type?.declared ?? ""
        self = declared.hasPrefix("ENUM(") ? .text : .other(declared)
      }
    }

    /// Whether values of such a column are read as they are: others as the text that is exact.
    func isRead(of type: ColumnType?) -> Bool {
      switch self {
      case .text: true
      case .other: false
      case .number:
        !["UBIGINT", "HUGEINT", "UHUGEINT"].contains(type?.declared ?? "")
          && type?.declared.hasPrefix("DECIMAL") == false
      }
    }
  }

  /// An id, compared as what it is: 1 and '1' differ.
  enum Key: Hashable, CustomStringConvertible {
    case number(Int64)
    /// A whole number beyond 64 bits, by its digits.
    case digits(ExactText)
    case text(ExactText)
    var description: String {
      switch self {
      case .number(let number): "\(number)"
      case .digits(let text), .text(let text): text.text
      }
    }
  }

  /// The id of every row; throws for a number that is not whole, or too large to be known exactly.
  func keys(_ id: String, _ file: String) throws(Diagnostic) -> [Key] {
    switch column.values {
    case .integers(let values), .timestamps(let values): return values.map(Key.number)
    case .booleans(let values): return values.map { Key.number($0 ? 1 : 0) }
    case .doubles(let values):
      let most: Double = declared == "FLOAT" ? 0x1p24 : 0x1p53
      var keys: [Key] = []
      keys.reserveCapacity(values.count)
      for (row, value) in values.enumerated() {
        guard value.magnitude < most, let whole = Int64(exactly: value) else {
          throw inexact("\(value)", row, id, file)
        }
        keys.append(.number(whole))
      }
      return keys
    case .strings(let codes, let dictionary):
      guard kind == .number else {
        let texts = dictionary.map { Key.text(ExactText($0)) }
        return codes.map { texts[Int($0)] }
      }
      let numbers = dictionary.map(Self.whole)
      if let row = codes.firstIndex(where: { numbers[Int($0)] == nil }) {
        throw inexact(dictionary[Int(codes[row])], row, id, file)
      }
      return codes.map { numbers[Int($0)] ?? .number(0) }
    }
  }

  /// The whole number that the engine writes so; nil where there is a fraction.
  private static func whole(_ text: String) -> Key? {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let digits = parts.first, parts.count == 1 || parts[1].allSatisfy({ $0 == "0" }) else {
      return nil
    }
    return Int64(digits).map(Key.number) ?? .digits(ExactText(String(digits)))
  }

  private func inexact(_ value: String, _ row: Int, _ id: String, _ file: String) -> Diagnostic {
    Diagnostic(
      "the id '\(id)' is \(value) in row \(row + 1) of '\(file)' (\(declared)); whole numbers that "
        + "the type holds exactly, or text, were wanted",
      hint: "write \(Self.types(id, "VARCHAR")) beside the path of both files")
  }

  /// The line of a manifest that sets the id's type.
  private static func types(_ id: String, _ type: String) -> String {
    let isPlain = id.utf8.allSatisfy { $0 == 0x5f || (0x61...0x7a).contains($0 | 0x20) }
    let quoted = id.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "'types: {\(isPlain ? id : "\"\(quoted)\""): \(type)}'"
  }

  /// What is said of ids of two kinds, with the type that would make them one.
  func mistake(beside other: IDs, _ id: String, _ file: String, _ otherFile: String) -> Diagnostic {
    Diagnostic(
      "the id '\(id)' is \(word) in '\(file)' and \(other.word) in '\(otherFile)'; "
        + "one type was wanted, for 1 and '1' are two ids",
      hint: other.change(to: self, id, otherFile) ?? change(to: other, id, file)
        ?? "write both files with one type")
  }

  /// How this file's ids become those of the other; nil where no type does that.
  private func change(to other: IDs, _ id: String, _ file: String) -> String? {
    let type: String
    switch (kind, other.kind) {
    case (.text, .number):
      guard let keys = try? other.keys(id, ""), case .strings(_, let texts) = column.values else {
        return nil
      }
      let known = Set(keys)
      guard texts.allSatisfy({ Self.whole($0).map(known.contains) == true }) else { return nil }
      type = "BIGINT"
    case (.number, .text):
      // A whole number of floating point is '1.0' as text, and no text is that.
      if case .doubles = column.values { return nil }
      type = "VARCHAR"
    case (_, .text): type = "VARCHAR"
    case (.text, .other(let declared)): type = declared
    case (.other(let mine), .other(let theirs)):
      guard mine.hasPrefix("TIMESTAMP") || mine == "DATE",
        theirs.hasPrefix("TIMESTAMP") || theirs == "DATE"
      else { return nil }
      type = theirs == "DATE" ? "DATE" : theirs
    default: return nil
    }
    return "write \(Self.types(id, type)) beside the path of '\(file)'"
  }

  /// What the ids are, for messages.
  private var word: String {
    switch kind {
    case .number: "a number (\(declared))"
    case .text: "text"
    case .other: declared
    }
  }
}

extension [IDs.Key] {
  /// The row of each id; an id that stands twice is an error.
  func places(_ id: String, _ file: String) throws(Diagnostic) -> [IDs.Key: Int] {
    var places: [IDs.Key: Int] = [:]
    places.reserveCapacity(count)
    var twice: [IDs.Key] = []
    var known: Set<IDs.Key> = []
    for (row, key) in enumerated() where places.updateValue(row, forKey: key) != nil {
      if known.insert(key).inserted { twice.append(key) }
    }
    guard twice.isEmpty else {
      throw Diagnostic(
        "'\(file)' has \(twice.count.counted("id")) in more than one row: \(twice.examples); "
          + "each '\(id)' once was wanted")
    }
    return places
  }

  /// Up to five of them, for a message.
  var examples: String {
    prefix(5).map { "'\($0.description.visible)'" }.joined(separator: ", ")
      + (count > 5 ? ", …" : "")
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
      texts.count == codes.count && codes == theirCodes
        && texts.elementsEqual(theirTexts) { $0.isSame(as: $1) }
    default: false
    }
  }
}
