import GateCore

/// The ids of one table, which are those of another when type and bytes are the same.
struct IDs {
  let column: Column
  let kind: Kind
  /// The engine's word for their type, for messages.
  let declared: String
  /// Whether the file has the text of each, with digits that the type does not keep.
  var isText = false

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
    /// A whole number beyond 64 bits, or one with a fraction, by its digits.
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
    case .booleans(let values): return values.map { Key.text($0 ? "true" : "false") }
    case .doubles(let values):
      let most: Double = declared == "FLOAT" ? 0x1p24 : 0x1p53
      var keys: [Key] = []
      keys.reserveCapacity(values.count)
      for (row, value) in values.enumerated() {
        guard value.magnitude < most, let key = key(of: value) else {
          throw inexact(row, "\(value)", id, file)
        }
        keys.append(key)
      }
      return keys
    case .strings(let codes, let dictionary):
      guard kind == .number else {
        let texts = dictionary.map { Key.text(ExactText($0)) }
        return codes.map { texts[Int($0)] }
      }
      let numbers = dictionary.map { Self.number($0) ?? .text(ExactText($0)) }
      return codes.map { numbers[Int($0)] }
    }
  }

  /// The number that a text writes in plain digits, the same however many zeros follow the point.
  private static func number(_ text: String) -> Key? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isDigits = parts.enumerated().allSatisfy { place, part in
      (place == 0 && part.hasPrefix("-") ? part.dropFirst() : part).utf8.allSatisfy {
        (0x30...0x39).contains($0)
      }
    }
    guard isDigits, let whole = parts.first else { return nil }
    var fraction = parts.count > 1 ? parts[1] : ""
    while fraction.last == "0" { fraction.removeLast() }
    if fraction.isEmpty, let number = Int64(whole) { return .number(number) }
    let isLess = whole.hasPrefix("-")
    let digits = (isLess ? whole.dropFirst() : whole).drop { $0 == "0" }
    let sign = isLess ? "-" : ""
    return .digits(
      ExactText(sign + (digits.isEmpty ? "0" : digits) + (fraction.isEmpty ? "" : ".\(fraction)")))
  }

  /// The key of a number of floating point: of one with a fraction the decimal that was written, where its digits are so
  /// few that no other decimal of as many becomes the same number.
  private func key(of value: Double) -> Key? {
    if let whole = Int64(exactly: value) { return .number(whole) }
    let isSingle = declared == "FLOAT"
    let text = isSingle ? Float(value).description : value.description
    let digits = text.utf8.filter { (0x30...0x39).contains($0) }.drop { $0 == 0x30 }
    guard digits.count <= (isSingle ? 6 : 15), !text.contains("e") else { return nil }
    return Self.number(text)
  }

  private func inexact(_ row: Int, _ value: String, _ id: String, _ file: String) -> Diagnostic {
    Diagnostic(
      "the id '\(id)' is \(value) in row \(row + 1) of '\(file)' (\(declared)), and other ids may have become "
        + "the same number; whole numbers that the type holds exactly, or text, were wanted",
      hint: isText
        ? "where the file has all digits of every id, write '\(Pasteable.types(id, "DECIMAL(38,0)"))' beside the path of "
          + "'\(file)'; else write them as whole numbers or as text where it is made"
        : "write the ids as whole numbers or as text where '\(file)' is made")
  }

  /// What is said of ids of two kinds, with the type that would make them one.
  func mistake(beside other: IDs, _ id: String, _ file: String, _ otherFile: String) -> Diagnostic {
    Diagnostic(
      "the id '\(id)' is \(word) in '\(file)' and \(other.word) in '\(otherFile)'; "
        + "one type was wanted"
        + (kind == .text || other.kind == .text ? ", for 1 and '1' are two ids" : ""),
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
      guard texts.allSatisfy({ Self.number($0).map(known.contains) == true }) else { return nil }
      type = "BIGINT"
    case (.number, .text):
      // A whole number of floating point is '1.0' as text, and no text is that.
      if case .doubles = column.values { return nil }
      type = "VARCHAR"
    case (_, .text): type = "VARCHAR"
    case (.text, .other(let declared)): type = declared
    case (.other(let mine), .other(let theirs)):
      // Of the two moments the one that says less becomes the other.
      let order = ["DATE", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"]
      guard let own = order.firstIndex(of: mine), let wanted = order.firstIndex(of: theirs),
        own < wanted,
        !(own == 2 && wanted == 3)
      else { return nil }
      type = theirs
    default: return nil
    }
    return "write '\(Pasteable.types(id, type))' beside the path of '\(file)'"
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
          + "each '\(id)' once was wanted",
        hint:
          "name the column that tells rows apart; where several do together, write them as one into both files"
      )
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
