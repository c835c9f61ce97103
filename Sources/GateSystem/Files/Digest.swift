internal import CCrypto
package import GateCore

/// SHA-256 of what is added to it.
///
/// OpenSSL's own function and not its EVP face, which brings every algorithm, 2.7 MB, into the program.
package struct SHA256Stream {
  private var context = SHA256_CTX()

  /// Starts with nothing added.
  package init() throws(Diagnostic) {
    guard SHA256_Init(&context) == 1 else { throw Self.failure }
  }

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
    guard SHA256_Update(&context, bytes.baseAddress, bytes.count) == 1 else { throw Self.failure }
  }

  /// The digest in lower-case hexadecimal; nothing may be added after.
  package mutating func finish() throws(Diagnostic) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    guard SHA256_Final(&digest, &context) == 1 else { throw Self.failure }
    let digits = Array("0123456789abcdef".utf8)
    let hex = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: hex, as: UTF8.self)
  }

  private static let failure = Diagnostic("OpenSSL could not compute a SHA-256 digest")
}

/// The digest of what a model or a table was read from, and how long that is.
package struct Digest: Sendable, Hashable {
  /// Lower-case hexadecimal.
  package var sha256: String
  package var bytes: Int

  /// Takes what it holds.
  package init(sha256: String, bytes: Int) {
    self.sha256 = sha256
    self.bytes = bytes
  }
}

/// SHA-256 of bytes, in lower-case hexadecimal.
package func sha256(_ bytes: [UInt8]) throws(Diagnostic) -> String {
  var stream = try SHA256Stream()
  try bytes.withUnsafeBufferPointer { (bytes) throws(Diagnostic) in
    try stream.update(UnsafeRawBufferPointer(bytes))
  }
  return try stream.finish()
}

/// SHA-256 and size of a regular file, read in chunks; `written` is the path as the user has it.
package func sha256(file path: String, written: String? = nil) throws(Diagnostic) -> Digest {
  let name = written ?? path
  return try sha256(try openFile(path, written: name), written: name)
}

/// SHA-256 and size of what is left to read of an open file.
package func sha256(_ descriptor: borrowing Descriptor, written: String) throws(Diagnostic)
  -> Digest
{
  var stream = try SHA256Stream()
  var count = 0
  try readChunks(descriptor, written: written) { (chunk) throws(Diagnostic) in
    try stream.update(chunk)
    count += chunk.count
  }
  return Digest(sha256: try stream.finish(), bytes: count)
}

/// SHA-256 of several files, whatever their order: of the lines `<sha256>  <name>\n`, sorted by name in byte order,
/// as `sha256sum` prints them; `bytes` is their sum.
package func sha256(of files: [DataFile]) throws(Diagnostic) -> Digest {
  let sorted = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  let lines = sorted.map { "\($0.sha256)  \($0.name)\n" }.joined()
  return Digest(
    sha256: try sha256(Array(lines.utf8)), bytes: files.reduce(0) { $0 + $1.bytes })
}
