internal import CDelimited
import GateCore
import GateSystem
import Glibc

/// The bytes of a file by their places, read through two buffers that are used again.
final class ParquetBytes {
  /// How many bytes are read at least, so that what stands near needs no call of its own.
  private static let ahead = 4096

  private let descriptor: Descriptor
  private let name: String
  /// What was read last, and where in the file it starts.
  private var window = Buffer()
  private var filled = 0
  private var start = 0
  private var unpacked = Buffer()

  /// How many bytes the file has.
  var count: Int { descriptor.bytes }

  /// Opens what the engine reads.
  init(_ file: DataFile) throws(Diagnostic) {
    descriptor = try openFile(file.path, written: file.name)
    name = file.name
  }

  /// Hands over bytes of the file from a place on: `least` of them, and those up to `most` that were read with them.
  func with<Result>(
    _ place: Int, least: Int, most: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    if place < start || place + least > start + filled {
      try fill(place, max(least, min(Self.ahead, count - place)))
    }
    let from = place - start
    return try body(window.bytes(from..<min(filled, from + most)))
  }

  /// Hands over `size` bytes of the file from a place on.
  func with<Result>(
    _ place: Int, _ size: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try with(place, least: size, most: size, body)
  }

  /// Hands over what comes out of gzip members, without bytes where that is more than is `kept`; nil where they do not
  /// give exactly `size` bytes or are not those whose sums they hold.
  func withUnpacked<Result>(
    _ place: Int, _ packed: Int, size: Int, kept: Int,
    _ body: (UnsafeRawBufferPointer?) throws -> Result
  ) throws -> Result? {
    if packed == 0, size == 0 { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    let isKept = size <= kept
    if isKept { unpacked.grow(to: size) }
    let out = isKept ? unpacked.start : nil
    let isWhole = try with(place, packed) { bytes in
      delimited_unpack(bytes.baseAddress, bytes.count, out, size)
    }
    guard isWhole else { return nil }
    return try body(isKept ? unpacked.bytes(0..<size) : nil)
  }

  /// The CRC-32 of bytes.
  func sum(_ place: Int, _ size: Int) throws -> UInt32 {
    var (sum, done) = (UInt32(0), 0)
    while done < size {
      let part = min(size - done, 1 << 20)
      sum = try with(place + done, part) { delimited_crc32(sum, $0.baseAddress, $0.count) }
      done += part
    }
    return sum
  }

  private func fill(_ place: Int, _ size: Int) throws {
    window.grow(to: size)
    (start, filled) = (place, 0)
    while filled < size {
      let got = pread(
        descriptor.number, window.start?.advanced(by: filled), size - filled, place + filled)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw Diagnostic("cannot read '\(name)': \(systemError())") }
      guard got > 0 else { throw ParquetDamage("it was cut short while it was read") }
      filled += got
    }
  }

  /// Memory that grows and is freed with its owner.
  private struct Buffer: ~Copyable {
    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    deinit { memory.deallocate() }

    /// Makes room for so many bytes; what was in it is lost where there was too little.
    mutating func grow(to size: Int) {
      guard size > memory.count else { return }
      memory.deallocate()
      memory = .allocate(byteCount: max(size, 1 << 16), alignment: 16)
    }

    var start: UnsafeMutableRawPointer? { memory.baseAddress }

    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[range])
    }
  }
}
