import GateCore

/// Bytes of a message being written: little-endian words, texts and arrays with their lengths before them.
struct WireWriter {
  var bytes: [UInt8] = []

  /// One byte.
  mutating func put(_ value: UInt8) { bytes.append(value) }

  /// A whole number.
  mutating func put(_ value: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(value)).littleEndian) {
      bytes.append(contentsOf: $0)
    }
  }

  /// A text.
  mutating func put(_ text: String) {
    put(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// An array of plain values, as its bytes.
  mutating func put<T: BitwiseCopyable>(_ values: [T]) {
    put(values.count)
    values.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// A list of texts.
  mutating func put(_ texts: [String]) {
    put(texts.count)
    for text in texts { put(text) }
  }
}

/// Bytes of a message being read; nothing in them is believed.
struct WireReader {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  /// Reads from the start of `bytes`.
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  /// What is wrong with a message that ends early or holds what it should not.
  static let broken = Diagnostic("the worker process answered with a message that is not whole")

  /// The next `count` bytes, if there are so many.
  private mutating func take(_ count: Int) throws(Diagnostic) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.endIndex - place else { throw Self.broken }
    defer { place += count }
    return bytes[place..<place + count]
  }

  /// One byte.
  mutating func byte() throws(Diagnostic) -> UInt8 {
    let slice = try take(1)
    return slice[slice.startIndex]
  }

  /// A whole number.
  mutating func integer() throws(Diagnostic) -> Int {
    let slice = try take(8)
    return slice.withUnsafeBytes {
      Int(Int64(bitPattern: UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self))))
    }
  }

  /// A length of items that take at least `size` bytes each.
  mutating func count(size: Int) throws(Diagnostic) -> Int {
    let count = try integer()
    guard count >= 0, count <= (bytes.endIndex - place) / size else { throw Self.broken }
    return count
  }

  /// A text; what is not UTF-8 becomes the replacement character.
  mutating func text() throws(Diagnostic) -> String {
    String(decoding: try take(try count(size: 1)), as: UTF8.self)
  }

  /// A list of texts.
  mutating func texts() throws(Diagnostic) -> [String] {
    let count = try count(size: 8)
    var texts: [String] = []
    for _ in 0..<count { texts.append(try text()) }
    return texts
  }

  /// An array of plain values for which every bit pattern is a value.
  mutating func values<T: BitwiseCopyable>(_ type: T.Type) throws(Diagnostic) -> [T] {
    let count = try count(size: MemoryLayout<T>.stride)
    let slice = try take(count * MemoryLayout<T>.stride)
    return [T](unsafeUninitializedCapacity: count) { buffer, initialized in
      slice.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      initialized = count
    }
  }

  /// Says that nothing may be left.
  func end() throws(Diagnostic) { guard place == bytes.endIndex else { throw Self.broken } }
}
