import GateCore

extension ManifestReader {
  /// The programs of the schemes of a manifest's own; what is wrong with one is noted.
  mutating func sources(_ node: Node?) -> [String: PluginUse] {
    var sources: [String: PluginUse] = [:]
    for pair in node?.pairs ?? [] {
      let scheme = pair.key.text ?? ""
      let isWord = scheme.utf8.enumerated().allSatisfy { place, byte in
        (0x61...0x7A).contains(byte)
          || place > 0 && ((0x30...0x39).contains(byte) || "+-.".utf8.contains(byte))
      }
      if scheme.isEmpty || !isWord {
        refuse(
          "a scheme is of small letters, digits, '+', '-' and '.', found \(pair.key.found)",
          pair.key)
      } else if world.schemes.contains(scheme) {
        refuse("the scheme '\(scheme)' is known already", pair.key, hint: "name another")
      }
      do throws(Diagnostics) {
        let plugin = try Plugin(.source, at: pair.value["use"] ?? pair.value, reading: read)
        mistakes += plugin.mistakes(in: pair.value["with"], at: pair.value)
        sources[scheme] = PluginUse(plugin, PluginArguments(plugin, pair.value["with"]))
      } catch { mistakes += error.all }
    }
    return sources
  }

  /// Refuses what is no SHA-256.
  mutating func refuseDigest(_ node: Node?) {
    guard let node else { return }
    let text = node.text ?? ""
    let isHex = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
    if text.utf8.count != 64 || !isHex {
      refuse("found \(node.found), wanted a SHA-256: 64 hexadecimal digits", node)
    }
  }
}

extension Manifest {
  /// The digests that files must have, by their addresses.
  package var pins: [String: String] {
    let ofTables = data.tables.map { ($0.origin.uri, $0.origin.sha256) }
    let ofModels = models.values.map { ($0.source.uri, $0.sha256) }
    let pinned = (ofTables + ofModels).compactMap { uri, digest in
      digest?.text.map { (uri, $0.lowercased()) }
    }
    return Dictionary(pinned) { first, _ in first }
  }
}
