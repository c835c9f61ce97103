import GateCore

/// What the nodes of an ONNX file say beside what the library's functions tell: the classes, and the locales of texts.
struct ONNXNodes {
  /// The one list of classes that the model's classifiers name; nil: none, or several.
  private(set) var classes: [String]?
  /// Whether the classes are texts.
  private(set) var areTexts = false
  /// The locales by which texts are made lower or upper case.
  private(set) var locales: [String] = []

  /// Whether a node rounds by a scale that the rows of a batch share.
  private(set) var isScaledByBatch = false

  /// Reads the nodes at the given places of a file that is whole.
  init(_ bytes: [UInt8], _ nodes: [Range<Int>]) {
    var lists: [[String]] = []
    for node in nodes {
      var type = ""
      var attributes: [String: Attribute] = [:]
      for field in ProtobufFields(bytes, node) {
        if field.number == 4 { type = field.text }
        if field.number == 5 {
          let attribute = Attribute(bytes, field.content)
          attributes[attribute.name] = attribute
        }
      }
      if type.hasPrefix("DynamicQuantize") { isScaledByBatch = true }
      if type == "StringNormalizer" {
        locales.append(attributes["locale"]?.text ?? Self.standardLocale)
      }
      guard
        ["LinearClassifier", "SVMClassifier", "TreeEnsembleClassifier", "ZipMap"].contains(type)
      else { continue }
      if let list = attributes["classlabels_strings"]?.texts, !list.isEmpty {
        lists.append(list)
        areTexts = true
      }
      for name in ["classlabels_ints", "classlabels_int64s"] {
        if let list = attributes[name]?.integers, !list.isEmpty {
          lists.append(list.map { "\($0)" })
        }
      }
    }
    if let first = lists.first, lists.allSatisfy({ $0 == first }) { classes = first }
  }

  /// What ONNX Runtime takes where a model names none.
  static let standardLocale = "en_US.UTF-8"

  /// An attribute's name and those of its values that matter here.
  private struct Attribute {
    var name = ""
    var text: String?
    var texts: [String] = []
    var integers: [Int64] = []

    /// Reads one.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
      for field in ProtobufFields(bytes, range) {
        switch field.number {
        case 1:
          name = field.text
          // The name stands first, and what follows may be millions of numbers.
          guard name == "locale" || name.hasPrefix("classlabels") else { return }
        case 4: text = field.text
        case 9: texts.append(field.text)
        case 8: integers += field.integers
        default: continue
        }
      }
    }
  }
}

/// The fields of one message of a protobuf that was seen to be whole.
struct ProtobufFields: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var place: Int
  private let end: Int

  /// The message at `range`.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    (place, end) = (range.lowerBound, range.upperBound)
  }

  /// One field.
  struct Field {
    var number: Int
    /// Where its bytes are; empty for a number.
    var content: Range<Int>
    /// Its number, where it is one by itself.
    var value: UInt64?
    fileprivate var bytes: [UInt8]

    /// The bytes as text.
    var text: String { String(decoding: bytes[content], as: UTF8.self) }

    /// The numbers of single precision that stand packed in the bytes, or the one.
    var floats: [Float] {
      stride(from: content.lowerBound, through: content.upperBound - 4, by: 4).map { place in
        Float(
          bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) })
      }
    }

    /// The numbers that stand packed in the bytes, or the one.
    var integers: [Int64] {
      if let value { return [Int64(bitPattern: value)] }
      var found: [Int64] = []
      var place = content.lowerBound
      while place < content.upperBound {
        found.append(Int64(bitPattern: ProtobufFields.varint(bytes, &place, content.upperBound)))
      }
      return found
    }
  }

  /// The next field; nil at the end.
  mutating func next() -> Field? {
    guard place < end else { return nil }
    let tag = Self.varint(bytes, &place, end)
    let number = Int(truncatingIfNeeded: tag >> 3)
    var length = 0
    switch tag & 7 {
    case 0:
      let value = Self.varint(bytes, &place, end)
      return Field(number: number, content: place..<place, value: value, bytes: bytes)
    case 1: length = 8
    case 5: length = 4
    case 2: length = Int(clamping: Self.varint(bytes, &place, end))
    default: return nil
    }
    guard length <= end - place else { return nil }
    defer { place += length }
    return Field(number: number, content: place..<place + length, value: nil, bytes: bytes)
  }

  /// A number of seven bits a byte.
  fileprivate static func varint(_ bytes: [UInt8], _ place: inout Int, _ end: Int) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while place < end, shift < 70 {
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return value
  }
}
