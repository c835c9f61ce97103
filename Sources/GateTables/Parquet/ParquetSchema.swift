/// The columns of a Parquet file as its footer lists them: each before what is within it.
struct ParquetSchema {
  /// An entry of the list.
  struct Element {
    /// The physical type; nil: it has columns within it.
    var type: Int?
    var length: Int?
    var repetition: Int?
    var name = ""
    var children: Int?
    var converted: Int?
    var scale: Int?
    var precision: Int?
    var logical: Logical?
  }

  /// The newer note of what values are: the member of a union, and what it says.
  struct Logical {
    /// The number of the member; 0: it has none.
    var member = 0
    var scale = 0
    var precision = 0
    /// 1 milliseconds, 2 microseconds, 3 nanoseconds.
    var unit = 0
    var bits = 0
    var isSigned = false
  }

  /// A column with pages of its own.
  struct Leaf {
    /// The names on the way to it, joined by points.
    var name: String
    var type: Int
    var length: Int
    /// How many of the columns on the way to it may be null or are lists: the level of a value that is there.
    var definition: Int
    /// How many of them are lists.
    var repetition: Int
    var isNested: Bool
    /// The largest number of a decimal that the engine keeps in fewer bytes than the file has, without looking; nil: it
    /// does not.
    var largest: Int64?

    /// How many bytes a value has; nil: they differ, or are bits.
    var width: Int? {
      switch type {
      case 1, 4: 4
      case 2, 5: 8
      case 3: 12
      case 7: length
      default: nil
      }
    }
  }

  /// A column on the way to another.
  private struct Parent {
    /// How many of the columns within it are yet to come.
    var left: Int
    var name = ""
    var definition = 0
    var repetition = 0
  }

  private(set) var leaves: [Leaf] = []

  /// Has no column.
  init() {}

  /// Takes the list apart; throws a `ParquetDamage` where it does not fit together.
  init(_ elements: [Element]) throws {
    guard let root = elements.first else { throw ParquetDamage("its footer has no schema") }
    var way = [Parent(left: root.children ?? 0)]
    for element in elements.dropFirst() {
      while let last = way.last, last.left == 0 { way.removeLast() }
      guard var parent = way.popLast(), parent.left > 0 else {
        throw ParquetDamage("its schema lists more columns than it says")
      }
      parent.left -= 1
      way.append(parent)
      if let inner = try add(element, within: parent) { way.append(inner) }
    }
    guard way.allSatisfy({ $0.left == 0 }) else {
      throw ParquetDamage("its schema lists fewer columns than it says")
    }
  }

  /// Adds a column with pages of its own; gives one that has others within it.
  private mutating func add(_ element: Element, within parent: Parent) throws -> Parent? {
    let name = parent.name.isEmpty ? element.name : "\(parent.name).\(element.name)"
    guard let repetition = element.repetition, (0...2).contains(repetition) else {
      throw ParquetDamage("its schema does not say whether column '\(name)' may be null")
    }
    let definition = parent.definition + (repetition > 0 ? 1 : 0)
    let lists = parent.repetition + (repetition == 2 ? 1 : 0)
    let children = element.children ?? 0
    guard let type = element.type else {
      guard children >= 0 else { throw ParquetDamage("its schema does not fit together") }
      return Parent(left: children, name: name, definition: definition, repetition: lists)
    }
    guard children == 0, (0...7).contains(type), type != 7 || (element.length ?? 0) > 0 else {
      throw ParquetDamage("its schema says of column '\(name)' what no column is")
    }
    leaves.append(
      Leaf(
        name: name, type: type, length: element.length ?? 0, definition: definition,
        repetition: lists, isNested: !parent.name.isEmpty, largest: Self.largest(element)))
    return nil
  }

  /// The largest whole number that stands for a decimal, where the engine makes 2 bytes of 4, or 4 of 8.
  private static func largest(_ element: Element) -> Int64? {
    guard element.converted == 5, let digits = element.precision, digits > 0 else { return nil }
    guard element.type == 1 && digits <= 4 || element.type == 2 && digits <= 9 else { return nil }
    return (0..<digits).reduce(1) { power, _ in power * 10 } - 1
  }
}

/// What is wrong with a Parquet file.
struct ParquetDamage: Error {
  /// What follows on "the file is damaged: ".
  let text: String

  init(_ text: String) { self.text = text }
}
