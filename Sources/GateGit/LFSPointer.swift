/// The text that stands in git for a file that Git LFS keeps.
package struct LFSPointer: Equatable {
  let sha256: String
  package let bytes: Int

  /// Nil when the bytes are no pointer.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count < 1024,
      bytes.starts(with: "version https://git-lfs.github.com/spec/v1\n".utf8)
    else { return nil }
    var fields: [Substring: Substring] = [:]
    let text = String(decoding: bytes, as: UTF8.self)
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { fields[parts[0]] = parts[1] }
    }
    guard let id = fields["oid"], id.hasPrefix("sha256:"),
      let size = fields["size"].flatMap({ Int($0) })
    else { return nil }
    sha256 = String(id.dropFirst("sha256:".count))
    self.bytes = size
    guard sha256.utf8.count == 64, size >= 0,
      sha256.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
  }
}
